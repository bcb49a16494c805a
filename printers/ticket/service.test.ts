import { describe, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { openTicketPrinter } from './service.ts';
import type { Rig } from './test-rig.ts';
import { collect, drawLine, PRINTED, printId, rigOfEachTest, says, SLIP } from './test-rig.ts';

const start = rigOfEachTest();

describe('a citizen takes a slip', () => {
  test('it is printed once, cut, and confirmed by the printer', async () => {
    const { settled, print, emulator } = start();
    expect(await settled(print(1))).toEqual(PRINTED);
    expect(emulator.cut()).toHaveLength(1);
    expect(says(emulator.cut()[0] ?? [])).toContain('330624202600000123');
    expect(emulator.hanging()).toEqual([]);
  });

  test('the same print id, during the job and after it, answers the same and prints nothing', async () => {
    const { settled, print, emulator, clock } = start();
    const first = print(1);
    await clock.pass(300);
    const during = print(1);
    expect(await settled(first)).toEqual(PRINTED);
    expect(await settled(during)).toEqual(PRINTED);
    expect(await settled(print(1))).toEqual(PRINTED);
    expect(emulator.cut()).toHaveLength(1);
  });

  test('several jobs come out one after the other, whole', async () => {
    const { settled, print, emulator } = start();
    const all = [1, 2, 3].map((serial) => print(serial, { ...SLIP, number: `33062420260000020${serial}` }));
    for (const job of all) expect(await settled(job)).toEqual(PRINTED);
    expect(emulator.cut().map((marks) => /33062420260000020\d/.exec(says(marks))?.[0])).toEqual(['330624202600000201', '330624202600000202', '330624202600000203']);
  });

  test('paper that is nearly out warns and prints all the same', async () => {
    const { settled, print, emulator, printer, clock } = start();
    emulator.paperLow();
    await clock.pass(4000);
    expect(printer.status()).toEqual({ kind: 'online', warnings: ['paper-low'] });
    expect(await settled(print(1))).toEqual(PRINTED);
  });

  test('over a slow line too', async () => {
    const { settled, print } = start({ baudRate: 9600 });
    expect(await settled(print(1))).toEqual(PRINTED);
  });
});

describe('before the job', () => {
  test.each([
    ['paper-out', (it: Rig) => it.emulator.paperOut(), (it: Rig) => it.emulator.refill()],
    ['cover-open', (it: Rig) => it.emulator.openCover(), (it: Rig) => it.emulator.closeCover()],
    ['cutter', (it: Rig) => it.emulator.cutterError(), (it: Rig) => it.emulator.clearError()],
    ['offline', (it: Rig) => it.emulator.powerOff(), (it: Rig) => it.emulator.powerOn()],
    ['offline', (it: Rig) => it.emulator.unplug(), (it: Rig) => it.emulator.plug()],
    ['offline', (it: Rig) => it.emulator.silentStatus(true), (it: Rig) => it.emulator.silentStatus(false)],
  ] as const)('%s: nothing is printed, then or later', async (reason, fault, repair) => {
    const it = start();
    await it.clock.pass(1000);
    fault(it);
    expect(await it.settled(it.print(1))).toEqual([{ kind: 'not-printed', reason }]);
    repair(it);
    await it.clock.pass(10_000);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
    expect(it.emulator.counts()).toMatchObject({ lines: 0, cuts: 0, waitingBytes: 0 });
    expect(await it.settled(it.print(2))).toEqual(PRINTED);
  });

  test('a wire that takes long to open is told as a printer that does not answer yet, within five seconds', async () => {
    const it = start();
    const transport = it.emulator.transport();
    const slow = { ...transport, open: async () => new Promise<void>((opened) => it.clock.after(8000, opened)).then(() => transport.open()) };
    const printer = openTicketPrinter({ address: () => slow, model: it.model, clock: it.clock, drawLine });
    const told: string[] = [];
    const ended = (async () => {
      for await (const progress of printer.print({ print: printId(1), ticket: SLIP })) told.push('reason' in progress ? `${progress.kind} ${progress.reason}` : progress.kind);
    })();
    await it.clock.pass(2900);
    expect(told).toEqual([]);
    await it.clock.pass(200);
    expect(told).toEqual(['looking no-answer']);
    await it.settled(ended);
    expect(told).toEqual(['looking no-answer', 'sent', 'printed']);
    await it.settled(printer.close());
  });

  test('a character that no font has stops the slip and names no other reason', async () => {
    const { settled, print, emulator } = start();
    expect(await settled(print(1, { ...SLIP, person: '𠮷**' }))).toEqual([{ kind: 'not-printed', reason: 'missing-glyph' }]);
    expect(emulator.counts().lines).toBe(0);
  });

  test('a model without status is never printed on', async () => {
    const it = start();
    const printer = openTicketPrinter({ address: () => it.emulator.transport(), model: { ...it.model, realTimeStatus: false }, clock: it.clock, drawLine });
    expect(await it.settled(collect(printer.print({ print: printId(1), ticket: SLIP })))).toEqual([{ kind: 'not-printed', reason: 'no-status-support' }]);
    expect(printer.status()).toEqual({ kind: 'out-of-service', reason: 'no-status-support' });
    await it.settled(printer.close());
  });
});

describe('cancelling', () => {
  test('only jobs of which nothing was sent can be cancelled', async () => {
    const it = start();
    await it.clock.pass(1000);
    const [first, second, third] = [it.print(1), it.print(2), it.print(3)];
    await it.clock.pass(300);
    expect(it.printer.cancel([1, 2, 9].map(printId))).toEqual([printId(2)]);
    expect(await it.settled(first)).toEqual(PRINTED);
    expect(await it.settled(second)).toEqual([{ kind: 'not-printed', reason: 'cancelled' }]);
    expect(await it.settled(third)).toEqual(PRINTED);
    expect(it.emulator.cut()).toHaveLength(2);
    expect(it.printer.cancel([printId(1)])).toEqual([]);
  });

  test('a waiting job dies with its last listener, a running one goes on', async () => {
    const it = start();
    await it.clock.pass(1000);
    const session = new AbortController();
    const running = it.print(1, SLIP, session.signal);
    const waiting = it.print(2, SLIP, session.signal);
    await it.clock.pass(300);
    session.abort();
    expect(await it.settled(running)).toEqual([{ kind: 'sent' }]);
    expect(await it.settled(waiting)).toEqual([{ kind: 'not-printed', reason: 'cancelled' }]);
    expect(await it.settled(it.print(1))).toEqual(PRINTED);
    expect(await it.settled(it.print(2))).toEqual([{ kind: 'not-printed', reason: 'cancelled' }]);
    expect(it.emulator.cut()).toHaveLength(1);
  });

  test('closing ends a running job as unknown and clears the printer', async () => {
    const it = start();
    await it.clock.pass(1000);
    const running = it.print(1);
    const waiting = it.print(2);
    await it.clock.pass(300);
    await it.settled(it.printer.close());
    expect(await it.settled(running)).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'closed' }]);
    expect(await it.settled(waiting)).toEqual([{ kind: 'not-printed', reason: 'cancelled' }]);
    expect(await it.settled(it.print(3))).toEqual([{ kind: 'not-printed', reason: 'cancelled' }]);
    expect(it.emulator.counts()).toMatchObject({ waitingBytes: 0, cuts: 0 });
  });
});

