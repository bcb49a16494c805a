import { err, ok, type Result } from '../result.ts';
import { divisionName } from './divisions.ts';
import { isDigit, normaliseNumber, type NumberFault, shapeFault } from './fault.ts';

export type DivisionLevel = 'province' | 'prefecture' | 'county' | 'town' | 'village';

/**
 * A 行政区划 code. `significant` is the code without padding zeros (2, 4, 6, 9 or 12 digits), so `startsWith` tells what lies in what.
 * `names` goes from province down as far as we know them; an unknown division is valid all the same.
 */
export type Division = { code: string; level: DivisionLevel; significant: string; names: string[] };

const LEVELS: readonly { level: DivisionLevel; digits: number }[] = [
  { level: 'province', digits: 2 }, { level: 'prefecture', digits: 4 }, { level: 'county', digits: 6 }, { level: 'town', digits: 9 }, { level: 'village', digits: 12 },
];

/** Division code of 6 (GB/T 2260), 9 (GB/T 10114, town) or 12 digits (village), padded with zeros to its length. @param value as typed */
export function division(value: string): Result<Division, NumberFault> {
  const code = normaliseNumber(value);
  if (![6, 9, 12].includes(code.length)) return err({ kind: 'wrong-length', expected: [6, 9, 12], actual: code.length });
  const fault = shapeFault(code, code.length, isDigit);
  if (fault !== null) return err(fault);
  if (code.startsWith('00')) return err({ kind: 'bad-prefix' });
  const used = LEVELS.find(({ digits }) => digits >= code.length || /^0*$/.test(code.slice(digits)));
  if (used === undefined) throw new Error('every code ends within 12 digits');
  const significant = code.slice(0, used.digits);
  const names = LEVELS.flatMap(({ digits }) => {
    const name = digits <= used.digits ? divisionName(significant.slice(0, digits)) : null;
    return name === null ? [] : [name];
  });
  return ok({ code, level: used.level, significant, names });
}

/** Writes a division code at one of its lengths. @param significant 2, 4, 6, 9 or 12 digits */
export function makeDivision(significant: string, length: 6 | 9 | 12): string {
  if (!LEVELS.some(({ digits }) => digits === significant.length) || significant.length > length) throw new RangeError('parts that make no division code');
  return significant.padEnd(length, '0');
}

/** 浙江省绍兴市新昌县沃洲镇, as far as the names are known. */
export function divisionText(code: string): string {
  const parsed = division(code);
  return parsed.ok ? parsed.value.names.join('') : '';
}
