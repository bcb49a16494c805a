import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What stands before a hall, and can take it away from a browser in the ways that halls go away. */
export type Front = {
  url: string;
  /** Leads to the hall. It begins so. */
  pass(): void;
  /** Cuts every line, and every new one at once. */
  refuse(): void;
  /** The next request that is sent with POST reaches the hall, its answer is lost, and from then on nothing is reached. */
  loseAnswer(): void;
  close(): Promise<void>;
};

export async function startFront(hall: string): Promise<Front> {
  const port = Number(new URL(hall).port);
  const open = new Set<Socket>();
  let mode: 'pass' | 'refuse' | 'lose-answer' = 'pass';
  const refuse = () => {
    mode = 'refuse';
    for (const socket of open) socket.destroy();
  };
  const server = createServer((browser) => {
    if (mode === 'refuse') return void browser.destroy();
    const behind = connect(port, '127.0.0.1');
    let asked = false;
    for (const socket of [browser, behind]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        browser.destroy();
        behind.destroy();
      });
    }
    browser.on('data', (bytes: Buffer) => {
      asked ||= mode === 'lose-answer' && bytes.includes('POST ');
      behind.write(bytes);
    });
    behind.on('data', (bytes: Buffer) => {
      if (asked) refuse();
      else browser.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pass: () => void (mode = 'pass'),
    refuse,
    loseAnswer: () => void (mode = 'lose-answer'),
    close: () => new Promise((resolve) => {
      refuse();
      server.close(() => resolve());
    }),
  };
}
