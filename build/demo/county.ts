import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { BlankStock, TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { MachineId } from '../../domain/ids.ts';
import { type Line, startLine } from '../../test/rigs/line.ts';
import { inProject } from '../paths.ts';
import { type Child, fileThere, goesFirst, startChild, until } from './child.ts';
import { control } from './control.ts';

export type DeviceName = 'id-card-reader' | 'code-scanner' | 'ticket-printer' | 'document-printer';

/**
 * A county small enough for one machine: a hall, the line to it, and the devices of one terminal as emulators at the wire. Everything
 * in it is the real program; only the hardware is played.
 */
export type County = {
  folder: string;
  hallUrl: string;
  line: Line;
  /** `terminal.yaml` for the terminal at the near end of the line. */
  config: string;
  /** Says a verb to an emulator; throws when it refuses. */
  device(name: DeviceName, verb: string): Promise<string>;
  /** Folders where the papers come out. */
  tickets: string;
  documents: string;
  killHall(): Promise<void>;
  startHall(): Promise<void>;
  stop(): Promise<void>;
};

const Ready = z.object({ url: z.url(), enrolmentCode: z.string() });
const NODE = inProject('node_modules', 'node', 'bin', 'node');

/** @param options.blanks numbered blanks in the document printer's trays: `auto`, `main`, `manual`, `by-pass-tray` @param options.scanner one that somebody else plays */
export async function startCounty(options: { folder: string; size: { width: number; height: number }; blanks?: readonly BlankStock[]; scanner?: NonNullable<TerminalConfig['devices']['documentScanner']>; hallPort?: number; databaseUrl?: string; kiosk?: boolean }): Promise<County> {
  const { folder } = options;
  const path = (...parts: string[]) => join(folder, ...parts);
  for (const name of ['hall', 'terminal', 'tickets', 'documents', 'logs']) mkdirSync(path(name), { recursive: true });
  const children = new Map<string, Child>();
  const start = (name: string, args: readonly string[], env?: NodeJS.ProcessEnv) => {
    const child = startChild(NODE, ['--disable-warning=ExperimentalWarning', ...args], { log: path('logs', `${name}.log`), ...(env === undefined ? {} : { env }) });
    children.set(name, child);
    return child;
  };
  /** A real device answers whatever else this machine does. */
  const plug = (name: DeviceName, args: readonly string[]) => {
    const child = start(name, args);
    goesFirst(child);
    return child;
  };

  let port = options.hallPort ?? 0;
  async function startHall(): Promise<z.infer<typeof Ready>> {
    const ready = path('hall', `ready-${Date.now()}.json`);
    const env = { ...process.env, ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }) };
    const child = start('hall', [inProject('hall', 'main.ts'), '--port', String(port), '--data', path('hall'), '--packs', inProject('packs'), '--demo', '--ready-file', ready], env);
    return until('the hall', () => readReady(ready), 60_000, child);
  }
  const sockets: Record<DeviceName, string> = { 'id-card-reader': path('reader.sock'), 'code-scanner': path('scanner.sock'), 'ticket-printer': path('ticket.sock'), 'document-printer': path('document.sock') };
  const reader = plug('id-card-reader', [inProject('devices', 'id-card-reader', 'emulator-cli.ts'), '--link', path('reader.tty'), '--control', sockets['id-card-reader']]);
  const scanner = plug('code-scanner', [inProject('devices', 'code-scanner', 'emulator-cli.ts'), '--link', path('scanner.tty'), '--control', sockets['code-scanner']]);
  const ticket = plug('ticket-printer', [inProject('printers', 'ticket', 'emulator-cli.ts'), '--link', path('ticket.tty'), '--control', sockets['ticket-printer'], '--out', path('tickets')]);
  const paper = plug('document-printer', [inProject('printers', 'document', 'emulator-cli.ts'), '--control', sockets['document-printer'], '--out', path('documents')]);
  const hall = await startHall();
  // The hall keeps its port over a restart, as a real one does.
  port = Number(new URL(hall.url).port);
  const line = await startLine({ host: '127.0.0.1', port });
  await until('the ID card reader', fileThere(sockets['id-card-reader']), 20_000, reader);
  await until('the code scanner', fileThere(sockets['code-scanner']), 20_000, scanner);
  await until('the ticket printer', fileThere(sockets['ticket-printer']), 20_000, ticket);
  await until('the document printer', fileThere(sockets['document-printer']), 30_000, paper);

  const device = async (name: DeviceName, verb: string): Promise<string> => {
    const answer = await control(sockets[name], verb);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.kind === 'refused' ? answer.error.words : 'does not answer'}`);
    return answer.value;
  };
  const printer = z.object({ uri: z.string() }).parse(JSON.parse(await device('document-printer', 'status')));

  const config: TerminalConfig = {
    machine: MachineId.parse('T330624-0001'), site: '新昌县沃洲镇便民服务中心', machineType: '', hallName: '新昌县政务服务中心', phone: '0575-86000000', complaintPhone: '0575-86000001',
    hall: `http://127.0.0.1:${line.port}`, enrolmentCode: hall.enrolmentCode, data: path('terminal'), pack: inProject('packs', 'xinchang'),
    keys: { keeper: 'file' }, keepClosedDays: 30, backup: null,
    window: { ...options.size, kiosk: options.kiosk ?? false },
    devices: {
      idCardReader: { wire: { kind: 'serial', path: path('reader.tty'), baudRate: 115200 } },
      codeScanner: { wire: { kind: 'serial', path: path('scanner.tty'), baudRate: 9600 } },
      documentScanner: options.scanner ?? null,
      board: null,
      ups: null,
      ticketPrinter: { wire: { kind: 'serial', path: path('ticket.tty'), baudRate: 115200 }, model: 'epson-tm-t82iii' },
      documentPrinter: { uri: printer.uri, blanks: [...(options.blanks ?? [])] },
    },
    caretaker: null, selfTest: null, courier: null, phonePages: null, sticks: null, queue: null,
  };
  writeFileSync(path('terminal.yaml'), stringify(config));

  return {
    folder,
    hallUrl: hall.url,
    line,
    config: path('terminal.yaml'),
    device,
    tickets: path('tickets'),
    documents: path('documents'),
    killHall: async () => children.get('hall')?.kill('SIGKILL'),
    async startHall() {
      await startHall();
    },
    async stop() {
      await line.close();
      await Promise.all([...children.values()].map((child) => child.kill()));
    },
  };
}

function readReady(file: string): z.infer<typeof Ready> | null {
  try {
    return Ready.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
