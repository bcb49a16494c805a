/** What a person, a test or the demo can do to displays and callers, as words. A word that does not fit is a RangeError. */
import { listOf, obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import { CALLER_KEYS, type CallerKey } from './caller-codec.ts';
import type { CallerEmulator } from './caller-emulator.ts';
import type { LedEmulator } from './led-emulator.ts';

/** Addresses that the emulator as a program has. */
export const LED_ADDRESSES: readonly number[] = Array.from({ length: 16 }, (_, address) => address);

const LED_VERBS: Verbs<LedEmulator> = {
  off: { usage: 'ADDRESS', run: (leds, [word]) => leds.power(wholeNumber(word, 0), false) },
  on: { usage: 'ADDRESS', run: (leds, [word]) => leds.power(wholeNumber(word, 0), true) },
  garble: { usage: '', run: (leds) => leds.corruptNext() },
  refuse: { usage: 'WORD', run: (leds, [word]) => leds.refuseNext(refusal(word)) },
  /** Does nothing: for what they show in its answer. */
  status: { usage: '', run: () => {} },
};

const CALLER_VERBS: Verbs<CallerEmulator> = {
  press: { usage: CALLER_KEYS.join('|'), async run(caller, [word]) {
    const pressed = await caller.press(key(word));
    if (pressed.kind === 'lost') throw new RangeError('nobody answered');
    if (pressed.kind === 'refused') throw new RangeError(pressed.word);
  } },
  repeat: { usage: '', run: (caller) => caller.repeat() },
  silent: { usage: 'on|off', run: (caller, [word]) => caller.silent(word !== 'off') },
  deaf: { usage: '[TIMES]', run: (caller, [word]) => caller.deaf(wholeNumber(word, 1)) },
  restart: { usage: '', run: (caller) => caller.restart() },
  /** Does nothing: for what it shows in its answer. */
  status: { usage: '', run: () => {} },
};

/** Runs one line. @returns `ok` and what the displays show, by address, or `error` and why */
export function obeyLedVerb(emulator: LedEmulator, line: string): Promise<string> {
  return obey(LED_VERBS, emulator, line, (leds) => Object.fromEntries(LED_ADDRESSES.flatMap((address) => {
    const picture = leds.shows(address);
    return picture === null ? [] : [[address, picture.text === '' ? picture.state : picture.text]];
  })));
}

/** Runs one line. @returns `ok` and what the caller shows, or `error` and why: also the word with which a press was refused */
export function obeyCallerVerb(emulator: CallerEmulator, line: string): Promise<string> {
  return obey(CALLER_VERBS, emulator, line, ({ face }) => face ?? {});
}

export const ledVerbs = (): string[] => listOf(LED_VERBS);
export const callerVerbs = (): string[] => listOf(CALLER_VERBS);

function key(word: string | undefined): CallerKey {
  const known = CALLER_KEYS.find((one) => one === word);
  if (known === undefined) throw new RangeError(`a button is one of ${CALLER_KEYS.join(' ')}`);
  return known;
}

function refusal(word = ''): string {
  if (!/^[a-z-]{1,24}$/.test(word)) throw new RangeError('a word of small letters is needed');
  return word;
}
