import { err, ok, type Result } from '../result.ts';
import { normaliseNumber } from './fault.ts';

export type Phone = { number: string; line: 'mobile' | 'fixed' };

/**
 * A phone number of mainland China: mobile 1 + 10 digits (second digit 3 to 9), or fixed with its area code (0 + 2 or 3, then 7 or 8 digits).
 * Spaces, hyphens and +86 are taken off. There is no check digit: only the shape can be wrong.
 * @param value as typed
 */
export function phone(value: string): Result<Phone, { kind: 'bad-phone' }> {
  const number = normaliseNumber(value).replace(/[-()—–]/g, '').replace(/^(\+|00)86/, '');
  if (/^1[3-9]\d{9}$/.test(number)) return ok({ number, line: 'mobile' });
  if (/^0(10|2\d|[3-9]\d{2})\d{7,8}$/.test(number)) return ok({ number, line: 'fixed' });
  return err({ kind: 'bad-phone' });
}
