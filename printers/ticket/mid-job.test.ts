import { describe, expect, test } from 'vitest';
import { openTicketPrinter } from './service.ts';
import type { Rig } from './test-rig.ts';
import { collect, drawLine, PRINTED, printId, rigOfEachTest, says, SLIP } from './test-rig.ts';

const LOOKING = { kind: 'looking', reason: 'connection-lost' };
const start = rigOfEachTest();

describe('in the middle of the job', () => {
  test.each([
    ['paper-out', (it: Rig) => it.emulator.paperOut(), (it: Rig) => it.emulator.refill()],
    ['cover-open', (it: Rig) => it.emulator.openCover(), (it: Rig) => it.emulator.closeCover()],
    ['cutter', (it: Rig) => it.emulator.cutterError(), (it: Rig) => it.emulator.clearError()],
    ['jam', (it: Rig) => it.emulator.jam(), (it: Rig) => it.emulator.clearError()],
    ['no-answer', (it: Rig) => it.emulator.powerOff(), (it: Rig) => it.emulator.powerOn()],
    ['unplugged', (it: Rig) => it.emulator.unplug(), (it: Rig) => it.emulator.plug()],
  ] as const)('%s: the outcome is unknown, and the next citizen gets nothing of it', async (reason, fault, repair) => {
    // At 38 400 bit/s part of the job is still on the line when the fault comes.
    const it = start({ baudRate: 38_400 });
    await it.clock.pass(1000);
    const first = it.print(1);
    await it.clock.pass(700);
    expect(it.emulator.counts().lines).toBeGreaterThan(5);
    expect(it.emulator.cut()).toEqual([]);
    fault(it);
    const silent = reason === 'no-answer' ? [LOOKING] : [];
    expect(await it.settled(first)).toEqual([...(reason === 'unplugged' ? [] : [{ kind: 'sent' }]), ...silent, { kind: 'unknown', reason }]);
    repair(it);
    await it.clock.pass(15_000);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
    expect(it.emulator.hanging()).toEqual([]);
    const leftovers = it.emulator.cut().length;
    expect(await it.settled(it.print(1))).toContainEqual({ kind: 'unknown', reason });
    expect(await it.settled(it.print(2, { ...SLIP, number: '330624202600000999', token: 'NEXT-CITIZEN' }))).toEqual(PRINTED);
    const next = it.emulator.cut().slice(leftovers);
    expect(next).toHaveLength(1);
    expect(says(next[0] ?? [])).toContain('330624202600000999');
    expect(says(next[0] ?? [])).not.toContain('330624202600000123');
  });

  test('a printer that is too busy to answer in time for two seconds is not given up', async () => {
    const it = start();
    await it.clock.pass(1000);
    const first = it.print(1);
    await it.clock.pass(400);
    it.emulator.delayReplies(1200);
    await it.clock.pass(2000);
    it.emulator.delayReplies(5);
    expect(await it.settled(first)).toEqual([{ kind: 'sent' }, LOOKING, ...PRINTED]);
  });

  test('after a refill not one line of the old slip comes out', async () => {
    const it = start();
    await it.clock.pass(1000);
    it.emulator.paperOutAfter(12);
    expect(await it.settled(it.print(1))).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'paper-out' }]);
    expect(it.emulator.counts()).toMatchObject({ lines: 12, waitingBytes: 0 });
    it.emulator.refill();
    await it.clock.pass(15_000);
    expect(it.emulator.cut().flat().filter((mark) => mark.kind !== 'picture')).toEqual([]);
    expect(it.emulator.counts().lines).toBe(12);
  });

  test('a cable pulled and put back: the rest that the printer kept is dropped', async () => {
    const it = start();
    await it.clock.pass(1000);
    it.emulator.paperOutAfter(5);
    const first = it.print(1);
    await it.clock.pass(300);
    it.emulator.unplug();
    expect(await it.settled(first)).toContainEqual({ kind: 'unknown', reason: 'unplugged' });
    expect(it.emulator.counts().waitingBytes).toBeGreaterThan(0);
    it.emulator.plug();
    await it.clock.pass(6000);
    expect(it.emulator.counts().waitingBytes).toBe(0);
    it.emulator.refill();
    await it.clock.pass(10_000);
    expect(it.emulator.counts().lines).toBe(5);
  });

  test('a printer whose buffer cannot be cleared keeps one line at most', async () => {
    const it = start({ model: 'xprinter-xp-n160ii' });
    await it.clock.pass(1000);
    it.emulator.paperOutAfter(12);
    expect(await it.settled(it.print(1))).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'paper-out' }]);
    it.emulator.refill();
    await it.clock.pass(15_000);
    expect(it.emulator.counts().lines).toBeLessThanOrEqual(13);
    expect(it.emulator.hanging()).toEqual([]);
    const leftovers = it.emulator.cut().length;
    expect(await it.settled(it.print(2))).toEqual(PRINTED);
    expect(it.emulator.cut()).toHaveLength(leftovers + 1);
    expect(says(it.emulator.cut()[leftovers] ?? []).match(/330624202600000123/g)).toHaveLength(1);
  });

  test('answers later than their time limit are not taken for a confirmation', async () => {
    const it = start();
    await it.clock.pass(1000);
    it.emulator.delayReplies(1500);
    expect(await it.settled(it.print(1))).toEqual([{ kind: 'not-printed', reason: 'offline' }]);
    it.emulator.delayReplies(2);
    await it.clock.pass(10_000);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
  });

  test('a garbled answer behind the job makes it unknown, never printed', async () => {
    const it = start();
    await it.clock.pass(1000);
    const job = it.print(1);
    await it.clock.pass(300);
    it.emulator.corruptNextReply();
    expect(await it.settled(job)).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'garbled' }]);
  });

  test('paper that ends with the last line is not called printed', async () => {
    const it = start();
    await it.settled(it.print(1));
    const lines = it.emulator.counts().lines;
    it.emulator.paperOutAfter(lines);
    expect(await it.settled(it.print(2))).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'paper-out' }]);
  });
});

test('a model that cannot report is told apart from one that does not answer: it works, and nothing is said to be printed', async () => {
  const it = start();
  const printer = openTicketPrinter({ address: () => it.emulator.transport(), model: { ...it.model, queuedStatus: false }, clock: it.clock, drawLine });
  expect(await it.settled(collect(printer.print({ print: printId(1), ticket: SLIP })))).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'cannot-confirm' }]);
  expect(printer.status()).toEqual({ kind: 'online', warnings: [] });
  await it.settled(printer.close());
});
