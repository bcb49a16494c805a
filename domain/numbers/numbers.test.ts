import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALPHABET_31 } from './check/mod-31-3.ts';
import { ALPHABET_36 } from './check/mod-37-36.ts';
import { citizenId, makeCitizenId, permitId } from './citizen-id.ts';
import { creditCode, makeCreditCode } from './credit-code.ts';
import { division, divisionText, makeDivision } from './division.ts';
import { townsOf } from './divisions.ts';
import { normaliseNumber } from './fault.ts';
import { foreigner2017Id, makeForeigner2017Id } from './foreigner-2017.ts';
import { foreigner2023Id, formerNumber, makeForeigner2023Id } from './foreigner-2023.ts';
import { identityNumber } from './identity-number.ts';
import { basicCode, handlingCode, itemCode, makeItemCode } from './item-code.ts';
import { licenceIdentifier, makeLicenceIdentifier } from './licence-identifier.ts';
import { phone } from './phone.ts';

type Answer = { ok: true } | { ok: false; error: { kind: string } };
const kindOf = (answer: Answer): string => (answer.ok ? 'ok' : answer.error.kind);

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const birth = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const sequence = fc.integer({ min: 0, max: 999 });
const citizens = fc.record({ division: fc.stringMatching(/^[1-7]\d{5}$/), birth, sequence });
const ofAlphabet = (alphabet: string, length: number) => fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((letters) => letters.join(''));
const replaceAt = (text: string, at: number, letter: string) => text.slice(0, at) + letter + text.slice(at + 1);

/** Every single change to another letter of the alphabet, and every swap of unlike neighbours, must be refused. */
function expectGuarded(number: string, alphabet: string, valid: (changed: string) => boolean): void {
  for (let at = 0; at < number.length; at += 1) {
    for (const letter of alphabet) if (letter !== number.charAt(at) && valid(replaceAt(number, at, letter))) expect.unreachable(`a change at ${at} went unseen`);
    const [left, right] = [number.charAt(at), number.charAt(at + 1)];
    if (right !== '' && left !== right && valid(number.slice(0, at) + right + left + number.slice(at + 2))) expect.unreachable(`a swap at ${at} went unseen`);
  }
}

describe('citizen number', () => {
  test.each([
    ['11010519491231002X', '110105', '1949-12-31', 'female'],
    ['440524188001010014', '440524', '1880-01-01', 'male'],
    ['330624199001010018', '330624', '1990-01-01', 'male'],
    ['51112619850615002X', '511126', '1985-06-15', 'female'],
    ['51112619500615002X', '511126', '1950-06-15', 'female'],
    ['410184194910010038', '410184', '1949-10-01', 'male'],
  ])('%s', (number, place, born, sex) => {
    expect(citizenId(number)).toEqual({ ok: true, value: { card: 'resident', number, division: place, birth: born, sex } });
  });
  test('normalises what a keyboard gives', () => {
    const answer = citizenId(' 110105 19491231 002x ');
    expect(answer.ok && answer.value.number).toBe('11010519491231002X');
    expect(normaliseNumber('１１０１０５　ｘ')).toBe('110105X');
  });
  test.each([
    ['33062419900101001', 'wrong-length'],
    ['3306241990010100188', 'wrong-length'],
    ['330624900101001', 'legacy'],
    ['33062419900101O018', 'bad-character'],
    ['3306241990010100X8', 'bad-character'],
    ['330624199002300018', 'bad-date'],
    ['330624190002290018', 'bad-date'],
    ['330624199001010019', 'bad-check'],
    ['810000199001010019', 'bad-prefix'],
    ['932682198501010017', 'bad-prefix'],
  ])('%s is %s', (number, kind) => {
    expect(kindOf(citizenId(number))).toBe(kind);
  });
  test('generated numbers are valid, and every single change or swap is found', () => {
    fc.assert(fc.property(citizens, (parts) => {
      const number = makeCitizenId(parts);
      expect(citizenId(number)).toMatchObject({ ok: true, value: { division: parts.division, birth: parts.birth, sex: parts.sequence % 2 === 1 ? 'male' : 'female' } });
      expectGuarded(number, '0123456789X', (changed) => citizenId(changed).ok);
    }), { numRuns: 30 });
  });
  test('the generator refuses parts that make none', () => {
    expect(() => makeCitizenId({ division: '330624', birth: '1990-02-30', sequence: 1 })).toThrow(RangeError);
  });
});

