/**
 * A document printer for tests and the demo: the real `ippeveprinter` behind a wire that can break, with an engine of ours that owns
 * the paper.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { drop } from '../../domain/result.ts';
import { freePort } from '../../wire/free-port.ts';
import { ensureDnsSd, get, startTool } from './emulator-tool.ts';
import type { Tool } from './emulator-tool.ts';
import { openWire } from './emulator-wire.ts';
import type { Cut } from './emulator-wire.ts';
import { openPanel, PANEL } from './emulator-panel.ts';
import { countPages } from '../papers/verify.ts';

export type EmulatorSettings = {
  /** Where the papers come out, as `document-0001.pdf`. Left out: a temporary folder that is removed at `close`. */
  papers?: string;
  /** Left out: any free one. */
  port?: number;
  /** Milliseconds a sheet takes. Left out: 300. */
  sheet?: number;
  /** Whose words the wire speaks; see `emulator-wire.ts`. Left out: the standard's. */
  words?: 'standard' | 'tool';
  /** Prints on both sides of a sheet. Left out: true. */
  duplex?: boolean;
};

export type DocumentPrinterEmulator = {
  /** For `openDocumentPrinter`, through the wire. */
  readonly uri: string;
  /** Straight to the tool, past the wire. */
  readonly toolUri: string;
  paperOut(): Promise<void>;
  paperLow(): Promise<void>;
  refill(): Promise<void>;
  /** The paper ends in the next job after so many of its sheets. */
  paperOutMidJob(sheets?: number): void;
  /** A sheet jams in the running job, or now when none runs. */
  jam(): Promise<void>;
  /** The next job jams after so many of its sheets. */
  jamMidJob(sheets?: number): void;
  clearJam(): Promise<void>;
  openCover(): Promise<void>;
  closeCover(): Promise<void>;
  tonerLow(): Promise<void>;
  tonerEmpty(): Promise<void>;
  tonerFull(): Promise<void>;
  /** The engine gives up on the next job: it ends as aborted. */
  failNext(): void;
  /** Pulls the plug: the tool is killed, connections break, jobs are forgotten. */
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
  cutNextPrintJob(at: Cut): void;
  delay(milliseconds: number): void;
  /** How long a sheet takes from the next one on. */
  pace(milliseconds: number): void;
  /** Paths of the PDFs that came out, in order. A job that ended early leaves `document-0001-1of2.pdf` when one of two sheets came out. */
  papers(): string[];
  /** The tray that each of them was asked from; empty where the job named none. */
  trays(): string[];
  /** The `sides` that each was asked for; empty where the job named none. */
  sides(): string[];
  /** Print-Job requests that reached the tool whole. */
  documents(): number;
  powered(): boolean;
  /** Whether a fault still waits for its job. */
  armed(): boolean;
  close(): Promise<void>;
};

const SHEET = 300;

type Running = { job: number; name: string; socket: Socket };
type Fault = { kind: 'paper-out' | 'jam'; after: number } | { kind: 'fail' };

