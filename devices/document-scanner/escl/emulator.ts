/** A scanner that speaks eSCL over HTTP, for tests and the demo: a glass, a feeder, and what goes wrong with them in a hall. */
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ScanColour } from '../../../domain/contracts/document-scanner.ts';
import { drop } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import { pause } from '../../../wire/clock.ts';
import type { EsclCapabilities, EsclStatus, InputCaps, ScanSettings } from './codec.ts';
import { decodeScanSettings, encodeCapabilities, encodeStatus } from './codec.ts';

/** One side of a sheet as the scanner sees it: a JPEG of A4 at its resolution. */
export type Side = (dpi: number, colour: ScanColour) => Promise<Uint8Array>;
export type Sheet = { front: Side; back: Side };
/** What the next answer of a kind becomes: bytes that mean nothing, half of itself, half of itself and then a broken connection. */
export type Damage = 'garbage' | 'truncated' | 'dropped';
export type Answer = 'capabilities' | 'status' | 'job' | 'page';
export type Request = { method: string; path: string; body: string };

export type EsclEmulator = {
  readonly url: string;
  load(sheets: readonly Sheet[]): void;
  empty(): void;
  /** Lays a page on the glass. */
  place(side: Side): void;
  /** Jams when this many more pages have come out of the feeder. */
  jam(after: number): void;
  /** Feeds two sheets as one after this many more pages. */
  doubleFeed(after: number): void;
  /** Takes out what hinders the feeder: jammed or doubled sheets, which are gone. */
  clear(): void;
  openCover(): void;
  closeCover(): void;
  /** Milliseconds before every page. */
  slow(milliseconds: number): void;
  /** Somebody else has it, or has let go of it. */
  busy(on: boolean): void;
  /** Somebody presses "stop" at the panel. */
  cancelAtPanel(): void;
  damageNext(answer: Answer, damage: Damage): void;
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
  /** What it was asked, in order. */
  requests(): Request[];
  /** Jobs that still have the scanner. */
  running(): number;
  sheets(): number;
  powered(): boolean;
  close(): Promise<void>;
};

type JobState = 'Processing' | 'Completed' | 'Canceled' | 'Aborted';
type Job = { path: string; settings: ScanSettings; state: JobState; given: number; back: Side | null };
type Reply = { status: number; type: string; body: Uint8Array; headers?: Record<string, string> };

const XML = 'text/xml';
const INPUT: InputCaps = { maxWidth: 2550, maxHeight: 4200, colourModes: ['Grayscale8', 'RGB24'], formats: ['image/jpeg', 'application/pdf'], resolutions: [100, 150, 200, 300, 600] };
export const EMULATED: EsclCapabilities = { version: '2.63', makeAndModel: 'Jinban Emulator', platen: { ...INPUT, maxHeight: 3508 }, simplex: INPUT, duplex: INPUT };

