import { dateOfDigits } from '../calendar/civil-date.ts';
import { err, ok, type Result } from '../result.ts';
import { mod11Check } from './check/mod-11-2.ts';
import { weights731Check } from './check/weights-731.ts';
import { checkEighteen } from './citizen-id.ts';
import { normaliseNumber, type NumberFault } from './fault.ts';

/** Number of the 2023 foreigner's permanent residence card. `country` is the numeric code of ISO 3166. */
export type Foreigner2023Id = { card: 'foreigner-2023'; number: string; province: string; country: string; birth: string };

/** 9, province 2, numeric country 3, date of birth 8, sequence 3, check MOD 11-2. In force since 2023-12-01. @param value as typed */
export function foreigner2023Id(value: string): Result<Foreigner2023Id, NumberFault> {
  const number = normaliseNumber(value);
  const checked = checkEighteen(number);
  if (!checked.ok) return checked;
  if (!number.startsWith('9')) return err({ kind: 'bad-prefix' });
  return ok({ card: 'foreigner-2023', number, province: number.slice(1, 3), country: number.slice(3, 6), birth: checked.value.birth });
}

/** A valid number of a fictional person. @param parts.sequence 0 … 999 */
export function makeForeigner2023Id(parts: { province: string; country: string; birth: string; sequence: number }): string {
  const body = `9${parts.province}${parts.country}${parts.birth.replaceAll('-', '')}${String(parts.sequence).padStart(3, '0')}`;
  if (body.length !== 17 || dateOfDigits(body.slice(6, 14)) === null) throw new RangeError('parts that make no foreigner number of 2023');
  return body + mod11Check(body);
}

/**
 * The number the same person had on a 2017 card, rebuilt from the chip of the 2023 card: country letters, province,
 * first two characters of 既往版本号码关联项, YYMMDD, its third character, 7-3-1 check. One source only, so it serves for finding
 * old records and never as proof of identity.
 * @param nationality 3 letters as on the chip
 * @param link 3 characters as on the chip; blank on a card without a former number
 */
export function formerNumber(id: Foreigner2023Id, nationality: string, link: string): Result<string, { kind: 'no-former-number' }> {
  if (!/^\d{3}$/.test(link) || !/^[A-Z]{3}$/.test(nationality)) return err({ kind: 'no-former-number' });
  const body = nationality + id.province + link.slice(0, 2) + id.birth.slice(2).replaceAll('-', '') + link.slice(2);
  return ok(body + weights731Check(body));
}