describe('watching', () => {
  test('tells the present state at once and every change once', async () => {
    const it = start();
    const seen: DeviceStatus[] = [];
    const stop = it.printer.watch((status) => seen.push(status));
    await it.clock.pass(10_000);
    it.emulator.openCover();
    await it.clock.pass(10_000);
    it.emulator.closeCover();
    await it.clock.pass(4000);
    it.emulator.unplug();
    expect(it.printer.status()).toEqual({ kind: 'offline', reason: 'unplugged' });
    await it.clock.pass(10_000);
    it.emulator.plug();
    await it.clock.pass(4000);
    stop();
    it.emulator.openCover();
    await it.clock.pass(4000);
    expect(seen).toEqual([
      { kind: 'offline', reason: 'starting' },
      { kind: 'online', warnings: [] },
      { kind: 'blocked', reason: 'cover-open' },
      { kind: 'online', warnings: [] },
      { kind: 'offline', reason: 'unplugged' },
      { kind: 'online', warnings: [] },
    ]);
    expect(it.printer.bits()?.offline.coverOpen).toBe(true);
  });

  test('data that an earlier life of this program left in the printer never comes out', async () => {
    const it = start({
      before(emulator) {
        emulator.paperOut();
        emulator.receive(Uint8Array.from(Buffer.from('OLD SLIP OF ANOTHER CITIZEN\n')));
      },
    });
    await it.clock.pass(1000);
    it.emulator.refill();
    await it.clock.pass(5000);
    expect(it.emulator.counts()).toMatchObject({ lines: 0, waitingBytes: 0, cleared: 1 });
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
  });

  test('a printer that answers but does not confirm that it dropped old data is not used', async () => {
    // The table promises a function which this device does not have.
    const clone = start({ model: 'xprinter-xp-n160ii' });
    await clone.settled(clone.printer.close());
    const printer = openTicketPrinter({ address: () => clone.emulator.transport(), model: { ...clone.model, clearBuffer: true }, clock: clone.clock, drawLine });
    expect(await clone.settled(collect(printer.print({ print: printId(1), ticket: SLIP })))).toEqual([{ kind: 'not-printed', reason: 'buffer-not-cleared' }]);
    expect(printer.status()).toEqual({ kind: 'blocked', reason: 'buffer-not-cleared' });
    await clone.settled(printer.close());
  });
});
