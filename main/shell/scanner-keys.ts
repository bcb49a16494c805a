import type { WebContents } from 'electron';
import { type Key, WEDGE_DEFAULTS, WEDGE_INITIAL, type WedgeStep, wedgeStep } from '../../domain/keyboard/wedge.ts';

/** Where held keys go on to, and who is told of each key before the window is. The names are Electron's. */
export type Keys = Pick<WebContents, 'sendInputEvent'> & {
  on(event: 'before-input-event', listener: (event: { preventDefault(): void }, input: Input) => void): unknown;
};
type Input = { type: string; key: string; isAutoRepeat: boolean; control: boolean; alt: boolean; meta: boolean };

/** Electron's names of keys, where they are not the browser's. */
const KEY_CODES: Readonly<Record<string, string>> = { ' ': 'Space', ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right' };

/**
 * Keeps out of the window what a code scanner types that is set up as a keyboard: its text would go into whatever form is open. A person's keys go on, a few
 * hundredths of a second later. A shell that is held up itself for longer than that may take a code for typing: scanners belong on a serial line.
 */
export function keepScannersOut(keys: Keys, log: (event: { event: 'typed-code-kept-out' }) => void): void {
  let state = WEDGE_INITIAL;
  let timer: NodeJS.Timeout | undefined;
  /** Key strokes of ours that come by here again. */
  let own = 0;

  function sendOn({ key }: Key): void {
    own += 1;
    const modifiers: ['shift'] | [] = key.length > 1 || key === key.toLowerCase() ? [] : ['shift'];
    const keyCode = KEY_CODES[key] ?? key;
    keys.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
    if (key.length === 1) keys.sendInputEvent({ type: 'char', keyCode: key, modifiers });
    keys.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
  }

  function take(step: WedgeStep): void {
    clearTimeout(timer);
    ({ state } = step);
    for (const key of step.release) sendOn(key);
    if (step.code !== null) log({ event: 'typed-code-kept-out' });
    if (step.pauseAfter !== null) timer = setTimeout(() => take(wedgeStep(state, 'pause', WEDGE_DEFAULTS)), step.pauseAfter);
  }

  keys.on('before-input-event', (event, { type, key, isAutoRepeat, control, alt, meta }) => {
    if (type !== 'keyDown') return;
    if (own > 0) {
      own -= 1;
      return;
    }
    // With Control and the like a key types nothing, and no scanner sends it.
    if (control || alt || meta) return take(wedgeStep(state, 'pause', WEDGE_DEFAULTS));
    const step = wedgeStep(state, { key, repeated: isAutoRepeat }, WEDGE_DEFAULTS);
    if (!step.pass) event.preventDefault();
    take(step);
  });
}
