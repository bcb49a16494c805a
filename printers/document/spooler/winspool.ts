/**
 * The functions of `winspool.drv` that a driver needs, under their own names and no cleverer than they are. Source: Win32 reference, "Printing and Print Spooler
 * API". Every call runs in a thread of koffi's, so that a spooler that hangs holds up nothing else.
 */
import { promisify } from 'node:util';
import type { Result } from '../../../domain/result.ts';
import { err, ok } from '../../../domain/result.ts';

/** HANDLE: a pointer, whatever it points to. */
export type Handle = bigint;

/** JOB_INFO_2, as far as it is read. @property size octets */
export type JobInfo = { id: number; document: string; status: number; size: number };
/** PRINTER_INFO_2, as far as it is read. */
export type PrinterInfo = { status: number; attributes: number };

/** Commands of SetJob. `RETAIN` keeps a job in the queue after it is printed, so that it can be seen that it was. */
export const SET_JOB = { PAUSE: 1, DELETE: 5, RETAIN: 8 } as const;

export type Winspool = {
  /** `code` is the system's. */
  openPrinter(name: string): Promise<Result<Handle, { kind: 'not-opened'; code: number }>>;
  closePrinter(printer: Handle): Promise<void>;
  /** Null: the spooler does not say. */
  getPrinter(printer: Handle): Promise<PrinterInfo | null>;
  /** Null: the spooler does not say. */
  enumJobs(printer: Handle): Promise<JobInfo[] | null>;
  /** Begins a RAW document: its octets go to the printer as they are. @returns the job's id; 0 when it is refused */
  startDoc(printer: Handle, name: string): Promise<number>;
  /** @returns octets taken; 0 when it failed */
  write(printer: Handle, bytes: Uint8Array): Promise<number>;
  endDoc(printer: Handle): Promise<boolean>;
  /** Drops the document that was begun. */
  abort(printer: Handle): Promise<boolean>;
  setJob(printer: Handle, job: number, command: number): Promise<boolean>;
};

/** Jobs looked at: a terminal's printer has one at a time. */
const MOST_JOBS = 256;
/** A list may grow between asking for its size and asking for it. */
const TRIES = 4;

const loaded = new Map<string, Winspool>();

/**
 * Loads it once for the life of this process.
 * @param files.kernel the library that has GetLastError
 */
