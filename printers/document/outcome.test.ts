import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobReading } from './driver.ts';
import { outcomeOf } from './outcome.ts';
import type { Evidence } from './outcome.ts';
import { judge } from './reasons.ts';

const job: JobReading = { id: 1, name: 'x', state: 'completed', reasons: ['job-completed-successfully'], impressions: 1, size: null };
const evidence: Evidence = { pages: 1, whole: true, confirms: true, counts: true, sheetInDoubt: null, cancelledFor: null, after: judge(['none']) };
const ended = { ...job, state: 'canceled' as const, impressions: 0 };

describe('completed', () => {
  test.each<[string, Partial<JobReading>, Partial<Evidence>, string]>([
    ['clear printer', {}, {}, 'printed'],
    ['printer that does not count', { impressions: null }, {}, 'printed'],
    ['with warnings', { reasons: ['job-completed-with-warnings'] }, {}, 'printed'],
    ['low paper', {}, { after: judge(['media-low-report']) }, 'printed'],
    ['the last sheet of the tray, counted', {}, { after: judge(['media-empty-error']) }, 'printed'],
    ['a full spool', {}, { after: judge(['spool-area-full']) }, 'printed'],
    ['out of paper, not counted', { impressions: null }, { after: judge(['media-empty-error']) }, 'unknown paper-out'],
    ['fewer than sent', { impressions: 1 }, { pages: 2 }, 'unknown incomplete'],
    ['with errors', { reasons: ['job-completed-with-errors'] }, {}, 'unknown aborted'],
    ['a jam while it ran', {}, { sheetInDoubt: 'jam' }, 'unknown jam'],
    ['a jam afterwards', {}, { after: judge(['media-jam-error']) }, 'unknown jam'],
    ['printer silent afterwards', {}, { after: null }, 'unknown connection-lost'],
    ['document never confirmed', {}, { whole: false }, 'unknown connection-lost'],
    ['stopped too late: every page was counted', {}, { cancelledFor: 'cancelled' }, 'printed'],
    ['stopped, and no page was counted', { impressions: 0 }, { cancelledFor: 'cancelled' }, 'unknown cancelled'],
    ['stopped, by a printer that does not say', { impressions: null }, { cancelledFor: 'paper-out' }, 'unknown paper-out'],
  ])('%s', (_, reading, known, expected) => {
    const outcome = outcomeOf({ ...job, ...reading }, { ...evidence, ...known });
    expect(outcome.kind === 'printed' ? 'printed' : `${outcome.kind} ${outcome.reason}`).toBe(expected);
  });
});

describe('canceled or aborted', () => {
  test.each<[string, Partial<JobReading>, Partial<Evidence>, string]>([
    ['before any sheet', {}, { cancelledFor: 'paper-out' }, 'not-printed paper-out'],
    ['at the printer', {}, {}, 'not-printed cancelled-at-printer'],
    ['by the printer', { state: 'aborted' }, {}, 'not-printed aborted'],
    ['after a sheet', { impressions: 1 }, { cancelledFor: 'paper-out' }, 'unknown paper-out'],
    ['printer that does not say', { impressions: null }, {}, 'unknown cancelled-at-printer'],
    ['printer that is known not to count', {}, { counts: false, cancelledFor: 'cancelled' }, 'unknown cancelled'],
    ['a sheet in the paper path', {}, { sheetInDoubt: 'jam', cancelledFor: 'jam' }, 'unknown jam'],
    ['cover opened when it ended', {}, { after: judge(['cover-open']), cancelledFor: 'cancelled' }, 'unknown cover-open'],
  ])('%s', (_, reading, known, expected) => {
    const outcome = outcomeOf({ ...ended, ...reading }, { ...evidence, ...known });
    expect(outcome.kind === 'printed' ? 'printed' : `${outcome.kind} ${outcome.reason}`).toBe(expected);
  });
});

test('never printed without completed, never not-printed with a counted or doubtful sheet', () => {
  const reading = fc.record<JobReading>({
    id: fc.constant(1),
    name: fc.constant('x'),
    state: fc.constantFrom('completed', 'canceled', 'aborted'),
    reasons: fc.subarray(['job-completed-with-errors', 'aborted-by-system']),
    impressions: fc.option(fc.nat(3)),
    size: fc.constant(null),
  });
  const known = fc.record<Evidence>({
    pages: fc.integer({ min: 1, max: 3 }),
    whole: fc.boolean(),
    confirms: fc.boolean(),
    counts: fc.boolean(),
    sheetInDoubt: fc.constantFrom(null, 'jam', 'cover-open'),
    cancelledFor: fc.constantFrom(null, 'paper-out', 'cancelled'),
    after: fc.option(fc.subarray(['media-empty-error', 'media-jam-error', 'media-low', 'spool-area-full']).map((keywords) => judge(keywords))),
  });
  fc.assert(
    fc.property(reading, known, (held, facts) => {
      const { kind } = outcomeOf(held, facts);
      if (kind === 'printed') expect(held.state === 'completed' && facts.whole && facts.confirms && facts.sheetInDoubt === null && facts.after !== null).toBe(true);
      if (kind === 'printed' && facts.cancelledFor !== null) expect(facts.counts && held.impressions !== null && held.impressions >= facts.pages).toBe(true);
      if (kind === 'not-printed') expect(held.state !== 'completed' && held.impressions === 0 && facts.counts && facts.sheetInDoubt === null).toBe(true);
    }),
  );
});
