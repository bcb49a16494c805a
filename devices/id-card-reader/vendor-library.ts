import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { wireEvents } from '../../wire/events.ts';
import type { Misshapen } from './codec.ts';
import type { ReaderDriver, Reply } from './driver.ts';
import type { NoLibrary, SdtFunctions, SdtLibrary } from './sdt-library.ts';
import type { StatusName } from './status-codes.ts';
import { statusOf } from './status-codes.ts';
import type { ReaderFailure } from './types.ts';

/** A library waits for its reader by itself, 5 s at most in the field. Beyond this it answers nobody any more who waits here. */
const CALL_TIMEOUT = 8000;
/** A call that does not come back at all blocks its library for good, and only a new process helps: as long as the shell's patience with a silent host. */
const HUNG = 20_000;

/** Room for what a library writes: more than any known one does, since nobody can tell it how much there is. */
const ROOM = { samId: 256, short: 64, text: 1024, photo: 4096, fingerprint: 4096 } as const;

/** Codes that a library adds to the statuses of the module; they are never on the wire. */
const LIBRARY_CODES: Readonly<Record<number, ReaderFailure>> = {
  /** The port cannot be opened, or is gone; it does not say why. */
  0x01: { kind: 'unplugged' },
  0x02: { kind: 'timeout' },
  /** Damaged in transmission. */
  0x03: { kind: 'garbled', why: 'cut-off' },
  /** No module at this port or speed. */
  0x05: { kind: 'timeout' },
};
const SUCCESS = 0x90;
/** What the module says to a command it does not have; so does a library without the function. */
const UNKNOWN_COMMAND = 0x21;
const SAM_ID = /^\d{2,5}\.\d{2,5}-\d{8,10}-\d{10}-\d{10}$/;
const SERIAL_PORTS = { from: 1, to: 16 };
const USB_PORTS = { from: 1001, to: 1016 };

/**
 * A reader behind its vendor's library, with the same interface as one on a wire. Calls run in threads, so that a slow library holds up nothing else; one
 * that crashes takes this process with it, and one that never returns ends it through `hung`.
 * @param options.port 1–16 for serial ports, 1001–1016 for USB
 * @param options.hung told the function; throws unless given
 * @throws RangeError for a port that no library has
 */
