import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/** One connection at an emulator's side. */
export type Client = {
  send(bytes: Uint8Array): void;
  /** Ends the connection after what was sent. */
  hangUp(): void;
};

/**
 * An emulator on TCP: listens on 127.0.0.1 and hands each connection over.
 * @param take what a new client's bytes go to, and who is told that it left
 * @param port 0 picks one
 */
export async function serveClients(take: (client: Client) => { receive(bytes: Uint8Array): void; leave(): void }, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const taken = take({ send: (bytes) => socket.write(bytes), hangUp: () => socket.end() });
    socket.on('data', (chunk) => taken.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      taken.leave();
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
