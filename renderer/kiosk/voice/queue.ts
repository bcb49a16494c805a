/**
 * What is said next, as pure functions. One thing is said at a time, piece by piece.
 *
 * | what comes | what it does |
 * |---|---|
 * | `alert`: an error, a warning, an urgent question | goes before everything but earlier alerts; what it interrupts goes on after it from the piece it was in |
 * | `screen`: a new screen, or the same one once more | takes the place of everything but alerts |
 * | `focus`: where the citizen is now, or what a key did | the same |
 * | `notice`: news that can wait | comes last; one that waits already does not wait twice |
 *
 * A key of the keypad ends everything first (`SILENCE`): who goes on does not want to hear the rest.
 */
export type SayingKind = 'alert' | 'screen' | 'focus' | 'notice';
export type Saying = {
  id: number;
  kind: SayingKind;
  /** What is still to be said, a sentence or two each. Never empty. */
  pieces: readonly string[];
  /** Names what the citizen has heard when all of it was said; '' where nobody asks. */
  hear: string;
};

export type QueueState = { now: Saying | null; waiting: readonly Saying[] };
export const SILENCE: QueueState = { now: null, waiting: [] };

/** Nobody listens to more news than this; the oldest that waits goes. */
const MOST_NOTICES = 4;

export function enqueue(state: QueueState, saying: Saying): QueueState {
  const all = [...(state.now === null ? [] : [state.now]), ...state.waiting];
  const alerts = all.filter(({ kind }) => kind === 'alert');
  const others = all.filter(({ kind }) => kind !== 'alert');
  switch (saying.kind) {
    case 'alert':
      return inOrder([...alerts, saying, ...others]);
    case 'screen':
    case 'focus':
      return inOrder([...alerts, saying]);
    case 'notice': {
      const words = saying.pieces.join();
      if (others.some((one) => one.kind === 'notice' && one.pieces.join() === words)) return state;
      const notices = others.filter(({ kind }) => kind === 'notice');
      const oldest = notices.length < MOST_NOTICES ? null : (notices.find((one) => one !== state.now) ?? null);
      return inOrder([...all.filter((one) => one !== oldest), saying]);
    }
  }
}

/** The piece that was being said is over. @returns the state, and what was said to its end by it */
export function pieceOver(state: QueueState): { state: QueueState; over: Saying | null } {
  const { now, waiting } = state;
  if (now === null) return { state, over: null };
  const [, ...rest] = now.pieces;
  return rest.length > 0 ? { state: { now: { ...now, pieces: rest }, waiting }, over: null } : { state: inOrder(waiting), over: now };
}

function inOrder([now, ...waiting]: readonly Saying[]): QueueState {
  return { now: now ?? null, waiting };
}
