import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readOnce = promisify(read);
type OpenPort = NonNullable<SerialPort['port']>;
/** A port on Linux or macOS, which waits in a poller of its own. */
type UnixPort = Extract<OpenPort, { poller: unknown }>;

/** What `read` says when there is nothing to read yet. */
const NOT_YET = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/**
 * Makes an open port tell its end. On a line that was hung up (device unplugged) the operating system answers every read with no
 * bytes; `@serialport/bindings-cpp` 13 takes that for "try again", reads on for ever at full speed and never says that the device left. It
 * happens when the hang-up falls between two waits of its poller. The stream above knows what no bytes mean, so they are handed to it.
 */
export function endAtHangUp(port: OpenPort): void {
  if ('poller' in port) port.read = (buffer, offset, length) => readOrEnd(port, buffer, offset, length);
}

async function readOrEnd(port: UnixPort, buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
  for (;;) {
    if (port.fd === null) throw Object.assign(new Error('the port is closed'), { canceled: true });
    try {
      const { bytesRead } = await readOnce(port.fd, buffer, offset, length, null);
      return { buffer, bytesRead };
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && NOT_YET.has(cause.code))) throw cause;
    }
    await readable(port);
  }
}

function readable(port: UnixPort): Promise<void> {
  return new Promise((resolve, reject) => {
    if (port.fd === null) return resolve();
    port.poller.once('readable', (cause: Error | null) => (cause === null ? resolve() : reject(cause)));
  });
}
