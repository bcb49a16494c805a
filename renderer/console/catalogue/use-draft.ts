import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Finding, findingsOf } from '../../../domain/catalogue/findings.ts';
import type { Draft, ItemText } from '../../../domain/contracts/catalogue.ts';
import { drop } from '../../../domain/result.ts';
import { useSession } from '../session.tsx';
import { dropKept, keepText, keptText } from './kept-text.ts';

/** An editor pauses to think between words, not between letters: what was typed is saved when the keys rest so long (milliseconds). */
const REST = 800;
/** Between two tries while the hall is away, milliseconds. */
const AGAIN = 5_000;

/**
 * - `saved`: the hall has it. `waiting`: not yet. `saving`: on its way. `away`: the hall does not answer; it is kept on this computer and tried again.
 * - `lost`: somebody else took the draft over or saved; `by` says who. What was typed here since is still on this computer.
 */
export type Saving = { kind: 'saved' | 'waiting' | 'saving' | 'away' } | { kind: 'lost'; by: string };

export type DraftEditing = {
  bodies: readonly ItemText[];
  reason: string;
  findings: readonly (readonly Finding[])[];
  revision: number;
  saving: Saving;
  setBody(index: number, change: (text: ItemText) => ItemText): void;
  setBodies(change: (bodies: readonly ItemText[]) => readonly ItemText[]): void;
  setReason(reason: string): void;
  /** Saves at once what waits. Answers the revision that the hall has then, or null when it was not saved. */
  flush(): Promise<number | null>;
};

type Typed = { bodies: readonly ItemText[]; reason: string };

/** A draft under one's hands: changed at once, saved by itself, and kept on this computer until the hall has it. @param onSaved hears that the hall's list of drafts is old */
export function useDraftEditing(draft: Draft, today: string): DraftEditing {
  const { ask, me } = useSession();
  const { id } = draft.row;
  const name = `${me.account}/${id}`;
  const [typed, setTyped] = useState<Typed>(() => keptText(name, draft.revision) ?? { bodies: draft.bodies, reason: draft.reason });
  const [saving, setSaving] = useState<Saving>(() => ({ kind: keptText(name, draft.revision) === null ? 'saved' : 'waiting' }));
  const [judged, setJudged] = useState<{ bodies: readonly ItemText[]; findings: readonly (readonly Finding[])[] }>({ bodies: draft.bodies, findings: draft.findings });
  const [revision, setRevision] = useState(draft.revision);
  /** What the next save sends, and the one that is on its way: saves go one after the other. */
  const state = useRef({ typed, revision: draft.revision, saved: typed as Typed | null, running: null as Promise<number | null> | null, unanswered: null as Typed | null });

  const save = useCallback(async (): Promise<number | null> => {
    const now = state.current;
    if (now.running !== null) await now.running;
    // What got no answer may have been saved: it goes again as it was, and what was typed meanwhile after it.
    const sent = now.unanswered ?? now.typed;
    if (sent === now.saved) return now.revision;
    const run = (async () => {
      setSaving({ kind: 'saving' });
      const answer = await ask((hall) => hall.saveDraft({ id, revision: now.revision, bodies: [...sent.bodies], reason: sent.reason }));
      now.unanswered = answer.ok ? null : sent;
      if (!answer.ok) {
        setSaving({ kind: 'away' });
        return null;
      }
      if (!answer.value.ok) {
        setSaving({ kind: 'lost', by: answer.value.error.kind === 'stale' ? answer.value.error.by : '' });
        return null;
      }
      now.revision = answer.value.value.revision;
      now.saved = sent;
      setRevision(now.revision);
      setJudged({ bodies: sent.bodies, findings: answer.value.value.findings });
      if (now.typed === sent) {
        dropKept(name);
        setSaving({ kind: 'saved' });
      } else {
        keepText(name, now.revision, now.typed);
        setSaving({ kind: 'waiting' });
      }
      return now.revision;
    })();
    now.running = run;
    const done = await run;
    if (now.running === run) now.running = null;
    return done;
  }, [ask, id, name]);

  useEffect(() => {
    if (saving.kind !== 'waiting' && saving.kind !== 'away') return undefined;
    const timer = setTimeout(() => drop(save()), saving.kind === 'waiting' ? REST : AGAIN);
    return () => clearTimeout(timer);
  }, [typed, saving, save]);

  const change = useCallback((to: (before: Typed) => Typed) => {
    setTyped((before) => {
      const after = to(before);
      state.current.typed = after;
      keepText(name, state.current.revision, after);
      return after;
    });
    setSaving((before) => (before.kind === 'lost' ? before : { kind: 'waiting' }));
  }, [name]);

  // Findings of what is typed are seen at once; the hall's own, which know of other items, come with each save.
  const findings = useMemo(() => typed.bodies.map((text, index) => (judged.bodies[index] === text ? judged.findings[index] ?? [] : findingsOf(text, { today, others: [] }))), [typed.bodies, judged, today]);

  return {
    bodies: typed.bodies, reason: typed.reason, findings, revision, saving,
    setBody: useCallback((index, to) => change((before) => ({ ...before, bodies: before.bodies.map((text, at) => (at === index ? to(text) : text)) })), [change]),
    setBodies: useCallback((to) => change((before) => ({ ...before, bodies: to(before.bodies) })), [change]),
    setReason: useCallback((reason) => change((before) => ({ ...before, reason })), [change]),
    flush: save,
  };
}
