import { afterEach } from 'vitest';
import type { PrintProgress } from '../../domain/contracts/devices.ts';
import type { Ticket } from '../../domain/documents/types.ts';
import type { PrintId } from '../../domain/ids.ts';
import { PrintId as PrintIdSchema, ulid } from '../../domain/ids.ts';
import type { TestClock } from '../../test/fixtures/test-clock.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { lineDrawer } from './draw-line.ts';
import type { TicketPrinterEmulator } from './emulator.ts';
import { ticketPrinterEmulator } from './emulator.ts';
import type { Mark } from './emulator-paper.ts';
import type { PrinterModel } from './model.ts';
import { PRINTER_MODELS } from './model.ts';
import { openTicketPrinter } from './service.ts';
import type { TicketPrinter } from './types.ts';

/** A fictional person's slip. */
export const SLIP: Extract<Ticket, { kind: 'hand-in-slip' }> = {
  kind: 'hand-in-slip',
  hall: '嘉禾县政务服务中心',
  site: '石桥镇便民服务中心（自助服务区）',
  item: '食品经营许可（小餐饮、小食杂店）新办',
  number: '330624202600000123',
  provisional: false,
  person: '林**',
  at: '2026-08-01T01:30:00.000Z',
  materials: 5,
  token: 'JB7K-93QX-2MHT-6WPA',
  phone: '0575-8600 1234',
  online: true,
};

/** What is told of a slip that comes out. */
export const PRINTED: PrintProgress[] = [{ kind: 'sent' }, { kind: 'printed' }];

/** The words on a piece of paper. */
export function says(marks: Mark[]): string {
  return marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('\n');
}

export function modelNamed(id: string): PrinterModel {
  const model = PRINTER_MODELS.get(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return model;
}

export function printId(serial: number): PrintId {
  return PrintIdSchema.parse(ulid(1_700_000_000_000, Uint8Array.from({ length: 10 }, (_, index) => (index === 9 ? serial : 0))));
}

/** Fonts are read once for all tests of a file. */
export const drawLine = lineDrawer();

/** Everything is production code but the wire and the clock. */
export type Rig = {
  clock: TestClock;
  emulator: TicketPrinterEmulator;
  printer: TicketPrinter;
  model: PrinterModel;
  /** Lets time go by until the promise has an answer. @throws when it has none after two minutes of test time */
  settled<Value>(promise: Promise<Value>): Promise<Value>;
  /** Prints and collects what is told about it. */
  print(serial: number, ticket?: Ticket, signal?: AbortSignal): Promise<PrintProgress[]>;
  close(): Promise<void>;
};

export function rig(options: { model?: string; baudRate?: number; before?: (emulator: TicketPrinterEmulator) => void } = {}): Rig {
  const model = modelNamed(options.model ?? 'epson-tm-t82iii');
  const clock = testClock();
  const emulator = ticketPrinterEmulator({ model, clock, drawLine, ...(options.baudRate === undefined ? {} : { baudRate: options.baudRate }) });
  options.before?.(emulator);
  const printer = openTicketPrinter({ address: () => emulator.transport(), model, clock, drawLine });

  async function settled<Value>(promise: Promise<Value>): Promise<Value> {
    let done = false;
    const mark = (): void => {
      done = true;
    };
    promise.then(mark, mark);
    for (let step = 0; step < 6000; step += 1) {
      await clock.pass(20);
      if (done) return promise;
    }
    throw new Error('nothing came of it in two minutes');
  }

  return {
    clock,
    emulator,
    printer,
    model,
    settled,
    print: (serial, ticket = SLIP, signal) => collect(printer.print({ print: printId(serial), ticket }, signal)),
    async close() {
      await settled(printer.close());
      emulator.close();
    },
  };
}

/** For a file of tests: starts a rig in a test, which is closed after it and must leave no timer. */
export function rigOfEachTest(): (...options: Parameters<typeof rig>) => Rig {
  let current: Rig | null = null;
  afterEach(async () => {
    const ending = current;
    current = null;
    await ending?.close();
    if (ending !== null) assertNoTimers(ending.clock);
  });
  return (...options) => (current = rig(...options));
}

export async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** What was told on a clock that nobody holds: a loaded machine may lose sight of its printer for a moment, and says so. */
export async function collectInRealTime(progress: AsyncIterable<PrintProgress>): Promise<PrintProgress[]> {
  const seen = (await collect(progress)).filter(({ kind }) => kind !== 'looking');
  return seen.filter(({ kind }, index) => kind !== 'sent' || index === 0);
}
