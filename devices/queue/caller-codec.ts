/** Bodies of the lines between a machine of the site and a caller on a counter (`docs/queue-devices.md`, “Callers”, version 1). Lines themselves are those of the board, `devices/board/framing.ts`. */
import { err, never, ok, type Result } from '../../domain/result.ts';

/** 下一位 · 重呼 · 过号 · 开始/结束 · 暂停/继续 */
export const CALLER_KEYS = ['next', 'recall', 'miss', 'work', 'pause'] as const;
export type CallerKey = (typeof CALLER_KEYS)[number];
/** Why a press did nothing. `busy`: the one in hand has not come. `empty`: nobody waits. `nothing`: no ticket in hand. `again`: the machines of the site do not agree just now. */
export const CALLER_WORDS = ['busy', 'empty', 'nothing', 'closed', 'moved', 'again', 'refused'] as const;
export type CallerWord = (typeof CALLER_WORDS)[number];

export const CALLER_STATES = ['closed', 'open', 'paused', 'called', 'serving'] as const;
/** What a caller shows. @property code in hand; null: none @property waiting how many wait for this window, at most 999 */
export type CallerFace = { state: (typeof CALLER_STATES)[number]; waiting: number; code: string | null };

export type CallerLine =
  /** From the caller. `ready`: it has just started. The sequence counts presses; one that is sent again has the same. */
  | { kind: 'ready' }
  | { kind: 'pressed'; sequence: number; key: CallerKey }
  | { kind: 'shown'; sequence: number }
  /** From the machine. */
  | { kind: 'answer'; sequence: number; refused: CallerWord | null }
  | { kind: 'show'; sequence: number; face: CallerFace };

export type Misshapen = { kind: 'misshapen' };
const MISSHAPEN: Result<never, Misshapen> = err({ kind: 'misshapen' });
/** Presses and faces are counted apart, each from 0 to 255 and over again. */
export const CALLER_SEQUENCES = 256;

export function encodeCallerLine(line: CallerLine): string {
  switch (line.kind) {
    case 'ready':
      return 'E READY 1';
    case 'pressed':
      return `E ${line.sequence} KEY ${line.key}`;
    case 'shown':
      return `R ${line.sequence} OK`;
    case 'answer':
      return `A ${line.sequence} ${line.refused === null ? 'OK' : `ERR ${line.refused}`}`;
    case 'show':
      return `C ${line.sequence} SHOW ${line.face.state} ${line.face.waiting} ${line.face.code ?? '-'}`;
    default:
      return never(line);
  }
}

/** The inverse, for both sides: neither sends what the other does. */
export function decodeCallerLine(body: string): Result<CallerLine, Misshapen> {
  if (body === 'E READY 1') return ok({ kind: 'ready' });
  const [from, number, verb, ...rest] = body.split(' ');
  const sequence = numberOf(number, CALLER_SEQUENCES - 1);
  if (sequence === null) return MISSHAPEN;
  const [first, second, third] = rest;
  if (from === 'E' && verb === 'KEY' && rest.length === 1) {
    const key = CALLER_KEYS.find((one) => one === first);
    return key === undefined ? MISSHAPEN : ok({ kind: 'pressed', sequence, key });
  }
  if (verb === 'OK' && rest.length === 0) return from === 'R' ? ok({ kind: 'shown', sequence }) : from === 'A' ? ok({ kind: 'answer', sequence, refused: null }) : MISSHAPEN;
  if (from === 'A' && verb === 'ERR' && rest.length === 1) {
    const refused = CALLER_WORDS.find((one) => one === first);
    return refused === undefined ? MISSHAPEN : ok({ kind: 'answer', sequence, refused });
  }
  if (from !== 'C' || verb !== 'SHOW' || rest.length !== 3) return MISSHAPEN;
  const [state, waiting] = [CALLER_STATES.find((one) => one === first), numberOf(second, 999)];
  if (state === undefined || waiting === null || third === undefined || !/^(-|[A-Z]\d{3})$/.test(third)) return MISSHAPEN;
  return ok({ kind: 'show', sequence, face: { state, waiting, code: third === '-' ? null : third } });
}

function numberOf(word: string | undefined, most: number): number | null {
  return word !== undefined && /^(0|[1-9]\d{0,2})$/.test(word) && Number(word) <= most ? Number(word) : null;
}
