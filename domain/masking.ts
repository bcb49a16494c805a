/**
 * Personal data as it may stand on a screen others can see, on slips and in lists. Works by code point, so that a rare character
 * outside the basic plane counts as one. Nothing here can be undone.
 */

/** 张＊＊: the first character and at most two stars, whatever the length; a name of one character is all star. */
export function maskName(name: string): string {
  const [first, ...rest] = [...name.trim()];
  if (first === undefined) return '';
  return rest.length === 0 ? '＊' : first + '＊'.repeat(Math.min(rest.length, 2));
}

/**
 * How a number is masked.
 * - `public`: first and last character stay; for every screen in a hall. The first six digits would tell where somebody is from.
 * - `account`: 国办函〔2016〕108号 hides year, month and day of birth in what an account's own holder sees.
 */
export type NumberMask = 'public' | 'account';

/** `3****************8` or `330624********0018`. A number of another length than an identity card's is masked as public. */
export function maskNumber(number: string, mask: NumberMask = 'public'): string {
  const letters = [...number.trim()];
  if (mask === 'account' && letters.length === 18) return hide(letters, 6, 4);
  // The 2017 foreigner's number has six digits of birth after letters and place.
  if (mask === 'account' && letters.length === 15) return hide(letters, 7, 2);
  return hide(letters, 1, 1);
}

/** `138****5678`: first three and last four digits; a number too short for that is all stars. */
export function maskPhone(phone: string): string {
  const digits = [...phone.replace(/\D/g, '')];
  return digits.length < 10 ? '*'.repeat(digits.length) : hide(digits, 3, 4);
}

function hide(letters: readonly string[], first: number, last: number): string {
  if (letters.length <= first + last) return '*'.repeat(letters.length);
  return letters.slice(0, first).join('') + '*'.repeat(letters.length - first - last) + letters.slice(letters.length - last).join('');
}
