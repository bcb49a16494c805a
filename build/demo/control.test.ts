import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { control } from './control.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-control-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function answering(behave: (socket: Socket) => void): Promise<ReturnType<typeof control>> {
  const path = join(folder, 'socket');
  const server = createServer((socket) => void socket.once('data', () => behave(socket)));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    return await control(path, 'power-off');
  } finally {
    server.close();
  }
}

test('what an emulator answers is told, and what it refuses', async () => {
  expect(await answering((socket) => socket.end('ok {"powered":false}\n'))).toEqual({ ok: true, value: '{"powered":false}' });
  expect(await answering((socket) => socket.end('error without paper\n'))).toEqual({ ok: false, error: { kind: 'refused', words: 'error without paper' } });
});

test('one that is not there, or that dies while it obeys, holds nobody up', async () => {
  expect(await control(join(folder, 'nobody'), 'status')).toEqual({ ok: false, error: { kind: 'no-emulator' } });
  expect(await answering((socket) => socket.destroy())).toEqual({ ok: false, error: { kind: 'no-emulator' } });
});
