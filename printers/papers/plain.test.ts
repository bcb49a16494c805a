import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import { LOOKED, sampleDenial, sampleReceipt, sampleRefusal } from './fixtures.ts';
import { NOTICES } from './fixtures-notices.ts';
import { contentsOf } from './render.ts';
import { plainRows } from './plain.ts';

type Looked = (typeof LOOKED)[keyof typeof LOOKED] | (typeof NOTICES)[keyof typeof NOTICES];

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const two = (number: string | number) => String(number).padStart(2, '0');

/** Every fact of a document as text, a list of things being counted too. */
function facts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return [String(value.length), ...value.flatMap(facts)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(facts) : [];
}

/** Dates (as `2026-11-25`) and other numbers that a text names, beside those inside whole facts that it repeats. */
function named(text: string, known: readonly string[]): string[] {
  const dates: string[] = [];
  let rest = text
    .replaceAll(/(\d{4})年(\d{1,2})月(\d{1,2})日/g, (_, year: string, month: string, day: string) => {
      dates.push(`${year}-${two(month)}-${two(day)}`);
      return '·';
    })
    .replaceAll(new RegExp(`(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})`, 'g'), (_, day: string, month: string, year: string) => {
      dates.push(`${year}-${two(MONTHS.indexOf(month) + 1)}-${two(day)}`);
      return '·';
    });
  for (const fact of known.filter((each) => /\D/.test(each) && each.length > 2).toSorted((left, right) => right.length - left.length)) rest = rest.replaceAll(fact, '·');
  return [...dates, ...(rest.match(/\d+/g) ?? [])];
}

/** What the plain words name that is no fact. */
function invented(document: Looked): string[] {
  const known = [...facts(document), String(ANSWER_DAYS)];
  return plainRows(document).flatMap(({ words }) => [...named(words.zh, known), ...named(words.en, known)]).filter((each) => !known.includes(each));
}

const kinds = Object.entries({ ...LOOKED, ...NOTICES }) as [string, Looked][];

describe.each(kinds)('%s', (_, document) => {
  test('every date and number of the plain words is a fact', () => {
    expect(invented(document)).toEqual([]);
  });

  test('and stays one whatever the facts are', () => {
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10));
    const change = (value: unknown, at: () => string, count: () => number): unknown => {
      if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) ? at() : value;
      if (typeof value === 'number') return count();
      if (Array.isArray(value)) return value.map((each) => change(each, at, count));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, at, count)]));
    };
    fc.assert(
      fc.property(fc.infiniteStream(date), fc.infiniteStream(fc.integer({ min: 0, max: 399 })), (dates, counts) => {
        const changed = change(document, () => dates.next().value as string, () => counts.next().value as number) as Looked;
        expect(invented(changed)).toEqual([]);
      }),
    );
  });

  test('its dates stand in the text above as well, and both languages name the same', () => {
    const { plain, ...above } = contentsOf(document);
    const known = [...facts(document), String(ANSWER_DAYS)];
    const text = facts(above).join('\n');
    for (const { words } of plain) {
      const inChinese = named(words.zh, known);
      for (const date of words.zh.match(/\d{4}年\d{1,2}月\d{1,2}日/g) ?? []) expect(text).toContain(date);
      // A clerk's own sentence is not translated; nothing else may differ.
      expect(named(words.en, known).toSorted()).toEqual(inChinese.toSorted());
    }
  });
});

test('the test itself sees a number that is none of the facts', () => {
  expect(named('在2026年11月25日之前，61天内', ['2026-11-25'])).toEqual(['2026-11-25', '61']);
  expect(named('by 5 March 2027, 3 days, at 二楼7号', ['二楼7号'])).toEqual(['2027-03-05', '3']);
});

describe('what the reader is told to do', () => {
  const row = (document: Looked, index: number) => plainRows(document)[index]?.words.zh ?? '';

  test('who is refused hears both ways, or the one that comes first', () => {
    expect(row(sampleRefusal, 1)).toBe('这件事请到示例流域水利委员会申请。不同意的话，可以向示例县人民政府申请行政复议，也可以到示例县人民法院起诉。');
    const first = { ...sampleDenial, remedies: { reconsideration: { ...sampleDenial.remedies.reconsideration, first: true }, litigation: { court: '示例县人民法院', within: 15, unit: 'days' } } } as const;
    expect(row(first, 1)).toContain('先向示例县人民政府申请行政复议');
    expect(row(first, 2)).toBe('复议：收到本决定书起60日内。起诉：收到复议决定书起15日内。');
  });

  test('natural days and a decision on the spot are said as such', () => {
    expect(row({ ...sampleReceipt, dayUnit: 'natural', promisedDays: 0 }, 2)).toContain('承诺即时办结，法律规定20天');
  });
});
