import { loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { Command } from './codec.ts';
import { encode } from './codec.ts';
import { composeTicket } from './compose.ts';
import type { TicketPrinterEmulator } from './emulator.ts';
import { ticketPrinterEmulator } from './emulator.ts';
import { drawLine, modelNamed, SLIP } from './test-rig.ts';

function bench(options: { model?: string; baudRate?: number; bufferBytes?: number } = {}) {
  const { model: name = 'epson-tm-t82iii', ...rest } = options;
  const clock = testClock();
  const model = modelNamed(name);
  const emulator = ticketPrinterEmulator({ model, clock, drawLine, ...rest });
  const replies: number[] = [];
  emulator.onReply((chunk) => replies.push(...chunk));
  const send = (...commands: Command[]): void => emulator.receive(encode(commands));
  return { clock, model, emulator, replies, send };
}

function lines(emulator: TicketPrinterEmulator): string[] {
  return emulator.hanging().flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
}

const HELLO: Command[] = [{ type: 'chinese', value: true }, { type: 'text', value: '政务' }, { type: 'line-feed' }, { type: 'text', value: 'A001' }, { type: 'line-feed' }];

describe('the emulated printer', () => {
  test('prints line by line, at the speed of paper', async () => {
    const { clock, emulator, send } = bench();
    send(...HELLO);
    expect(lines(emulator)).toEqual([]);
    // 30 dots at 203 dpi and 150 mm/s take 25 ms.
    await clock.pass(26);
    expect(lines(emulator)).toEqual(['政务']);
    await clock.pass(26);
    expect(lines(emulator)).toEqual(['政务', 'A001']);
  });

  test('takes bytes no faster than the line', async () => {
    const { clock, emulator } = bench({ baudRate: 9600 });
    // 41 bytes take 42.7 ms, then the line 25 ms.
    emulator.receive(Uint8Array.from(Buffer.from(`${'A'.repeat(40)}\n`)));
    await clock.pass(60);
    expect(emulator.counts().lines).toBe(0);
    await clock.pass(10);
    expect(emulator.counts().lines).toBe(1);
  });

  test('told to, it says its state at once and at every change of what it was asked for, and no more when told to stop', async () => {
    const { clock, emulator, replies, send } = bench();
    const heard = async (): Promise<string> => {
      await clock.pass(10);
      return Buffer.from(replies.splice(0)).toString('hex');
    };
    emulator.openCover();
    emulator.closeCover();
    expect(await heard()).toBe('');
    send({ type: 'auto-status', value: { drawer: false, online: true, error: true, paper: true } });
    expect(await heard()).toBe('10000000');
    emulator.paperLow();
    expect(await heard()).toBe('10000300');
    emulator.paperLow();
    expect(await heard()).toBe('');
    emulator.openCover();
    expect(await heard()).toBe('38000300');
    emulator.closeCover();
    emulator.refill();
    expect(await heard()).toBe('1000030010000000');
    emulator.cutterError();
    expect(await heard()).toBe('18080000');
    emulator.clearError();
    await heard();
    send({ type: 'auto-status', value: { drawer: false, online: false, error: true, paper: false } });
    await heard();
    emulator.paperLow();
    expect(await heard()).toBe('');
    send({ type: 'auto-status', value: { drawer: false, online: false, error: false, paper: false } });
    emulator.cutterError();
    expect(await heard()).toBe('');
    emulator.close();
  });

  test('forgets with its power what it was told to say, and boards without the function never say it', async () => {
    for (const model of ['epson-tm-t82iii', 'xprinter-xp-n160ii']) {
      const { clock, emulator, replies, send } = bench({ model });
      send({ type: 'auto-status', value: { drawer: false, online: true, error: true, paper: true } });
      await clock.pass(10);
      replies.length = 0;
      emulator.powerOff();
      emulator.powerOn();
      emulator.openCover();
      await clock.pass(10);
      expect(replies).toEqual([]);
      emulator.close();
    }
  });

  test('without paper it holds what it has and prints it when somebody refills', async () => {
    const { clock, emulator, send } = bench();
    emulator.paperOut();
    send(...HELLO);
    await clock.pass(60_000);
    expect(emulator.counts()).toMatchObject({ lines: 0 });
    emulator.refill();
    await clock.pass(1000);
    expect(lines(emulator)).toEqual(['政务', 'A001']);
  });

  test('cleared while it has no paper, it prints nothing after the refill', async () => {
    const { clock, emulator, send, replies } = bench();
    emulator.paperOutAfter(1);
    send(...HELLO);
    await clock.pass(1000);
    send({ type: 'clear-buffer' });
    await clock.pass(10);
    expect(replies).toEqual([0x37, 0x25, 0x00]);
    emulator.refill();
    await clock.pass(1000);
    expect(emulator.counts()).toMatchObject({ lines: 1, waitingBytes: 0, cleared: 1 });
  });

  test('an open cover, a jammed blade and a pulled plug hold it up as well; switching off loses the data', async () => {
    const { clock, emulator, send } = bench();
    emulator.openCover();
    send(...HELLO.slice(0, 3));
    await clock.pass(1000);
    emulator.cutterError();
    emulator.closeCover();
    await clock.pass(1000);
    expect(emulator.counts().lines).toBe(0);
    emulator.clearError();
    await clock.pass(1000);
    expect(lines(emulator)).toEqual(['政务']);
    send(...HELLO);
    emulator.powerOff();
    send(...HELLO);
    emulator.powerOn();
    await clock.pass(1000);
    expect(lines(emulator)).toEqual(['政务']);
    expect(emulator.counts().waitingBytes).toBe(0);
  });

  test('answers in real time between two halves of a command, as the manuals warn', async () => {
    const { clock, emulator, replies } = bench();
    emulator.receive(Uint8Array.of(0x1b, 0x10));
    emulator.receive(Uint8Array.of(0x04));
    emulator.receive(Uint8Array.of(0x01, 0x40));
    emulator.receive(Uint8Array.of(0x10, 0x04, 0x04));
    await clock.pass(10);
    expect(replies).toEqual([0x12, 0x12]);
    expect(emulator.counts()).toMatchObject({ statusRequests: 2, waitingBytes: 0 });
  });

  test.each<[string, (printer: TicketPrinterEmulator) => void, number[]]>([
    ['idle', () => {}, [0x12, 0x12, 0x12, 0x12]],
    ['near end', (printer) => printer.paperLow(), [0x12, 0x12, 0x12, 0x1e]],
    ['out of paper', (printer) => printer.paperOut(), [0x1a, 0x32, 0x12, 0x7e]],
    ['cover open', (printer) => printer.openCover(), [0x1a, 0x16, 0x12, 0x12]],
    ['blade jammed', (printer) => printer.cutterError(), [0x1a, 0x52, 0x1a, 0x12]],
    ['silent', (printer) => printer.silentStatus(true), []],
    ['off', (printer) => printer.powerOff(), []],
  ])('%s as status bytes', async (_, act, bytes) => {
    const { clock, emulator, replies, send } = bench();
    act(emulator);
    send({ type: 'report-now', value: 1 }, { type: 'report-now', value: 2 }, { type: 'report-now', value: 3 }, { type: 'report-now', value: 4 });
    await clock.pass(10);
    expect(replies).toEqual(bytes);
  });

  test('the queued report comes after the lines before it, and not while they are held up', async () => {
    const { clock, emulator, replies, send } = bench();
    emulator.openCover();
    send(...HELLO, { type: 'report-paper' });
    await clock.pass(5000);
    expect(replies).toEqual([]);
    emulator.closeCover();
    await clock.pass(45);
    expect(replies).toEqual([]);
    await clock.pass(30);
    expect(replies).toEqual([0x00]);
  });

  test('firmware without buffer clearing passes over it in silence', async () => {
    const { clock, emulator, replies, send } = bench({ model: 'xprinter-xp-n160ii' });
    emulator.paperOut();
    send(...HELLO, { type: 'clear-buffer' });
    await clock.pass(1000);
    expect(replies).toEqual([]);
    emulator.refill();
    await clock.pass(1000);
    expect(emulator.counts().lines).toBe(2);
  });

  test('what does not fit into its buffer is lost and counted', () => {
    const { emulator } = bench({ bufferBytes: 8 });
    emulator.paperOut();
    emulator.receive(Uint8Array.from(Buffer.from('0123456789')));
    expect(emulator.counts()).toMatchObject({ lostBytes: 2 });
  });

  test('bytes that it does not know, and lines that are too wide, are an alarm', () => {
    expect(() => bench().emulator.receive(Uint8Array.of(0x1b, 0x7f, 0x00))).toThrow('does not know');
    expect(() => bench().emulator.receive(Uint8Array.from(Buffer.from('x'.repeat(49))))).toThrow('wider than the paper');
  });

  test('a cut ticket is a picture of the paper at twice the dots', async () => {
    const { clock, emulator, model } = bench();
    const commands = composeTicket(SLIP, model, drawLine);
    if (!commands.ok) throw new Error('no glyph');
    emulator.receive(encode(commands.value));
    await clock.pass(10_000);
    expect(emulator.counts()).toMatchObject({ cuts: 1, waitingBytes: 0, lostBytes: 0 });
    expect(emulator.cut()[0]?.filter((mark) => mark.kind === 'qr')).toEqual([{ kind: 'qr', data: SLIP.token }]);
    const image = await loadImage(Buffer.from(emulator.papers()[0] ?? new Uint8Array()));
    // 80 mm are 639 dots; 28 dots of table on each side.
    expect(image.width).toBe((639 + 56) * 2);
    expect(image.height).toBeGreaterThan(2000);
  });
});
