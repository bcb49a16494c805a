import { useCallback, useEffect, useState } from 'react';
import type { InboxRow } from '../../domain/contracts/cases.ts';
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

/** @property name of the list these rows are of. @property reading which reading they came with */
type Held = Pick<Inbox, 'rows' | 'counts' | 'next' | 'state'> & { name: string; reading: string };

/** @param wanted false for a role that may not read cases */
export function useInbox(stage: StageFilter, query: string, wanted: boolean): Inbox {
  const { ask, epoch } = useSession();
  const name = `${stage}/${query}`;
  const [turn, setTurn] = useState(0);
  const reading = `${name}#${epoch}#${turn}`;
  const [held, setHeld] = useState<Held>({ name, reading: '', rows: [], counts: {}, next: '', state: { kind: 'loading' } });
  const [moreBusy, setMoreBusy] = useState(false);
  const [chosen, choose] = useState('');

  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    drop(ask((hall) => hall.inbox({ stage, query, after: '', limit: PAGE })).then((answer) => {
      if (!current) return;
      setHeld((before) => {
        if (answer.ok) return { ...answer.value, name, reading, state: { kind: 'here', at: Date.now() } };
        // What was read before stays while the hall is away; the banner says so.
        if (before.name === name && before.state.kind === 'here' && answer.error.kind === 'away') return { ...before, reading };
        return { ...before, name, reading, rows: [], next: '', state: { kind: 'failed', failure: answer.error.kind } };
      });
    }));
    return () => {
      current = false;
    };
  }, [stage, query, name, reading, wanted, ask]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const more = useCallback(() => {
    const after = held.next;
    if (moreBusy || after === '') return;
    setMoreBusy(true);
    drop(ask((hall) => hall.inbox({ stage, query, after, limit: PAGE })).then((answer) => {
      setMoreBusy(false);
      // Another list may have come meanwhile: only the page that follows what is shown is added.
      if (answer.ok) setHeld((before) => (before.next === after ? { ...before, ...answer.value, rows: [...before.rows, ...answer.value.rows] } : before));
    }));
  }, [ask, moreBusy, held.next, stage, query]);
  const shown: Pick<Held, 'rows' | 'next' | 'state'> = held.name === name ? held : { rows: [], next: '', state: { kind: 'loading' } };
  return { rows: shown.rows, next: shown.next, state: shown.state, counts: held.counts, busy: wanted && (moreBusy || held.reading !== reading), reload, more, chosen, choose };
}
