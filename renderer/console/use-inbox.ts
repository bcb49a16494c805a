import { useCallback, useEffect, useRef, useState } from 'react';
import type { InboxRow } from '../../domain/contracts/console.ts';
import { drop } from '../../domain/result.ts';
import type { CallFailure } from './hall.ts';
import type { StageFilter } from './route.ts';
import { useSession } from './session.tsx';

/** Rows to a page: what a clerk looks over at once. */
const PAGE = 50;

/**
 * The list as far as it was read. It is read when asked and after a deed, never by itself: each reading is a look into people's files
 * that the hall records, and would keep a session alive at an empty desk.
 */
export type Inbox = {
  rows: readonly InboxRow[];
  counts: Readonly<Record<string, number>>;
  /** Empty: no more. */
  next: string;
  state: { kind: 'loading' } | { kind: 'failed'; failure: CallFailure['kind'] } | { kind: 'here'; at: number };
  busy: boolean;
  reload(): void;
  more(): void;
  /** The row that the clerk stood on last, to come back to. */
  chosen: string;
  choose(id: string): void;
};

/** @param wanted false for a role that may not read cases */
export function useInbox(stage: StageFilter, query: string, wanted: boolean): Inbox {
  const { ask, epoch } = useSession();
  const [held, setHeld] = useState<Pick<Inbox, 'rows' | 'counts' | 'next' | 'state'>>({ rows: [], counts: {}, next: '', state: { kind: 'loading' } });
  const [busy, setBusy] = useState(false);
  const [chosen, choose] = useState('');
  const [turn, setTurn] = useState(0);
  const shown = useRef('');

  useEffect(() => {
    if (!wanted) return undefined;
    const name = `${stage}/${query}`;
    const another = shown.current !== name;
    shown.current = name;
    let current = true;
    if (another) setHeld((before) => ({ ...before, rows: [], next: '', state: { kind: 'loading' } }));
    setBusy(true);
    drop(ask((hall) => hall.inbox({ stage, query, after: '', limit: PAGE })).then((answer) => {
      if (!current) return;
      setBusy(false);
      if (answer.ok) setHeld({ ...answer.value, state: { kind: 'here', at: Date.now() } });
      // What was read before stays while the hall is away; the banner says so.
      else setHeld((before) => (before.state.kind === 'here' && answer.error.kind === 'away' ? before : { ...before, state: { kind: 'failed', failure: answer.error.kind } }));
    }));
    return () => {
      current = false;
    };
  }, [stage, query, wanted, ask, epoch, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const more = useCallback(() => {
    if (busy || held.next === '') return;
    const after = held.next;
    setBusy(true);
    drop(ask((hall) => hall.inbox({ stage, query, after, limit: PAGE })).then((answer) => {
      setBusy(false);
      // Another list may have come meanwhile: only the page that follows what is shown is added.
      if (answer.ok) setHeld((before) => (before.next === after ? { ...before, ...answer.value, rows: [...before.rows, ...answer.value.rows] } : before));
    }));
  }, [ask, busy, held.next, stage, query]);
  return { ...held, busy, reload, more, chosen, choose };
}
