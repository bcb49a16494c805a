import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CardHolder } from '../../domain/identity/card-holder.ts';
import { makeCitizenId } from '../../domain/numbers/citizen-id.ts';
import { makeForeigner2017Id } from '../../domain/numbers/foreigner-2017.ts';
import { makeForeigner2023Id } from '../../domain/numbers/foreigner-2023.ts';
import { BLOCK_R, BLOCK_RL, bytesOfHex } from './fixtures.ts';
import { PRESETS } from './presets.ts';
import { decodeTextBlock, encodeTextBlock, LAYOUTS, TEXT_BLOCK_LENGTH } from './text-block.ts';

const put = (block: Uint8Array, offset: number, text: string): Uint8Array => {
  const changed = block.slice();
  changed.set(Buffer.from(text, 'utf16le'), offset);
  return changed;
};
const blockR = bytesOfHex(BLOCK_R);

describe('layouts', () => {
  test.each(Object.entries(LAYOUTS))('%s names every one of the 256 bytes once', (_, layout) => {
    let at = 0;
    for (const [offset, bytes] of Object.values(layout).toSorted(([left], [right]) => left - right)) {
      expect(offset).toBe(at);
      at += bytes;
    }
    expect(at).toBe(TEXT_BLOCK_LENGTH);
  });
});

describe('fixtures', () => {
  test('R', () => {
    expect(decodeTextBlock(blockR)).toEqual({
      ok: true,
      value: {
        card: 'resident',
        name: '张测试',
        sex: 'male',
        ethnicity: '01',
        birth: '1990-01-01',
        address: '浙江省新昌县羽林街道测试路1号',
        number: '330624199001010018',
        authority: '新昌县公安局',
        validFrom: '2020-01-01',
        validTo: '2040-01-01',
      },
    });
    expect(encodeTextBlock(PRESETS.zhang)).toEqual(blockR);
  });

  test('RL: 长期 never expires, X ends a number', () => {
    const decoded = decodeTextBlock(bytesOfHex(BLOCK_RL));
    expect(decoded.ok && decoded.value).toMatchObject({ name: '李长期', ethnicity: '07', number: '51112619500615002X', validTo: null });
    expect(encodeTextBlock(PRESETS.changqi)).toEqual(bytesOfHex(BLOCK_RL));
  });

  test.each(Object.entries(PRESETS))('preset %s is a valid holder and survives its card', (_, holder) => {
    expect(CardHolder.parse(holder)).toEqual(holder);
    expect(decodeTextBlock(encodeTextBlock(holder))).toEqual({ ok: true, value: holder });
  });

  test('offsets of the foreigner’s card of 2017', () => {
    const block = encodeTextBlock(PRESETS['foreigner-2017']);
    const at = (offset: number, bytes: number): string => Buffer.from(block.subarray(offset, offset + bytes)).toString('utf16le').trimEnd();
    expect([at(0, 120), at(120, 2), at(122, 30), at(152, 6), at(158, 30), at(188, 16), at(204, 16), at(220, 16), at(240, 8), at(248, 2)]).toEqual([
      'EXAMPLE, JOHN TEST', '1', 'CAN330180010108', 'CAN', '测约翰', '20190601', '20290531', '19800101', '3300', 'I',
    ]);
  });

  test('a long English name of 2023 goes on in its second field, and a space between the two is kept', () => {
    const block = encodeTextBlock(PRESETS['foreigner-2023']);
    expect(Buffer.from(block.subarray(52, 122)).toString('utf16le')).toBe('ALEXAMPLE, ABDULRAHMAN TEST MOHAMME');
    expect(Buffer.from(block.subarray(220, 242)).toString('utf16le')).toBe('D SAMPLE   ');
    const spaced = { ...PRESETS['foreigner-2023'], englishName: `${'A'.repeat(34)} BCD` };
    const decoded = decodeTextBlock(encodeTextBlock(spaced));
    expect(decoded.ok && decoded.value).toMatchObject({ englishName: spaced.englishName });
  });
});

