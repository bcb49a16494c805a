import { dateOfDigits } from '../calendar/civil-date.ts';
import { err, ok, type Result } from '../result.ts';
import { weights731Check } from './check/weights-731.ts';
import { isCapital, isDigit, normaliseNumber, type NumberFault, shapeFault } from './fault.ts';

/** Number of the 2017 foreigner's permanent residence card. The century of birth is not in it: the card itself says the date. */
export type Foreigner2017Id = { card: 'foreigner-2017'; number: string; country: string; place: string; shortBirth: string };

/**
 * 3 letters of the country (ISO 3166 alpha-3), 4 digits of province and city, YYMMDD, 1 digit of sequence, 1 check (7-3-1).
 * @param value as typed
 */
export function foreigner2017Id(value: string): Result<Foreigner2017Id, NumberFault> {
  const number = normaliseNumber(value);
  const fault = shapeFault(number, 15, (letter, at) => (at < 3 ? isCapital(letter) : isDigit(letter)));
  if (fault !== null) return err(fault);
  const shortBirth = number.slice(7, 13);
  // 29 February tells the centuries apart, so either may make it a day.
  if (dateOfDigits(`19${shortBirth}`) === null && dateOfDigits(`20${shortBirth}`) === null) return err({ kind: 'bad-date' });
  if (weights731Check(number.slice(0, 14)) !== number.charAt(14)) return err({ kind: 'bad-check' });
  return ok({ card: 'foreigner-2017', number, country: number.slice(0, 3), place: number.slice(3, 7), shortBirth });
}

/** A valid number of a fictional person. @param parts.sequence 0 … 9 */
export function makeForeigner2017Id(parts: { country: string; place: string; birth: string; sequence: number }): string {
  const body = parts.country + parts.place + parts.birth.slice(2).replaceAll('-', '') + String(parts.sequence);
  if (!/^[A-Z]{3}\d{11}$/.test(body)) throw new RangeError('parts that make no foreigner number of 2017');
  return body + weights731Check(body);
}
