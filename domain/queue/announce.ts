/**
 * What a board says aloud, from what it is told: each new call and each call again, in the order in which they were heard of, none cut off. A saying that has begun goes on to its end; one whose ticket has
 * been served, missed or transferred before its turn is left out. Pure: the page holds the state and owns the sound (`docs/queue-boards.md`).
 */
import type { BoardView } from '../contracts/site.ts';

/** A call that is younger than this when a board comes up is still news to whoever waits, milliseconds; an older one was announced by the board as it was before. */
const NEWS = 10_000;

export type Call = BoardView['calls'][number];

/** A call that is to be said. @property left how often yet @property said how often it was */
type Due = { call: Call; left: number; said: number };

/**
 * @property sayings how often each call is said, at most
 * @property heard of each call that hangs, how often it was called as far as this board knows
 * @property due not begun: in the order of their turn
 * @property speaking null: silence
 */
export type Announcer = { sayings: number; heard: ReadonlyMap<string, number>; due: readonly Due[]; speaking: Call | null };

/** @param view the first that the board is told @param at now by the machine's clock */
export function startAnnouncing(sayings: number, view: BoardView, at: string): Announcer {
  const silent: Announcer = { sayings, heard: new Map(), due: [], speaking: null };
  const old = view.calls.filter((call) => Date.parse(at) - Date.parse(call.at) >= NEWS);
  return hear({ ...silent, heard: heardOf(old) }, view);
}

/** The board is told how things stand now. */
export function hear(announcer: Announcer, view: BoardView): Announcer {
  const { sayings, heard } = announcer;
  const hanging = heardOf(view.calls);
  let due = announcer.due.filter(({ call }) => hanging.has(keyOf(call)));
  // The view has the newest first.
  for (const call of view.calls.toReversed()) {
    if (call.times <= (heard.get(keyOf(call)) ?? 0)) continue;
    // One that was not said yet is said soon anyway, as it was called first: who presses five times is not said ten times.
    if (due.some((other) => other.said === 0 && keyOf(other.call) === keyOf(call))) continue;
    due = inOrder([...due.filter((other) => keyOf(other.call) !== keyOf(call)), { call, left: sayings, said: 0 }]);
  }
  return { ...announcer, heard: hanging, due };
}

/** Begins what is due next when nothing is being said; `speaking` of the answer is what to say. */
export function begin(announcer: Announcer): Announcer {
  const [first, ...rest] = announcer.due;
  if (announcer.speaking !== null || first === undefined) return announcer;
  const again = first.left > 1 ? [{ call: first.call, left: first.left - 1, said: first.said + 1 }] : [];
  return { ...announcer, due: inOrder([...rest, ...again]), speaking: first.call };
}

/** What was begun has ended. */
export function end(announcer: Announcer): Announcer {
  return { ...announcer, speaking: null };
}

/** Of a view what one window's display speaks of: that window's calls alone. */
export function viewOf(window: number, { calls, windows, lines }: BoardView): BoardView {
  return { calls: calls.filter((call) => call.window === window), windows: windows.filter((one) => one.window === window), lines };
}

/** A call by itself: the same ticket at the same window a second time is another one. */
export function keyOf({ code, window, at }: Call): string {
  return `${code} ${window} ${at}`;
}

function heardOf(calls: readonly Call[]): Map<string, number> {
  return new Map(calls.map((call) => [keyOf(call), call.times]));
}

/** Whoever has not been said at all goes before whoever is said again: when twelve windows call at once the last of them hears it after twelve sayings, not after twenty-four. */
function inOrder(due: readonly Due[]): Due[] {
  return due.toSorted((one, other) => one.said - other.said);
}
