import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReaderEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';
import { addressOf, statusText } from '../technician.ts';
import { holderText, logText, readingText } from './cli.ts';
import { PRESETS } from './presets.ts';
import { statusOf } from './status-codes.ts';
import { memoryWire } from '../../wire/device-end.ts';
import type { HidFraming } from '../../wire/hid-framing.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';

describe('the place that a technician names', () => {
  const framing: HidFraming = { reportId: 0, reportLength: 64, payloadLength: 'none', padding: 0, sendAs: 'output-report' };
  const place = (named: object) => addressOf({ baud: '9600', ...named }, framing);

  test('a wire of each kind', () => {
    expect(place({ port: '/dev/ttyUSB0' })).toEqual({ kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9600 });
    expect(place({ tcp: 'reader.local:9100' })).toEqual({ kind: 'tcp', host: 'reader.local', port: 9100 });
    expect(place({ hid: '0400:C35A' })).toEqual({ kind: 'hid', device: { vendorId: 0x0400, productId: 0xc35a, usagePage: null }, framing });
    expect(place({ hid: '0400:c35a:ff00', report: '1:63:one-byte:feature' })).toEqual({
      kind: 'hid',
      device: { vendorId: 0x0400, productId: 0xc35a, usagePage: 0xff00 },
      framing: { reportId: 1, reportLength: 63, payloadLength: 'one-byte', padding: 0, sendAs: 'feature-report' },
    });
    expect(place({ hid: '/dev/hidraw0', report: '0:64:two-bytes-big-endian' })).toMatchObject({ device: { path: '/dev/hidraw0' }, framing: { payloadLength: 'two-bytes-big-endian', sendAs: 'output-report' } });
  });
  test('none, two, or nonsense is no place', () => {
    for (const named of [{}, { port: 'a', hid: 'b' }, { tcp: 'nonsense' }, { hid: '/dev/hidraw0', report: '1:63' }, { port: 'a', baud: 'fast' }]) expect(place(named)).toBeNull();
  });
});

describe('verbs of the emulator', () => {
  const emulator = createReaderEmulator({ line: memoryWire().device, clock: testClock() });

  test.each(['place zhang', 'place foreigner-2023', 'remove', 'lift', 'wrong-card', 'garble', 'garble 2', 'cut-off', 'silence 3', 'noise 10', 'slow-bytes 9600', 'slow-bytes', 'status-next 81', 'status-next 9f 2', 'broken 60', 'broken off', 'unplug', 'replug', 'power-off', 'power-on', 'status'])(
    '%s',
    async (line) => {
      expect(await obeyVerb(emulator, line)).toBe('ok {"commands":0}');
    },
  );

  test.each([
    ['dance', 'error unknown verb; one of: place '],
    ['toString', 'error unknown verb'],
    ['place nobody', 'error no such card; usage: place zhang|'],
    ['place', 'error no such card'],
    ['garble much', 'error a whole number is needed; usage: garble [ANSWERS]'],
    ['status-next 5', 'error a status of two hexadecimal digits is needed'],
  ])('%s is an error', async (line, answer) => {
    expect(await obeyVerb(emulator, line)).toContain(answer);
  });

  test('the list names every preset', () => {
    expect(verbList()[0]).toBe(`place ${Object.keys(PRESETS).join('|')}`);
  });
});

describe('what the tool shows', () => {
  test('a holder is masked', () => {
    expect(holderText(PRESETS.zhang)).toBe('resident: 张＊＊ 3****************8, valid to 2040-01-01');
    expect(holderText(PRESETS.elder)).toBe('resident: 李＊＊ 3****************X, valid to 长期');
    expect(holderText(PRESETS['foreigner-2023'])).toBe('foreigner-2023: A＊＊ 9****************7, valid to 2034-01-14');
  });

  test('states, readings and failures are words', () => {
    expect(statusText({ kind: 'online', warnings: [] })).toBe('online');
    expect(statusText({ kind: 'offline', reason: 'unplugged' })).toBe('offline: unplugged');
    expect(readingText({ kind: 'unrecognised', status: '40' })).toBe('this card cannot be recognised: 40');
    expect(readingText({ kind: 'unavailable', status: { kind: 'out-of-service', reason: 'sam-not-authorised' } })).toBe('the reader is out-of-service: sam-not-authorised');
    expect(logText({ kind: 'command-failed', command: 'read-base', failure: { kind: 'refused', status: statusOf(0, 0, 0x41) } })).toBe('read-base: refused 41 read-failed');
    expect(logText({ kind: 'command-failed', command: 'sam-id', failure: { kind: 'garbled', why: 'cut-off' } })).toBe('sam-id: garbled cut-off');
    expect(logText({ kind: 'status', status: { kind: 'online', warnings: [] }, samId: 'X' })).toBe('online, SAM X');
  });
});

