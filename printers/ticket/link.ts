import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Transport } from '../../wire/types.ts';
import type { AutoStatusItems, Command } from './codec.ts';
import { encode } from './codec.ts';
import type { DriverFailure, TicketDriver } from './driver.ts';
import { ticketDriver } from './driver.ts';
import type { PrinterModel } from './model.ts';
import { TEAR_OFF_LINES } from './model.ts';
import type { RawStatus } from './replies.ts';
import { deviceStatus } from './replies.ts';

/**
 * What an earlier job may have left behind. `data`: unprinted bytes in the printer, which it would print as soon as it gets
 * paper. `paper`: a piece of a ticket that hangs in the printer and would come out in one piece with the next citizen's. Both go as soon as the printer
 * can work again, by the next look at it: nobody has to want a slip first.
 */
type Leftover = { data: boolean; paper: boolean };

/** How long the cut that frees a leftover may take: feeding 15 mm and one cut, with a slow printer in mind. */
const CUT_LIMIT = 5000;
/** A printer that could not be cleared may still answer for old data; after this long without an answer the last one was ours. */
const QUIET = 1000;

/** All that a citizen or a caretaker could notice; nobody has a drawer here. */
const WATCHED: AutoStatusItems = { drawer: false, online: true, error: true, paper: true };
/** Stands before a job: what the printer says by itself while it prints must not be taken for the job's report when a byte of it is damaged. */
export const AUTO_STATUS_OFF: Command = { type: 'auto-status', value: { drawer: false, online: false, error: false, paper: false } };

/** The connection to one printer: opens it when it is needed, drops it when it fails, and never lets an old job's rest out. */
export type PrinterLink = {
  /** Opens the wire if needed, gets rid of leftovers, asks for the state. `driver` may be used until the next call. */
  ready(signal: AbortSignal): Promise<{ status: DeviceStatus; bits: RawStatus | null; driver: TicketDriver | null }>;
  /** The printer says nothing by itself any more, be it that a job was sent that began with `AUTO_STATUS_OFF`: the next `ready` tells it to again. */
  silenced(): void;
  /** After a job that failed half-way: drops what it left in the printer, now if possible, otherwise before anything else. */
  spoiled(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/** @param options.onAutoStatus told what the printer says by itself */
export function printerLink(options: { connect: () => Transport; model: PrinterModel; clock: Clock; onGone: () => void; onAutoStatus: (bits: RawStatus) => void }): PrinterLink {
  const { connect, model, clock, onGone, onAutoStatus } = options;
  /** The printer was told on this connection to say its changes. */
  let watched = false;
  let open: { transport: Transport; driver: TicketDriver } | null = null;
  // Nobody knows what an earlier life of this process left in the printer: a blank piece at every start is cheaper than one slip on another's paper.
  let leftover: Leftover = { data: true, paper: true };

  async function driver(): Promise<Result<TicketDriver, DriverFailure>> {
    if (open !== null) return ok(open.driver);
    const transport = connect();
    const opened = await transport.open();
    if (!opened.ok) {
      await transport.close();
      return opened;
    }
    const made = { transport, driver: ticketDriver({ transport, clock, onAutoStatus }) };
    open = made;
    watched = false;
    transport.onGone((failure) => {
      if (failure.kind === 'closed' || open !== made) return;
      open = null;
      onGone();
    });
    return ok(made.driver);
  }

  async function disconnect(): Promise<void> {
    const { transport } = open ?? {};
    open = null;
    await transport?.close();
  }

  /** Fails with `buffer-not-cleared` when the printer is alive and yet does not confirm that it dropped its data. */
  async function dropData(from: TicketDriver, signal: AbortSignal): Promise<Result<null, DriverFailure | { kind: 'buffer-not-cleared' }>> {
    if (leftover.data && model.clearBuffer) {
      const cleared = await from.clearBuffer({ signal });
      if (!cleared.ok && cleared.error.kind === 'no-answer') {
        const alive = await from.status({ signal });
        return alive.ok ? err({ kind: 'buffer-not-cleared' }) : alive;
      }
      if (!cleared.ok) return cleared;
      watched = false;
    }
    leftover.data = false;
    return ok(null);
  }

  async function cutOff(from: TicketDriver, signal: AbortSignal): Promise<Result<null, DriverFailure>> {
    const cut: Command = model.cutter === 'none' ? { type: 'feed', value: TEAR_OFF_LINES } : { type: 'feed-and-cut', value: model.cutter };
    from.forgetReports();
    leftover.data = true;
    const sent = await from.send({ bytes: encode([...(model.autoStatus ? [AUTO_STATUS_OFF] : []), { type: 'initialise' }, cut, { type: 'report-paper' }]) });
    watched = false;
    if (!sent.ok) return sent;
    // One that cannot report has obeyed as far as anybody can know.
    if (!model.queuedStatus) {
      leftover = { data: false, paper: false };
      return ok(null);
    }
    const done = await from.paperReport({ within: CUT_LIMIT, signal });
    if (!done.ok) return done;
    while (!model.clearBuffer) {
      const older = await from.paperReport({ within: QUIET, signal });
      if (!older.ok && older.error.kind === 'no-answer') break;
      if (!older.ok) return older;
    }
    leftover = { data: false, paper: false };
    return ok(null);
  }

  async function failed(failure: { kind: string }): Promise<Awaited<ReturnType<PrinterLink['ready']>>> {
    await disconnect();
    return { status: { kind: 'offline', reason: failure.kind }, bits: null, driver: null };
  }

  return {
    async ready(signal) {
      const opened = await driver();
      if (!opened.ok) return failed(opened.error);
      const dropped = await dropData(opened.value, signal);
      if (!dropped.ok && dropped.error.kind === 'buffer-not-cleared') return { status: { kind: 'blocked', reason: dropped.error.kind }, bits: null, driver: null };
      if (!dropped.ok) return failed(dropped.error);
      const asked = await opened.value.status({ signal });
      if (!asked.ok) return failed(asked.error);
      const status = deviceStatus(asked.value);
      if (status.kind === 'online' && leftover.paper) {
        const cut = await cutOff(opened.value, signal);
        if (!cut.ok) return failed(cut.error);
      }
      // Only a printer that works obeys at once: in the buffer of another the command would wait, and be more with every poll.
      if (status.kind === 'online' && model.autoStatus && !watched) {
        const told = await opened.value.send({ bytes: encode([{ type: 'auto-status', value: WATCHED }]) });
        if (!told.ok) return failed(told.error);
        watched = true;
      }
      return { status, bits: asked.value, driver: opened.value };
    },
    silenced() {
      watched = false;
    },
    async spoiled(signal) {
      leftover = { data: true, paper: true };
      const dropped = open === null ? null : await dropData(open.driver, signal);
      if (dropped !== null && !dropped.ok && dropped.error.kind !== 'buffer-not-cleared') await disconnect();
    },
    close: disconnect,
  };
}
