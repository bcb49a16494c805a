import { listOf, obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import type { UpsdEmulator } from './emulator.ts';

/** What a person, a test or the demo can do to the UPS, as words. A word that does not fit is a RangeError. */
const VERBS: Verbs<UpsdEmulator> = {
  'mains-off': { usage: '', run: (ups) => ups.mainsOff() },
  'power-back': { usage: '', run: (ups) => ups.powerBack() },
  'battery-low': { usage: '', run: (ups) => ups.batteryLow() },
  replace: { usage: 'on|off', run: (ups, [word]) => ups.replaceBattery(word !== 'off') },
  calibrate: { usage: '', run: (ups) => ups.calibrate() },
  'forced-shutdown': { usage: '', run: (ups) => ups.forcedShutdown() },
  say: { usage: 'WORDS', run: (ups, words) => ups.status(statusWords(words)) },
  charge: { usage: '[PERCENT]', run: (ups, [percent]) => ups.charge(percent === undefined ? null : wholeNumber(percent, 0)) },
  runtime: { usage: '[SECONDS]', run: (ups, [seconds]) => ups.runtime(seconds === undefined ? null : wholeNumber(seconds, 0)) },
  silent: { usage: 'on|off', run: (ups, [word]) => ups.silent(word !== 'off') },
  garbage: { usage: '', run: (ups) => ups.garbage() },
  endless: { usage: '', run: (ups) => ups.endless() },
  refuse: { usage: '[WORD]', run: (ups, [word]) => ups.refuse(word === undefined ? null : refusal(word)) },
  'hang-up': { usage: '', run: (ups) => ups.hangUp() },
  /** Does nothing: for the count in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and how many commands were answered, or `error` and why */
export function obeyVerb(emulator: UpsdEmulator, line: string): Promise<string> {
  return obey(VERBS, emulator, line, ({ commands }) => ({ commands }));
}

/** Every verb with its words. */
export function verbList(): string[] {
  return listOf(VERBS);
}

function statusWords(words: readonly string[]): string {
  if (words.length === 0 || !words.every((word) => /^[A-Z]{1,10}$/.test(word))) throw new RangeError('words of ups.status such as OL CHRG are needed');
  return words.join(' ');
}

function refusal(word: string): string {
  if (!/^[A-Z-]{1,40}$/.test(word)) throw new RangeError('a word such as DATA-STALE is needed');
  return word;
}
