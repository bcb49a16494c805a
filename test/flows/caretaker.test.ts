import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../crypto/passwords.ts';
import type { CaretakerView } from '../../domain/contracts/caretaker.ts';
import { exportParcels } from '../../hall/courier/export.ts';
import { importParcels } from '../../hall/courier/import.ts';
import { type Caretaker, createCaretaker } from '../../main/core/caretaker/caretaker.ts';
import type { DevicesDesk } from '../../main/core/caretaker/devices.ts';
import type { PapersDesk } from '../../main/core/caretaker/papers.ts';
import { sticksBelow } from '../../main/core/courier/sticks.ts';
import type { TestClock } from '../fixtures/test-clock.ts';
import { type CourierWorld, expectOneLog, mustWork, openCourierWorld, type StickTerminal } from '../rigs/courier.ts';

/** Nothing to do about paper: these stories are about sticks. */
const idleDesk: PapersDesk = {
  view: () => Promise.resolve({ unknown: [], blanks: [], today: [], slip: null }),
  closePaper: () => Promise.resolve({ ok: false, error: { kind: 'no-such-paper' } }),
  load: () => Promise.resolve({ ok: false, error: { kind: 'no-such-stock' } }),
  spoil: () => Promise.resolve({ ok: false, error: { kind: 'no-such-stock' } }),
  look: () => Promise.resolve({ ok: false, error: { kind: 'no-such-stock' } }),
  acknowledgeTamper: () => Promise.resolve({ ok: false, error: { kind: 'device-away' } }),
  printSlip: () => Promise.resolve({ ok: true, value: null }),
  forget: () => undefined,
};

const idleDevices: DevicesDesk = {
  view: () => ({ exchanges: [], selfTest: { last: null, running: false } }),
  start: () => Promise.resolve({ ok: false, error: { kind: 'no-such-device' } }),
  end: () => Promise.resolve({ ok: false, error: { kind: 'no-exchange' } }),
  startSelfTest: () => Promise.resolve({ ok: false, error: { kind: 'busy' } }),
  leave: () => undefined,
};

describe('the caretaker', () => {
  const PIN = '246810';
  let mounted = true;
  let caretaker: Caretaker;
  let world: CourierWorld;
  let third: StickTerminal;
  beforeAll(async () => {
    world = await openCourierWorld();
    third = await world.terminal('T330624-0003');
    mustWork(await exportParcels(world.hall.hall.ground, world.stick));
    caretaker = await createCaretaker({
      pin: await hashPassword(PIN), mounts: world.folder, papers: idleDesk, devices: idleDevices, courier: third.parts, log: () => undefined, onTaken: () => undefined, outdated: () => null, room: () => Promise.resolve('enough'),
      sticks: sticksBelow(world.folder, (folder) => Promise.resolve(mounted && folder === world.stick)),
    });
  }, 60_000);
  afterAll(async () => {
    await caretaker?.close();
    await world?.close();
  });

  /** Waits until the view is as wanted: export and import run behind it. */
  const see = (look: (view: CaretakerView) => boolean) => new Promise<CaretakerView>((resolve) => {
    const stop = caretaker.views.watch((view) => {
      if (!look(view)) return;
      queueMicrotask(() => stop());
      resolve(view);
    });
  });
  const done = () => see((view) => view.kind === 'open' && view.deed === null && view.outcome !== null);

  test('gets in by the PIN, and nothing is to be had before', async () => {
    expect(await caretaker.put('stick')).toEqual({ ok: false, error: { kind: 'no-caretaker' } });
    expect(await caretaker.enter('111111')).toEqual({ ok: false, error: { kind: 'wrong-pin' } });
    expect(await caretaker.enter(PIN)).toEqual({ ok: true, value: null });
    expect(caretaker.views.get()).toMatchObject({ kind: 'open', enrolled: false, sticks: [{ stick: 'stick' }] });
    expect(await caretaker.put('../etc')).toEqual({ ok: false, error: { kind: 'no-such-stick' } });
  });

  test('enrols the machine and carries its case; each step says what came of it', async () => {
    await caretaker.put('stick');
    expect(await done()).toMatchObject({ outcome: { kind: 'failed', deed: 'put', why: 'no-hall' } });
    await caretaker.take('stick');
    const asked = await done();
    if (asked.kind !== 'open' || asked.outcome?.kind !== 'compare-card') return expect.unreachable();
    expect(await caretaker.takeCard('0000')).toEqual({ ok: false, error: { kind: 'no-such-card' } });
    expect(await caretaker.takeCard(asked.outcome.cards[0]?.fingerprint ?? '')).toEqual({ ok: true, value: null });
    for (const round of [0, 1]) {
      if (round === 1) await third.handIn(30);
      await caretaker.put('stick');
      expect(await caretaker.take('stick')).toEqual({ ok: false, error: { kind: 'busy' } });
      expect(await done()).toMatchObject({ outcome: { kind: 'exported', actions: round, pages: 2 * round, left: 0 }, waiting: { cases: round, pages: 2 * round } });
      mustWork(await importParcels(world.courier, world.stick));
      mustWork(await exportParcels(world.hall.hall.ground, world.stick));
      await caretaker.take('stick');
      expect(await done()).toMatchObject({ enrolled: true, outcome: { kind: 'imported', parcels: 1, enrolled: round === 0, acknowledged: round, pages: 2 * round }, waiting: { cases: 0, actions: 0, pages: 0 } });
    }
    await expectOneLog(world, third);
    await caretaker.take('stick');
    expect(await done()).toMatchObject({ outcome: { kind: 'imported', parcels: 0, repeated: 1 } });
  });

  test('is told that the stick is gone, and is let out when nobody touches the screen', async () => {
    renameSync(world.stick, `${world.stick}-pulled`);
    await caretaker.put('stick');
    expect(await done()).toMatchObject({ outcome: { kind: 'failed', deed: 'put', why: 'stick-gone' } });
    // The place where it was stays: what is written there would stay in the machine.
    mkdirSync(world.stick);
    mounted = false;
    await caretaker.put('stick');
    expect(await done()).toMatchObject({ outcome: { kind: 'failed', deed: 'put', why: 'stick-gone' } });
    expect(readdirSync(world.stick)).toEqual([]);
    mounted = true;
    rmSync(world.stick, { recursive: true });
    renameSync(`${world.stick}-pulled`, world.stick);
    const closed = see(({ kind }) => kind === 'closed');
    // The wall clock is put back by a year meanwhile: nobody has touched the screen all the same.
    const clock = third.parts.clock as TestClock;
    clock.now = ((now) => () => now() - 365 * 24 * 3_600_000)(clock.now);
    const begun = clock.monotonic();
    let view: CaretakerView | null = null;
    void closed.then((shut) => (view = shut));
    while (view === null) {
      // Each look asks the disk which sticks there are.
      await clock.pass(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(view).toEqual({ kind: 'closed', lockedUntil: null });
    expect(clock.monotonic() - begun).toBeGreaterThanOrEqual(180_000);
    expect(clock.waiting).toBe(0);
  });
});