export async function openDocumentPrinterEmulator(settings: EmulatorSettings = {}): Promise<DocumentPrinterEmulator> {
  await ensureDnsSd();
  const ours = mkdtempSync(join(tmpdir(), 'jinban-printer-'));
  const papersFolder = settings.papers ?? join(ours, 'papers');
  mkdirSync(papersFolder, { recursive: true });
  const port = settings.port ?? (await freePort());
  const toolPort = await freePort();
  const socketPath = join(ours, 'engine');
  let sheet = settings.sheet ?? SHEET;

  const stops = new Set<'paper' | 'jam' | 'cover' | 'toner'>();
  const papers: string[] = [];
  const trays: string[] = [];
  const sides: string[] = [];
  const cancelled = new Set<number>();
  const changed = new Set<() => void>();
  let fault: Fault | null = null;
  let running: Running | null = null;
  let tool: Tool | null = null;

  const wire = openWire({
    port,
    tool: toolPort,
    words: settings.words ?? 'standard',
    stopped: () => stops.size > 0,
    cancelled(job) {
      cancelled.add(job);
      change();
    },
  });
  const panel = openPanel({ port: toolPort, engine: () => running?.socket ?? null, powered: () => tool !== null, event });

  function change(): void {
    for (const wake of changed) wake();
  }

  /** Ends when something changed or the time is over. */
  function event(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, milliseconds);
      function end() {
        clearTimeout(timer);
        changed.delete(end);
        resolve();
      }
      changed.add(end);
    });
  }

  const engines: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).once('line', (line) => {
      const { job, name, file, media, sides: asked } = JSON.parse(line) as { job: number; name: string; file: string; media: string; sides: string };
      const engine = { job, name, socket };
      socket.once('close', change);
      if (name === PANEL) panel.tell(socket);
      else drop(work(engine, file, { tray: /media-source=([\w-]+)/.exec(media)?.[1] ?? '', asked }));
    });
  });

  /** One job: sheet by sheet, stopping where something blocks, ending when it is cancelled. */
  async function work(engine: Running, file: string, { tray, asked }: { tray: string; asked: string }): Promise<void> {
    running = engine;
    const pages = countPages(readFileSync(file));
    const armed = fault;
    fault = null;
    engine.socket.write(`ATTR: job-impressions=${pages}\n`);
    let out = 0;
    while (out < pages && !cancelled.has(engine.job) && !engine.socket.destroyed) {
      if (armed?.kind === 'fail') break;
      if (armed?.kind === 'paper-out' && armed.after === out && !stops.has('paper')) await loadPaper(0);
      if (armed?.kind === 'jam' && armed.after === out && !stops.has('jam')) await reason('jam', 'media-jam', true);
      if (stops.size > 0) {
        if (armed !== null && 'after' in armed) armed.after = -1;
        await event(SHEET);
        continue;
      }
      const due = performance.now() + sheet;
      while (performance.now() < due && stops.size === 0 && !cancelled.has(engine.job) && !engine.socket.destroyed) await event(due - performance.now());
      if (stops.size > 0 || cancelled.has(engine.job) || engine.socket.destroyed) continue;
      out += 1;
      engine.socket.write(`ATTR: job-impressions-completed=${out}\n`);
    }
    if (out > 0) {
      keep(file, out, pages);
      trays.push(tray);
      sides.push(asked);
    }
    running = null;
    // The tool forgets a cancel that comes while it begins a job, and would call it completed.
    if (!engine.socket.destroyed) engine.socket.end(`exit ${out < pages ? 1 : 0}\n`);
  }

  function keep(file: string, out: number, pages: number): void {
    const part = out === pages ? '' : `-${out}of${pages}`;
    const path = join(papersFolder, `document-${String(papers.length + 1).padStart(4, '0')}${part}.pdf`);
    copyFileSync(file, path);
    papers.push(path);
  }

  /** The wire says "stopped" for as long as the tool has a reason for it, never without one. */
  async function tell(stop: 'paper' | 'jam' | 'cover' | 'toner', on: boolean, words: () => Promise<unknown>): Promise<void> {
    if (!on) stops.delete(stop);
    await words();
    if (on) stops.add(stop);
    change();
  }

  function reason(stop: 'jam' | 'cover', keyword: string, on: boolean): Promise<void> {
    return tell(stop, on, () => panel.say(keyword, on));
  }

  /** The tool's own form: one tray with A4, and a by-pass tray without a level of its own. */
  function loadPaper(sheets: number): Promise<void> {
    return tell('paper', sheets === 0, () => get(toolPort, `/media?size1=iso_a4_210x297mm&type1=stationery&level1=${sheets}&size3=&type3=&level3=-2`));
  }

  function loadToner(level: number): Promise<void> {
    return tell('toner', level === 0, () => get(toolPort, `/supplies?supply0=25&supply1=${level}`));
  }

  async function powerOn(): Promise<void> {
    if (tool !== null) return;
    tool = await startTool({ port: toolPort, folder: ours, socket: socketPath, duplex: settings.duplex ?? true });
    // Paper, toner and faults are facts of the machine: they outlive the power.
    await loadPaper(stops.has('paper') ? 0 : 250);
    if (stops.has('toner')) await loadToner(0);
    if (!stops.has('paper')) {
      if (stops.has('jam')) await panel.say('media-jam', true);
      if (stops.has('cover')) await panel.say('cover-open', true);
    }
    await wire.listen();
  }

  async function powerOff(): Promise<void> {
    await wire.unplug();
    running?.socket.destroy();
    running = null;
    cancelled.clear();
    await tool?.stop();
    tool = null;
    change();
  }

  await new Promise<void>((resolve) => engines.listen(socketPath, resolve));
  await powerOn();

  return {
    uri: `ipp://127.0.0.1:${port}/ipp/print`,
    toolUri: panel.uri,
    paperOut: () => loadPaper(0),
    paperLow: () => loadPaper(5),
    refill: () => loadPaper(250),
    paperOutMidJob(sheets = 0) {
      fault = { kind: 'paper-out', after: sheets };
    },
    jam: () => reason('jam', 'media-jam', true),
    jamMidJob(sheets = 0) {
      fault = { kind: 'jam', after: sheets };
    },
    clearJam: () => reason('jam', 'media-jam', false),
    openCover: () => reason('cover', 'cover-open', true),
    closeCover: () => reason('cover', 'cover-open', false),
    tonerLow: () => loadToner(5),
    tonerEmpty: () => loadToner(0),
    tonerFull: () => loadToner(100),
    failNext() {
      fault = { kind: 'fail' };
    },
    powerOff,
    powerOn,
    cutNextPrintJob: wire.cutNextPrintJob,
    delay: wire.delay,
    pace(milliseconds) {
      sheet = milliseconds;
    },
    papers: () => [...papers],
    trays: () => [...trays],
    sides: () => [...sides],
    documents: wire.documents,
    powered: () => tool !== null,
    armed: () => fault !== null,
    async close() {
      await powerOff();
      panel.close();
      await new Promise<void>((resolve) => engines.close(() => resolve()));
      rmSync(ours, { recursive: true, force: true });
    },
  };
}
