/** `upsd` with one UPS at the level of bytes, for any number of clients: it answers as RFC 9271 says, with the faults of cables and of batteries. */
import { never } from '../../domain/result.ts';
import type { Client } from '../../wire/serve-clients.ts';
import type { Answer } from './codec.ts';
import { decodeCommand, encodeAnswer } from './codec.ts';
import { LineReader } from './framing.ts';

export type UpsdEmulator = {
  /** A client has connected. */
  connect(client: Client): { receive(bytes: Uint8Array): void; leave(): void };
  mainsOff(): void;
  powerBack(): void;
  batteryLow(): void;
  replaceBattery(on: boolean): void;
  /** Runs the battery down on purpose, with the mains there. */
  calibrate(): void;
  /** Another computer orders to shut down. */
  forcedShutdown(): void;
  /** Any words of `ups.status`. */
  status(words: string): void;
  /** Null: this UPS does not say. */
  charge(percent: number | null): void;
  runtime(seconds: number | null): void;
  /** No answer at all, or answers again. */
  silent(on: boolean): void;
  /** The next answer is bytes that are no text. */
  garbage(): void;
  /** The next list has no end. */
  endless(): void;
  /** Every command is answered by this error; null: answers again. */
  refuse(word: string | null): void;
  /** Ends every connection, as a restart of `upsd` does. */
  hangUp(): void;
  readonly commands: number;
};

const FULL = { charge: 100, runtime: 1800 };

/** @param ups the name of its only UPS */
export function createUpsdEmulator({ ups = 'kiosk' }: { ups?: string } = {}): UpsdEmulator {
  const clients = new Set<Client>();
  let words = ['OL'];
  let mustReplace = false;
  let charge: number | null = FULL.charge;
  let runtime: number | null = FULL.runtime;
  let isSilent = false;
  let refusal: string | null = null;
  let fault: 'garbage' | 'endless' | null = null;
  let commands = 0;

  function variables(): Map<string, string> {
    const said = new Map([['device.mfr', 'Jinban'], ['device.model', 'Emulated "line" UPS'], ['ups.status', [...words, ...(mustReplace ? ['RB'] : [])].join(' ')]]);
    if (charge !== null) said.set('battery.charge', String(charge));
    if (runtime !== null) said.set('battery.runtime', String(runtime));
    return said;
  }

  function answersTo(text: string): Answer[] {
    const command = decodeCommand(text);
    if (refusal !== null) return [{ kind: 'error', word: refusal }];
    if (!command.ok) return [{ kind: 'error', word: 'UNKNOWN-COMMAND' }];
    const asked = command.value;
    commands += 1;
    if (asked.kind === 'logout') return [{ kind: 'other' }];
    if (asked.ups !== ups) return [{ kind: 'error', word: 'UNKNOWN-UPS' }];
    const all = variables();
    switch (asked.kind) {
      case 'get-var': {
        const value = all.get(asked.name);
        return [value === undefined ? { kind: 'error', word: 'VAR-NOT-SUPPORTED' } : { kind: 'var', ups, name: asked.name, value }];
      }
      case 'list-var':
        return [{ kind: 'begin-list', ups }, ...[...all].map(([name, value]): Answer => ({ kind: 'var', ups, name, value })), { kind: 'end-list', ups }];
      default:
        return never(asked);
    }
  }

  /** What goes out for one line, with the fault that waits for it. */
  function bytesFor(text: string): Uint8Array {
    const now = fault;
    fault = null;
    if (now === 'garbage') return Uint8Array.from([0xff, 0x00, 0x80, 0x0a]);
    const lines = answersTo(text).map(encodeAnswer);
    if (now === 'endless') lines.splice(-1, 1, ...Array.from({ length: 5000 }, (_, at) => encodeAnswer({ kind: 'var', ups, name: `outlet.${at}.status`, value: 'on' })));
    return new TextEncoder().encode(lines.join(''));
  }

  return {
    connect(client) {
      const reader = new LineReader();
      clients.add(client);
      return {
        receive(bytes) {
          for (const framed of reader.push(bytes)) {
            if (framed.kind !== 'line' || isSilent) continue;
            client.send(bytesFor(framed.text));
            if (framed.text === 'LOGOUT') client.hangUp();
          }
        },
        leave: () => clients.delete(client),
      };
    },
    mainsOff() {
      words = ['OB', 'DISCHRG'];
    },
    powerBack() {
      words = ['OL', 'CHRG'];
      ({ charge, runtime } = FULL);
    },
    batteryLow() {
      words = ['OB', 'DISCHRG', 'LB'];
    },
    replaceBattery(on) {
      mustReplace = on;
    },
    calibrate() {
      words = ['OL', 'CAL', 'OB', 'DISCHRG'];
    },
    forcedShutdown() {
      words = ['FSD', ...words];
    },
    status(text) {
      words = text.split(' ');
    },
    charge(percent) {
      charge = percent;
    },
    runtime(seconds) {
      runtime = seconds;
    },
    silent(on) {
      isSilent = on;
    },
    garbage() {
      fault = 'garbage';
    },
    endless() {
      fault = 'endless';
    },
    refuse(word) {
      refusal = word;
    },
    hangUp() {
      for (const client of [...clients]) client.hangUp();
    },
    get commands() {
      return commands;
    },
  };
}