export function createVendorLibraryDriver(options: { load: () => Promise<Result<SdtLibrary, NoLibrary>>; port: number; clock: Clock; hung?: (call: string) => void }): ReaderDriver {
  const { load, port, clock, hung = end } = options;
  if (![SERIAL_PORTS, USB_PORTS].some(({ from, to }) => Number.isInteger(port) && port >= from && port <= to)) throw new RangeError('a port is 1–16 or 1001–1016');
  const events = wireEvents();
  let library: SdtLibrary | null = null;
  let opening: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;

  /** Runs one call in its turn. `late` is told when it takes longer than anybody should wait; the library stays taken until it returns. */
  function inTurn({ lock, functions }: SdtLibrary, name: keyof SdtFunctions, parameters: (number | Uint8Array | Uint32Array)[], late: () => void): Promise<number> {
    return lock.withLock(async () => {
      const call = functions[name];
      if (call === undefined) return UNKNOWN_COMMAND;
      const stops = [clock.after(CALL_TIMEOUT, late), clock.after(HUNG, () => hung(name))];
      try {
        return await call(...parameters);
      } finally {
        for (const stop of stops) stop();
      }
    });
  }

  /** Calls, expects one status, and takes apart what was written. */
  function ask<Value>(name: keyof SdtFunctions, parameters: (number | Uint8Array | Uint32Array)[], signal: AbortSignal, expected: StatusName, take: () => Result<Value, Misshapen>): Reply<Value> {
    const from = library;
    return new Promise((resolve, reject) => {
      const cancel = (): void => resolve(err({ kind: 'cancelled' }));
      if (events.end?.kind === 'unplugged') return resolve(err({ kind: 'unplugged' }));
      if (signal.aborted || from === null || closing !== null) return cancel();
      signal.addEventListener('abort', cancel, { once: true });
      const stopGone = events.onGone((failure) => failure.kind === 'closed' && cancel());
      inTurn(from, name, [port, ...parameters], () => resolve(err({ kind: 'timeout' })))
        .then((code) => resolve(outcome(code, expected, take)), reject)
        .finally(() => {
          stopGone();
          signal.removeEventListener('abort', cancel);
        });
    });
  }

  function outcome<Value>(code: number, expected: StatusName, take: () => Result<Value, Misshapen>): Result<Value, ReaderFailure> {
    const failure = LIBRARY_CODES[code];
    if (failure?.kind === 'unplugged') events.gone(failure);
    if (failure !== undefined) return err(failure);
    const status = statusOf(0, 0, code);
    if (status.name !== expected) return err({ kind: 'refused', status });
    const taken = take();
    return taken.ok ? taken : err({ kind: 'garbled', why: 'unexpected' });
  }

  async function readText(name: 'SDT_ReadBaseMsg' | 'SDT_ReadBaseFPMsg', signal: AbortSignal): Reply<Uint8Array> {
    const text = new Uint8Array(ROOM.text);
    const rest = [new Uint8Array(ROOM.photo), ...(name === 'SDT_ReadBaseMsg' ? [] : [new Uint8Array(ROOM.fingerprint)])];
    const length = new Uint32Array(1);
    const parameters = [text, length, ...rest.flatMap((block) => [block, new Uint32Array(1)]), 0];
    const reply = await ask(name, parameters, signal, 'success', () => copyOf(text, length));
    for (const block of [text, ...rest]) block.fill(0);
    return reply;
  }

  const nothing = (): Result<null, Misshapen> => ok(null);
  const exactly = (buffer: Uint8Array, length: number) => (): Result<Uint8Array, Misshapen> => ok(buffer.slice(0, length));

  return {
    async open() {
      const open = (async () => {
        const found = await load();
        if (!found.ok) return found;
        const code = await inTurn(found.value, 'SDT_OpenPort', [port], () => {});
        if (code === SUCCESS) library = found.value;
        return code === SUCCESS ? ok(null) : err({ kind: LIBRARY_CODES[code]?.kind === 'timeout' ? ('timeout' as const) : ('unplugged' as const) });
      })();
      opening = open;
      const opened = await open;
      if (!opened.ok) return opened;
      return closing === null ? ok(null) : err({ kind: 'closed' });
    },
    onGone: events.onGone,
    close() {
      closing ??= (async () => {
        events.gone({ kind: 'closed' });
        await opening;
        if (library !== null) await inTurn(library, 'SDT_ClosePort', [port], () => {});
      })();
      return closing;
    },
    reset: ({ signal }) => ask('SDT_ResetSAM', [0], signal, 'success', nothing),
    samStatus: ({ signal }) => ask('SDT_GetSAMStatus', [0], signal, 'success', nothing),
    readSamId({ signal }) {
      const text = new Uint8Array(ROOM.samId);
      return ask('SDT_GetSAMIDToStr', [text, 0], signal, 'success', () => {
        const samId = Buffer.from(text.subarray(0, text.indexOf(0))).toString('latin1').trim();
        return SAM_ID.test(samId) ? ok(samId) : err({ kind: 'unexpected' });
      });
    },
    findCard: ({ signal }) => ask('SDT_StartFindIDCard', [new Uint8Array(ROOM.short), 0], signal, 'card-found', nothing),
    selectCard: ({ signal }) => ask('SDT_SelectIDCard', [new Uint8Array(ROOM.short), 0], signal, 'success', nothing),
    readBase: ({ signal }) => readText('SDT_ReadBaseMsg', signal),
    readBaseAndFingerprint: ({ signal }) => readText('SDT_ReadBaseFPMsg', signal),
    readNewAddress({ signal }) {
      const [text, length] = [new Uint8Array(ROOM.text), new Uint32Array(1)];
      return ask('SDT_ReadNewAppMsg', [text, length, 0], signal, 'success', () => (length[0] === 70 ? copyOf(text, length) : err({ kind: 'unexpected' })));
    },
    readManagementNumber({ signal }) {
      const numbers = new Uint8Array(ROOM.short);
      return ask('SDT_ReadMngInfo', [numbers, 0], signal, 'success', exactly(numbers, 28));
    },
    async setBaudRate({ signal, baudRate }) {
      const current = new Uint32Array(1);
      const asked = await ask('SDT_GetCOMBaud', [current], signal, 'success', nothing);
      return asked.ok ? ask('SDT_SetCOMBaud', [current[0] ?? 0, baudRate], signal, 'success', nothing) : asked;
    },
    setRadioBytes: ({ signal, bytes }) => ask('SDT_SetMaxRFByte', [bytes, 0], signal, 'success', nothing),
  };
}

/** What a library says it has written; more than there is room for is no answer of a sane one. */
function copyOf(buffer: Uint8Array, length: Uint32Array): Result<Uint8Array, Misshapen> {
  const [written = 0] = length;
  return written <= buffer.length ? ok(buffer.slice(0, written)) : err({ kind: 'unexpected' });
}

/** A surprise: it ends this process, and the shell starts another. */
function end(call: string): never {
  throw new Error(`the reader's library does not come back from ${call}`);
}
