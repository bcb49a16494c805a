import { App } from 'antd';
import type { Result } from '../../../domain/result.ts';
import type { Fault } from '../case/confirm-dialog.tsx';
import type { Hall } from '../hall.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';

/**
 * Does something at the hall for a dialog: null when it is done, else what to say. What the hall refused is said in the words of `prefix`, and trying
 * again changes nothing.
 * @param done called once it is done
 */
export function useDeed(prefix: string, done: () => void): <Value, Failure extends { kind: string }>(call: (hall: Hall) => Promise<Result<Value, Failure>>) => Promise<Fault | null> {
  const { ask } = useSession();
  const { message } = App.useApp();
  return async (call) => {
    const answer = await ask(call);
    if (!answer.ok) return { words: t('desk.failed'), final: false };
    if (!answer.value.ok) return { words: word(prefix, answer.value.error.kind), final: false };
    void message.success(t('desk.done'));
    done();
    return null;
  };
}