describe('both programs on one pseudo-terminal', { timeout: 30_000 }, () => {
  let folder: string;
  let link: string;
  let socket: string;
  let emulator: ChildProcess;

  function program(name: string, ...words: string[]): ChildProcess {
    return spawn(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  }
  async function line(child: ChildProcess, begins: string): Promise<void> {
    for await (const text of createInterface({ input: child.stdout! })) if (text.startsWith(begins)) return;
    throw new Error(`no line ${begins}`);
  }
  async function output(child: ChildProcess, on: (text: string) => void = () => {}): Promise<{ code: number | null; lines: string[] }> {
    const exit = once(child, 'exit');
    const lines: string[] = [];
    for await (const text of createInterface({ input: child.stdout! })) {
      lines.push(text);
      on(text);
    }
    return { code: (await exit)[0] as number | null, lines };
  }
  /** As a demo does it: one connection, one verb, one answer. */
  async function verb(words: string): Promise<string> {
    const control = connect(socket);
    control.write(`${words}\n`);
    const [answer] = (await once(createInterface({ input: control }), 'line')) as [string];
    control.destroy();
    return answer;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jinban-cli-'));
    link = join(folder, 'reader');
    socket = join(folder, 'control');
    emulator = program('emulator-cli.ts', '--link', link, '--control', socket);
    await line(emulator, 'control ');
  });
  afterEach(async () => {
    if (emulator.exitCode === null) {
      emulator.kill('SIGTERM');
      await once(emulator, 'exit');
    }
    await rm(folder, { recursive: true });
  });

  test('status names the reader; read shows a card masked; the emulator obeys its socket and leaves nothing behind', async () => {
    expect(await output(program('cli.ts', 'status', '--port', link))).toEqual({ code: 0, lines: ['online, SAM 05.01-20230101-0000000001-0123456789'] });

    expect(await verb('dance')).toMatch(/^error /);
    const answers: Promise<string>[] = [];
    const read = await output(program('cli.ts', 'read', '--port', link), (text) => {
      if (text === 'place a card') answers.push(verb('place zhang'));
    });
    expect(await Promise.all(answers)).toEqual([expect.stringMatching(/^ok /)]);
    expect(read.code).toBe(0);
    expect(read.lines.slice(1)).toEqual(['place a card', 'reading', 'resident: 张＊＊ 3****************8, valid to 2040-01-01 (reader 05.01-20230101-0000000001-0123456789)']);

    emulator.kill('SIGTERM');
    expect((await once(emulator, 'exit'))[0]).toBe(0);
    await expect(access(link)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(access(socket)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('watch tells of an unplugged cable and of the card after it', async () => {
    const watching = program('cli.ts', 'watch', '--port', link);
    let replugged = false;
    const done: Promise<string>[] = [];
    const { code, lines } = await output(watching, (text) => {
      if (text === 'place a card') done.push(verb(replugged ? 'place changqi' : 'unplug'));
      if (text.startsWith('offline') && !replugged) {
        replugged = true;
        done.push(verb('replug'));
      }
      if (text.startsWith('resident')) watching.kill('SIGTERM');
    });
    await Promise.all(done);
    expect(code).toBe(0);
    expect(lines).toContain('offline: unplugged, SAM 05.01-20230101-0000000001-0123456789');
    expect(lines.at(-1)).toMatch(/^(resident: 李＊＊|place a card)/);
    expect(lines.join('\n')).not.toContain('长期 5111');
  });

  test.each([[['status']], [['sing', '--port', '/dev/null']], [['read', '--port', 'a', '--tcp', 'b:1']], [['read', '--tcp', 'nonsense']]])('%o shows the usage', async (words) => {
    expect((await output(program('cli.ts', ...words))).code).toBe(2);
  });
});
