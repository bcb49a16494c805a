import { BoardKey, BoardLight } from '../../domain/contracts/board.ts';
import { listOf, obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import type { BoardEmulator } from './emulator.ts';

/** What a person, a test or the demo can do to the board, as words. A word that does not fit is a RangeError. */
const VERBS: Verbs<BoardEmulator> = {
  near: { usage: '', run: (board) => board.change({ kind: 'near', on: true }) },
  away: { usage: '', run: (board) => board.change({ kind: 'near', on: false }) },
  'open-door': { usage: '', run: (board) => board.change({ kind: 'door', on: true }) },
  'close-door': { usage: '', run: (board) => board.change({ kind: 'door', on: false }) },
  tamper: { usage: '', run: (board) => board.change({ kind: 'tamper', on: true }) },
  press: { usage: 'KEY', run: (board, [word]) => board.change({ kind: 'key', key: key(word), down: true }) },
  release: { usage: 'KEY', run: (board, [word]) => board.change({ kind: 'key', key: key(word), down: false }) },
  'plug-headset': { usage: '', run: (board) => board.change({ kind: 'headset', on: true }) },
  'unplug-headset': { usage: '', run: (board) => board.change({ kind: 'headset', on: false }) },
  silent: { usage: 'on|off', run: (board, [word]) => board.silent(word !== 'off') },
  garble: { usage: '', run: (board) => board.corruptNext() },
  'lose-event': { usage: '', run: (board) => board.loseNext() },
  refuse: { usage: 'WORD', run: (board, [word]) => board.refuseNext(refusal(word)) },
  newer: { usage: 'on|off', run: (board, [word]) => board.newer(word !== 'off') },
  noise: { usage: '[BYTES]', run: (board, [count]) => board.noise(new Uint8Array(wholeNumber(count, 64)).map((_, at) => (at * 37) % 256)) },
  flood: { usage: '[EVENTS]', run: (board, [count]) => board.flood(wholeNumber(count, 500)) },
  restart: { usage: '', run: (board) => board.restart() },
  unplug: { usage: '', run: (board) => board.unplug() },
  replug: { usage: '', run: (board) => board.replug() },
  /** Does nothing: for the lights in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` with the lights that are not off and how many commands were obeyed, or `error` and why */
export function obeyVerb(emulator: BoardEmulator, line: string): Promise<string> {
  return obey(VERBS, emulator, line, ({ lights: { lights, brightness }, commands }) => ({ brightness, lights: BoardLight.options.filter((light) => lights[light] !== 'off').map((light) => `${light} ${lights[light]}`), commands }));
}

/** Every verb with its words. */
export function verbList(): string[] {
  return listOf(VERBS);
}

function key(word: string | undefined): BoardKey {
  const known = BoardKey.safeParse(word);
  if (!known.success) throw new RangeError(`a key is one of ${BoardKey.options.join(' ')}`);
  return known.data;
}

function refusal(word = ''): string {
  if (!/^[a-z-]{1,24}$/.test(word)) throw new RangeError('a word of small letters is needed');
  return word;
}
