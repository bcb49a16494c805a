import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRig, handInMany, type Rig } from './test-rig.ts';
import { SILENCE } from './transport/live.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
  if (rig.clock.waiting > 0) throw new Error('a timer is left');
});

/** Lets real sockets speak until something is so; a wait for what never comes ends after five real seconds. */
async function until(so: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!so()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${so.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets what is already under way on the sockets arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * The same while time passes, ten times as fast as outside: real sockets have their answer in time on a loaded machine too, where a turn of this
 * program takes long.
 */
async function untilInTime(so: () => boolean): Promise<void> {
  let last = performance.now();
  await until(() => {
    const now = performance.now();
    const passed = Math.floor((now - last) * 10);
    last += passed / 10;
    rig.clock.advance(passed);
    return so();
  });
}

const runs = () => rig.events.filter(({ event }) => event === 'sync-run-complete').length;
const asked = (request: string) => rig.hall.requests.filter((each) => each === request).length;

/** Starts, and waits until the first run is over. */
async function start(): Promise<void> {
  rig.sync.start();
  rig.clock.advance(0);
  await until(() => runs() > 0);
  await idle();
}

async function idle(): Promise<void> {
  await until(() => rig.sync.status().phase === 'idle');
}

describe('a live line', () => {
  test('is opened after the first run, and a word about the feed brings the entry at once', async () => {
    await start();
    await until(() => rig.hall.live.open() === 1);
    const before = runs();
    rig.hall.feed.push({ kind: 'news', text: 'a newer kind' });
    rig.hall.live.say();
    // No time passes: only the run that the word asked for.
    await until(() => {
      rig.clock.advance(0);
      return runs() > before;
    });
    await idle();
    expect(await rig.store.cursors.get('feed-checkpoint')).toBe(1);
    // A word about what is known asks for nothing.
    rig.hall.live.say();
    rig.hall.live.say();
    const after = runs();
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      rig.clock.advance(0);
    }
    expect(runs()).toBe(after);
  });

  test('that falls silent is gone, though its connection stands: the line is looked at, and a new one opened', async () => {
    await start();
    await until(() => rig.hall.live.open() === 1);
    // Let the first word be heard, which begins the wait for the next.
    await until(() => asked('GET /live') === 1);
    await settle();
    const before = runs();
    rig.clock.advance(SILENCE);
    await until(() => rig.hall.live.open() === 0);
    await until(() => {
      rig.clock.advance(0);
      return runs() > before;
    });
    await idle();
    rig.clock.advance(2_000);
    await until(() => rig.hall.live.open() === 1);
    expect(asked('GET /live')).toBe(2);
  });

  test('that the hall ends is opened again, with a new token when the old one is over', async () => {
    await start();
    await until(() => rig.hall.live.open() === 1);
    rig.hall.expireTokens();
    rig.hall.live.end();
    await until(() => rig.hall.live.open() === 0);
    await untilInTime(() => rig.hall.live.open() === 1);
    expect(asked('POST /tokens')).toBe(2);
  });

  test('is not asked for where the hall has none; the interval goes on', async () => {
    rig.hall.protocol = 1;
    await start();
    const before = runs();
    rig.clock.advance(60_000);
    await until(() => runs() > before);
    await idle();
    expect(asked('GET /live')).toBe(0);
  });

  test('is none when a web page answers in its place', async () => {
    await start();
    await until(() => rig.hall.live.open() === 1);
    rig.hall.faults.portal = true;
    rig.hall.live.end();
    await untilInTime(() => rig.sync.status().line === 'offline');
    expect(rig.sync.status().failure).toEqual({ kind: 'protocol', status: 200 });
  });
});

describe('a line that is away', () => {
  test('is looked for every few seconds and used the moment it is back, however long the back-off is', async () => {
    await start();
    rig.hall.live.end();
    rig.hall.faults.portal = true;
    await handInMany(rig.store, 1);
    rig.sync.nudge();
    rig.clock.advance(0);
    await until(() => rig.sync.status().phase === 'backing-off');
    for (let failures = rig.sync.status().failures; failures < 12; failures = rig.sync.status().failures) {
      const before = runs();
      rig.sync.nudge();
      rig.clock.advance(0);
      await until(() => runs() > before && rig.sync.status().phase === 'backing-off');
    }
    const looks = asked('GET /about');
    rig.clock.advance(5_000);
    await until(() => asked('GET /about') === looks + 1);
    await settle();
    rig.hall.faults.portal = false;
    const before = runs();
    const since = rig.clock.monotonic();
    await untilInTime(() => runs() > before);
    // Well under the five minutes that twelve failures have earned.
    expect(rig.clock.monotonic() - since).toBeLessThanOrEqual(60_000);
    expect(await rig.store.log.waiting()).toBe(0);
  });

  test('that only cut a run is left to the back-off: the hall answers a look, and is not sent the same batch every few seconds', async () => {
    await start();
    await handInMany(rig.store, 1);
    rig.hall.faults.cutAfter.push({ path: '/intake', times: 8 });
    while (rig.sync.status().failures < 8) {
      const before = runs();
      rig.sync.nudge();
      rig.clock.advance(0);
      await until(() => runs() > before && rig.sync.status().phase === 'backing-off');
    }
    const [before, looks] = [runs(), asked('GET /about')];
    rig.clock.advance(5_000);
    await until(() => asked('GET /about') === looks + 1);
    await settle();
    rig.clock.advance(55_000);
    await settle();
    expect([runs(), asked('GET /about')]).toEqual([before, looks + 1]);
  });
});
