/** What `scanimage`'s end means. Its exit status is the SANE status it stopped with (SANE Standard 1.06, §4.2.7), or 1 for its own complaints. */
import type { ScanStop } from '../../../domain/contracts/document-scanner.ts';
import { never } from '../../../domain/result.ts';
import type { DriverFailure } from '../driver.ts';
import type { ProgramEnd } from './program.ts';

export type SaneStatus = 'good' | 'unsupported' | 'cancelled' | 'busy' | 'invalid' | 'end' | 'jammed' | 'no-docs' | 'cover-open' | 'io' | 'no-memory' | 'denied';

/** By number, and as `sane_strstatus` words them. */
const STATUSES: readonly { status: SaneStatus; words: string }[] = [
  { status: 'good', words: 'Success' },
  { status: 'unsupported', words: 'Operation not supported' },
  { status: 'cancelled', words: 'Operation was cancelled' },
  { status: 'busy', words: 'Device busy' },
  { status: 'invalid', words: 'Invalid argument' },
  { status: 'end', words: 'End of file reached' },
  { status: 'jammed', words: 'Document feeder jammed' },
  { status: 'no-docs', words: 'Document feeder out of documents' },
  { status: 'cover-open', words: 'Scanner cover is open' },
  { status: 'io', words: 'Error during device I/O' },
  { status: 'no-memory', words: 'Out of memory' },
  { status: 'denied', words: 'Access to resource has been denied' },
];

const OPENING = /^scanimage: open of device .* failed: (.*)$/m;
const FAILING = /^scanimage: (?:sane_start|sane_read|sane_get_parameters|setting of option \S+ failed|sane_open): ?(.*)$/gm;

function statusNamed(words: string): SaneStatus | null {
  return STATUSES.find((known) => words.trim().startsWith(known.words))?.status ?? null;
}

/** The status that the program met, and whether it met it before the scanner was open. Words count more than the number, which 1 shares with every complaint. */
export function statusOf(code: number, words: string): { opened: boolean; status: SaneStatus | null } {
  const [, opening] = OPENING.exec(words) ?? [];
  if (opening !== undefined) return { opened: false, status: statusNamed(opening) };
  const told = [...words.matchAll(FAILING)].map(([, what = '']) => statusNamed(what)).findLast((status) => status !== null);
  return { opened: true, status: told ?? (code === 1 ? null : (STATUSES[code]?.status ?? null)) };
}

export type SaneEnd = { kind: 'done' } | { kind: 'stopped'; reason: ScanStop } | { kind: 'failed'; failure: DriverFailure };

/** @param pages that came before the end */
export function endOf(end: ProgramEnd, words: string, pages: number): SaneEnd {
  switch (end.kind) {
    case 'not-started':
      return failed(end.code === 'ENOENT' ? { kind: 'no-program' } : { kind: 'not-permitted', detail: end.code });
    case 'stopped':
      return failed({ kind: end.why });
    case 'killed':
      return failed({ kind: 'lost', detail: end.by });
    case 'ended':
      return end.code === 0 && pages > 0 ? { kind: 'done' } : ofStatus(end.code, words, pages);
    default:
      return never(end);
  }
}

function ofStatus(code: number, words: string, pages: number): SaneEnd {
  const { opened, status } = statusOf(code, words);
  const detail = status ?? `exit ${code}`;
  switch (status) {
    case 'jammed':
      return { kind: 'stopped', reason: 'jam' };
    case 'cover-open':
      return { kind: 'stopped', reason: 'cover-open' };
    case 'no-docs':
      return pages > 0 ? { kind: 'done' } : { kind: 'stopped', reason: 'empty' };
    case 'cancelled':
      return { kind: 'stopped', reason: 'cancelled' };
    case 'busy':
      return failed({ kind: 'busy' });
    case 'denied':
      return failed({ kind: 'not-permitted', detail });
    case 'io':
      return failed({ kind: opened ? 'lost' : 'unreachable', detail });
    case 'invalid':
    case 'unsupported':
    case 'no-memory':
      // A device that is not there cannot be opened: SANE calls its name an invalid argument.
      return failed({ kind: opened ? 'refused' : 'unreachable', detail });
    case 'good':
    case 'end':
    case null:
      return failed(opened ? { kind: 'refused', detail } : { kind: 'unreachable', detail });
    default:
      return never(status);
  }
}

function failed(failure: DriverFailure): SaneEnd {
  return { kind: 'failed', failure };
}
