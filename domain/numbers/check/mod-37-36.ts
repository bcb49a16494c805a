/** Digits and capitals; a character's value is its place. */
export const ALPHABET_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * ISO 7064 MOD 37,36 (hybrid system), the check of GB/T 36904. Finds every single wrong character and nearly every swap of neighbours.
 * @param body the identifier without its check character, digits and capitals only
 */
export function mod37Check(body: string): string {
  let product = 36;
  for (const letter of body) {
    const value = ALPHABET_36.indexOf(letter);
    if (value < 0) throw new RangeError('MOD 37,36 takes digits and capitals');
    product = (((product + value) % 36 || 36) * 2) % 37;
  }
  return ALPHABET_36.charAt((37 - product) % 36);
}
