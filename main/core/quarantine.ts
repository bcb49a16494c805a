import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { quarantineContract, Undecodable } from '../../domain/contracts/quarantine.ts';
import { fileHeader, isSane, MOST_FILE_BYTES } from '../../domain/material/picture-header.ts';
import { err, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Port } from './port.ts';

/** Twenty pages of a scanned contract take eight seconds on a slow terminal; what takes four times as long is a bomb. */
const DECODE_MS = 30_000;

/** Core's end of the road to the quarantine. Core itself decodes nothing: it reads a header, and passes the bytes on. */
export type Quarantine = {
  connect(port: Port): void;
  /** A file as pictures that the quarantine made. One at a time: a file that breaks the window takes no other with it. */
  pictures(bytes: Uint8Array): Promise<Result<Uint8Array[], Undecodable>>;
  close(): void;
};

/** @param options.hangs told when a file was not done in time: the window that works on it must go */
export function createQuarantine({ clock, hangs }: { clock: Pick<Clock, 'after'>; hangs(): void }): Quarantine {
  type Connection = { client: ContractRouterClient<typeof quarantineContract>; port: Port; gone: Promise<null> };
  let now: Connection | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function decode(bytes: Uint8Array): Promise<Result<Uint8Array[], Undecodable>> {
    const header = fileHeader(bytes);
    if (header === null) return err({ kind: 'not-a-picture' });
    if (bytes.length > MOST_FILE_BYTES || !isSane(header)) return err({ kind: 'too-large' });
    const mine = now;
    if (mine === null) return err({ kind: 'no-quarantine' });
    let stop = () => {};
    const slow = new Promise<'slow'>((resolve) => (stop = clock.after(DECODE_MS, () => resolve('slow'))));
    const answer = await Promise.race([mine.client.decode({ type: header.type, bytes: new Uint8Array(bytes) }).catch(() => null), slow, mine.gone]);
    stop();
    if (answer === 'slow') {
      if (now === mine) now = null;
      mine.port.close();
      hangs();
      return err({ kind: 'slow' });
    }
    // What kills the window that reads it is broken, whatever else it is.
    return answer ?? err({ kind: 'broken' });
  }

  return {
    connect(port) {
      now?.port.close();
      const client: Connection['client'] = createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] }));
      const gone = new Promise<null>((resolve) => port.on('close', () => {
        if (now?.port === port) now = null;
        resolve(null);
      }));
      port.start();
      now = { client, port, gone };
    },
    pictures(bytes) {
      const mine = last.then(() => decode(bytes));
      last = mine.catch(() => null);
      return mine;
    },
    close() {
      now?.port.close();
      now = null;
    },
  };
}