/** @param options.port any free one when left out @param options.capabilities what it has */
export async function openEsclEmulator(options: { clock: Clock; blank: Side; port?: number; capabilities?: EsclCapabilities }): Promise<EsclEmulator> {
  const { clock, blank, capabilities = EMULATED } = options;
  const asked: Request[] = [];
  const sockets = new Set<Socket>();
  const damages = new Map<Answer, Damage>();
  const jobs: Job[] = [];
  let feeder: Sheet[] = [];
  let glass: Side = blank;
  let fault: { kind: 'ScannerAdfJam' | 'ScannerAdfMultipickDetected'; after: number } | null = null;
  let stuck: string | null = null;
  let coverOpen = false;
  let taken = false;
  let wait = 0;
  let port = options.port ?? 0;
  let count = 0;
  let server: http.Server | null = null;

  const running = () => jobs.filter(({ state }) => state === 'Processing');
  const hindrance = () => (coverOpen ? 'ScannerAdfHatchOpen' : stuck);

  function status(): EsclStatus {
    const state = hindrance() !== null ? 'Stopped' : taken || running().length > 0 ? 'Processing' : 'Idle';
    const adfState = capabilities.simplex === null ? null : (hindrance() ?? (feeder.length > 0 ? 'ScannerAdfLoaded' : 'ScannerAdfEmpty'));
    return { version: capabilities.version, state, adfState, jobs: jobs.map(({ path, state: ended, given }) => ({ uri: path, state: ended, imagesCompleted: given })) };
  }

  function createJob(body: Buffer): Reply {
    const settings = decodeScanSettings(body);
    if (!settings.ok) return says(400);
    if (taken || running().length > 0) return { ...says(503), headers: { 'Retry-After': '1' } };
    const fed = settings.value.source === 'Feeder';
    if (fed && (hindrance() !== null || feeder.length === 0)) return says(409);
    count += 1;
    const job: Job = { path: `/eSCL/ScanJobs/${count}`, settings: settings.value, state: 'Processing', given: 0, back: null };
    jobs.unshift(job);
    // What real scanners name here may be a host that only they know.
    return { ...says(201), headers: { Location: `http://scanner.invalid${job.path}` } };
  }

  /** The next side of a job, or how it ends. */
  async function nextPage(job: Job): Promise<Reply> {
    if (wait > 0) await pause(clock, wait);
    const fed = job.settings.source === 'Feeder';
    if (job.state === 'Processing' && fed && hindrance() === null && fault !== null && fault.after === 0) {
      stuck = fault.kind;
      fault = null;
      if (stuck === 'ScannerAdfMultipickDetected') {
        const [first] = feeder.splice(0, 2);
        if (first !== undefined) return give(job, first.front, 'Aborted');
      } else feeder.shift();
    }
    if (job.state === 'Processing' && fed && hindrance() !== null) job.state = 'Aborted';
    if (job.state === 'Canceled' || job.state === 'Aborted') return says(410);
    if (job.state === 'Completed') return says(404);
    if (!fed) return give(job, glass, 'Completed');
    const { back } = job;
    if (back !== null) {
      job.back = null;
      return give(job, back, 'Processing');
    }
    const sheet = feeder.shift();
    if (sheet === undefined) {
      job.state = 'Completed';
      return says(404);
    }
    if (job.settings.duplex) job.back = sheet.back;
    return give(job, sheet.front, 'Processing');
  }

  async function give(job: Job, side: Side, state: JobState): Promise<Reply> {
    const { resolution, colourMode } = job.settings;
    job.given += 1;
    job.state = state;
    if (fault !== null) fault.after -= 1;
    return { status: 200, type: 'image/jpeg', body: await side(resolution, colourMode === 'RGB24' ? 'colour' : 'grey') };
  }

  function answerTo(method: string, path: string, body: Buffer): { answer: Answer | null; reply: Reply | Promise<Reply> } {
    if (method === 'GET' && path === '/eSCL/ScannerCapabilities') return { answer: 'capabilities', reply: { status: 200, type: XML, body: encodeCapabilities(capabilities) } };
    if (method === 'GET' && path === '/eSCL/ScannerStatus') return { answer: 'status', reply: { status: 200, type: XML, body: encodeStatus(status()) } };
    if (method === 'POST' && path === '/eSCL/ScanJobs') return { answer: 'job', reply: createJob(body) };
    const job = jobs.find((known) => path === known.path || path === `${known.path}/NextDocument`);
    if (job === undefined) return { answer: null, reply: says(404) };
    if (method === 'GET' && path !== job.path) return { answer: 'page', reply: nextPage(job) };
    if (method !== 'DELETE' || path !== job.path) return { answer: null, reply: says(405) };
    if (job.state === 'Processing') job.state = 'Canceled';
    return { answer: null, reply: says(200) };
  }

  async function serve(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const [method, path, body] = [incoming.method ?? '', incoming.url ?? '', Buffer.concat(chunks)];
    asked.push({ method, path, body: body.toString() });
    const { answer, reply: coming } = answerTo(method, path, body);
    const damage = answer === null ? undefined : damages.get(answer);
    if (answer !== null) damages.delete(answer);
    const reply = await coming;
    if (damage === 'garbage') reply.body = Buffer.from('\u0000<<%&<!DOCTYPE x [');
    if (damage === 'garbage') delete reply.headers;
    if (damage === 'truncated') reply.body = reply.body.subarray(0, Math.floor(reply.body.length / 2));
    outgoing.writeHead(reply.status, { ...reply.headers, 'Content-Type': reply.type, 'Content-Length': reply.body.length });
    if (damage !== 'dropped') outgoing.end(reply.body);
    else outgoing.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => incoming.socket.destroy());
  }

  async function powerOn(): Promise<void> {
    if (server !== null) return;
    // A connection that breaks while it is read is not the emulator's fault.
    const mine = http.createServer((incoming, outgoing) => drop(serve(incoming, outgoing).catch(() => incoming.socket.destroy())));
    mine.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    server = mine;
    await new Promise<void>((resolve, reject) => {
      mine.once('error', reject);
      mine.listen(port, '127.0.0.1', resolve);
    });
    port = (mine.address() as AddressInfo).port;
  }

  async function powerOff(): Promise<void> {
    const mine = server;
    server = null;
    jobs.length = 0;
    if (mine === null) return;
    const gone = new Promise<void>((resolve) => mine.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await gone;
  }

  await powerOn();
  return {
    url: `http://127.0.0.1:${port}/eSCL`,
    load: (sheets) => void feeder.push(...sheets),
    empty: () => void (feeder = []),
    place: (side) => void (glass = side),
    jam: (after) => void (fault = { kind: 'ScannerAdfJam', after }),
    doubleFeed: (after) => void (fault = { kind: 'ScannerAdfMultipickDetected', after }),
    clear: () => void (stuck = null),
    openCover: () => void (coverOpen = true),
    closeCover: () => void (coverOpen = false),
    slow: (milliseconds) => void (wait = milliseconds),
    busy: (on) => void (taken = on),
    cancelAtPanel() {
      for (const job of running()) job.state = 'Canceled';
    },
    damageNext: (answer, damage) => void damages.set(answer, damage),
    powerOff,
    powerOn,
    requests: () => [...asked],
    running: () => running().length,
    sheets: () => feeder.length,
    powered: () => server !== null,
    close: powerOff,
  };
}

function says(status: number): Reply {
  return { status, type: 'text/plain', body: new Uint8Array() };
}
