/** What stands in a board's address: which of the three screens it is, and how it speaks and looks (`docs/queue-boards.md`). */
import { VoicePackName } from '../../domain/queue/voice-pack.ts';
import { WindowNumber } from '../../domain/queue/types.ts';

export type Theme = 'dark' | 'light';
/**
 * @property window of a window's display or rating screen
 * @property voices packs that speak, in this order; null: it makes no sound at all; empty: it only chimes
 * @property times how often each call is said, at most
 */
export type BoardAddress = { screen: { kind: 'main' } | { kind: 'window' | 'rating'; window: number }; voices: readonly string[] | null; times: number; theme: Theme };

/** Of a main board that names none. */
const VOICE = 'mandarin';

/** @param search of the address. What cannot be understood counts as left out: a board shows something rather than nothing. */
export function readAddress(search: string): BoardAddress {
  const asked = new URLSearchParams(search);
  const window = numberOf(asked.get('window'));
  const rating = numberOf(asked.get('rating'));
  const screen: BoardAddress['screen'] = rating !== null ? { kind: 'rating', window: rating } : window !== null ? { kind: 'window', window } : { kind: 'main' };
  const theme = asked.get('theme');
  const light: Theme = screen.kind === 'rating' ? 'light' : 'dark';
  return { screen, voices: voicesOf(asked.get('voice') ?? (screen.kind === 'main' ? VOICE : 'off')), times: asked.get('times') === '1' ? 1 : 2, theme: theme === 'dark' || theme === 'light' ? theme : light };
}

function voicesOf(words: string): string[] | null {
  return words === 'off' ? null : words.split(',').filter((word) => VoicePackName.safeParse(word).success && word !== 'chime');
}

function numberOf(word: string | null): number | null {
  const number = WindowNumber.safeParse(word === null ? null : Number(word));
  return number.success ? number.data : null;
}
