import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { drop } from '../domain/result.ts';
import { type DeviceEnd, ptyDeviceEnd } from './device-end.ts';

/** An emulator as a program: what it answers to a verb's line, `ok …` or `error …`. */
export type EmulatorProgram = {
  obey(line: string): string | Promise<string>;
  /** What stands before the cursor of a person at it. */
  prompt: string;
  /** A Unix socket that takes the same verbs, one a line; null: none. */
  control: string | null;
};

/** The device's end of a new pseudo-terminal; null when there can be none, which it says. */
export async function deviceEndAt(path: string): Promise<DeviceEnd | null> {
  const line = await ptyDeviceEnd({ path });
  if (line.ok) return line.value;
  process.stderr.write(`${line.error.message}\n`);
  return null;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Takes verbs from standard input and from the control socket until `quit`, an interrupt or a signal. The end of the input is not the end of the device: a demo
 * starts it without one. Says `control PATH` once the socket is there.
 */
export async function runEmulatorProgram({ obey, prompt, control }: EmulatorProgram): Promise<void> {
  const stopControl = control === null ? null : await serveControl(obey, control);
  if (control !== null) say(`control ${control}`);
  const person = createInterface({ input: process.stdin, output: process.stdout, prompt: process.stdin.isTTY ? `${prompt}> ` : '' });
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    person.on('SIGINT', resolve);
    person.prompt();
    let turn = Promise.resolve();
    person.on('line', (text) => {
      turn = turn.then(async () => {
        if (text.trim() === 'quit') return resolve();
        if (text.trim() !== '') say(await obey(text));
        person.prompt();
      });
      drop(turn);
    });
  });
  person.close();
  await stopControl?.();
}

/**
 * The whole program of an emulator on a pseudo-terminal, with the options that they share.
 * @param program.file how it is started, for its usage
 * @param program.device what it is, in that text
 * @param program.verbs each with its words
 * @returns the exit code
 */
export async function runSerialEmulator<Emulator extends { close(): Promise<void> }>(program: {
  file: string;
  device: string;
  baudRate: number;
  prompt: string;
  verbs: readonly string[];
  create(line: DeviceEnd, baudRate: number): Emulator;
  obey(emulator: Emulator, line: string): string | Promise<string>;
}): Promise<number> {
  const { values } = parseArgs({ options: { link: { type: 'string' }, control: { type: 'string' }, baud: { type: 'string', default: String(program.baudRate) }, help: { type: 'boolean', default: false } } });
  const { link } = values;
  if (values.help || link === undefined || !/^[1-9]\d{2,6}$/.test(values.baud)) {
    process.stderr.write(`Usage: node ${program.file} --link PATH [--control SOCKET] [--baud RATE]
  --link PATH       a pseudo-terminal at PATH (needs socat); configure it as the ${program.device}'s serial port
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"
  --baud RATE       speed of the line; default ${program.baudRate}
Verbs, here and on standard input:
  ${program.verbs.join('\n  ')}
  quit
`);
    return values.help ? 0 : 2;
  }
  const line = await deviceEndAt(link);
  if (line === null) return 1;
  const emulator = program.create(line, Number(values.baud));
  say(`ready ${link}`);
  await runEmulatorProgram({ obey: (text) => program.obey(emulator, text), prompt: program.prompt, control: values.control ?? null });
  await emulator.close();
  return 0;
}

/** Answers each line of each connection in order; empty lines are passed over. @returns how to stop */
export async function serveControl(obey: EmulatorProgram['obey'], path: string): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    drop(
      (async () => {
        for await (const line of createInterface({ input: socket })) if (line.trim() !== '') socket.write(`${await obey(line)}\n`);
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