describe('permit number of Hong Kong, Macau and Taiwan', () => {
  test.each([['810000199001010019', 'hong-kong', 'male'], ['820000199001010029', 'macau', 'female'], ['830000199001010012', 'taiwan', 'male']])('%s', (number, region, sex) => {
    expect(permitId(number)).toMatchObject({ ok: true, value: { card: 'hong-kong-macau-taiwan', region, sex, birth: '1990-01-01' } });
  });
  test('a citizen number is none', () => {
    expect(kindOf(permitId('330624199001010018'))).toBe('bad-prefix');
  });
});

describe('foreigner numbers', () => {
  test('2017: the sample', () => {
    expect(foreigner2017Id('CAN330180010108')).toEqual({ ok: true, value: { card: 'foreigner-2017', number: 'CAN330180010108', country: 'CAN', place: '3301', shortBirth: '800101' } });
  });
  test.each([['CAN33018001010', 'wrong-length'], ['CA1330180010108', 'bad-character'], ['CAN330180130108', 'bad-date'], ['CAN330180010109', 'bad-check']])('2017: %s is %s', (number, kind) => {
    expect(kindOf(foreigner2017Id(number))).toBe(kind);
  });
  test('2017: 29 February of 2000 is a day although 1900 had none', () => {
    expect(kindOf(foreigner2017Id(makeForeigner2017Id({ country: 'SAU', place: '3301', birth: '2000-02-29', sequence: 1 })))).toBe('ok');
  });
  test('2017: every single wrong digit is found', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z]{3}$/), digits(4), birth, fc.integer({ min: 0, max: 9 }), (country, place, born, serial) => {
      const number = makeForeigner2017Id({ country, place, birth: born, sequence: serial });
      expect(kindOf(foreigner2017Id(number))).toBe('ok');
      for (let at = 3; at < 15; at += 1) for (const digit of '0123456789') if (digit !== number.charAt(at)) expect(foreigner2017Id(replaceAt(number, at, digit)).ok).toBe(false);
    }), { numRuns: 30 });
  });
  test('2023: the sample, and its number of 2017', () => {
    const answer = foreigner2023Id('932682198501010017');
    expect(answer).toEqual({ ok: true, value: { card: 'foreigner-2023', number: '932682198501010017', province: '32', country: '682', birth: '1985-01-01' } });
    if (!answer.ok) expect.unreachable();
    expect(formerNumber(answer.value, 'SAU', '011')).toEqual({ ok: true, value: 'SAU320185010112' });
    expect(foreigner2017Id('SAU320185010112').ok).toBe(true);
    expect(formerNumber(answer.value, 'SAU', '   ')).toEqual({ ok: false, error: { kind: 'no-former-number' } });
    expect(formerNumber(answer.value, '', '011').ok).toBe(false);
  });
  test('2023: a citizen number is none', () => {
    expect(kindOf(foreigner2023Id('330624199001010018'))).toBe('bad-prefix');
  });
  test('2023: generated is valid, every single change or swap is found, the rebuilt number is valid', () => {
    fc.assert(fc.property(fc.record({ province: digits(2), country: digits(3), birth, sequence }), fc.stringMatching(/^\d{3}$/), (parts, link) => {
      const number = makeForeigner2023Id(parts);
      const answer = foreigner2023Id(number);
      if (!answer.ok) expect.unreachable();
      const former = formerNumber(answer.value, 'SAU', link);
      expect(former.ok && foreigner2017Id(former.value).ok).toBe(true);
      expectGuarded(number, '0123456789X', (changed) => foreigner2023Id(changed).ok);
    }), { numRuns: 30 });
  });
});

