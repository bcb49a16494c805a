/**
 * Tells a scanner that types (keyboard wedge) from a person at the same keys, by how fast the keys come, as a pure function. A scanner sends a key every
 * 1–20 ms; the fastest typists need 60 ms for one on average, and now and then less than 30 for two or three. So a key waits until the next one tells:
 *
 * | what came | what it is |
 * |---|---|
 * | fewer than `least` keys, then a pause longer than `gap` | typing: all of them go on, in order |
 * | `least` keys or more without such a pause, then Enter or a pause longer than `quiet` | a code: none of them goes on |
 * | a key that types no character, a key held down | typing, and so is what waited before it, unless it was `least` keys already |
 *
 * A person's key waits `gap` at most, and as long again for each further key that follows within it. With a `prefix` that the scanner types before each code
 * nothing waits but what may be its beginning, and the speed of one character is enough.
 */
export type WedgeSettings = {
  /** Fewest characters of a code. */
  least: number;
  /** Longest pause between two keys of a scanner, milliseconds. */
  gap: number;
  /** Longest pause within what is known to be a code, and the end of one without Enter, milliseconds. */
  quiet: number;
  /** What the scanner is set to type before each code; null: it is known by its speed alone. */
  prefix: string | null;
};

/**
 * 30: above what scanners need (20 and a busy computer), half of what a fast typist does. 8: no person types so many at that speed, and no code that citizens
 * are given is shorter. 100: the same silence as on a serial line.
 */
export const WEDGE_DEFAULTS: WedgeSettings = { least: 8, gap: 30, quiet: 100, prefix: null };

/** `key` as browsers name it: one character, or a word such as `Enter`. `repeated`: by the keyboard itself, since it is held down. */
export type Key = { key: string; repeated: boolean };

export type WedgeState = { held: readonly Key[] };
export const WEDGE_INITIAL: WedgeState = { held: [] };

export type WedgeStep = {
  state: WedgeState;
  /** Whether the key of this event goes on its own way now; false also for a pause. */
  pass: boolean;
  /** Keys that waited and are a person's, in order: they go on before anything else does. */
  release: readonly Key[];
  /** What a scanner typed, without prefix and Enter. */
  code: string | null;
  /** After so many milliseconds without a key, a pause is to be told; null: nothing waits. */
  pauseAfter: number | null;
};

/** Keys that only change others, and come between a scanner's keys too. */
const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'AltGraph', 'NumLock']);

/** @param event a key that goes down, or the pause that was asked for */
export function wedgeStep(state: WedgeState, event: Key | 'pause', settings: WedgeSettings = WEDGE_DEFAULTS): WedgeStep {
  const { held } = state;
  if (event === 'pause') return isCode(held, settings) ? swallow(held, settings) : letGo(held);
  if (MODIFIERS.has(event.key)) return { state, pass: true, release: [], code: null, pauseAfter: pauseAfter(held, settings) };
  const types = [...event.key].length === 1 && !event.repeated;
  if (types && mayGoOn([...held, event], settings)) {
    const longer = [...held, event];
    return { state: { held: longer }, pass: false, release: [], code: null, pauseAfter: pauseAfter(longer, settings) };
  }
  if (isCode(held, settings)) {
    if (event.key === 'Enter') return swallow(held, settings);
    // Whatever it is, it is no part of the code: what was swallowed stays so.
    const after = wedgeStep(WEDGE_INITIAL, event, settings);
    return { ...after, code: swallow(held, settings).code };
  }
  if (held.length === 0) return { state, pass: true, release: [], code: null, pauseAfter: null };
  // It could begin another prefix; otherwise it leaves behind what waited.
  const after = wedgeStep(WEDGE_INITIAL, event, settings);
  return after.pass ? letGo([...held, event]) : { ...after, release: [...held, ...after.release] };
}

function textOf(keys: readonly Key[]): string {
  return keys.map(({ key }) => key).join('');
}

/** What waits is known to be a scanner's. */
function isCode(held: readonly Key[], { least, prefix }: WedgeSettings): boolean {
  return prefix === null ? held.length >= least : held.length >= prefix.length && textOf(held).startsWith(prefix);
}

/** Whether these keys may still turn out to be a scanner's. */
function mayGoOn(keys: readonly Key[], { prefix }: WedgeSettings): boolean {
  return prefix === null || prefix.startsWith(textOf(keys)) || textOf(keys).startsWith(prefix);
}

function pauseAfter(held: readonly Key[], settings: WedgeSettings): number | null {
  if (held.length === 0) return null;
  return isCode(held, settings) ? settings.quiet : settings.gap;
}

function swallow(held: readonly Key[], { prefix }: WedgeSettings): WedgeStep {
  const code = textOf(held).slice(prefix?.length ?? 0);
  return { state: WEDGE_INITIAL, pass: false, release: [], code: code === '' ? null : code, pauseAfter: null };
}

function letGo(held: readonly Key[]): WedgeStep {
  return { state: WEDGE_INITIAL, pass: false, release: held, code: null, pauseAfter: null };
}
