import { listOf, obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import type { ScannerEmulator, Suffix } from './emulator.ts';
import { SUFFIXES } from './emulator.ts';

/** What a person, a test or the demo can do to the scanner, as words. A word that does not fit is a RangeError. */
const VERBS: Verbs<ScannerEmulator> = {
  show: { usage: 'TEXT', run: (scanner, words) => scanner.show(text(words)) },
  'show-as': { usage: 'IDENTIFIER TEXT', run: (scanner, [identifier = '', ...words]) => scanner.show(text(words), aim(identifier)) },
  'show-bytes': { usage: 'HEX', run: (scanner, [hex]) => scanner.showBytes(bytes(hex)) },
  suffix: { usage: Object.keys(SUFFIXES).join('|'), run: (scanner, [name]) => scanner.suffix(suffix(name)) },
  identifiers: { usage: 'on|off', run: (scanner, [word]) => scanner.identifiers(word !== 'off') },
  flood: { usage: '[BYTES]', run: (scanner, [count]) => scanner.flood(wholeNumber(count, 10_000)) },
  'cut-off': { usage: '', run: (scanner) => scanner.cutOff() },
  unplug: { usage: '', run: (scanner) => scanner.unplug() },
  replug: { usage: '', run: (scanner) => scanner.replug() },
  /** Does nothing: for the count in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and how many codes were shown, or `error` and why */
export function obeyVerb(emulator: ScannerEmulator, line: string): Promise<string> {
  return obey(VERBS, emulator, line, ({ shown }) => ({ shown }));
}

/** Every verb with its words. */
export function verbList(): string[] {
  return listOf(VERBS);
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
