import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addNaturalDays, dateOfDay } from '../calendar/civil-date.ts';
import { makeCitizenId } from '../numbers/citizen-id.ts';
import { makeForeigner2017Id } from '../numbers/foreigner-2017.ts';
import { makeForeigner2023Id } from '../numbers/foreigner-2023.ts';
import { Assurance, FULL_AGE, isMinor, suffices, typedPerson } from './assurance.ts';

const TODAY = '2026-11-27';
/** Days from 1930 to today. */
const birthdays = fc.integer({ min: -14_610, max: 20_784 }).map(dateOfDay);

describe('assurance', () => {
  test('a chip is more than a typed number, a register more than a chip', () => {
    const levels = Assurance.options;
    expect(levels.map((given) => levels.filter((lowest) => suffices(given, lowest)))).toEqual([['typed'], ['typed', 'card-offline'], ['typed', 'card-offline', 'card-checked']]);
  });

  test('of age from the eighteenth birthday on, and not a day before', () => {
    fc.assert(fc.property(birthdays, (birth) => {
      const day = `${Number(birth.slice(0, 4)) + FULL_AGE}${birth.endsWith('02-29') ? '-03-01' : birth.slice(4)}`;
      expect([addNaturalDays(day, -1), day].map((today) => isMinor({ birth }, today))).toEqual([true, false]);
    }));
  });

  test('what is typed says birth and sex as the number does, whatever is typed around it; a number with a wrong digit is nobody', () => {
    fc.assert(fc.property(birthdays, fc.integer({ min: 0, max: 999 }), fc.constantFrom('330624', '810000', '830000'), fc.integer({ min: 0, max: 16 }), (birth, sequence, division, at) => {
      const number = makeCitizenId({ division, birth, sequence });
      expect(typedPerson({ name: ' 李测试 ', number: ` ${number.toLowerCase()} ` }, TODAY)).toEqual({ card: 'typed', name: '李测试', number, birth, sex: sequence % 2 === 1 ? 'male' : 'female', address: '' });
      const wrong = number.slice(0, at) + String((Number(number[at]) + 1) % 10) + number.slice(at + 1);
      expect(typedPerson({ name: '李测试', number: wrong }, TODAY)).toBeNull();
    }));
  });

  test('foreigners of both cards; the century that the older number leaves open is the latest that has been', () => {
    const birthOf = (number: string) => typedPerson({ name: 'EXAMPLE, JOHN', number }, TODAY)?.birth;
    expect(birthOf(makeForeigner2023Id({ province: '33', country: '682', birth: '1985-01-01', sequence: 1 }))).toBe('1985-01-01');
    for (const birth of ['1980-01-01', '1926-11-28', '2001-05-05', '2026-11-27']) expect(birthOf(makeForeigner2017Id({ country: 'CAN', place: '3301', birth, sequence: 0 }))).toBe(birth);
    expect(typedPerson({ name: 'EXAMPLE, JOHN', number: makeForeigner2017Id({ country: 'CAN', place: '3301', birth: '1980-01-01', sequence: 0 }) }, TODAY)?.sex).toBe('unstated');
  });

  test('nobody without a name, and nobody who is not born yet', () => {
    expect(typedPerson({ name: '  ', number: '330624199001010018' }, TODAY)).toBeNull();
    expect(typedPerson({ name: '李测试', number: makeCitizenId({ division: '330624', birth: '2026-11-28', sequence: 1 }) }, TODAY)).toBeNull();
  });
});
