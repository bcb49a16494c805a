import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { drop } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { createReaderEmulator } from './emulator.ts';
import type { ReaderEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';

const USAGE = `Usage: node devices/id-card-reader/emulator-cli.ts --link PATH [--control SOCKET] [--baud RATE] [--seed NUMBER]
  --link PATH       a pseudo-terminal at PATH (needs socat); configure it as the reader's serial port
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"
  --baud RATE       speed of the line; default 115200
  --seed NUMBER     of everything random; default 1
Verbs, here and on standard input:
  ${verbList().join('\n  ')}
  quit`;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Answers each line of each connection in order; empty lines are passed over. @returns how to stop */
async function control(emulator: ReaderEmulator, path: string): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    drop(
      (async () => {
        for await (const line of createInterface({ input: socket })) if (line.trim() !== '') socket.write(`${await obeyVerb(emulator, line)}\n`);
      })(),
    );
  });
  // What an emulator that was killed has left behind.
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { link: { type: 'string' }, control: { type: 'string' }, baud: { type: 'string', default: '115200' }, seed: { type: 'string', default: '1' }, help: { type: 'boolean', default: false } },
  });
  const { link } = values;
  if (values.help || link === undefined || !/^[1-9]\d{2,6}$/.test(values.baud) || !/^\d{1,9}$/.test(values.seed)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const line = await ptyDeviceEnd({ path: link });
  if (!line.ok) {
    process.stderr.write(`${line.error.message}\n`);
    return 1;
  }
  const emulator = createReaderEmulator({ line: line.value, clock: systemClock, baudRate: Number(values.baud), seed: Number(values.seed) });
  const stopControl = values.control === undefined ? null : await control(emulator, values.control);
  say(`ready ${link}`);
  if (values.control !== undefined) say(`control ${values.control}`);

  // The end of the input is not the end of the reader: a demo starts it without one.
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: process.stdin.isTTY ? 'reader> ' : '' });
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    prompt.on('SIGINT', resolve);
    prompt.prompt();
    let turn = Promise.resolve();
    prompt.on('line', (text) => {
      turn = turn.then(async () => {
        if (text.trim() === 'quit') return resolve();
        if (text.trim() !== '') say(await obeyVerb(emulator, text));
        prompt.prompt();
      });
      drop(turn);
    });
  });
  prompt.close();
  await stopControl?.();
  await emulator.close();
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
