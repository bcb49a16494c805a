import type { TextKey, Texts } from '../../../renderer/kiosk/text.ts';
import { en } from '../../../renderer/kiosk/texts/en.ts';
import type { Language } from '../../../renderer/kiosk/texts/languages.ts';

/** Letters that look like those they stand for: what is still plain on a screen never went through the texts. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'î', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ', n: 'ñ', o: 'ö', p: 'þ', q: 'ǫ', r: 'ŕ', s: 'š', t: 'ţ', u: 'û', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž',
};
/** A third more, what German or Uyghur takes beyond English. */
const LONGER = 3;

function pseudo(text: string): string {
  if (!/[a-z]/i.test(text)) return text;
  const letters = text.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? part : part.replaceAll(/[a-z]/g, (letter) => LOOKS_LIKE[letter] ?? letter))).join('');
  const words = 'ļöñĝéŕ ṽéŕý ḿûçĥ ';
  // A short word grows by more than its third, as it does in translation; a lone character is a sign.
  const more = text.length < 2 ? '' : ` ${words.repeat(Math.ceil(text.length / LONGER / words.length)).slice(0, Math.ceil(text.length / LONGER)).trim()}`;
  // Right-to-left override (UAX #9): letters of this alphabet then run as those of Arabic do.
  return `\u202E${letters}${more}\u202C`;
}

/** The pseudo-locale of right-to-left writing (CLDR's ar-XB), longer and accented as its en-XA is: every text of the screen by machine, and nothing else of the product knows it. */
export const MIRRORED: Language = {
  code: 'ar-XB', name: '\u202Eبيان\u202C', direction: 'rtl', spoken: 'en',
  texts: Object.fromEntries(Object.entries(en).map(([key, text]) => [key as TextKey, pseudo(text)])) as Texts,
};
