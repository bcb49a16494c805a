import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../build/demo/child.ts';
import { inProject } from '../../../build/paths.ts';
import type { TerminalConfig } from '../../../domain/contracts/terminal-config.ts';
import { MachineId } from '../../../domain/ids.ts';
import { type HallProcess, startHallProcess } from './hall.ts';
import { judgeArrival, judgeHall, judgeLogs, judgeTerminal } from './judge.ts';
import { type HandedIn, startTerminalProcess, type TerminalProcess } from './terminal.ts';

export const MACHINE = MachineId.parse('T330624-0001');

/** What opening, judging and closing a world may take beside its story, milliseconds, on a machine that is busy with other tests. */
export const AROUND = 180_000;

/**
 * Waits of the terminal run this many times faster: 45 s for an answer become 2.25 s, the longest back-off 1 s. The live line, whose signs of life
 * come at the hall's own pace, counts as gone after some seconds and is opened anew, again and again.
 */
const HURRY = 20;
/** Words of the transcript that a failure shows. */
const SHOWN_WORDS = 40;

export type FaultWorldOptions = {
  name: string;
  seed: number;
  /** A story that takes longer is stuck: it fails and says where. */
  limitMs: number;
  /** null: PGlite. */
  databaseUrl?: string | null;
  /** Where the terminal finds its hall; the hall's own port when not given. */
  line?: (hallPort: number) => Promise<{ url: string; env?: NodeJS.ProcessEnv; close(): Promise<void> }>;
  /** More of the hall's environment, by its data folder. */
  hallEnv?: (folder: string) => NodeJS.ProcessEnv;
};

/** One hall and one terminal as real processes in a folder of their own, and what both said so far. */
export type FaultWorld = {
  folder: string;
  terminalFolder: string;
  hall: HallProcess;
  terminal: TerminalProcess;
  /** Every hand-in that any of the terminal's lives said was durable. */
  said: HandedIn[];
  refused: { serial: number; why: string }[];
  /** Adds to the transcript that a failure prints. */
  note(words: string): void;
  /** The next terminal on the same folder; the one before must have ended. */
  startTerminal(change?: { ahead?: number; env?: NodeJS.ProcessEnv }): TerminalProcess;
  /** Hands in `count` more; a terminal that dies meanwhile rejects nothing. */
  handIn(count: number, options?: { bytes?: number; apart?: number }): Promise<void>;
  /** How often a word stands in a log so far. */
  logged(name: 'terminal' | 'hall', word: string): number;
  /** Waits until the terminal is bound to its hall and has numbers to give. */
  enrolled(): Promise<void>;
  /** Waits until everything has travelled. */
  drained(): Promise<void>;
  /** Ends both processes in order and judges everything: nothing lost, nothing twice, both chains whole, no personal data in a log. */
  judge(): Promise<Awaited<ReturnType<typeof judgeTerminal>> & { hall: Awaited<ReturnType<typeof judgeHall>> }>;
  close(): Promise<void>;
};

export async function openFaultWorld(options: FaultWorldOptions): Promise<FaultWorld> {
  const folder = mkdtempSync(join(tmpdir(), `jinban-faults-${options.name}-`));
  for (const name of ['hall', 'logs']) mkdirSync(join(folder, name));
  const log = (name: string) => join(folder, 'logs', `${name}.log`);
  const terminalFolder = join(folder, 'terminal');
  const databaseUrl = options.databaseUrl ?? null;
  const hall = await startHallProcess({ folder: join(folder, 'hall'), databaseUrl, log: log('hall'), env: { ...options.hallEnv?.(join(folder, 'hall')) } });
  const line = await options.line?.(hall.port) ?? { url: `http://127.0.0.1:${hall.port}`, close: () => Promise.resolve() };
  const config: TerminalConfig = {
    machine: MACHINE, site: '新昌县沃洲镇便民服务中心', machineType: '', hallName: '新昌县政务服务中心', phone: '0575-86000000', complaintPhone: '0575-86000001',
    hall: line.url, enrolmentCode: hall.enrolmentCode, data: terminalFolder, pack: inProject('packs', 'xinchang'),
    keys: { keeper: 'file' }, keepClosedDays: 30, backup: null, caretaker: null, selfTest: null, courier: null, phonePages: null, sticks: null, queue: null,
    window: { width: 1080, height: 1920, kiosk: false }, devices: { idCardReader: null, codeScanner: null, documentScanner: null, ticketPrinter: null, documentPrinter: null, board: null, ups: null },
  };
  let serial = 0;
  const transcript: string[] = [];
  const begun = performance.now();

  const world: FaultWorld = {
    folder, terminalFolder, hall, said: [], refused: [],
    terminal: null as unknown as TerminalProcess,
    note(words) {
      transcript.push(`${((performance.now() - begun) / 1000).toFixed(2)} s  ${words}`);
    },
    startTerminal({ ahead = 0, env: more = {} } = {}) {
      world.terminal = startTerminalProcess({
        start: { config, ahead, hurry: HURRY }, log: log('terminal'), env: { ...line.env, ...more },
        heard(word) {
          if (word.said === 'handed-in') world.said.push(word);
          else world.refused.push(word);
          world.note(word.said === 'handed-in' ? `handed in ${word.serial} as ${word.sequence}` : `refused ${word.serial}: ${word.why}`);
        },
      });
      return world.terminal;
    },
    async handIn(count, { bytes = 2000, apart = 0 } = {}) {
      const from = serial + 1;
      serial += count;
      await world.terminal.handIn({ from, count, bytes, apart });
    },
    logged: (name, word) => readFileSync(log(name), 'utf8').split(word).length - 1,
    async enrolled() {
      await until('the enrolment', async () => (await world.terminal.look()).numbers > 0, options.limitMs);
    },
    async drained() {
      await until('everything at the hall', async () => {
        const { enrolled, waiting, files } = await world.terminal.look();
        return enrolled && waiting === 0 && files === 0;
      }, options.limitMs);
      world.note('drained');
    },
    async judge() {
      await world.terminal.close();
      await hall.close();
      const terminal = await judgeTerminal(terminalFolder, MACHINE, world.said);
      const there = await judgeHall(join(folder, 'hall'), databaseUrl === null ? { kind: 'pglite', folder: join(folder, 'hall') } : { kind: 'postgres', url: databaseUrl }, MACHINE, terminal.publicKey);
      judgeArrival(terminal, there);
      judgeLogs(join(folder, 'logs'));
      return { ...terminal, hall: there };
    },
    async close() {
      await world.terminal?.kill();
      await hall.kill();
      await line.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  explain.set(world, () => [`seed ${options.seed} (JINBAN_FAULT_SEED=${options.seed} repeats it)`, ...transcript.slice(-SHOWN_WORDS), ...tails(join(folder, 'logs'))].join('\n'));
  return world;
}

const explain = new WeakMap<FaultWorld, () => string>();

/** Opens a world, lets `story` happen in it, and closes it. A failure says its seed, what happened last, and how the logs end. */
export async function inFaultWorld<Value>(options: FaultWorldOptions, story: (world: FaultWorld) => Promise<Value>): Promise<Value> {
  const world = await openFaultWorld(options);
  try {
    return await Promise.race([story(world), stuckAfter(options.limitMs)]);
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${explain.get(world)?.() ?? ''}`, { cause });
  } finally {
    await world.close();
  }
}

function stuckAfter(limitMs: number): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error(`not over within ${limitMs / 1000} s`)), limitMs).unref());
}

function tails(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.log')).flatMap((name) => [`-- ${name}`, ...readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').slice(-8)]);
}
