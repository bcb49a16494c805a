import { drop, err, never, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { wireEvents } from '../../wire/events.ts';
import type { Pacer } from '../../wire/pacing.ts';
import { pace } from '../../wire/pacing.ts';
import type { Transport } from '../../wire/types.ts';
import type { AutoStatusItems, Command } from './codec.ts';
import type { DrawLine } from './draw-line.ts';
import { lineDrawer } from './draw-line.ts';
import { mechanism } from './emulator-mechanism.ts';
import type { Mark, Strip } from './emulator-paper.ts';
import { paperPng } from './emulator-paper.ts';
import { realTimeFilter } from './emulator-real-time.ts';
import type { PrinterModel } from './model.ts';
import { encodeAutoStatus, encodeCleared, encodePaperReport, encodeStatus } from './replies.ts';

/** Replies leave a little after their request, as over a real line, in milliseconds. */
const REPLY_DELAY = 2;
/** Paper speed of this class of printers, in millimetres a second. */
const SPEED = 150;
/** Receive buffer of the Epson TM family with the switch at "large". */
const BUFFER_BYTES = 65_536;

const NOTHING: AutoStatusItems = { drawer: false, online: false, error: false, paper: false };

/**
 * A ticket printer at the end of a wire. It holds data while it cannot print and prints it as soon as it can again, whoever
 * stands before it by then: the behaviour that a driver must defend against (Epson, "off-line", "recovery from paper end").
 * Commands that it does not know throw.
 */
export type TicketPrinterEmulator = {
  /** What the host wrote, at the speed of the line. */
  receive(chunk: Uint8Array): void;
  /** What the printer answers; the answer stops it. */
  onReply(take: (chunk: Uint8Array) => void): () => void;
  /** An in-process wire to this printer, as often as wanted; it is one plug, so use one at a time. */
  transport(): Transport;

  paperLow(): void;
  paperOut(): void;
  /** The paper ends after this many more printed lines or pictures. */
  paperOutAfter(lines: number): void;
  /** A new roll. What hung in the printer was torn off with the old one. */
  refill(): void;
  openCover(): void;
  closeCover(): void;
  cutterError(): void;
  /** The paper does not move any more. */
  jam(): void;
  /** Of the cutter and of a jam. What hangs in the printer stays. */
  clearError(): void;
  /** Everything in its memory is lost; paper stays where it is. */
  powerOff(): void;
  powerOn(): void;
  /** The plug is pulled: the wire is gone, the printer keeps its power and its data. */
  unplug(): void;
  plug(): void;
  /** Boards that never answer, or stop to. */
  silentStatus(silent: boolean): void;
  /** Answers come this many milliseconds late. */
  delayReplies(milliseconds: number): void;
  /** The highest bit of the next reply is turned over, as noise on a serial line does. */
  corruptNextReply(): void;
  /** Ends its timers; for tidying up. */
  close(): void;

  /** One PNG for each piece of paper that was cut and says something, oldest first. */
  papers(): Uint8Array[];
  /** What each cut piece says. */
  cut(): Mark[][];
  /** What is printed on the piece that still hangs in the printer. */
  hanging(): Mark[];
  counts(): { lines: number; cuts: number; blanks: number; cleared: number; statusRequests: number; waitingBytes: number; lostBytes: number };
};

export function ticketPrinterEmulator(options: {
  model: PrinterModel;
  clock: Clock;
  /** Bits a second of the line; left out, bytes arrive at once. */
  baudRate?: number;
  bufferBytes?: number;
  drawLine?: DrawLine;
  /** Told of every piece that says something. */
  onPaper?: (png: Uint8Array) => void;
}): TicketPrinterEmulator {
  const { model, clock, baudRate, bufferBytes = BUFFER_BYTES, drawLine = lineDrawer(), onPaper } = options;
  const state = { power: true, plugged: true, silent: false, cover: false, cutter: false, jam: false, paper: 'full' as 'full' | 'low' | 'out' };
  const takers = new Set<(chunk: Uint8Array) => void>();
  const wires = new Set<ReturnType<typeof wireEvents>>();
  let filter = realTimeFilter();
  let delay = REPLY_DELAY;
  let corrupt = false;
  let cleared = 0;
  let statusRequests = 0;
  let watched = NOTHING;
  let said = '';
  const timers = new Set<() => void>();
  const machine = mechanism({
    model,
    clock,
    drawLine,
    speed: SPEED,
    bufferBytes,
    mayWork: () => state.power && !stopped(),
    onReport: () => {
      if (model.queuedStatus) reply(Uint8Array.of(encodePaperReport({ nearEnd: state.paper !== 'full', end: state.paper === 'out' })));
    },
    onAutoStatus(items) {
      watched = model.autoStatus ? items : NOTHING;
      if (Object.values(watched).includes(true)) sayStatus();
    },
    onPaperEnd() {
      state.paper = 'out';
      sayChange();
    },
    onCut: (strip: Strip) => onPaper?.(paperPng(strip, model)),
  });
  const line: Pacer | null = baudRate === undefined ? null : pace({ baudRate, clock, send: arrive });

  function stopped(): boolean {
    return state.cover || state.cutter || state.jam || state.paper === 'out';
  }

  function reply(bytes: Uint8Array): void {
    if (state.silent) return;
    const sent = bytes.map((byte, index) => (corrupt && index === 0 ? byte ^ 0x80 : byte));
    corrupt = false;
    const stop = clock.after(delay, () => {
      timers.delete(stop);
      if (state.power && state.plugged) for (const take of [...takers]) take(sent);
    });
    timers.add(stop);
  }

  function arrive(chunk: Uint8Array): void {
    if (!state.power) return;
    for (const part of filter(chunk)) {
      if (part.kind === 'bytes') machine.take(part.bytes);
      else obey(part.command);
    }
  }

  function obey(command: Extract<Command, { type: 'report-now' | 'clear-buffer' }>): void {
    switch (command.type) {
      case 'report-now':
        statusRequests += 1;
        if (model.realTimeStatus) reply(Uint8Array.of(realTimeStatus()[command.value - 1] ?? 0));
        return;
      case 'clear-buffer':
        // Firmware without the function passes over it in silence.
        if (!model.clearBuffer) return;
        cleared += 1;
        machine.clear();
        return reply(encodeCleared());
      default:
        return never(command);
    }
  }

  function realTimeStatus(): [number, number, number, number] {
    const end = state.paper === 'out';
    return encodeStatus({
      printer: { drawerPinHigh: false, offline: stopped(), waitingForRecovery: false, feedButtonPressed: false },
      offline: { coverOpen: state.cover, feedingByButton: false, stoppedByPaperEnd: end, error: state.cutter || state.jam },
      error: { mechanical: state.jam, autocutter: state.cutter, unrecoverable: false, recoversByItself: false },
      paper: { nearEnd: state.paper !== 'full', end },
    });
  }

  function autoStatus(): Uint8Array {
    const end = state.paper === 'out';
    return Uint8Array.from(
      encodeAutoStatus({
        printer: { drawerPinHigh: false, offline: stopped(), coverOpen: state.cover, feedingByButton: false },
        error: { waitingForRecovery: false, feedButtonPressed: false, mechanical: state.jam, autocutter: state.cutter, unrecoverable: false, recoversByItself: false },
        paper: { nearEnd: state.paper !== 'full', end },
      }),
    );
  }

  /** Every item that changes comes with the whole state. */
  function watchedState(): string {
    return JSON.stringify([watched.online && [stopped(), state.cover], watched.error && [state.cutter, state.jam], watched.paper && state.paper]);
  }

  function sayStatus(): void {
    said = watchedState();
    reply(autoStatus());
  }

  function sayChange(): void {
    if (Object.values(watched).includes(true) && watchedState() !== said) sayStatus();
  }

  function change(next: Partial<typeof state>): void {
    Object.assign(state, next);
    sayChange();
    machine.go();
  }

  function transport(): Transport {
    const events = wireEvents();
    let stopReplies: () => void = () => {};
    return {
      async open() {
        if (!state.plugged) {
          events.gone({ kind: 'unplugged' });
          return err({ kind: 'unplugged' });
        }
        wires.add(events);
        takers.add(events.bytes);
        stopReplies = () => takers.delete(events.bytes);
        return ok(null);
      },
      async send(bytes) {
        if (events.end !== null) return err(events.end);
        if (line === null) arrive(bytes);
        else await line.send(bytes);
        return events.end === null ? ok(null) : err(events.end);
      },
      onBytes: events.onBytes,
      onGone: events.onGone,
      async close() {
        stopReplies();
        wires.delete(events);
        events.gone({ kind: 'closed' });
      },
    };
  }

  return {
    receive(chunk) {
      if (line === null) arrive(chunk);
      else drop(line.send(chunk));
    },
    onReply(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
    transport,
    paperLow: () => change({ paper: 'low' }),
    paperOut: () => change({ paper: 'out' }),
    paperOutAfter: (lines) => machine.endAfter(lines),
    refill() {
      machine.tear();
      machine.endAfter(null);
      change({ paper: 'full' });
    },
    openCover: () => change({ cover: true }),
    closeCover: () => change({ cover: false }),
    cutterError: () => change({ cutter: true }),
    jam: () => change({ jam: true }),
    clearError: () => change({ cutter: false, jam: false }),
    powerOff() {
      watched = NOTHING;
      change({ power: false });
      machine.reset();
      filter = realTimeFilter();
    },
    powerOn: () => change({ power: true }),
    unplug() {
      change({ plugged: false });
      takers.clear();
      for (const events of [...wires]) events.gone({ kind: 'unplugged' });
      wires.clear();
    },
    plug: () => change({ plugged: true }),
    silentStatus: (silent) => change({ silent }),
    delayReplies(milliseconds) {
      delay = milliseconds;
    },
    corruptNextReply() {
      corrupt = true;
    },
    close() {
      line?.stop();
      machine.reset();
      for (const stop of timers) stop();
      timers.clear();
    },
    papers: () => machine.cut.map((strip) => paperPng(strip, model)),
    cut: () => machine.cut.map((strip) => strip.marks),
    hanging: () => machine.strip.marks,
    counts: () => ({ lines: machine.lines, cuts: machine.cut.length, blanks: machine.blanks, cleared, statusRequests, waitingBytes: machine.waiting, lostBytes: machine.lost }),
  };
}
