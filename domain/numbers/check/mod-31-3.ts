/** The 31 characters of GB 32100: digits and capitals without I, O, Z, S, V. A character's value is its place. */
export const ALPHABET_31 = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * The check of GB 32100-2015: the i-th character weighs 3^(i-1) mod 31.
 * Finds every single wrong character and every swap of two neighbours.
 * @param body the code without its check character
 */
export function mod31Check(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const letter of body) {
    const value = ALPHABET_31.indexOf(letter);
    if (value < 0) throw new RangeError('a character outside the alphabet of GB 32100');
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET_31.charAt((31 - (sum % 31)) % 31);
}
