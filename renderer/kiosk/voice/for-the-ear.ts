import type { Speech } from '../text.ts';

type Language = Speech['language'];

/** Characters of one piece: a sentence or two, some fifteen seconds. An engine answers a short piece at once, and a long text can be left between two. */
const MOST_OF_A_PIECE = 80;
const HAN = /\p{Script=Han}/u;
/** Where a sentence ends; a full stop in a number ends none. */
const SENTENCE = /[^。！？；.!?;\n]*(?:[。！？；!?;\n]+|\.(?!\d)|\.|$)/gu;

/** Joins what belongs together with pauses, and ends it as a sentence. Parts that are empty are left out. */
export function sentence(parts: readonly string[], language: Language): string {
  const [pause, stop] = language === 'en' ? [', ', '. '] : ['，', '。'];
  const said = parts.map((part) => part.trim()).filter((part) => part !== '');
  if (said.length === 0) return '';
  const joined = said.reduce((whole, part) => (/[，。！？；：、,.!?;:]$/u.test(whole) ? `${whole}${language === 'en' ? ' ' : ''}${part}` : `${whole}${pause}${part}`));
  return /[。！？；.!?;]$/u.test(joined) ? joined : `${joined}${stop.trim()}`;
}

/** Cuts a text at the ends of its sentences into pieces that are short enough to be said one after another. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  for (const [part] of text.matchAll(SENTENCE)) {
    const whole = part.trim();
    if (whole === '') continue;
    const last = found.at(-1);
    // Short sentences of one language belong together; another language is another voice.
    if (last !== undefined && last.length + whole.length <= MOST_OF_A_PIECE && HAN.test(last) === HAN.test(whole)) found[found.length - 1] = `${last}${HAN.test(last) ? '' : ' '}${whole}`;
    else for (let at = 0; at < whole.length; at += MOST_OF_A_PIECE * 3) found.push(whole.slice(at, at + MOST_OF_A_PIECE * 3));
  }
  return found;
}

/** The language a piece is spoken in: what an office wrote in Chinese stays Chinese on an English screen. */
export function languageOf(piece: string, screen: Language): Language {
  return HAN.test(piece) ? 'zh-CN' : screen;
}

/** What a piece says to the ear: long numbers one figure at a time, what is masked as masked, and no signs that an engine would spell out. */
export function forTheEar(piece: string, t: Speech['t']): string {
  return piece
    .replaceAll(/\*+/g, (stars) => ` ${t('voice.masked', { count: stars.length })} `)
    .replaceAll(/(?<![\d:.])\d{5,}|(?<![\d:.])0\d{2,}/g, (digits) => ` ${[...digits].join(' ')} `)
    .replaceAll(/[·《》“”‘’–—#*_|+]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
