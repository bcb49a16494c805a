import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The line between a terminal and its hall: a TCP relay that can be cut in the middle of anything and restored. */
export type Line = {
  port: number;
  /** Resets every connection and refuses new ones. */
  cut(): void;
  restore(): void;
  /** Cuts when the hall begins to answer the next request whose first line begins so: it has acted, and its answer never arrives. */
  cutAnswerTo(request: string): void;
  /** From now on requests go up and no answer comes back, until `restore`. */
  loseAnswers(): void;
  /** False once it is cut, by whichever way. */
  readonly up: boolean;
  /** Bytes that went up to the hall so far. */
  readonly sent: number;
  close(): Promise<void>;
};

export async function startLine(target: { host: string; port: number }): Promise<Line> {
  const pairs = new Set<[Socket, Socket]>();
  let up = true;
  let sent = 0;
  let losing = false;
  let cutting: string | null = null;

  const server = createServer((near) => {
    if (!up) return void near.resetAndDestroy();
    const far = connect(target);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    let isLost = false;
    near.on('data', (chunk) => {
      sent += chunk.length;
      isLost ||= cutting !== null && chunk.toString('latin1').startsWith(cutting);
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (losing) return;
      if (isLost) return cut();
      near.write(chunk);
    });
    for (const socket of pair) {
      socket.on('error', end);
      socket.on('close', end);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function cut(): void {
    up = false;
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    pairs.clear();
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    restore() {
      // A connection that lost part of an answer is of no more use.
      if (losing) cut();
      losing = false;
      up = true;
      cutting = null;
    },
    cutAnswerTo(request) {
      cutting = request;
    },
    loseAnswers() {
      losing = true;
    },
    get up() {
      return up;
    },
    get sent() {
      return sent;
    },
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
