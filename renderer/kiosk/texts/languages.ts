import type { Texts } from '../text.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** One language of the screen: all that is particular to it. A further one is its texts and a row of `LANGUAGES`. */
export type Language = {
  /** BCP 47, for the page, for dates and for the words of controls. */
  code: string;
  /** What it calls itself: on the key that leads to it. */
  name: string;
  direction: 'ltr' | 'rtl';
  /** Which of the voices reads it, and whose stops and spaces join its sentences. */
  spoken: 'zh-CN' | 'en';
  texts: Texts;
};

/** In the order in which the language key leads through them; the first is the machine's own. */
export const LANGUAGES: readonly [Language, ...Language[]] = [
  { code: 'zh-CN', name: '中文', direction: 'ltr', spoken: 'zh-CN', texts: zhCN },
  { code: 'en', name: 'English', direction: 'ltr', spoken: 'en', texts: en },
];

/** The language of that code; the machine's own for one that is not there. */
export function languageNamed(code: string, languages: readonly [Language, ...Language[]] = LANGUAGES): Language {
  return languages.find((language) => language.code === code) ?? languages[0];
}

/** The one that the language key leads to. */
export function languageAfter({ code }: Language, languages: readonly [Language, ...Language[]]): Language {
  return languages[(languages.findIndex((language) => language.code === code) + 1) % languages.length] ?? languages[0];
}
