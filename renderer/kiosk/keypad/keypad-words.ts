import type { KeyboardKind } from '../../ui/keyboard/layouts.ts';
import type { Candidate } from '../../ui/keyboard/pinyin.ts';
import type { Speech } from '../text.ts';
import { OWN_SIGN, wayOf } from './keypad.ts';

/** What the keys do in a field, said when somebody begins to type into it. */
export function typingWords(kind: KeyboardKind | null, name: string, { t, language }: Pick<Speech, 't' | 'language'>): string {
  const way = wayOf(kind ?? 'text', language === 'zh-CN');
  const own = kind === null ? undefined : OWN_SIGN[kind];
  return [t(`keypad.typing.${way}`, { name }), own === undefined || way !== 'digits' ? '' : t('keypad.own-sign', { sign: t(SIGN_NAMES[own] ?? 'keypad.sign.X') })].join(language === 'en' ? ' ' : '');
}

const SIGN_NAMES: Record<string, 'keypad.sign.X' | 'keypad.sign.point' | 'keypad.sign.dash'> = { X: 'keypad.sign.X', '.': 'keypad.sign.point', '-': 'keypad.sign.dash' };

/** A candidate, told from those that sound like it: 张，紧张的张. */
export function candidateWords({ candidate, at, of }: { candidate: Candidate; at: number; of: number }, { t }: Pick<Speech, 't'>, explain: (character: string) => string): string {
  const { text } = candidate;
  const words = /^[\dA-Z]+$/.test(text)
    ? t('keypad.figures', { digits: [...text].join(' ') })
    : [[...text].length > 1 ? text : '', ...[...text].map((character) => explained(character, explain(character), t))].filter((one) => one !== '').join('；');
  return at === 1 ? t('keypad.candidate.first', { of, words }) : t('keypad.candidate', { at, words });
}

function explained(character: string, word: string, t: Speech['t']): string {
  return word === '' || word === character ? character : t('keypad.explained', { character, word });
}
