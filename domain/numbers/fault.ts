/**
 * Why a number is not valid. Carries places and lengths, never a character of the number: faults reach logs.
 *
 * | kind | to tell the person |
 * |---|---|
 * | wrong-length | count the characters again |
 * | bad-character | this character cannot stand here; `at` counts from 0 |
 * | bad-date | the digits of the date of birth name no day |
 * | bad-prefix | the number does not begin as this kind of number must |
 * | bad-check | one character is wrong or two are swapped |
 * | legacy | a first-generation number of 15 digits, no longer valid on its own |
 */
export type NumberFault =
  | { kind: 'wrong-length'; expected: readonly number[]; actual: number }
  | { kind: 'bad-character'; at: number }
  | { kind: 'bad-date' }
  | { kind: 'bad-prefix' }
  | { kind: 'bad-check' }
  | { kind: 'legacy' };

/**
 * The spelling that validators compare: full-width forms made half-width, white space taken out, letters in capitals
 * (a keyboard gives `x` where the card shows `X`). Letters that only look like digits stay what they are, and fail.
 */
export function normaliseNumber(value: string): string {
  return value.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

/** Length and alphabet of a fixed-width number; null when both are right. */
export function shapeFault(value: string, length: number, allowed: (letter: string, at: number) => boolean): NumberFault | null {
  if (value.length !== length) return { kind: 'wrong-length', expected: [length], actual: value.length };
  for (let at = 0; at < length; at += 1) if (!allowed(value.charAt(at), at)) return { kind: 'bad-character', at };
  return null;
}

export const isDigit = (letter: string): boolean => letter >= '0' && letter <= '9';
export const isCapital = (letter: string): boolean => letter >= 'A' && letter <= 'Z';
