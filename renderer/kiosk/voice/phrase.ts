import type { Speech, TextKey } from '../text.ts';
import { sentence } from './for-the-ear.ts';

/** What a thing on the screen is, as far as somebody who hears it must know. */
export type Role = 'button' | 'toggle' | 'radio' | 'field' | 'heading' | 'text';

/** What there is to say of one thing. Empty strings and null say nothing. */
export type Facts = {
  role: Role;
  name: string;
  /** The group it is in, where it is entered now. */
  group: string;
  /** Help and error, as they stand beside it. */
  described: readonly string[];
  wrong: boolean;
  /** Whether it is the chosen one, or switched on. */
  chosen: boolean | null;
  off: boolean;
  /** What is typed in. */
  value: string | null;
  /** Which of how many it is among its likes. */
  position: { at: number; of: number } | null;
};

const ROLES: Record<Role, TextKey | null> = { button: 'voice.role.button', toggle: 'voice.role.toggle', radio: 'voice.role.radio', field: 'voice.role.field', heading: null, text: null };

/** One thing as it is said when the citizen comes to it. @param keys whether the keypad is in use, and what it does here is worth a word */
export function phrase(facts: Facts, { t, language }: Pick<Speech, 't' | 'language'>, keys: boolean): string {
  const { role } = facts;
  const roleKey = ROLES[role];
  const what = sentence([facts.name, roleKey === null ? '' : t(roleKey), ...state(facts, t)], language);
  const help = facts.described.map((one) => sentence([one], language));
  const where = facts.position === null ? '' : sentence([t('voice.position', facts.position)], language);
  const hint = keys && role === 'field' && !facts.off ? sentence([t('voice.hint.field')], language) : '';
  return [facts.group === '' ? '' : sentence([facts.group], language), what, ...help, where, hint].filter((one) => one !== '').join(language === 'en' ? ' ' : '');
}

/** What changed about a thing that the citizen is at already: its name and its state, no more. */
export function change(facts: Facts, { t, language }: Pick<Speech, 't' | 'language'>): string {
  return [sentence([facts.name, ...state(facts, t)], language), ...(facts.wrong ? facts.described.map((one) => sentence([one], language)) : [])].join(language === 'en' ? ' ' : '');
}

function state({ role, chosen, off, wrong, value }: Facts, t: Speech['t']): string[] {
  return [
    chosen === null ? '' : t(role === 'toggle' ? (chosen ? 'voice.on' : 'voice.off') : chosen ? 'voice.chosen' : 'voice.not-chosen'),
    off ? t('voice.disabled') : '',
    value === null ? '' : value === '' ? t('voice.empty') : t('voice.value', { value }),
    wrong ? t('voice.wrong') : '',
  ];
}