export async function loadWinspool(files: { winspool: string; kernel: string } = { winspool: 'winspool.drv', kernel: 'kernel32.dll' }): Promise<Result<Winspool, { kind: 'no-library' }>> {
  const before = loaded.get(files.winspool);
  if (before !== undefined) return ok(before);
  // Only a machine with such a printer loads the package and its binary.
  const { default: koffi } = await import('koffi');
  let library: ReturnType<typeof koffi.load>;
  let getLastError: () => number;
  try {
    library = koffi.load(files.winspool);
    getLastError = koffi.load(files.kernel).func('uint32_t __stdcall GetLastError()');
  } catch {
    return err({ kind: 'no-library' });
  }
  const [string, pointer, dword] = ['str16', 'void *', 'uint32_t'];
  const DocInfo = koffi.struct({ pDocName: string, pOutputFile: string, pDatatype: string });
  const SystemTime = koffi.array('uint16_t', 8);
  const JobInfo2 = koffi.struct({
    JobId: dword, pPrinterName: pointer, pMachineName: pointer, pUserName: pointer, pDocument: string, pNotifyName: pointer, pDatatype: pointer, pPrintProcessor: pointer, pParameters: pointer,
    pDriverName: pointer, pDevMode: pointer, pStatus: pointer, pSecurityDescriptor: pointer, Status: dword, Priority: dword, Position: dword, StartTime: dword, UntilTime: dword, TotalPages: dword,
    Size: dword, Submitted: SystemTime, Time: dword, PagesPrinted: dword,
  });
  const PrinterInfo2 = koffi.struct({
    pServerName: pointer, pPrinterName: pointer, pShareName: pointer, pPortName: pointer, pDriverName: pointer, pComment: pointer, pLocation: pointer, pDevMode: pointer, pSepFile: pointer,
    pPrintProcessor: pointer, pDatatype: pointer, pParameters: pointer, pSecurityDescriptor: pointer, Attributes: dword, Priority: dword, DefaultPriority: dword, StartTime: dword, UntilTime: dword,
    Status: dword, cJobs: dword, AveragePPM: dword,
  });
  const prototypes = {
    OpenPrinterW: library.func('__stdcall', 'OpenPrinterW', 'int32_t', [string, pointer, pointer]),
    ClosePrinter: library.func('__stdcall', 'ClosePrinter', 'int32_t', [pointer]),
    GetPrinterW: library.func('__stdcall', 'GetPrinterW', 'int32_t', [pointer, dword, pointer, dword, pointer]),
    EnumJobsW: library.func('__stdcall', 'EnumJobsW', 'int32_t', [pointer, dword, dword, dword, pointer, dword, pointer, pointer]),
    StartDocPrinterW: library.func('__stdcall', 'StartDocPrinterW', dword, [pointer, dword, koffi.pointer(DocInfo)]),
    WritePrinter: library.func('__stdcall', 'WritePrinter', 'int32_t', [pointer, pointer, dword, pointer]),
    EndDocPrinter: library.func('__stdcall', 'EndDocPrinter', 'int32_t', [pointer]),
    AbortPrinter: library.func('__stdcall', 'AbortPrinter', 'int32_t', [pointer]),
    SetJobW: library.func('__stdcall', 'SetJobW', 'int32_t', [pointer, dword, dword, pointer, dword]),
  };
  const call = (name: keyof typeof prototypes, ...parameters: unknown[]) => (promisify(prototypes[name].async) as (...given: unknown[]) => Promise<number>)(...parameters);

  /** Asks for the size, then for what is there. @param ask given the buffer and where its wanted size goes. @returns null when it fails */
  async function fill(ask: (buffer: Uint8Array, needed: Uint32Array) => Promise<number>): Promise<Uint8Array | null> {
    let buffer = new Uint8Array(0);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const needed = new Uint32Array(1);
      const done = await ask(buffer, needed);
      const [size = 0] = needed;
      if (done !== 0) return buffer;
      if (size <= buffer.length) return null;
      buffer = new Uint8Array(size);
    }
    return null;
  }

  const made: Winspool = {
    async openPrinter(name) {
      const handle = new BigUint64Array(1);
      if ((await call('OpenPrinterW', name, handle, null)) !== 0) return ok(handle[0] ?? 0n);
      // The code belongs to the thread that failed, where nobody can read it. It came back at once, so it is asked once more in this one.
      if ((prototypes.OpenPrinterW(name, handle, null) as number) !== 0) return ok(handle[0] ?? 0n);
      return err({ kind: 'not-opened', code: getLastError() });
    },
    async closePrinter(printer) {
      await call('ClosePrinter', printer);
    },
    async getPrinter(printer) {
      const buffer = await fill((room, needed) => call('GetPrinterW', printer, 2, room, room.length, needed));
      if (buffer === null) return null;
      const { Status, Attributes } = koffi.decode(buffer, PrinterInfo2) as { Status: number; Attributes: number };
      return { status: Status, attributes: Attributes };
    },
    async enumJobs(printer) {
      const returned = new Uint32Array(1);
      const buffer = await fill((room, needed) => call('EnumJobsW', printer, 0, MOST_JOBS, 2, room, room.length, needed, returned));
      if (buffer === null) return null;
      return Array.from({ length: returned[0] ?? 0 }, (_, index) => {
        const { JobId, pDocument, Status, Size } = koffi.decode(buffer, index * koffi.sizeof(JobInfo2), JobInfo2) as { JobId: number; pDocument: string | null; Status: number; Size: number };
        return { id: JobId, document: pDocument ?? '', status: Status, size: Size };
      });
    },
    startDoc: (printer, name) => call('StartDocPrinterW', printer, 1, { pDocName: name, pOutputFile: null, pDatatype: 'RAW' }),
    async write(printer, bytes) {
      const written = new Uint32Array(1);
      return (await call('WritePrinter', printer, bytes, bytes.length, written)) === 0 ? 0 : (written[0] ?? 0);
    },
    endDoc: async (printer) => (await call('EndDocPrinter', printer)) !== 0,
    abort: async (printer) => (await call('AbortPrinter', printer)) !== 0,
    setJob: async (printer, job, command) => (await call('SetJobW', printer, job, 0, null, command)) !== 0,
  };
  loaded.set(files.winspool, made);
  return ok(made);
}
