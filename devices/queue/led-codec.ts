/** Bodies of the lines between a machine of the site and the LED displays on one wire (`docs/queue-devices.md`, “LED displays”, version 1). Lines themselves are those of the board, `devices/board/framing.ts`. */
import iconv from 'iconv-lite';
import { err, ok, type Result } from '../../domain/result.ts';

/** `calling`: of a display that belongs to no window. `idle`: of such a display, while nobody is called. */
export const LED_STATES = ['called', 'serving', 'open', 'paused', 'closed', 'calling', 'idle'] as const;
export type LedState = (typeof LED_STATES)[number];

/** @property window null: over no window, and nobody is called @property code `A001`; null: no ticket @property text what a display shows that has no words of its own; at most 16 characters */
export type LedPicture = { state: LedState; window: number | null; code: string | null; text: string };
export type LedCommand = { address: number; sequence: number; picture: LedPicture };
export type LedAnswer = { address: number; sequence: number; refused: string | null };

export type Misshapen = { kind: 'misshapen' };
const MISSHAPEN: Result<never, Misshapen> = err({ kind: 'misshapen' });

/** Commands are counted from 0 to 255 and over again, by wire. */
export const LED_SEQUENCES = 256;
/** GB18030 takes four bytes for a character outside of GBK: 16 of them are 128 hexadecimal digits, and the line is full. */
const LONGEST_TEXT = 16;

/** @throws RangeError for a text that is too long: a bug of the caller */
export function encodeLedCommand({ address, sequence, picture }: LedCommand): string {
  const { state, window, code, text } = picture;
  if ([...text].length > LONGEST_TEXT) throw new RangeError('a display shows 16 characters');
  return `L ${address} ${sequence} SHOW ${state} ${window ?? '-'} ${code ?? '-'} ${text === '' ? '-' : iconv.encode(text, 'gb18030').toString('hex').toUpperCase()}`;
}

/** The inverse, as a display reads it. */
export function decodeLedCommand(body: string): Result<LedCommand, Misshapen> {
  const [, address, sequence, word, window, code, hex = ''] = /^L (\d{1,3}) (\d{1,3}) SHOW ([a-z]+) (-|[1-9]\d?) (-|[A-Z]\d{3}) (-|(?:[0-9A-F]{2})+)$/.exec(body) ?? [];
  const [to, count] = [byteOf(address), byteOf(sequence)];
  const state = LED_STATES.find((one) => one === word);
  if (to === null || count === null || state === undefined) return MISSHAPEN;
  const text = hex === '-' ? '' : iconv.decode(Buffer.from(hex, 'hex'), 'gb18030');
  if ([...text].length > LONGEST_TEXT || text.includes('\uFFFD')) return MISSHAPEN;
  return ok({ address: to, sequence: count, picture: { state, window: window === '-' ? null : Number(window), code: code === '-' ? null : (code ?? null), text } });
}

export function encodeLedAnswer({ address, sequence, refused }: LedAnswer): string {
  return `R ${address} ${sequence} ${refused === null ? 'OK' : `ERR ${refused}`}`;
}

export function decodeLedAnswer(body: string): Result<LedAnswer, Misshapen> {
  const [, address, sequence, word] = /^R (\d{1,3}) (\d{1,3}) (?:OK|ERR ([a-z-]{1,24}))$/.exec(body) ?? [];
  const [from, count] = [byteOf(address), byteOf(sequence)];
  return from === null || count === null ? MISSHAPEN : ok({ address: from, sequence: count, refused: word ?? null });
}

/** A number as it is written once and in one way; null otherwise. */
function byteOf(word: string | undefined): number | null {
  return word !== undefined && /^(0|[1-9]\d{0,2})$/.test(word) && Number(word) < 256 ? Number(word) : null;
}
