import { z } from 'zod';
import { isCivilDate, yearsBetween } from '../calendar/civil-date.ts';
import { identityNumber } from '../numbers/identity-number.ts';
import type { TypedPerson } from './applicant.ts';

/**
 * How sure we are of somebody, weakest first. The names are our own: the published rules of 实名认证 speak of sign-in to platforms, not of a reader at a machine.
 *
 * | level | what was done |
 * |---|---|
 * | `typed` | name and number were typed; the number is right by its own check character, and nothing more is known |
 * | `card-offline` | a machine read the chip of a card that had not expired; no register was asked, so a lost card passes |
 * | `card-checked` | the chip was read, and a register said that the card is good |
 */
export const Assurance = z.enum(['typed', 'card-offline', 'card-checked']);
export type Assurance = z.infer<typeof Assurance>;

/** The lowest level an item may ask for at a terminal: none of them asks a register. */
export const LowestAssurance = Assurance.exclude(['card-checked']);
export type LowestAssurance = z.infer<typeof LowestAssurance>;

const STRENGTH: Readonly<Record<Assurance, number>> = { typed: 0, 'card-offline': 1, 'card-checked': 2 };

/** Whether a level is enough where `lowest` is asked for. */
export function suffices(given: Assurance, lowest: Assurance): boolean {
  return STRENGTH[given] >= STRENGTH[lowest];
}

/** 民法典 Art 17–20: from eighteen on a person acts alone; below that a guardian acts, or agrees. */
export const FULL_AGE = 18;

/** Whether somebody has not come of age on this day. @param today civil date */
export function isMinor({ birth }: { birth: string }, today: string): boolean {
  return yearsBetween(birth, today) < FULL_AGE;
}

/**
 * Somebody whose name and number were typed, with what the number says of birth and sex; null where the number is none.
 * The 2017 foreigner's number leaves the century open: the later one that is not in the future is taken, and whoever checks the card sees.
 * @param today civil date
 */
export function typedPerson({ name, number }: { name: string; number: string }, today: string): TypedPerson | null {
  const parsed = identityNumber(number);
  const trimmed = name.trim();
  if (!parsed.ok || trimmed === '') return null;
  const { value } = parsed;
  const birth = 'birth' in value ? value.birth : shortBirth(value.shortBirth, today);
  if (birth > today) return null;
  return { card: 'typed', name: trimmed, number: value.number, birth, sex: 'sex' in value ? value.sex : 'unstated', address: '' };
}

/** @param digits YYMMDD */
function shortBirth(digits: string, today: string): string {
  const [later, earlier] = ['20', '19'].map((century) => `${century}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}`) as [string, string];
  return isCivilDate(later) && later <= today ? later : earlier;
}
