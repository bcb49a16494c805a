import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import { drop, type Result } from '../../domain/result.ts';
import { answerOf, type CallFailure, type Hall } from './hall.ts';

/** Who sits here, as the hall says. */
export type Me = Extract<Awaited<ReturnType<Hall['me']>>, { ok: true }>['value'];

/** What every screen has of the session: who sits here, and the road to the hall. */
export type Session = {
  me: Me;
  /** Calls the hall; an ended session and a lost line are told to the whole console as well as to the caller. */
  ask<Value>(call: (hall: Hall) => Promise<Value>): Promise<Result<Value, CallFailure>>;
  /** Grows when the line is back: what is shown is read anew. */
  epoch: number;
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a screen stands outside the session');
  return session;
}

/** Makes `ask` for a session. @param told hears of every call whether the hall answered */
export function useAsk(hall: Hall, told: (failure: CallFailure | null) => void): Session['ask'] {
  return useCallback(async (call) => {
    const answer = await answerOf(call(hall));
    told(answer.ok ? null : answer.error);
    return answer;
  }, [hall, told]);
}

/** What was read from the hall. While it is read again the former value stays; `at` says when it was read (milliseconds since 1970). */
export type Answer<Value, Failure> = { kind: 'loading' } | { kind: 'failed'; failure: Failure } | { kind: 'here'; value: Value; at: number };

/**
 * Reads something from the hall and keeps it. A failure replaces nothing that is shown already, except when it is about the thing itself.
 * @param name of what is read: another name forgets the former value
 */
export function useAnswer<Value, Failure extends { kind: string }>(name: string, read: () => Promise<Result<Value, Failure | CallFailure>>): [Answer<Value, Failure | CallFailure>, () => void] {
  const { epoch } = useSession();
  const [turn, setTurn] = useState(0);
  const reading = `${name}#${epoch}#${turn}`;
  const [held, setHeld] = useState<{ name: string; reading: string; answer: Answer<Value, Failure | CallFailure> }>({ name, reading: '', answer: { kind: 'loading' } });
  useEffect(() => {
    let wanted = true;
    drop(read().then((result) => {
      if (!wanted) return;
      setHeld((before) => {
        if (result.ok) return { name, reading, answer: { kind: 'here', value: result.value, at: Date.now() } };
        const keep = before.name === name && before.answer.kind === 'here' && result.error.kind === 'away';
        return { name, reading, answer: keep ? before.answer : { kind: 'failed', failure: result.error } };
      });
    }));
    return () => {
      wanted = false;
    };
    // `read` is made anew on every drawing; `reading` says when it reads something else.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [reading]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const stale = held.name !== name || (held.reading !== reading && held.answer.kind === 'failed');
  return [stale ? { kind: 'loading' } : held.answer, again];
}