describe('which card a number is from', () => {
  test.each([
    ['11010519491231002x', 'resident'], ['810000199001010019', 'hong-kong-macau-taiwan'], ['932682198501010017', 'foreigner-2023'], ['can330180010108', 'foreigner-2017'],
  ])('%s: %s', (number, card) => {
    expect(identityNumber(number)).toMatchObject({ ok: true, value: { card } });
  });
  test.each([['', 'wrong-length'], ['123', 'wrong-length'], ['330624900101001', 'legacy'], ['330624199001010019', 'bad-check']])('%s: %s', (number, kind) => {
    expect(kindOf(identityNumber(number))).toBe(kind);
  });
  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 24 }), (text) => { identityNumber(text); }));
  });
});

describe('credit code', () => {
  test.each(['91350100M000100Y43', '91110000101623741K', '11370800MB28559184', '12441500196720244T', '11100000000013338W', '911101066976941872', '1133062400260000XR', '1151112600850000X1', '11410184005300002J'])('%s', (number) => {
    expect(creditCode(number)).toMatchObject({ ok: true, value: { number, warnings: [] } });
  });
  test('takes it apart', () => {
    expect(creditCode('1133062400260000xr')).toEqual({ ok: true, value: { number: '1133062400260000XR', kind: '11', division: '330624', organisation: '00260000X', warnings: [] } });
  });
  test('a bad organisation check is a warning only', () => {
    // 00260000X ends right; 002600001 does not, under a right MOD 31-3 check.
    const sound = makeCreditCode({ kind: '11', division: '330624', organisation: '00260000' });
    const body = `${sound.slice(0, 16)}1`;
    const number = [...ALPHABET_31].map((check) => body + check).find((code) => creditCode(code).ok);
    expect(number === undefined ? null : creditCode(number)).toMatchObject({ ok: true, value: { warnings: ['organisation-check'] } });
  });
  test.each([['1133062400260000X', 'wrong-length'], ['1133062400260000OR', 'bad-character'], ['1133O62400260000XR', 'bad-character'], ['1133062400260000XQ', 'bad-check']])('%s is %s', (number, kind) => {
    expect(kindOf(creditCode(number))).toBe(kind);
  });
  test('generated is valid; every single change or swap is found', () => {
    fc.assert(fc.property(fc.constantFrom('11', '12', '51', '91', '92', 'Y1'), digits(6), ofAlphabet(ALPHABET_31, 8), (kind, place, organisation) => {
      const number = makeCreditCode({ kind, division: place, organisation });
      expect(creditCode(number)).toMatchObject({ ok: true, value: { warnings: [] } });
      expectGuarded(number, ALPHABET_31, (changed) => creditCode(changed).ok);
    }), { numRuns: 30 });
  });
});

describe('division', () => {
  test.each([
    ['330624', 'county', '330624', '浙江省绍兴市新昌县'], ['330600', 'prefecture', '3306', '浙江省绍兴市'], ['330000', 'province', '33', '浙江省'],
    ['330624112', 'town', '330624112', '浙江省绍兴市新昌县沃洲镇'], ['511126002', 'town', '511126002', '四川省乐山市夹江县漹城街道'], ['410184000000', 'county', '410184', '河南省郑州市新郑市'],
    ['330624112201', 'village', '330624112201', '浙江省绍兴市新昌县沃洲镇'], ['511602000000', 'county', '511602', '四川省'],
  ])('%s', (code, level, significant, text) => {
    expect(division(code)).toMatchObject({ ok: true, value: { code, level, significant } });
    expect(divisionText(code)).toBe(text);
  });
  test.each([['33062', 'wrong-length'], ['33O624', 'bad-character'], ['000624', 'bad-prefix']])('%s is %s', (code, kind) => {
    expect(kindOf(division(code))).toBe(kind);
  });
  test('towns of the three counties', () => {
    expect([townsOf('330624').length, townsOf('511126').length, townsOf('410184').length, townsOf('110101').length]).toEqual([12, 9, 13, 0]);
    expect(townsOf('330624').map(({ name }) => name)).toContain('沃洲镇');
  });
  test('padding is undone', () => {
    fc.assert(fc.property(fc.constantFrom('33', '3306', '330624'), fc.constantFrom(6 as const, 9 as const, 12 as const), (significant, length) => {
      expect(division(makeDivision(significant, length))).toMatchObject({ ok: true, value: { significant } });
    }));
    expect(() => makeDivision('330624112', 6)).toThrow(RangeError);
  });
});

