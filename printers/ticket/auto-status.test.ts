import { describe, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Rig } from './test-rig.ts';
import { PRINTED, rigOfEachTest } from './test-rig.ts';

const start = rigOfEachTest();

describe('a printer that says its changes by itself', () => {
  /** So long that no poll falls into it, and far longer than a reply takes. */
  const MOMENT = 50;
  /** Just after the first poll, which cuts off what may hang there, with the printer told to speak. */
  async function settledRig(...options: Parameters<typeof start>): Promise<Rig> {
    const it = start(...options);
    for (let tries = 0; tries < 30 && it.printer.status().kind !== 'online'; tries += 1) await it.clock.pass(100);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
    return it;
  }

  test.each([
    ['paper-out', (it: Rig) => it.emulator.paperOut(), (it: Rig) => it.emulator.refill()],
    ['cover-open', (it: Rig) => it.emulator.openCover(), (it: Rig) => it.emulator.closeCover()],
    ['cutter', (it: Rig) => it.emulator.cutterError(), (it: Rig) => it.emulator.clearError()],
  ] as const)('%s shows within the moment, and so does its end', async (reason, fault, repair) => {
    const it = await settledRig();
    fault(it);
    await it.clock.pass(MOMENT);
    expect(it.printer.status()).toEqual({ kind: 'blocked', reason });
    repair(it);
    await it.clock.pass(MOMENT);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
  });

  test('a model without the function shows it at the next poll', async () => {
    const it = await settledRig({ model: 'xprinter-xp-n160ii' });
    it.emulator.openCover();
    await it.clock.pass(MOMENT);
    expect(it.printer.status().kind).toBe('online');
    await it.clock.pass(3000);
    expect(it.printer.status()).toEqual({ kind: 'blocked', reason: 'cover-open' });
  });

  test('good news waits for the answer to the question that follows it', async () => {
    const it = await settledRig();
    it.emulator.openCover();
    await it.clock.pass(MOMENT);
    it.emulator.delayReplies(200);
    it.emulator.closeCover();
    await it.clock.pass(250);
    expect(it.printer.status()).toEqual({ kind: 'blocked', reason: 'cover-open' });
    await it.clock.pass(200);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
  });

  test('what it says is not believed against what it answers: the poll that follows corrects it', async () => {
    const it = await settledRig();
    const heard: DeviceStatus[] = [];
    it.printer.watch((status) => heard.push(status));
    it.emulator.openCover();
    it.emulator.closeCover();
    await it.clock.pass(MOMENT);
    expect(heard.at(-1)).toEqual({ kind: 'online', warnings: [] });
  });

  test('a damaged word of it costs nothing but the moment', async () => {
    const it = await settledRig();
    it.emulator.corruptNextReply();
    it.emulator.paperLow();
    await it.clock.pass(MOMENT);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: [] });
    await it.clock.pass(3000);
    expect(it.printer.status()).toEqual({ kind: 'online', warnings: ['paper-low'] });
  });

  test('it is silent while a job runs, whose outcome comes from questions, and speaks again after it', async () => {
    const it = await settledRig();
    expect(await it.settled(it.print(1))).toEqual(PRINTED);
    it.emulator.paperOutAfter(3);
    expect(await it.settled(it.print(2))).toEqual([{ kind: 'sent' }, { kind: 'unknown', reason: 'paper-out' }]);
    it.emulator.refill();
    await it.clock.pass(4000);
    expect(await it.settled(it.print(3))).toEqual(PRINTED);
    await it.clock.pass(100);
    it.emulator.openCover();
    await it.clock.pass(MOMENT);
    expect(it.printer.status()).toEqual({ kind: 'blocked', reason: 'cover-open' });
  });

  test('one that was switched off and on, and has forgotten that it should speak, is told again', async () => {
    const it = await settledRig();
    it.emulator.powerOff();
    it.emulator.powerOn();
    it.emulator.openCover();
    await it.clock.pass(MOMENT);
    expect(it.printer.status().kind).toBe('online');
    await it.clock.pass(3000);
    it.emulator.closeCover();
    await it.clock.pass(3000);
    expect(it.printer.status().kind).toBe('online');
    it.emulator.openCover();
    await it.clock.pass(MOMENT);
    expect(it.printer.status()).toEqual({ kind: 'blocked', reason: 'cover-open' });
  });

  test('after a cable was out it speaks again', async () => {
    const it = await settledRig();
    it.emulator.unplug();
    it.emulator.plug();
    await it.clock.pass(4000);
    it.emulator.openCover();
    await it.clock.pass(MOMENT);
    expect(it.printer.status()).toEqual({ kind: 'blocked', reason: 'cover-open' });
  });
});
