import type { PositionView } from '../../domain/contracts/site.ts';
import { never } from '../../domain/result.ts';

/** What a phone shows of a ticket. @property window large: where to go now @property over nothing more will change, so nobody is asked any more */
export type Shown = { look: 'waiting' | 'called' | 'aside' | 'over'; words: string; english: string; window: string; wait: { ahead: string; minutes: string } | null; over: boolean };

/** @param position null: no ticket of today, or one that was given a moment ago, or by a machine that does not hear the others: it may come yet */
export function shownOf(position: PositionView | null): Shown {
  if (position === null) return { look: 'over', words: '还没有查到这个号', english: 'Not found yet. A paper of today counts all the same', window: '', wait: null, over: false };
  const { state, window, spent } = position;
  const plain = { window: '', wait: null, over: false };
  const at = window === null ? '窗口' : `${window} 号窗口`;
  const counter = window === null ? 'the counter' : `counter ${window}`;
  switch (state) {
    case 'waiting':
      return { ...plain, look: 'waiting', words: '正在排队', english: 'Waiting', wait: waitOf(position) };
    case 'called':
      return { ...plain, look: 'called', words: '叫到您了，请到', english: `It is your turn: ${counter}`, window: at };
    case 'serving':
      return { ...plain, look: 'aside', words: `正在${at}办理`, english: `Being served at ${counter}` };
    case 'suspended':
      return { ...plain, look: 'aside', words: `您的号留着。准备好了，请到${at}说一声`, english: `Kept for you: tell ${counter} when you are ready` };
    case 'missed':
      return spent
        ? { ...plain, look: 'over', words: '过号了，这个号已作废，请重新取号', english: 'Missed: please take a new number', over: true }
        : { ...plain, look: 'called', words: '过号了。请到窗口或找工作人员说一声，重新排上', english: 'Missed: tell a counter or the staff, and you are called again' };
    case 'done':
      return { ...plain, look: 'over', words: '办完了', english: 'Done', over: true };
    case 'left':
      return { ...plain, look: 'over', words: '这个号已经退掉', english: 'This number was given up', over: true };
    default:
      return never(state);
  }
}

function waitOf({ wait }: PositionView): Shown['wait'] {
  if (wait === null) return null;
  const { ahead, least, most } = wait;
  const minutes = least === null || most === null ? '等开窗口' : most === 0 ? '马上到您' : least === most ? `${most} 分钟` : `${least}–${most} 分钟`;
  return { ahead: `${ahead} 位`, minutes };
}

/** `09:32` of China, whatever zone the phone is in. */
export function clockOf(instant: string): string {
  return new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(instant));
}
