/**
 * While a finger rests on the screen nothing under it may move: a tile that slides away, or is drawn anew, does not hear the finger lift, and the
 * citizen has pressed for nothing.
 */
export type Stillness = {
  /** Calls at once, or when the finger has lifted and its press was heard. Calls keep their order. */
  whenStill(call: () => void): void;
};

/** A press is over in a quarter of a second; who rests a finger for longer, or draws with it, still sees what happens. */
const LONGEST_MS = 1000;
/** From the finger's lift to the click that a touch screen makes of it. */
const CLICK_MS = 60;

export function createStillness(screen: EventTarget): Stillness {
  let waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  function releaseAfter(milliseconds: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      const calls = waiting;
      waiting = [];
      for (const call of calls) call();
    }, milliseconds);
  }
  const lifted = (milliseconds: number) => () => {
    if (timer !== null) releaseAfter(milliseconds);
  };

  const first = { capture: true, passive: true };
  screen.addEventListener('pointerdown', () => releaseAfter(LONGEST_MS), first);
  screen.addEventListener('pointerup', lifted(CLICK_MS), first);
  screen.addEventListener('pointercancel', lifted(0), first);
  screen.addEventListener('click', lifted(0), first);
  return {
    whenStill(call) {
      if (timer === null) call();
      else waiting.push(call);
    },
  };
}