describe('item codes', () => {
  test.each([['12441500196720244T3442199806003', 3, '442199806003'], ['11370800MB285591843370117002011', 3, '370117002011']])('%s', (code, level, basic) => {
    expect(itemCode(code)).toMatchObject({ ok: true, value: { code, level, basicCode: basic } });
    expect(handlingCode(`${code}01`)).toMatchObject({ ok: true, value: { serial: 1 } });
    expect(basicCode(basic).ok).toBe(true);
  });
  test.each([['12441500196720244T344219980600', 'wrong-length'], ['12441500196720244T7442199806003', 'bad-character'], ['12441500196720245T3442199806003', 'bad-check']])('%s is %s', (code, kind) => {
    expect(kindOf(itemCode(code))).toBe(kind);
  });
  test('handling codes: bad serial, bad item', () => {
    expect(kindOf(handlingCode('12441500196720244T34421998060030A'))).toBe('bad-character');
    expect(kindOf(handlingCode('12441500196720245T344219980600301'))).toBe('bad-check');
    expect(kindOf(basicCode('44219980600'))).toBe('wrong-length');
    expect(kindOf(basicCode('44219980600.'))).toBe('bad-character');
  });
  test('made codes are valid; bad parts throw', () => {
    expect(makeItemCode({ creditCode: '1133062400260000XR', level: 4, basicCode: '330611001000' })).toBe('1133062400260000XR4330611001000');
    expect(() => makeItemCode({ creditCode: '1133062400260000XR', level: 7, basicCode: '330611001000' })).toThrow(RangeError);
  });
});

describe('licence identifier', () => {
  test.each([
    '1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0',
    '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U',
    '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9',
  ])('%s', (text) => {
    const answer = licenceIdentifier(text);
    expect(answer).toMatchObject({ ok: true, value: { text } });
    if (!answer.ok) expect.unreachable();
    const { type, issuer, serial, version } = answer.value;
    expect(makeLicenceIdentifier({ type, issuer, serial, version: Number(version) })).toBe(text);
  });
  test.each([
    ['1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.8', 'bad-check'],
    ['1.2.156.3005.3.11100000MB03271699022.340100.000000016.001.9', 'bad-prefix'],
    ['1.2.156.3005.2.11100000MB03271699022.340100.00000_016.001.9', 'bad-character'],
    ['1.2.156.3005.2.11100000MB03271699022.34010.000000016.001.9', 'bad-character'],
  ])('%s is %s', (text, kind) => {
    expect(kindOf(licenceIdentifier(text))).toBe(kind);
  });
  test('generated is valid and every single change of a character is found', () => {
    fc.assert(fc.property(ofAlphabet(ALPHABET_36, 21), ofAlphabet(ALPHABET_36, 18), fc.stringMatching(/^[0-9A-Z]{1,20}$/), fc.integer({ min: 1, max: 999 }), (type, issuer, serial, version) => {
      const text = makeLicenceIdentifier({ type, issuer, serial, version });
      for (let at = 15; at < text.length; at += 1) {
        if (text.charAt(at) === '.') continue;
        for (const letter of ALPHABET_36) if (letter !== text.charAt(at)) expect(licenceIdentifier(replaceAt(text, at, letter)).ok).toBe(false);
      }
    }), { numRuns: 10 });
  });
});

describe('phone', () => {
  test.each([['13800001234', '13800001234', 'mobile'], ['+86 138-0000-1234', '13800001234', 'mobile'], ['0575-86001234', '057586001234', 'fixed'], ['010 1234 5678', '01012345678', 'fixed']])('%s', (typed, number, line) => {
    expect(phone(typed)).toEqual({ ok: true, value: { number, line } });
  });
  test.each(['12800001234', '1380000123', '86001234', '', 'call me'])('%s is none', (typed) => {
    expect(phone(typed)).toEqual({ ok: false, error: { kind: 'bad-phone' } });
  });
});
