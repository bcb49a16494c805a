import { ALPHABET_36 } from './mod-37-36.ts';

/**
 * The check of machine-readable travel documents, used by the 2017 foreigner's number: weights 7, 3, 1 in turn, A = 10 … Z = 35, sum modulo 10.
 * Finds every single wrong digit; a wrong letter 10 or 20 places away and a swap of digits 5 apart go unseen.
 * @param body digits and capitals
 */
export function weights731Check(body: string): string {
  let sum = 0;
  [...body].forEach((letter, index) => {
    const value = ALPHABET_36.indexOf(letter);
    if (value < 0) throw new RangeError('the 7-3-1 check takes digits and capitals');
    sum += value * (index % 3 === 0 ? 7 : index % 3 === 1 ? 3 : 1);
  });
  return String(sum % 10);
}
