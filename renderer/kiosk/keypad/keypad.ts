import type { KeyboardKind } from '../../ui/keyboard/layouts.ts';
import type { Candidate } from '../../ui/keyboard/pinyin.ts';

/**
 * What a tactile pad of twelve keys does, as a pure function. The pad is a USB keyboard that sends `0` … `9`, `*` and `#` (as figures or from the number
 * block), with the 5 marked for the finger.
 *
 * | key | walking over the screen | typing into a field | choosing a character |
 * |---|---|---|---|
 * | 8 / 2 | next / previous place | types | next / previous character |
 * | 5 | presses, chooses, begins to type | types | takes it |
 * | 6 / 4 | the main button / back | types | – |
 * | 0 | reads the whole screen again | types; held: the field's own sign (X, point, dash) | says it again |
 * | 1 | where am I | types | – |
 * | 3 | calls for help | types | – |
 * | 7 / 9 | slower / faster | types | slower / faster |
 * | `*` | leaves a dialog, or is quiet | erases one; leaves an empty field | back to typing |
 * | `#` | louder, after the loudest softest | hears the characters of what is typed; done when nothing is | takes it |
 */
export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** `digits`: keys are figures. `text`: pinyin on a telephone's letters. `sign`: one key's figure and letters to choose from. */
export type Way = 'digits' | 'text' | 'sign';

export type PadState = { mode: 'walk' } | { mode: 'type'; way: Way; code: string } | { mode: 'choose'; way: Way; code: string; at: number };
export const WALKING: PadState = { mode: 'walk' };

/** What stands on the screen where the citizen is. */
export type Around = {
  /** The kind of keys that the field with the focus takes; null: no field has it. */
  field: KeyboardKind | null;
  /** Whether the field is empty. */
  empty: boolean;
  chinese: boolean;
  candidates(way: Way, code: string): Candidate[];
};

export type PadEffect =
  | { do: 'move'; by: 1 | -1 }
  | { do: 'press' | 'main' | 'back' | 'read' | 'where' | 'help' | 'leave' | 'louder' | 'begin' | 'done' | 'abandon' | 'none' }
  | { do: 'pace'; by: 1 | -1 }
  | { do: 'type'; text: string }
  | { do: 'erase' }
  /** Takes back the last sign and types its field's own in its place. */
  | { do: 'instead'; text: string }
  /** What is typed of a word so far. */
  | { do: 'code'; code: string }
  | { do: 'offer'; candidate: Candidate; at: number; of: number };

export type PadStep = { state: PadState; effects: PadEffect[] };

