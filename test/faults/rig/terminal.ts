import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { TerminalConfig } from '../../../domain/contracts/terminal-config.ts';
import { inProject } from '../../../build/paths.ts';

/** How a child terminal is started. `ahead`: milliseconds that its wall clock is ahead; `hurry`: how many times faster its timers run. */
export type Start = { config: TerminalConfig; ahead: number; hurry: number };

/** `apart`: milliseconds that pass on the terminal's clocks before each hand-in. */
export type Wish =
  | { wish: 'hand-in'; ticket: number; from: number; count: number; bytes: number; apart: number }
  | { wish: 'clock'; ticket: number; forward: number }
  | { wish: 'slips'; ticket: number; count: number }
  | { wish: 'end-visit'; ticket: number }
  | { wish: 'look' | 'received'; ticket: number }
  | { wish: 'close' };

/** What a terminal shows of itself: actions that wait, whether received cases wait for files, numbers left, papers that were not printed, words of the ledger that wait for room, resident bytes after a collection. */
export type Looked = { enrolled: boolean; waiting: number; files: number; numbers: number; papers: number; unwritten: number; /** Bytes, as `heldMemory` has it, and resident. */ held: number; resident: number };
export type HandedIn = { serial: number; sequence: number; hash: string };
export type Said =
  | { said: 'ready' }
  | { said: 'failed'; why: string }
  | ({ said: 'handed-in' } & HandedIn)
  | { said: 'refused'; serial: number; why: string }
  | { said: 'done'; ticket: number }
  | ({ said: 'looked'; ticket: number } & Looked)
  | { said: 'received'; ticket: number; received: string[] };

/** A child terminal at the rig's end. Every wish rejects when the process ends before it answered. */
export type TerminalProcess = {
  /** Resolves when core is open; rejects with why it cannot be. */
  ready: Promise<void>;
  handIn(wish: { from: number; count: number; bytes?: number; apart?: number }): Promise<void>;
  /** Asks for the slip of the last hand-in so often; no printer is there. */
  slips(count: number): Promise<void>;
  /** Scrubs the store, as the end of every visit does. */
  endVisit(): Promise<void>;
  moveClock(forward: number): Promise<void>;
  look(): Promise<Looked>;
  /** Ids of the actions that it takes for received. */
  received(): Promise<string[]>;
  alive(): boolean;
  /** Without warning, at once. */
  kill(): Promise<void>;
  /** As an orderly end. */
  close(): Promise<void>;
};

export const NODE = inProject('node_modules', 'node', 'bin', 'node');
const ENDED = 'the terminal ended';

/**
 * @param heard gets every hand-in that the terminal said and every one that it refused, also those said in the moment of its death
 * @param log file that its log is added to
 */
export function startTerminalProcess(options: { start: Start; log: string; env?: NodeJS.ProcessEnv; heard(said: Extract<Said, { said: 'handed-in' | 'refused' }>): void }): TerminalProcess {
  const log = openSync(options.log, 'a');
  const child = spawn(NODE, ['--expose-gc', '--disable-warning=ExperimentalWarning', fileURLToPath(new URL('terminal-child.ts', import.meta.url)), JSON.stringify(options.start)], { stdio: ['pipe', 'pipe', log], env: { ...process.env, ...options.env } });
  closeSync(log);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a child without its pipes');
  // A wish to a process that was killed goes nowhere; its promise says so.
  stdin.on('error', () => undefined);
  const waiting = new Map<number, { done(said: Said): void; failed(cause: Error): void }>();
  let tickets = 0;
  let isReady = () => {};
  let cannot = (_cause: Error) => {};
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve;
    cannot = reject;
  });
  const drained = (async () => {
    for await (const line of createInterface({ input: stdout })) hear(line);
  })();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => drained).then(() => {
    cannot(new Error(ENDED));
    for (const { failed } of waiting.values()) failed(new Error(ENDED));
  });
  ready.catch(() => undefined);

  function hear(line: string): void {
    const said = parse(line);
    switch (said?.said) {
      // A line that was cut off by the death of its process says nothing.
      case undefined:
        return;
      case 'ready':
        return isReady();
      case 'failed':
        return cannot(new Error(said.why));
      case 'handed-in':
      case 'refused':
        return options.heard(said);
      case 'done':
      case 'looked':
      case 'received':
        waiting.get(said.ticket)?.done(said);
        return void waiting.delete(said.ticket);
    }
  }

  const ask = (wish: (ticket: number) => Wish): Promise<Said> => {
    tickets += 1;
    const ticket = tickets;
    return new Promise((done, failed) => {
      if (child.exitCode !== null || child.signalCode !== null) return failed(new Error(ENDED));
      waiting.set(ticket, { done, failed });
      stdin.write(`${JSON.stringify(wish(ticket))}\n`);
    });
  };

  return {
    ready,
    async handIn({ from, count, bytes = 2000, apart = 0 }) {
      await ask((ticket) => ({ wish: 'hand-in', ticket, from, count, bytes, apart }));
    },
    async slips(count) {
      await ask((ticket) => ({ wish: 'slips', ticket, count }));
    },
    async endVisit() {
      await ask((ticket) => ({ wish: 'end-visit', ticket }));
    },
    async moveClock(forward) {
      await ask((ticket) => ({ wish: 'clock', ticket, forward }));
    },
    async look() {
      const said = await ask((ticket) => ({ wish: 'look', ticket }));
      if (said.said !== 'looked') throw new Error('another answer than was asked for');
      return said;
    },
    async received() {
      const said = await ask((ticket) => ({ wish: 'received', ticket }));
      if (said.said !== 'received') throw new Error('another answer than was asked for');
      return said.received;
    },
    alive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) stdin.write(`${JSON.stringify({ wish: 'close' } satisfies Wish)}\n`);
      await ended;
    },
  };
}

function parse(line: string): Said | null {
  try {
    return JSON.parse(line) as Said;
  } catch {
    return null;
  }
}
