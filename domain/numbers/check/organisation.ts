import { ALPHABET_36 } from './mod-37-36.ts';

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/**
 * The check of the 8-character organisation code (GB 11714), positions 9 to 16 of a unified social credit code.
 * @returns `0` … `9` or `X`
 */
export function organisationCheck(body: string): string {
  if (!/^[0-9A-Z]{8}$/.test(body)) throw new RangeError('an organisation code has 8 digits or capitals before its check');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * ALPHABET_36.indexOf(body.charAt(index)), 0);
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}