export function isPadKey(key: string): key is PadKey {
  return /^[0-9*#]$/.test(key);
}

export function wayOf(kind: KeyboardKind, chinese: boolean): Way {
  if (kind === 'text') return chinese ? 'text' : 'sign';
  return kind === 'latin' || kind === 'credit-code' ? 'sign' : 'digits';
}

/** The sign of a field that no key of the pad has: a held 0. */
export const OWN_SIGN: Partial<Record<KeyboardKind, string>> = { 'citizen-id': 'X', decimal: '.', phone: '-' };

/** Candidates that are offered: who has not heard the right one by then types more of the word. */
export const MOST_OFFERED = 60;
/** Longest code: six letters a syllable, and no word here has more than that many. */
const MOST_CODE = 40;

/** @param held the key repeats, since a finger rests on it */
export function padStep(state: PadState, key: PadKey, held: boolean, around: Around): PadStep {
  // The field is gone, or another place has the focus: nobody is typing any more.
  const now = around.field === null ? WALKING : state;
  switch (now.mode) {
    case 'walk':
      return held ? { state: now, effects: [] } : walk(key, around);
    case 'type':
      return now.way === 'digits' ? typeFigure(now, key, held, around) : held ? { state: now, effects: [] } : typeCode(now, key, around);
    case 'choose':
      return held ? { state: now, effects: [] } : choose(now, key, around);
  }
}

function walk(key: PadKey, { field, chinese }: Around): PadStep {
  const stay = (effect: PadEffect): PadStep => ({ state: WALKING, effects: [effect] });
  switch (key) {
    case '8':
      return stay({ do: 'move', by: 1 });
    case '2':
      return stay({ do: 'move', by: -1 });
    case '5':
      return field === null ? stay({ do: 'press' }) : { state: { mode: 'type', way: wayOf(field, chinese), code: '' }, effects: [{ do: 'begin' }] };
    case '6':
      return stay({ do: 'main' });
    case '4':
      return stay({ do: 'back' });
    case '0':
      return stay({ do: 'read' });
    case '1':
      return stay({ do: 'where' });
    case '3':
      return stay({ do: 'help' });
    case '7':
      return stay({ do: 'pace', by: -1 });
    case '9':
      return stay({ do: 'pace', by: 1 });
    case '*':
      return stay({ do: 'leave' });
    case '#':
      return stay({ do: 'louder' });
  }
}

type Typing = Extract<PadState, { mode: 'type' }>;

function typeFigure(state: Typing, key: PadKey, held: boolean, { field, empty }: Around): PadStep {
  if (key === '#') return held ? { state, effects: [] } : { state: WALKING, effects: [{ do: 'done' }] };
  if (key === '*') return empty ? { state: WALKING, effects: [{ do: 'abandon' }] } : { state, effects: [{ do: 'erase' }] };
  if (!held) return { state, effects: [{ do: 'type', text: key }] };
  const own = field === null ? undefined : OWN_SIGN[field];
  return { state, effects: key === '0' && own !== undefined ? [{ do: 'instead', text: own }] : [] };
}

function typeCode(state: Typing, key: PadKey, around: Around): PadStep {
  const { code, way } = state;
  if (key === '*') {
    if (code !== '') return { state: { ...state, code: code.slice(0, -1) }, effects: [{ do: 'code', code: code.slice(0, -1) }] };
    return around.empty ? { state: WALKING, effects: [{ do: 'abandon' }] } : { state, effects: [{ do: 'erase' }] };
  }
  if (key === '#') return code === '' ? { state: WALKING, effects: [{ do: 'done' }] } : offer(state, code, 0, around);
  const longer = way === 'sign' ? key : code.length < MOST_CODE ? `${code}${key}` : code;
  return { state: { ...state, code: longer }, effects: [{ do: 'code', code: longer }] };
}

function choose(state: Extract<PadState, { mode: 'choose' }>, key: PadKey, around: Around): PadStep {
  const { code, at, way } = state;
  const offered = around.candidates(way, code);
  const typing: Typing = { mode: 'type', way, code };
  switch (key) {
    case '8':
      return offer(typing, code, Math.min(at + 1, offered.length - 1), around);
    case '2':
      return offer(typing, code, Math.max(at - 1, 0), around);
    case '5':
    case '#': {
      const candidate = offered[at];
      if (candidate === undefined) return { state: typing, effects: [{ do: 'none' }] };
      const rest = code.slice(candidate.uses);
      const typed: PadStep = { state: { ...typing, code: '' }, effects: [{ do: 'type', text: candidate.text }] };
      if (rest === '') return typed;
      const next = offer(typing, rest, 0, around);
      return { state: next.state, effects: [...typed.effects, ...next.effects] };
    }
    case '*':
      return { state: typing, effects: [{ do: 'code', code }] };
    case '7':
      return { state, effects: [{ do: 'pace', by: -1 }] };
    case '9':
      return { state, effects: [{ do: 'pace', by: 1 }] };
    default:
      return offer(typing, code, at, around);
  }
}

function offer({ way }: Typing, code: string, at: number, around: Around): PadStep {
  const offered = around.candidates(way, code);
  const candidate = offered[at];
  if (candidate === undefined) return { state: { mode: 'type', way, code }, effects: [{ do: 'none' }] };
  return { state: { mode: 'choose', way, code, at }, effects: [{ do: 'offer', candidate, at: at + 1, of: offered.length }] };
}

/** ITU-T E.161: the letters on a telephone's keys. */
const LETTERS: Record<string, string> = { 2: 'abc', 3: 'def', 4: 'ghi', 5: 'jkl', 6: 'mno', 7: 'pqrs', 8: 'tuv', 9: 'wxyz' };
/** GB 32100 and GB 11643 write letters large; so does this. */
const SIGNS: Record<string, string> = { 1: '-/.', 0: ' ' };

/** What a code may stand for; the figures themselves come last, so that a house number can be typed too. @param suggest the pinyin dictionary's */
export function candidatesOf(way: Way, code: string, suggest: (digits: string, most: number) => Candidate[]): Candidate[] {
  if (code === '') return [];
  if (way === 'sign') return [code, ...(LETTERS[code] ?? '').toUpperCase(), ...(SIGNS[code] ?? '')].map((text) => ({ text, uses: 1 }));
  const words = /^[2-9]+$/.test(code) ? suggest(code, MOST_OFFERED) : [];
  return [...words, { text: code, uses: code.length }];
}
