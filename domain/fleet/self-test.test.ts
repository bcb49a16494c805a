import { describe, expect, test } from 'vitest';
import { CLOCK_OFF } from '../time.ts';
import { findingsOf, type SelfTestFacts } from './self-test.ts';
import { findingWords } from './self-test-words.ts';

const blank = { name: '执照', loaded: 100, left: 100, used: 0, void: 0, inDoubt: 0, next: null };
const well: SelfTestFacts = {
  report: { devices: { 'id-card-reader': { kind: 'online', warnings: [] }, board: { kind: 'offline', reason: 'not-configured' } }, unknownPrints: 0, blanks: [blank], room: 'enough' },
  line: 'online', enrolled: true, clockOffset: 1200, signs: true,
};
const unwell = (facts: Partial<SelfTestFacts>, report: Partial<SelfTestFacts['report']> = {}) =>
  findingsOf({ ...well, ...facts, report: { ...well.report, ...report } }).filter(({ result }) => result !== 'well').map(({ check, name, result, reasons }) => `${result} ${check} ${name} ${reasons.join(' ')}`.replace('  ', ' '));

describe('the findings of a self-test', () => {
  test('name everything that was looked at, well or not; what the machine does not have is left out', () => {
    expect(findingsOf(well).map(({ check, result }) => `${check} ${result}`)).toEqual(['id-card-reader well', 'blanks well', 'prints well', 'disk well', 'line well', 'clock well', 'keys well']);
  });

  test.each<[string, string[], Partial<SelfTestFacts>, Partial<SelfTestFacts['report']>]>([
    ['a reader whose module is not authorised', ['fault id-card-reader sam-not-authorised'], {}, { devices: { 'id-card-reader': { kind: 'out-of-service', reason: 'sam-not-authorised' } } }],
    ['a device host that is not there', ['fault id-card-reader host-starting'], {}, { devices: { 'id-card-reader': { kind: 'offline', reason: 'host-starting' } } }],
    ['paper that runs low', ['warning ticket-printer paper-low'], {}, { devices: { 'ticket-printer': { kind: 'online', warnings: ['paper-low'] } } }],
    ['blanks that run low', ['warning blanks 执照 few-blanks'], {}, { blanks: [{ ...blank, left: 3 }] }],
    ['no blanks', ['fault blanks 执照 no-blanks'], {}, { blanks: [{ ...blank, left: 0 }] }],
    ['a print in doubt', ['warning prints in-doubt'], {}, { unknownPrints: 1 }],
    ['a full disk', ['fault disk full'], {}, { room: 'full' }],
    ['a line that is away, without which citizens hand in', ['warning line offline'], { line: 'offline' }, {}],
    ['a clock that is off', ['fault clock clock-off'], { clockOffset: -CLOCK_OFF - 1 }, {}],
    ['a clock that was never compared', ['warning clock never-compared'], { clockOffset: null }, {}],
    ['keys that do not sign', ['fault keys cannot-sign'], { signs: false }, {}],
    ['a machine without a hall', ['fault keys not-enrolled'], { enrolled: false }, {}],
  ])('%s', (_, found, facts, report) => {
    expect(unwell(facts, report)).toEqual(found);
  });

  test('are said in words; a keyword of a later program stands as it is', () => {
    expect(findingWords({ check: 'clock', name: '', reasons: ['clock-off'] })).toEqual({ check: '时钟', reasons: '与大厅相差太多，请校准' });
    expect(findingWords({ check: 'blanks', name: '执照', reasons: ['few-blanks'] })).toEqual({ check: '执照', reasons: '快用完' });
    expect(findingWords({ check: 'document-printer', name: '', reasons: ['jam', 'later'] })).toEqual({ check: '文档打印机', reasons: '卡纸、later' });
  });
});
