import { listOf, obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';

/** What a person, a test or the demo can do to the reader, as words. A word that does not fit is a RangeError. */
const VERBS: Verbs<ReaderEmulator> = {
  place: { usage: Object.keys(PRESETS).join('|'), run: (reader, [name]) => reader.place(preset(name)) },
  remove: { usage: '', run: (reader) => reader.remove() },
  lift: { usage: '', run: (reader) => reader.lift() },
  'wrong-card': { usage: '', run: (reader) => reader.wrongCard() },
  garble: { usage: '[ANSWERS]', run: (reader, [count]) => reader.garble(wholeNumber(count, 1)) },
  'cut-off': { usage: '[ANSWERS]', run: (reader, [count]) => reader.cutOff(wholeNumber(count, 1)) },
  silence: { usage: '[COMMANDS]', run: (reader, [count]) => reader.silence(wholeNumber(count, 1)) },
  noise: { usage: '[BYTES]', run: (reader, [count]) => reader.noise(wholeNumber(count, 64)) },
  'slow-bytes': { usage: '[BAUD]', run: (reader, [baud]) => reader.slowBytes(baud === undefined ? undefined : Math.max(wholeNumber(baud, 0), 1)) },
  'status-next': { usage: 'HEX [ANSWERS]', run: (reader, [code, count]) => reader.statusNext(hex(code), wholeNumber(count, 1)) },
  broken: { usage: 'HEX|off', run: (reader, [code]) => reader.broken(code === 'off' ? null : hex(code)) },
  unplug: { usage: '', run: (reader) => reader.unplug() },
  replug: { usage: '', run: (reader) => reader.replug() },
  'power-off': { usage: '', run: (reader) => reader.powerOff() },
  'power-on': { usage: '', run: (reader) => reader.powerOn() },
  /** Does nothing: for the counts in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and how many commands the host has sent, or `error` and why */
export function obeyVerb(emulator: ReaderEmulator, line: string): Promise<string> {
  return obey(VERBS, emulator, line, ({ commands }) => ({ commands: commands.length }));
}

/** Every verb with its words. */
export function verbList(): string[] {
  return listOf(VERBS);
}

function preset(name = ''): (typeof PRESETS)[keyof typeof PRESETS] {
  if (!Object.hasOwn(PRESETS, name)) throw new RangeError('no such card');
  return PRESETS[name as keyof typeof PRESETS];
}

function hex(word = ''): number {
  if (!/^[0-9a-f]{2}$/i.test(word)) throw new RangeError('a status of two hexadecimal digits is needed');
  return Number.parseInt(word, 16);
}
