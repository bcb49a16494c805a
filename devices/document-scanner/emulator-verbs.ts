import { listOf, obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import type { Answer, Damage, EsclEmulator } from './escl/emulator.ts';
import { samplePage, sampleSheets } from './sample-pages.ts';

/** What a person, a test or the demo can do to the scanner, as words. A word that does not fit is a RangeError. */
const VERBS: Verbs<EsclEmulator> = {
  load: { usage: '[SHEETS]', run: (scanner, [count]) => scanner.load(sampleSheets(wholeNumber(count, 1), scanner.sheets() + 1)) },
  'load-askew': { usage: '[DEGREES]', run: (scanner, [degrees]) => scanner.load([{ front: samplePage(1, wholeNumber(degrees, 3)), back: samplePage(0) }]) },
  empty: { usage: '', run: (scanner) => scanner.empty() },
  place: { usage: '[NUMBER]', run: (scanner, [number]) => scanner.place(samplePage(wholeNumber(number, 1))) },
  jam: { usage: '[AFTER-PAGES]', run: (scanner, [after]) => scanner.jam(wholeNumber(after, 0)) },
  'double-feed': { usage: '[AFTER-PAGES]', run: (scanner, [after]) => scanner.doubleFeed(wholeNumber(after, 0)) },
  clear: { usage: '', run: (scanner) => scanner.clear() },
  'open-cover': { usage: '', run: (scanner) => scanner.openCover() },
  'close-cover': { usage: '', run: (scanner) => scanner.closeCover() },
  slow: { usage: '[MILLISECONDS]', run: (scanner, [milliseconds]) => scanner.slow(wholeNumber(milliseconds, 0)) },
  busy: { usage: 'on|off', run: (scanner, [word]) => scanner.busy(word !== 'off') },
  'cancel-at-panel': { usage: '', run: (scanner) => scanner.cancelAtPanel() },
  garbage: { usage: 'capabilities|status|job|page', run: (scanner, [answer]) => scanner.damageNext(answerNamed(answer), 'garbage' satisfies Damage) },
  truncate: { usage: 'capabilities|status|job|page', run: (scanner, [answer]) => scanner.damageNext(answerNamed(answer), 'truncated' satisfies Damage) },
  drop: { usage: 'capabilities|status|job|page', run: (scanner, [answer]) => scanner.damageNext(answerNamed(answer), 'dropped' satisfies Damage) },
  'power-off': { usage: '', run: (scanner) => scanner.powerOff() },
  'power-on': { usage: '', run: (scanner) => scanner.powerOn() },
  /** Does nothing: for the counts in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and how the scanner is, or `error` and why */
export function obeyVerb(emulator: EsclEmulator, line: string): Promise<string> {
  return obey(VERBS, emulator, line, (scanner) => ({ url: scanner.url, powered: scanner.powered(), sheets: scanner.sheets(), running: scanner.running() }));
}

/** Every verb with its words. */
export function verbList(): string[] {
  return listOf(VERBS);
}

function answerNamed(word = ''): Answer {
  if (word !== 'capabilities' && word !== 'status' && word !== 'job' && word !== 'page') throw new RangeError('no such answer');
  return word;
}
