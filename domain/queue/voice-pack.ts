/**
 * A voice as data: a folder with `pack.json` and recordings, made by a speech engine or spoken by a person, so that a dialect or a minority language needs no code (`docs/queue-boards.md`).
 */
import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { callInChinese, callInEnglish, chineseNumber, type Segment } from './numbers.ts';
import { lengthOf, pieceOf, readWave, type Sound, type WaveFault } from './sound.ts';
import { WindowNumber } from './types.ts';

/** Of the folder, and in the board's address. */
export const VoicePackName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export const VOICE_PACK_FILE = 'pack.json';

const KEY = /^[A-Za-z0-9-]{1,40}$/;

export const VoicePack = z.strictObject({
  format: z.literal('jinban-voice-1'),
  /** As people call it: 普通话, 四川话, བོད་སྐད། */
  title: z.string().min(1).max(60),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/),
  /** Who spoke it and how it may be used, or which engine made it. */
  source: z.string().min(1).max(300),
  /** The pieces of a call in the order of the language. `{ticket}` stands for the letter and the three figures one by one, `{window}` for the window's number. */
  call: z.array(z.union([z.enum(['{ticket}', '{window}']), z.string().regex(KEY)])).min(2).max(12).refine((call) => call.filter((piece) => piece === '{ticket}').length === 1 && call.filter((piece) => piece === '{window}').length === 1, 'names the ticket and the window once each'),
  /** How the window's number is put together. `tens`: as in Chinese, of the figures and `ten`. `each`: every number is a recording of its own, `window-1` to `window-99`. */
  windows: z.enum(['tens', 'each']),
  /** File of each piece, in the folder. */
  segments: z.record(z.string().regex(KEY), z.string().regex(/^[\w.-]{1,60}\.wav$/)),
});
export type VoicePack = z.infer<typeof VoicePack>;

/** The two that are made of what `numbers.ts` says. */
export const MANDARIN = { call: ['please', '{ticket}', 'to', '{window}', 'at-window'], windows: 'tens' } as const satisfies Pick<VoicePack, 'call' | 'windows'>;
export const ENGLISH = { call: ['ticket', '{ticket}', 'please-go-to-window', '{window}'], windows: 'each' } as const satisfies Pick<VoicePack, 'call' | 'windows'>;

/** The keys of a call's pieces, in the order in which they are said. */
export function piecesOf({ call, windows }: Pick<VoicePack, 'call' | 'windows'>, code: string, window: number): string[] {
  const number = windows === 'tens' ? chineseNumber(window).map(({ key }) => key) : [`window-${window}`];
  return call.flatMap((piece) => (piece === '{ticket}' ? [...code] : piece === '{window}' ? number : [piece]));
}

/** Letters that tickets begin with, and every window that a site may have. */
const PREFIXES = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];
const WINDOWS = Array.from({ length: 99 }, (_, at) => at + 1).filter((window) => WindowNumber.safeParse(window).success);

/** Every key that some call needs. */
export function neededKeys(pack: Pick<VoicePack, 'call' | 'windows'>, prefixes: readonly string[] = PREFIXES, windows: readonly number[] = WINDOWS): string[] {
  return [...new Set([...prefixes.flatMap((prefix) => piecesOf(pack, `${prefix}0123456789`, 1)), ...windows.flatMap((window) => piecesOf(pack, '', window))])];
}

/** What an engine is to say for each key of the two languages whose words we know. */
export function wordsFor(language: 'zh-CN' | 'en'): Map<string, string> {
  const call: (code: string, window: number) => Segment[] = language === 'en' ? callInEnglish : callInChinese;
  const words = new Map<string, string>();
  for (const window of WINDOWS) for (const { key, text } of call(`${PREFIXES[window % PREFIXES.length] ?? ''}0123456789`, window)) words.set(key, text);
  return words;
}

/** A piece of a sentence is heard within this, milliseconds; a longer one is two words, or a recording that was not cut. */
const LONGEST_PIECE = 4000;
const SHORTEST_PIECE = 60;

export type VoiceFinding = { key: string; fault: { kind: 'not-named' | 'no-file' | 'silent' | 'too-short' | 'too-long' } | WaveFault };

/** What keeps a pack from saying every call. @param file what a file of the folder holds; null: there is none */
export function checkVoicePack(pack: VoicePack, file: (name: string) => Uint8Array | null): VoiceFinding[] {
  return neededKeys(pack).flatMap((key) => {
    const piece = readPiece(pack, key, file);
    return piece.ok ? [] : [{ key, fault: piece.error }];
  });
}

function readPiece(pack: VoicePack, key: string, file: (name: string) => Uint8Array | null): Result<Sound, VoiceFinding['fault']> {
  const name = pack.segments[key];
  if (name === undefined) return err({ kind: 'not-named' });
  const bytes = file(name);
  if (bytes === null) return err({ kind: 'no-file' });
  const wave = readWave(bytes);
  if (!wave.ok) return wave;
  const piece = pieceOf(wave.value);
  const length = lengthOf(piece);
  if (length === 0) return err({ kind: 'silent' });
  if (length < SHORTEST_PIECE) return err({ kind: 'too-short' });
  return length > LONGEST_PIECE ? err({ kind: 'too-long' }) : ok(piece);
}
