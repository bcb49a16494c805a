import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that counts what goes through, both ways. */
export type CountingLine = { url: string; bytes(): number; close(): void };

export function openCountingLine(target: string): Promise<CountingLine> {
  const { hostname, port, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  let bytes = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      from.pipe(to).on('error', () => from.destroy());
      from.on('error', () => to.destroy());
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const own = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${own}${pathname === '/' ? '' : pathname}`,
        bytes: () => bytes,
        close() {
          for (const socket of sockets) socket.destroy();
          server.close();
        },
      });
    });
  });
}
