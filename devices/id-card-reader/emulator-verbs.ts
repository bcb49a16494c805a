import type { ReaderEmulator } from './emulator.ts';
import { PRESETS } from './presets.ts';

type Verb = { usage: string; run(emulator: ReaderEmulator, words: readonly string[]): void | Promise<void> };

/** What a person, a test or the demo can do to the reader, as words. A word that does not fit is a RangeError. */
const VERBS: Readonly<Record<string, Verb>> = {
  place: { usage: Object.keys(PRESETS).join('|'), run: (reader, [name]) => reader.place(preset(name)) },
  remove: { usage: '', run: (reader) => reader.remove() },
  'wrong-card': { usage: '', run: (reader) => reader.wrongCard() },
  garble: { usage: '[ANSWERS]', run: (reader, [count]) => reader.garble(number(count, 1)) },
  'cut-off': { usage: '[ANSWERS]', run: (reader, [count]) => reader.cutOff(number(count, 1)) },
  silence: { usage: '[COMMANDS]', run: (reader, [count]) => reader.silence(number(count, 1)) },
  noise: { usage: '[BYTES]', run: (reader, [count]) => reader.noise(number(count, 64)) },
  'slow-bytes': { usage: '[BAUD]', run: (reader, [baud]) => reader.slowBytes(baud === undefined ? undefined : Math.max(number(baud, 0), 1)) },
  'status-next': { usage: 'HEX [ANSWERS]', run: (reader, [code, count]) => reader.statusNext(hex(code), number(count, 1)) },
  broken: { usage: 'HEX|off', run: (reader, [code]) => reader.broken(code === 'off' ? null : hex(code)) },
  unplug: { usage: '', run: (reader) => reader.unplug() },
  replug: { usage: '', run: (reader) => reader.replug() },
  'power-off': { usage: '', run: (reader) => reader.powerOff() },
  'power-on': { usage: '', run: (reader) => reader.powerOn() },
  /** Does nothing: for the counts in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and how many commands the host has sent, or `error` and why */
export async function obeyVerb(emulator: ReaderEmulator, line: string): Promise<string> {
  const [name = '', ...words] = line.trim().split(/\s+/);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) return `error unknown verb; one of: ${verbList().join(', ')}`;
  try {
    await verb.run(emulator, words);
  } catch (cause) {
    if (cause instanceof RangeError) return `error ${cause.message}; usage: ${name} ${verb.usage}`.trimEnd();
    throw cause;
  }
  return `ok ${JSON.stringify({ commands: emulator.commands.length })}`;
}

/** Every verb with its words. */
export function verbList(): string[] {
  return Object.entries(VERBS).map(([name, { usage }]) => `${name} ${usage}`.trim());
}

function preset(name = ''): (typeof PRESETS)[keyof typeof PRESETS] {
  if (!Object.hasOwn(PRESETS, name)) throw new RangeError('no such card');
  return PRESETS[name as keyof typeof PRESETS];
}

function number(word: string | undefined, otherwise: number): number {
  if (word === undefined) return otherwise;
  if (!/^\d{1,6}$/.test(word)) throw new RangeError('a whole number is needed');
  return Number(word);
}

function hex(word = ''): number {
  if (!/^[0-9a-f]{2}$/i.test(word)) throw new RangeError('a status of two hexadecimal digits is needed');
  return Number.parseInt(word, 16);
}
