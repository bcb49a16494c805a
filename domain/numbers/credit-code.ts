import { err, ok, type Result } from '../result.ts';
import { ALPHABET_31, mod31Check } from './check/mod-31-3.ts';
import { organisationCheck } from './check/organisation.ts';
import { isDigit, normaliseNumber, type NumberFault, shapeFault } from './fault.ts';

/** 统一社会信用代码, taken apart. */
export type CreditCode = {
  number: string;
  /** Registering body and category together: 11 organ, 12 institution, 51 association, 91 enterprise, 92 individual business … */
  kind: string;
  division: string;
  /** 组织机构代码, GB 11714. */
  organisation: string;
  /** `organisation-check`: positions 9–17 fail GB 11714. Some issued codes do, so it is shown to the clerk and stops nobody. */
  warnings: 'organisation-check'[];
};

/** GB 32100-2015: 2 kind, 6 division (digits), 9 organisation code, 1 check MOD 31-3. @param value as typed */
export function creditCode(value: string): Result<CreditCode, NumberFault> {
  const number = normaliseNumber(value);
  const fault = shapeFault(number, 18, (letter, at) => (at >= 2 && at < 8 ? isDigit(letter) : ALPHABET_31.includes(letter)));
  if (fault !== null) return err(fault);
  if (mod31Check(number.slice(0, 17)) !== number.charAt(17)) return err({ kind: 'bad-check' });
  const organisation = number.slice(8, 17);
  const sound = organisationCheck(organisation.slice(0, 8)) === organisation.charAt(8);
  return ok({ number, kind: number.slice(0, 2), division: number.slice(2, 8), organisation, warnings: sound ? [] : ['organisation-check'] });
}

/** A valid code of a fictional body. @param parts.organisation 8 characters of the GB 32100 alphabet, its check is added */
export function makeCreditCode(parts: { kind: string; division: string; organisation: string }): string {
  const body = parts.kind + parts.division + parts.organisation + organisationCheck(parts.organisation);
  if (body.length !== 17 || !/^..\d{6}/.test(body)) throw new RangeError('parts that make no credit code');
  return body + mod31Check(body);
}
