import type { Result } from '../../../domain/result.ts';
import type { Fault } from '../case/confirm-dialog.tsx';
import type { Hall } from '../hall.ts';
import { type Answer, useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';

/**
 * Does something at the hall for a dialog: null when it is done, else what to say. What the hall refused is said in `wordsOf`, and trying
 * again changes nothing.
 * @param done called once it is done
 */
export function useDeed(wordsOf: (kind: string) => string, done: () => void): <Value, Failure extends { kind: string }>(call: (hall: Hall) => Promise<Result<Value, Failure>>) => Promise<Fault | null> {
  const { ask } = useSession();
  return async (call) => {
    const answer = await ask(call);
    if (!answer.ok) return { words: t('desk.failed'), final: false };
    if (!answer.value.ok) return { words: wordsOf(answer.value.error.kind), final: false };
    done();
    return null;
  };
}

/** Reads one thing that may not be there, as `useAnswer` reads a list. */
export function useOpened<Value>(name: string, call: (hall: Hall) => Promise<Result<Value, { kind: string }>>): [Answer<Value, { kind: string }>, () => void] {
  const { ask } = useSession();
  return useAnswer<Value, { kind: string }>(name, async () => {
    const asked = await ask(call);
    return asked.ok ? asked.value : asked;
  });
}
