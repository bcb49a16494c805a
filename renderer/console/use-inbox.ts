import { useCallback, useEffect, useState } from 'react';
import type { InboxRow, TaskRow } from '../../domain/contracts/cases.ts';
import { drop, ok, type Result } from '../../domain/result.ts';
import type { CallFailure, Hall } from './hall.ts';
import { useCaseWords } from './live.ts';
import type { InboxRoute } from './route.ts';
import { type Session, useSession } from './session.tsx';

/** Rows to a page: what a clerk looks over at once. */
const PAGE = 50;

/** A row of any list; `task`: the step that waits, in the list of steps. */
export type DeskRow = InboxRow & { task: Omit<TaskRow, 'row'> | null };

/**
 * The list as far as it was read. It is read when asked and after a deed, never by itself: each reading is a look into people's files
 * that the hall records, and would keep a session alive at an empty desk. What the live line tells is shown without reading: who holds a row now, and that
 * something changed.
 */
export type Inbox = {
  rows: readonly DeskRow[];
  counts: Readonly<Record<string, number>>;
  /** Empty: no more. */
  next: string;
  state: { kind: 'loading' } | { kind: 'failed'; failure: CallFailure['kind'] } | { kind: 'here'; at: number };
  busy: boolean;
  /** How much was told to have changed since it was read. */
  changes: number;
  reload(): void;
  more(): void;
  /** The row that the clerk stood on last, to come back to. */
  chosen: string;
  choose(id: string): void;
};

/** @property name of the list these rows are of. @property reading which reading they came with */
type Held = Pick<Inbox, 'rows' | 'counts' | 'next' | 'state' | 'changes'> & { name: string; reading: string };
type Page = { rows: DeskRow[]; next: string; counts: Record<string, number> | null };

/** A page of a list. Of the steps of one case the soonest stands for it. */
export async function readList(ask: Session['ask'], { stage, query, order }: Omit<InboxRoute, 'page'>, after: string, limit = PAGE): Promise<Result<Page, CallFailure>> {
  if (stage === 'tasks') {
    const answer = await ask((hall: Hall) => hall.tasks({ after, limit }));
    if (!answer.ok) return answer;
    const rows = new Map<string, DeskRow>();
    for (const { row, ...task } of answer.value.rows) if (!rows.has(row.id)) rows.set(row.id, { ...row, task } as DeskRow);
    return ok({ rows: [...rows.values()], next: answer.value.next, counts: null });
  }
  const answer = await ask((hall: Hall) => hall.inbox({ stage, query, order, after, limit }));
  return answer.ok ? ok({ ...answer.value, rows: answer.value.rows.map((row) => ({ ...row, task: null }) as DeskRow) }) : answer;
}

/** @param wanted false for a role that may not read cases */
export function useInbox({ stage, query, order }: InboxRoute, wanted: boolean): Inbox {
  const { ask, epoch, me } = useSession();
  const name = `${stage}/${order}/${query}`;
  const [turn, setTurn] = useState(0);
  const reading = `${name}#${epoch}#${turn}`;
  const [held, setHeld] = useState<Held>({ name, reading: '', rows: [], counts: {}, next: '', state: { kind: 'loading' }, changes: 0 });
  const [moreBusy, setMoreBusy] = useState(false);
  const [chosen, choose] = useState('');

  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    drop(readList(ask, { stage, query, order }, '').then((answer) => {
      if (!current) return;
      setHeld((before) => {
        if (answer.ok) return { ...answer.value, counts: answer.value.counts ?? before.counts, name, reading, state: { kind: 'here', at: Date.now() }, changes: 0 };
        // What was read before stays while the hall is away; the banner says so.
        if (before.name === name && before.state.kind === 'here' && answer.error.kind === 'away') return { ...before, reading };
        return { ...before, name, reading, rows: [], next: '', state: { kind: 'failed', failure: answer.error.kind } };
      });
    }));
    return () => {
      current = false;
    };
  }, [stage, query, order, name, reading, wanted, ask]);

  useCaseWords(({ cases, by, what }) => {
    if (by === me.account) return;
    setHeld((before) => {
      const [claims, known] = [what === 'claimed' || what === 'released', before.rows.some(({ id }) => cases.includes(id))];
      if (claims) return known ? { ...before, rows: before.rows.map((row) => (cases.includes(row.id) ? { ...row, claimedBy: what === 'claimed' ? by : null } : row)) } : before;
      return known || what === 'handed-in' || what === 'supplemented' || cases.length === 0 ? { ...before, changes: before.changes + Math.max(cases.length, 1) } : before;
    });
  });

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const more = useCallback(() => {
    const after = held.next;
    if (moreBusy || after === '') return;
    setMoreBusy(true);
    drop(readList(ask, { stage, query, order }, after).then((answer) => {
      setMoreBusy(false);
      // Another list may have come meanwhile: only the page that follows what is shown is added.
      if (answer.ok) setHeld((before) => (before.next === after ? { ...before, next: answer.value.next, counts: answer.value.counts ?? before.counts, rows: joined(before.rows, answer.value.rows) } : before));
    }));
  }, [ask, moreBusy, held.next, stage, query, order]);
  const shown: Pick<Held, 'rows' | 'next' | 'state' | 'changes'> = held.name === name ? held : { rows: [], next: '', state: { kind: 'loading' }, changes: 0 };
  return { rows: shown.rows, next: shown.next, state: shown.state, changes: shown.changes, counts: held.counts, busy: wanted && (moreBusy || held.reading !== reading), reload, more, chosen, choose };
}

/** A case that stood on the page before stands there. */
function joined(before: readonly DeskRow[], behind: readonly DeskRow[]): DeskRow[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...behind.filter(({ id }) => !known.has(id))];
}
