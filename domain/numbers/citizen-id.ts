import { dateOfDigits } from '../calendar/civil-date.ts';
import { err, ok, type Result } from '../result.ts';
import { mod11Check } from './check/mod-11-2.ts';
import { isDigit, normaliseNumber, type NumberFault, shapeFault } from './fault.ts';

/** Which card a number of the GB 11643 shape stands on: its first digits say so. */
export type PermitRegion = 'hong-kong' | 'macau' | 'taiwan';
const REGIONS: Readonly<Record<string, PermitRegion>> = { '810000': 'hong-kong', '820000': 'macau', '830000': 'taiwan' };

type Common = { number: string; division: string; birth: string; sex: 'male' | 'female' };
/** 公民身份号码. `division` is that of the first registration, maybe a withdrawn one: it is never checked against a list. */
export type CitizenId = Common & { card: 'resident' };
/** The number of a 港澳台居民居住证: the citizen's scheme under 810000, 820000 or 830000. */
export type PermitId = Common & { card: 'hong-kong-macau-taiwan'; region: PermitRegion };

/** What every 18-character number with a MOD 11-2 check shares: shape, date of birth at 7–14, check. */
export function checkEighteen(number: string): Result<{ birth: string }, NumberFault> {
  if (/^\d{15}$/.test(number)) return err({ kind: 'legacy' });
  const fault = shapeFault(number, 18, (letter, at) => isDigit(letter) || (at === 17 && letter === 'X'));
  if (fault !== null) return err(fault);
  const birth = dateOfDigits(number.slice(6, 14));
  if (birth === null) return err({ kind: 'bad-date' });
  return mod11Check(number.slice(0, 17)) === number.charAt(17) ? ok({ birth }) : err({ kind: 'bad-check' });
}

function parse(value: string): Result<CitizenId | PermitId, NumberFault> {
  const number = normaliseNumber(value);
  const checked = checkEighteen(number);
  if (!checked.ok) return checked;
  const division = number.slice(0, 6);
  const common = { number, division, birth: checked.value.birth, sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' } as const;
  const region = REGIONS[division];
  return ok(region === undefined ? { card: 'resident', ...common } : { card: 'hong-kong-macau-taiwan', region, ...common });
}

/**
 * 公民身份号码, GB 11643-1999: division 6, date of birth 8, sequence 3 (odd: male), check MOD 11-2.
 * Permit numbers (81, 82, 83 0000) and foreigners' numbers (9…) are `bad-prefix` here. @param value as typed
 */
export function citizenId(value: string): Result<CitizenId, NumberFault> {
  const parsed = parse(value);
  if (!parsed.ok) return parsed;
  return parsed.value.card === 'resident' && !parsed.value.number.startsWith('9') ? ok(parsed.value) : err({ kind: 'bad-prefix' });
}

/** The number of a residence permit for people of Hong Kong, Macau and Taiwan (since 2018-09-01). @param value as typed */
export function permitId(value: string): Result<PermitId, NumberFault> {
  const parsed = parse(value);
  if (!parsed.ok) return parsed;
  return parsed.value.card === 'hong-kong-macau-taiwan' ? ok(parsed.value) : err({ kind: 'bad-prefix' });
}

/** A valid number of a fictional person; 810000, 820000 and 830000 as `division` give permit numbers. @param sequence 0 … 999, odd for a man */
export function makeCitizenId(parts: { division: string; birth: string; sequence: number }): string {
  const body = parts.division + parts.birth.replaceAll('-', '') + String(parts.sequence).padStart(3, '0');
  if (body.length !== 17 || dateOfDigits(body.slice(6, 14)) === null) throw new RangeError('parts that make no citizen number');
  return body + mod11Check(body);
}
