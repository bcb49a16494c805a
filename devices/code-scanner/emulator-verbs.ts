import type { ScannerEmulator, Suffix } from './emulator.ts';
import { SUFFIXES } from './emulator.ts';

type Verb = { usage: string; run(scanner: ScannerEmulator, words: readonly string[]): void | Promise<void> };

/** What a person, a test or the demo can do to the scanner, as words. A word that does not fit is a RangeError. */
const VERBS: Readonly<Record<string, Verb>> = {
  show: { usage: 'TEXT', run: (scanner, words) => scanner.show(text(words)) },
  'show-as': { usage: 'IDENTIFIER TEXT', run: (scanner, [identifier = '', ...words]) => scanner.show(text(words), aim(identifier)) },
  'show-bytes': { usage: 'HEX', run: (scanner, [hex]) => scanner.showBytes(bytes(hex)) },
  suffix: { usage: Object.keys(SUFFIXES).join('|'), run: (scanner, [name]) => scanner.suffix(suffix(name)) },
  identifiers: { usage: 'on|off', run: (scanner, [word]) => scanner.identifiers(word !== 'off') },
  flood: { usage: '[BYTES]', run: (scanner, [count]) => scanner.flood(number(count, 10_000)) },
  'cut-off': { usage: '', run: (scanner) => scanner.cutOff() },
  unplug: { usage: '', run: (scanner) => scanner.unplug() },
  replug: { usage: '', run: (scanner) => scanner.replug() },
  /** Does nothing: for the count in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and how many codes were shown, or `error` and why */
export async function obeyVerb(emulator: ScannerEmulator, line: string): Promise<string> {
  const [name = '', ...words] = line.trim().split(/\s+/);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) return `error unknown verb; one of: ${verbList().join(', ')}`;
  try {
    await verb.run(emulator, words);
  } catch (cause) {
    if (cause instanceof RangeError) return `error ${cause.message}; usage: ${name} ${verb.usage}`.trimEnd();
    throw cause;
  }
  return `ok ${JSON.stringify({ shown: emulator.shown })}`;
}

/** Every verb with its words. */
export function verbList(): string[] {
  return Object.entries(VERBS).map(([name, { usage }]) => `${name} ${usage}`.trim());
}

function text(words: readonly string[]): string {
  if (words.length === 0) throw new RangeError('a text is needed');
  return words.join(' ');
}

function aim(identifier: string): string {
  if (!/^\][A-Za-z]\d$/.test(identifier)) throw new RangeError('an identifier such as ]Q1 is needed');
  return identifier;
}

function bytes(hex = ''): Uint8Array {
  if (!/^([0-9a-f]{2})+$/i.test(hex)) throw new RangeError('pairs of hexadecimal digits are needed');
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function suffix(name = ''): Suffix {
  if (!Object.hasOwn(SUFFIXES, name)) throw new RangeError('no such suffix');
  return name as Suffix;
}

function number(word: string | undefined, otherwise: number): number {
  if (word === undefined) return otherwise;
  if (!/^\d{1,6}$/.test(word)) throw new RangeError('a whole number is needed');
  return Number(word);
}
