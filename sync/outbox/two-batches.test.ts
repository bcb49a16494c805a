import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createRig, handInMany, type Rig } from '../test-rig.ts';

/** What happens on its way to the batch that begins with this sequence: it goes through when this resolves. */
let onTheWay: (first: number) => Promise<void>;
let most: number;
let rig: Rig;

beforeEach(async () => {
  let flying = 0;
  most = 0;
  onTheWay = () => Promise.resolve();
  rig = await createRig({
    line: () => async (input, init) => {
      if (!(input instanceof URL) || !input.pathname.endsWith('/intake')) return fetch(input, init);
      flying += 1;
      most = Math.max(most, flying);
      try {
        await onTheWay(firstOf(init?.body));
        init?.signal?.throwIfAborted();
        return await fetch(input, init);
      } finally {
        flying -= 1;
      }
    },
  });
});
afterEach(() => rig.close());

/** Batches are packed in threads, so which is sent first says nothing of their order. */
function firstOf(body: unknown): number {
  if (!(body instanceof Uint8Array)) throw new Error('a batch of many is packed');
  return z.object({ actions: z.array(z.object({ sequence: z.int() })).min(1) }).parse(JSON.parse(gunzipSync(body).toString())).actions[0]?.sequence ?? 0;
}

const casesAtHall = () => [...rig.hall.stored.values()].map((action) => action.case);

test('the second of two that overtakes the first is taken behind it', async () => {
  const ids = await handInMany(rig.store, 250);
  let overtake = () => {};
  const overtaken = new Promise<void>((resolve) => (overtake = resolve));
  onTheWay = (first) => {
    if (first === 151) overtake();
    // The second batch waits for the third to be sent, and a moment more.
    return first === 51 ? overtaken.then(() => new Promise((moment) => setTimeout(moment, 20))) : Promise.resolve();
  };
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 250, notHeld: 0 });
  expect(casesAtHall()).toEqual(ids);
  expect(most).toBe(2);
});

test('when the first of two is lost, the second is given up, and all arrives once', async () => {
  const ids = await handInMany(rig.store, 250);
  onTheWay = (first) => (first === 51 ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve());
  expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'unreachable' }, acknowledged: 50 });
  expect(await rig.store.log.waiting()).toBe(200);
  onTheWay = () => Promise.resolve();
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 200, notHeld: 0 });
  expect(casesAtHall()).toEqual(ids);
});

test('when the hall fails on one of the first, the second does not count as kept aside, and the rest goes on one at a time', async () => {
  await handInMany(rig.store, 250);
  const poison = (await rig.store.log.all())[99];
  rig.hall.faults.poison.add(poison?.id ?? '');
  expect(await rig.sync.runNow()).toMatchObject({ acknowledged: 99, keptAside: 0 });
  rig.hall.faults.poison.clear();
  rig.clock.advance(60_000);
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 151 });
  expect(casesAtHall()).toHaveLength(250);
});

test('a hall of protocol 1 gets one at a time', async () => {
  rig.hall.protocol = 1;
  await handInMany(rig.store, 250);
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 250 });
  expect(most).toBe(1);
});
