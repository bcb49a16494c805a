import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Transport, WireFailure } from '../../wire/types.ts';
import { encode } from './codec.ts';
import type { GarbledReply, PaperBits, RawStatus, Reply } from './replies.ts';
import { decodeAutoStatus, decodePaperReport, decodeStatus, rawStatusOf, replyReader } from './replies.ts';

export type DriverFailure =
  | WireFailure
  /** The printer said nothing in time. */
  | { kind: 'no-answer' }
  /** Bytes that are no reply of an ESC/POS printer: wrong speed, wrong port, noise. */
  | GarbledReply
  /** The caller's signal was aborted. */
  | { kind: 'cancelled' };

/**
 * A real-time status is sent at once even by a printer that is out of paper. Four bytes take 4 ms at 9600 bit/s; boards that
 * answer at all do so within 0.5 s, and 1 s is the longest a citizen should wait for a check that fails.
 */
export const STATUS_TIMEOUT = 1000;
/** The same for the three bytes that say that the buffer is empty. */
export const CLEAR_TIMEOUT = 1000;

/**
 * One method per thing that can be asked of the printer. No retry and no policy: one command is under way at a time, and the
 * caller decides what a failure means. Replies that come too late are dropped when the next command starts.
 */
export type TicketDriver = {
  /** DLE EOT 1–4, answered in real time. */
  status(options: { signal: AbortSignal }): Promise<Result<RawStatus, DriverFailure>>;
  /** Resolves when the operating system has the bytes; that says nothing about paper. */
  send(options: { bytes: Uint8Array }): Promise<Result<null, DriverFailure>>;
  /** Forgets reports of earlier jobs, so that the next one surely belongs to this job. */
  forgetReports(): void;
  /** Waits for the answer to a GS r 1 that was sent within a job; it stays waiting for the next call when this one times out. */
  paperReport(options: { within: number; signal: AbortSignal }): Promise<Result<PaperBits, DriverFailure>>;
  /** DLE DC4 fn 8: on success nothing that was sent before can reach paper any more. */
  clearBuffer(options: { signal: AbortSignal }): Promise<Result<null, DriverFailure>>;
};

/** What somebody waits for. */
type Asked = Exclude<Reply, { kind: 'auto' }>;

/**
 * @param options.transport already open; the caller closes it
 * @param options.onAutoStatus told what the printer says without being asked
 */
export function ticketDriver({ transport, clock, onAutoStatus = () => {} }: { transport: Transport; clock: Clock; onAutoStatus?: (bits: RawStatus) => void }): TicketDriver {
  const read = replyReader();
  let replies: Asked[] = [];
  let gone: WireFailure | null = null;
  let wake: () => void = () => {};

  transport.onBytes((chunk) => {
    for (const reply of read(chunk)) {
      if (reply.kind === 'auto') onAutoStatus(rawStatusOf(decodeAutoStatus(reply.bytes)));
      else replies.push(reply);
    }
    wake();
  });
  transport.onGone((failure) => {
    gone = failure;
    wake();
  });

  /** Takes `count` replies of a kind as soon as they are there. A reply that cannot be one ends the wait. */
  async function take(kind: Asked['kind'], { count, within, signal }: { count: number; within: number; signal: AbortSignal }): Promise<Result<Asked[], DriverFailure>> {
    let late = false;
    const stopTimer = clock.after(within, () => {
      late = true;
      wake();
    });
    const onAbort = (): void => wake();
    signal.addEventListener('abort', onAbort);
    try {
      for (;;) {
        const unknown = replies.find((reply) => reply.kind === 'unknown');
        if (unknown?.kind === 'unknown') return err({ kind: 'garbled', byte: unknown.byte });
        const wanted = replies.filter((reply) => reply.kind === kind).slice(0, count);
        if (wanted.length === count) {
          replies = replies.filter((reply) => !wanted.includes(reply));
          return ok(wanted);
        }
        if (gone !== null) return err(gone);
        if (signal.aborted) return err({ kind: 'cancelled' });
        if (late) return err({ kind: 'no-answer' });
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stopTimer();
      signal.removeEventListener('abort', onAbort);
    }
  }

  function forget(...kinds: Asked['kind'][]): void {
    replies = replies.filter((reply) => !kinds.includes(reply.kind));
  }

  return {
    async status({ signal }) {
      forget('now', 'unknown');
      const sent = await transport.send(encode([1, 2, 3, 4].map((value) => ({ type: 'report-now', value: value as 1 | 2 | 3 | 4 }))));
      if (!sent.ok) return sent;
      const answers = await take('now', { count: 4, within: STATUS_TIMEOUT, signal });
      if (!answers.ok) return answers;
      const [printer = 0, offline = 0, error = 0, paper = 0] = answers.value.map(byteOf);
      return decodeStatus([printer, offline, error, paper]);
    },
    send: ({ bytes }) => transport.send(bytes),
    forgetReports: () => forget('queued', 'unknown'),
    async paperReport({ within, signal }) {
      const answer = await take('queued', { count: 1, within, signal });
      return answer.ok ? decodePaperReport(answer.value.map(byteOf)[0] ?? 0) : answer;
    },
    async clearBuffer({ signal }) {
      forget('cleared', 'unknown');
      const sent = await transport.send(encode([{ type: 'clear-buffer' }]));
      if (!sent.ok) return sent;
      const answer = await take('cleared', { count: 1, within: CLEAR_TIMEOUT, signal });
      if (!answer.ok) return answer;
      // What the printer had to say about the data that is gone is of no use any more.
      forget('queued', 'now');
      return ok(null);
    },
  };
}

function byteOf(reply: Asked): number {
  return reply.kind === 'cleared' ? 0 : reply.byte;
}
