/**
 * ISO 7064 MOD 11-2, the check of GB 11643 numbers: finds every single wrong character and every swap of two neighbours.
 * @param digits the number without its check character, decimal digits only
 * @returns `0` … `9` or `X`
 */
export function mod11Check(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError('MOD 11-2 takes decimal digits');
  let remainder = 0;
  for (const digit of digits) remainder = ((remainder + Number(digit)) * 2) % 11;
  return '0123456789X'.charAt((12 - remainder) % 11);
}
