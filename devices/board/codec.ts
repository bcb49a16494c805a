/**
 * Bodies of lines ⇄ messages, as README.md publishes them (“Messages”, version 1). A word that this version does not know is `unknown`, or left out of a
 * list: a board may be newer than the terminal.
 */
import type { BoardCapabilities, BoardPart, LightPattern, LightsWish } from '../../domain/contracts/board.ts';
import { BoardKey, BoardLight } from '../../domain/contracts/board.ts';
import type { Result } from '../../domain/result.ts';
import { err, never, ok } from '../../domain/result.ts';

export const VERSION = 1;
/** Commands and events are counted apart, each from 0 to 255 and over again; an event counted 0 is the first after a start. */
export const SEQUENCES = 256;

export type Command = { kind: 'hello' } | { kind: 'lights'; wish: LightsWish } | { kind: 'ping' } | { kind: 'acknowledge' };

/** How every part stands. `tamper` is a latch: it outlives a power cut and ends by `acknowledge`. */
export type Snapshot = { near: boolean; door: boolean; tamper: boolean; headset: boolean; keys: readonly BoardKey[] };
export type Change = { kind: 'near' | 'door' | 'tamper' | 'headset'; on: boolean } | { kind: 'key'; key: BoardKey; down: boolean };

export type Answer =
  | { kind: 'done' }
  /** Null: of a version that this terminal does not speak. */
  | { kind: 'greeting'; capabilities: BoardCapabilities | null }
  | { kind: 'state'; snapshot: Snapshot }
  | { kind: 'refused'; word: string };

export type BoardMessage =
  | { kind: 'answer'; sequence: number; answer: Answer }
  /** `ready`: the board has just started, with its lights off. */
  | { kind: 'event'; sequence: number; event: Change | { kind: 'ready' } | { kind: 'unknown' } };

export type Misshapen = { kind: 'misshapen' };
const MISSHAPEN: Result<never, Misshapen> = err({ kind: 'misshapen' });

const PATTERNS: Readonly<Record<LightPattern, string>> = { off: 'off', on: 'on', 'slow-blink': 'slow', 'quick-blink': 'quick' };
const PARTS: Readonly<Record<BoardPart, string>> = { presence: 'near', door: 'door', tamper: 'tamper', keypad: 'keypad', headset: 'headset' };
const SWITCHES = { near: 'NEAR', door: 'DOOR', tamper: 'TAMPER', headset: 'HEADSET' } as const;

export function encodeCommand(sequence: number, command: Command): string {
  switch (command.kind) {
    case 'hello':
      return `C ${sequence} HELLO ${VERSION}`;
    case 'ping':
      return `C ${sequence} PING`;
    case 'acknowledge':
      return `C ${sequence} ACK`;
    case 'lights': {
      const { brightness, lights } = command.wish;
      return `C ${sequence} LIGHTS ${brightness} ${BoardLight.options.map((light) => `${light}=${PATTERNS[lights[light]]}`).join(' ')}`;
    }
    default:
      return never(command);
  }
}

/** The inverse, as a board reads it. */
export function decodeCommand(body: string): Result<{ sequence: number; command: Command }, Misshapen> {
  const [from, number, verb, ...rest] = body.split(' ');
  const sequence = sequenceOf(number);
  if (from !== 'C' || sequence === null) return MISSHAPEN;
  const command = commandOf(verb, rest);
  return command === null ? MISSHAPEN : ok({ sequence, command });
}

function commandOf(verb: string | undefined, rest: string[]): Command | null {
  if (verb === 'HELLO' && rest.length === 1 && rest[0] === String(VERSION)) return { kind: 'hello' };
  if (verb === 'PING' && rest.length === 0) return { kind: 'ping' };
  if (verb === 'ACK' && rest.length === 0) return { kind: 'acknowledge' };
  if (verb !== 'LIGHTS') return null;
  const [brightness, ...pairs] = rest;
  const fields = fieldsOf(pairs);
  if ((brightness !== 'day' && brightness !== 'night') || fields === null) return null;
  const lights = BoardLight.options.map((light) => [light, wordFor(PATTERNS, fields.get(light) ?? 'off')] as const);
  if (lights.some(([, pattern]) => pattern === null)) return null;
  return { kind: 'lights', wish: { brightness, lights: Object.fromEntries(lights) as LightsWish['lights'] } };
}

export function encodeMessage(message: BoardMessage): string {
  return message.kind === 'answer' ? `R ${message.sequence} ${answerText(message.answer)}` : `E ${message.sequence} ${eventText(message.event)}`;
}

function answerText(answer: Answer): string {
  switch (answer.kind) {
    case 'done':
      return 'OK';
    case 'refused':
      return `ERR ${answer.word}`;
    case 'state': {
      const { keys, ...switches } = answer.snapshot;
      return `OK STATE ${Object.entries(switches).map(([name, on]) => `${name}=${bit(on)}`).join(' ')} keys=${listText(keys)}`;
    }
    case 'greeting': {
      if (answer.capabilities === null) return `OK HELLO ${VERSION + 1}`;
      const { model, firmware, lights, dimming, parts } = answer.capabilities;
      return `OK HELLO ${VERSION} model=${model} firmware=${firmware} lights=${listText(lights)} dim=${bit(dimming)} parts=${listText(parts.map((part) => PARTS[part]))}`;
    }
    default:
      return never(answer);
  }
}