describe('round trip', () => {
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
  const latin = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'ABCXYZ ,.-0189'), maxLength }).map((text) => text.trimEnd());
  /** Han of several planes, middle dots, inner spaces; the planes beyond the first take two units. */
  const han = (units: number) =>
    fc
      .array(fc.constantFrom('张', '测', '漹', '㛃', '𬭛', '𠮷', '·', ' ', '长', '期'), { minLength: 1, maxLength: Math.floor(units / 2) })
      .map((letters) => letters.join('').replace(/ +$/, '') || '张');
  const common = { name: han(15), sex: fc.constantFrom('male', 'female', 'unknown', 'unstated'), birth: date, validFrom: date, validTo: fc.option(date) } as const;
  const sequence = fc.nat(999);
  const holder: fc.Arbitrary<CardHolder> = fc.oneof(
    fc
      .record({ ...common, sequence, ethnicity: fc.nat(99), address: han(35), authority: han(15) })
      .map(({ sequence: next, ethnicity, ...rest }): CardHolder => ({
        card: 'resident',
        ...rest,
        ethnicity: String(ethnicity).padStart(2, '0'),
        number: makeCitizenId({ division: '330624', birth: rest.birth, sequence: next }),
      })),
    fc
      .record({ ...common, sequence, englishName: latin(60), authorityCode: latin(4) })
      .map(({ sequence: next, ...rest }): CardHolder => ({
        card: 'foreigner-2017',
        ...rest,
        nationality: 'CAN',
        number: makeForeigner2017Id({ country: 'CAN', place: '3301', birth: rest.birth, sequence: next % 10 }),
      })),
    fc
      .record({ ...common, sequence, englishName: latin(46), reissues: latin(2), formerNumberLink: latin(3) })
      .map(({ sequence: next, ...rest }): CardHolder => ({
        card: 'foreigner-2023',
        ...rest,
        nationality: 'SAU',
        number: makeForeigner2023Id({ province: '33', country: '682', birth: rest.birth, sequence: next }),
      })),
    fc
      .record({ ...common, sequence, region: fc.constantFrom('810000', '820000', '830000'), address: han(35), authority: han(15), travelPermit: latin(9), issues: latin(2) })
      .map(({ sequence: next, region, ...rest }): CardHolder => ({
        card: 'hong-kong-macau-taiwan',
        ...rest,
        number: makeCitizenId({ division: region, birth: rest.birth, sequence: next }),
      })),
  );

  test('every holder survives its card', () => {
    fc.assert(
      fc.property(holder, (person) => {
        expect(decodeTextBlock(encodeTextBlock(person))).toEqual({ ok: true, value: person });
      }),
    );
  });

  test('any 256 bytes decode to a valid holder or to a fault, never to a surprise', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(127), fc.integer({ min: 0, max: 0xffff })), { maxLength: 6 }), (changes) => {
        const block = blockR.slice();
        for (const [unit, value] of changes) new DataView(block.buffer).setUint16(2 * unit, value, true);
        const decoded = decodeTextBlock(block);
        if (decoded.ok) expect(CardHolder.safeParse(decoded.value).success).toBe(true);
        else expect(JSON.stringify(decoded.error)).not.toContain('张');
      }),
    );
  });
});

describe('what is refused', () => {
  test.each([
    ['an unknown type flag', put(blockR, 248, 'Z'), { kind: 'unsupported-card', flag: '005a' }],
    ['a flag of zeros', put(blockR, 248, '\0'), { kind: 'unsupported-card', flag: '0000' }],
    ['a wrong check character', put(blockR, 156, '9'), { kind: 'bad-number', fault: { kind: 'bad-check' } }],
    ['a number of another card', put(blockR, 122, '932682198501010017'), { kind: 'bad-number', fault: { kind: 'bad-prefix' } }],
    ['a sex that is none', put(blockR, 30, '3'), { kind: 'bad-field', field: 'sex' }],
    ['an ethnicity without digits', put(blockR, 32, '  '), { kind: 'bad-field', field: 'ethnicity' }],
    ['a birth on no day', put(blockR, 36, '19900230'), { kind: 'bad-field', field: 'birth' }],
    ['a start on no day', put(blockR, 188, '2020010 '), { kind: 'bad-field', field: 'validFrom' }],
    ['an end on no day', put(blockR, 204, '长期有效    '), { kind: 'bad-field', field: 'validTo' }],
    ['a blank end', put(blockR, 204, '        '), { kind: 'bad-field', field: 'validTo' }],
    ['a resident without a name', put(blockR, 0, ' '.repeat(15)), { kind: 'bad-field', field: 'name' }],
    ['half a surrogate pair', put(blockR, 2, '\ud842'), { kind: 'bad-field', field: 'name' }],
    ['a control character', put(blockR, 60, '\u0007'), { kind: 'bad-field', field: 'address' }],
    ['a short block', blockR.subarray(2), { kind: 'wrong-length', actual: 254 }],
  ])('%s', (_, block, error) => {
    expect(decodeTextBlock(block)).toEqual({ ok: false, error });
  });

  test('a field too long for its place is a bug of whoever made the card', () => {
    expect(() => encodeTextBlock({ ...PRESETS.zhang, name: '张'.repeat(16) })).toThrow(/15 characters/);
  });

  test('leading spaces and other white space belong to the text', () => {
    const decoded = decodeTextBlock(put(blockR, 0, ' 张\u3000试'));
    expect(decoded.ok && decoded.value.name).toBe(' 张\u3000试');
  });
});
