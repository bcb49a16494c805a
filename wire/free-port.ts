import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what the usual systems take for the near end of connections (Linux from 32768, Windows and macOS from 49152): a port from
 * there that is free now could be some connection's a moment later, and listening on it would fail.
 */
const RANGE = { from: 20_000, to: 32_000 };
const ATTEMPTS = 50;
/** What this process was given: whoever asks for a second before listening on the first gets another. */
const given = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on, for a program that wants to be told its port, or listens on it more than once.
 * Picked at random, so that two processes that ask at once do not get the same.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(RANGE.from, RANGE.to);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port between ${RANGE.from} and ${RANGE.to}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => (cause.code === 'EADDRINUSE' ? resolve(false) : reject(cause)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
