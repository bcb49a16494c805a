import { describe, expect, test } from 'vitest';
import { endOf } from './outcome.ts';

const ended = (code: number, words: string, pages = 0) => endOf({ kind: 'ended', code }, words, pages);

describe('every exit status of scanimage', () => {
  test.each([
    [1, 'refused'], [2, 'cancelled'], [3, 'busy'], [4, 'refused'], [5, 'refused'], [6, 'jam'], [7, 'empty'], [8, 'cover-open'], [9, 'lost'], [10, 'refused'], [11, 'not-permitted'], [99, 'refused'],
  ])('%d is %s', (code, word) => {
    const end = ended(code, '');
    expect(end.kind === 'stopped' ? end.reason : end.kind === 'failed' ? end.failure.kind : end.kind).toBe(word);
  });

  test('none after pages is the end of them, and none without a page is no success', () => {
    expect(ended(0, 'Batch terminated, 2 pages scanned', 2)).toEqual({ kind: 'done' });
    expect(ended(7, '', 1)).toEqual({ kind: 'done' });
    expect(ended(0, '', 0)).toMatchObject({ kind: 'failed' });
    expect(ended(6, '', 3)).toEqual({ kind: 'stopped', reason: 'jam' });
  });
});

describe('what it says', () => {
  test.each([
    ['scanimage: sane_start: Document feeder jammed', { kind: 'stopped', reason: 'jam' }],
    ['scanimage: sane_start: Document feeder out of documents', { kind: 'stopped', reason: 'empty' }],
    ['scanimage: sane_read: Scanner cover is open', { kind: 'stopped', reason: 'cover-open' }],
    ['scanimage: sane_read: Error during device I/O', { kind: 'failed', failure: { kind: 'lost', detail: 'io' } }],
    ['scanimage: open of device x:1 failed: Invalid argument', { kind: 'failed', failure: { kind: 'unreachable', detail: 'invalid' } }],
    ['scanimage: open of device x:1 failed: Error during device I/O', { kind: 'failed', failure: { kind: 'unreachable', detail: 'io' } }],
    ['scanimage: open of device x:1 failed: Device busy', { kind: 'failed', failure: { kind: 'busy' } }],
    ['scanimage: open of device x:1 failed: Access to resource has been denied', { kind: 'failed', failure: { kind: 'not-permitted', detail: 'denied' } }],
    ["scanimage: unrecognized option '--x'", { kind: 'failed', failure: { kind: 'refused', detail: 'exit 1' } }],
  ])('%s', (words, end) => {
    expect(ended(1, `Output format is not set, using pnm as a default.\n${words}\n`)).toEqual(end);
  });
});

describe('an end of another kind', () => {
  test.each([
    [{ kind: 'stopped', why: 'cancelled' }, { kind: 'cancelled' }],
    [{ kind: 'stopped', why: 'timeout' }, { kind: 'timeout' }],
    [{ kind: 'killed', by: 'SIGSEGV' }, { kind: 'lost', detail: 'SIGSEGV' }],
    [{ kind: 'not-started', code: 'ENOENT' }, { kind: 'no-program' }],
    [{ kind: 'not-started', code: 'EACCES' }, { kind: 'not-permitted', detail: 'EACCES' }],
  ] as const)('%j', (end, failure) => {
    expect(endOf(end, '', 0)).toEqual({ kind: 'failed', failure });
  });
});
