import type { ActionVerifier } from '../action/types.ts';
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import { never } from '../result.ts';
import { type JournalEnded, JournalLine } from './export.ts';
import { type DayHead, dayIsGenuine, JOURNAL_START, type JournalHead, type JournalKind, linkIsWhole, removalIsGenuine, rowHash } from './journal.ts';

/**
 * What is wrong with a line of a journal.
 * - `unreadable`: is no line of a journal.
 * - `out-of-place`: a line of one journal among those of the other, or before its start.
 * - `start-forged`: the chain is not shown to have stood there on the day before.
 * - `edited`: the row no longer fits its link. `link-edited`: the link no longer fits its own hash.
 * - `missing`: links before this one are gone. `repeated`: stands here a second time, or in the wrong place. `previous-differs`: does not continue the one before.
 * - `deleted`: the row is gone, and no rule removed it. `stray`: a row that no link vouches for. `wrong-day`: a row of a day that was closed without it.
 * - `day-missing`: no head for a day. `day-forged`: not signed by the hall. `day-differs`: the chain stood elsewhere.
 * - `removal-forged`: the word that rows were removed is not signed by the hall.
 * - `cut-off`: the journal went on after the last line. `end-differs`: it ended with another link.
 */
export type JournalFault =
  | { kind: 'unreadable' | 'out-of-place' | 'start-forged' | 'edited' | 'link-edited' | 'repeated' | 'previous-differs' | 'deleted' | 'stray' | 'wrong-day' | 'day-forged' | 'day-differs' | 'removal-forged' | 'end-differs' }
  | { kind: 'missing' | 'cut-off'; from: number; to: number }
  | { kind: 'day-missing'; date: string };
/** `line`: 1 for the first line after the header; 0 for what is wrong with the end. */
export type JournalFinding = { line: number; journal: JournalKind | null; position: number | null; fault: JournalFault };
export type JournalReport = { entries: Record<JournalKind, number>; removed: number; days: DayHead[]; findings: JournalFinding[] };

/** `day`: the one whose head comes next, empty while that is not known. `first`: the first whose head came. */
type State = { head: JournalHead; closed: number; day: string; first: string; removedThrough: number };

/** Most findings that are kept: who cut a file in two does not want to read a million. */
const MOST_FINDINGS = 1000;

/** Reads the lines of a journal one after the other, whole or broken, and says of each what is wrong with it. */
export function createJournalCheck(about: { division: string; publicKey: string; from: string }, verifier: ActionVerifier) {
  const report: JournalReport = { entries: { deed: 0, read: 0 }, removed: 0, days: [], findings: [] };
  const states = new Map<JournalKind, State>();
  let current: JournalKind | null = null;
  let number = 0;

  const find = (fault: JournalFault, journal: JournalKind | null = null, position: number | null = null, line = number) => {
    if (report.findings.length < MOST_FINDINGS) report.findings.push({ line, journal, position, fault });
  };

  function start({ kind, day }: Extract<JournalLine, { line: 'start' }>): void {
    if (states.has(kind)) return find({ kind: 'repeated' }, kind);
    if (day !== null && (day.kind !== kind || day.date !== addNaturalDays(about.from, -1) || !dayIsGenuine(verifier, about.publicKey, about.division, day))) find({ kind: 'start-forged' }, kind);
    const head = day === null ? JOURNAL_START : { position: day.position, hash: day.hash };
    current = kind;
    // Where the whole chain begins inside of the span, its first day is the first that is closed.
    states.set(kind, { head, closed: head.position, day: day === null ? '' : about.from, first: '', removedThrough: 0 });
  }

  function entry({ line: _line, content, ...link }: Extract<JournalLine, { line: 'entry' }>, state: State): void {
    const at = (fault: JournalFault) => find(fault, link.kind, link.position);
    report.entries[link.kind] += 1;
    const expected = state.head.position + 1;
    if (link.position < expected) return at({ kind: 'repeated' });
    if (link.position > expected) at({ kind: 'missing', from: expected, to: link.position - 1 });
    else if (link.previous !== state.head.hash) at({ kind: 'previous-differs' });
    if (!linkIsWhole(verifier, about.division, link)) at({ kind: 'link-edited' });
    if (content === null) {
      report.removed += 1;
      if (link.position > state.removedThrough) at({ kind: 'deleted' });
    } else if (content.id !== link.row || rowHash(verifier, link.kind, content) !== link.rowHash) {
      at({ kind: 'edited' });
    } else if (civilDate(Date.parse(content.at)) < state.day) {
      at({ kind: 'wrong-day' });
    }
    state.head = { position: link.position, hash: link.hash };
  }

  function day({ line: _line, ...head }: Extract<JournalLine, { line: 'day' }>, state: State): void {
    const at = (fault: JournalFault) => find(fault, head.kind, head.position);
    if (state.day !== '' && head.date < state.day) return at({ kind: 'repeated' });
    if (state.day !== '' && head.date > state.day) at({ kind: 'day-missing', date: state.day });
    if (!dayIsGenuine(verifier, about.publicKey, about.division, head)) at({ kind: 'day-forged' });
    else if (head.position !== state.head.position || head.hash !== state.head.hash || head.count !== head.position - state.closed) at({ kind: 'day-differs' });
    report.days.push(head);
    if (state.first === '') state.first = head.date;
    state.closed = head.position;
    state.day = addNaturalDays(head.date, 1);
  }

  return {
    /** @param candidate the next line, as it was read */
    take(candidate: unknown): void {
      number += 1;
      const parsed = JournalLine.safeParse(candidate);
      if (!parsed.success) return find({ kind: 'unreadable' }, current);
      const line = parsed.data;
      if (line.line === 'start') return start(line);
      const state = states.get(line.kind);
      if (state === undefined || line.kind !== current) return find({ kind: 'out-of-place' }, line.kind);
      switch (line.line) {
        case 'removed': {
          const { line: _line, ...mark } = line;
          if (removalIsGenuine(verifier, about.publicKey, about.division, mark)) state.removedThrough = mark.through;
          else find({ kind: 'removal-forged' }, line.kind);
          return;
        }
        case 'entry':
          return entry(line, state);
        case 'stray':
          return find({ kind: 'stray' }, line.kind);
        case 'day':
          return day(line, state);
        default:
          return never(line);
      }
    },
    /** @param ended where the journals ended by the hall's signed word, which the caller has checked; null when there is none */
    end(ended: Record<JournalKind, JournalEnded> | null): JournalReport {
      if (ended === null) return report;
      for (const kind of ['deed', 'read'] as const) {
        const { position, hash, began, open } = ended[kind];
        const state = states.get(kind) ?? { head: JOURNAL_START, day: began, first: '' };
        if (state.head.position < position) find({ kind: 'cut-off', from: state.head.position + 1, to: position }, kind, null, 0);
        else if (state.head.position !== position || state.head.hash !== hash) find({ kind: 'end-differs' }, kind, null, 0);
        if (began < (state.first === '' ? open : state.first)) find({ kind: 'day-missing', date: began }, kind, null, 0);
        else if (state.day !== '' && state.day < open) find({ kind: 'day-missing', date: state.day }, kind, null, 0);
      }
      return report;
    },
  };
}
