import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { UpsdEmulator } from './emulator.ts';

/** Listens on 127.0.0.1, as `upsd` does unless told otherwise. @param port 0 picks one */
export async function serveUpsd(emulator: UpsdEmulator, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const client = emulator.connect({ send: (bytes) => socket.write(bytes), hangUp: () => socket.end() });
    socket.on('data', (chunk) => client.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      client.leave();
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => resolve());
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