function eventText(event: (BoardMessage & { kind: 'event' })['event']): string {
  if (event.kind === 'ready') return `READY ${VERSION}`;
  if (event.kind === 'unknown') return 'UNKNOWN';
  return event.kind === 'key' ? `KEY ${event.key} ${event.down ? 'down' : 'up'}` : `${SWITCHES[event.kind]} ${bit(event.on)}`;
}

export function decodeMessage(body: string): Result<BoardMessage, Misshapen> {
  const [from, number, ...words] = body.split(' ');
  const sequence = sequenceOf(number);
  if (sequence === null) return MISSHAPEN;
  if (from === 'E') {
    const event = eventOf(words);
    return event === null ? MISSHAPEN : ok({ kind: 'event', sequence, event });
  }
  const answer = from === 'R' ? answerOf(words) : null;
  return answer === null ? MISSHAPEN : ok({ kind: 'answer', sequence, answer });
}

function eventOf([name, ...rest]: string[]): (BoardMessage & { kind: 'event' })['event'] | null {
  if (name === undefined) return null;
  if (name === 'READY') return { kind: 'ready' };
  if (name === 'KEY') {
    const key = BoardKey.safeParse(rest[0]);
    if (rest.length !== 2 || (rest[1] !== 'down' && rest[1] !== 'up')) return null;
    return key.success ? { kind: 'key', key: key.data, down: rest[1] === 'down' } : { kind: 'unknown' };
  }
  const kind = wordFor(SWITCHES, name);
  if (kind === null) return { kind: 'unknown' };
  const on = rest.length === 1 ? bitOf(rest[0]) : null;
  return on === null ? null : { kind, on };
}

function answerOf([first, second, third, ...rest]: string[]): Answer | null {
  if (first === 'ERR') return second !== undefined && third === undefined && /^[a-z-]{1,24}$/.test(second) ? { kind: 'refused', word: second } : null;
  if (first !== 'OK') return null;
  if (second === undefined) return { kind: 'done' };
  if (second === 'STATE') return stateOf(fieldsOf(third === undefined ? [] : [third, ...rest]));
  if (second !== 'HELLO' || third === undefined || !/^\d{1,3}$/.test(third)) return null;
  return third === String(VERSION) ? greetingOf(fieldsOf(rest)) : { kind: 'greeting', capabilities: null };
}

/** A part that the board does not have stands as 0, or is left out. */
function stateOf(fields: Fields): Answer | null {
  if (fields === null) return null;
  const [near, door, tamper, headset] = ['near', 'door', 'tamper', 'headset'].map((name) => bitOf(fields.get(name) ?? '0'));
  const keys = listOf(fields.get('keys') ?? '-');
  if (near == null || door == null || tamper == null || headset == null) return null;
  return { kind: 'state', snapshot: { near, door, tamper, headset, keys: BoardKey.options.filter((key) => keys.includes(key)) } };
}

function greetingOf(fields: Fields): Answer | null {
  const [model, firmware, lights, parts] = ['model', 'firmware', 'lights', 'parts'].map((name) => fields?.get(name));
  const dimming = bitOf(fields?.get('dim'));
  if (![model, firmware].every((word) => word !== undefined && /^[\w.-]{1,16}$/.test(word)) || lights === undefined || parts === undefined || dimming === null) return null;
  const [known, had] = [listOf(lights), listOf(parts)];
  return {
    kind: 'greeting',
    capabilities: {
      model: model ?? '', firmware: firmware ?? '', dimming,
      lights: BoardLight.options.filter((light) => known.includes(light)),
      parts: (Object.keys(PARTS) as BoardPart[]).filter((part) => had.includes(PARTS[part])),
    },
  };
}

type Fields = ReadonlyMap<string, string> | null;

/** `name=value` each, none twice; null otherwise. */
function fieldsOf(words: string[]): Fields {
  const fields = new Map<string, string>();
  for (const word of words) {
    const [, name, value] = /^([a-z]+)=([\w.,-]+)$/.exec(word) ?? [];
    if (name === undefined || value === undefined || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

function sequenceOf(word = ''): number | null {
  return /^(0|[1-9]\d{0,2})$/.test(word) && Number(word) < SEQUENCES ? Number(word) : null;
}

/** The name whose word this is. */
function wordFor<Name extends string>(words: Readonly<Record<Name, string>>, word: string): Name | null {
  return (Object.keys(words) as Name[]).find((name) => words[name] === word) ?? null;
}

const bit = (on: boolean): string => (on ? '1' : '0');
const bitOf = (word: string | undefined): boolean | null => (word === '1' ? true : word === '0' ? false : null);
const listText = (words: readonly string[]): string => (words.length === 0 ? '-' : words.join(','));
const listOf = (text: string): string[] => (text === '-' ? [] : text.split(','));
