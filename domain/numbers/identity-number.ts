import { err, type Result } from '../result.ts';
import { type CitizenId, citizenId, type PermitId, permitId } from './citizen-id.ts';
import { normaliseNumber, type NumberFault } from './fault.ts';
import { type Foreigner2017Id, foreigner2017Id } from './foreigner-2017.ts';
import { type Foreigner2023Id, foreigner2023Id } from './foreigner-2023.ts';

/** A valid number of one of the four identity cards; `card` is the tag of `CardHolder`. */
export type IdentityNumber = CitizenId | PermitId | Foreigner2017Id | Foreigner2023Id;

/** Decides by its shape which card a number is from, then checks it by that card's rule. @param value as typed or as on a chip */
export function identityNumber(value: string): Result<IdentityNumber, NumberFault> {
  const number = normaliseNumber(value);
  if (/^[A-Z]/.test(number)) return foreigner2017Id(number);
  if (number.length !== 18 && !/^\d{15}$/.test(number)) return err({ kind: 'wrong-length', expected: [15, 18], actual: number.length });
  if (number.startsWith('9')) return foreigner2023Id(number);
  return /^8[123]0000/.test(number) ? permitId(number) : citizenId(number);
}
