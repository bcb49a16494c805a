import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../../crypto/node.ts';
import { MAX_BODY } from '../../domain/contracts/hall.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { createSync } from '../sync.ts';
import { createRig, createTestRandom, handIn, handInMany, MACHINE, type Rig } from '../test-rig.ts';
import { createHallTransport } from '../transport/http.ts';
import { send } from '../transport/request.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** A line of so many bytes a millisecond: the test's clock moves on by what a body takes, and whoever gave up meanwhile has given up. */
function syncOver(bytesPerMillisecond: number) {
  const times: number[] = [];
  const paced: typeof fetch = async (input, init) => {
    const size = typeof init?.body === 'string' ? Buffer.byteLength(init.body) : init?.body instanceof Uint8Array ? init.body.length : 0;
    const took = size / bytesPerMillisecond;
    if (input instanceof URL && input.pathname.endsWith('/intake')) times.push(took);
    rig.clock.advance(took);
    init?.signal?.throwIfAborted();
    return fetch(input, init);
  };
  const { store, clock } = rig;
  const transport = createHallTransport({ baseUrl: rig.hall.url, signer: createSigner(MACHINE, rig.key.privateKey), clock, fetch: paced });
  return { sync: createSync({ store, transport, verifier, clock, random: createTestRandom(), log: () => undefined }), times };
}

/** Letters that no packing makes small: hexadecimal of what looks random. */
const noise = (serial: number, length: number) => Array.from({ length }, (_, index) => ((serial * 7919 + index * 104_729) % 65_521).toString(36)).join('').slice(0, length);

describe('batches on a slow line', () => {
  test.each([['64 kbit/s', 8, 45_000], ['16 kbit/s', 2, 120_000]])('at %s none is given up, and none keeps the line long', async (_, rate, longest) => {
    for (let serial = 1; serial <= 150; serial += 1) await rig.store.log.append(handIn(caseId(serial), { form: Object.fromEntries([1, 2, 3, 4].map((field) => [`field${field}`, noise(serial * field, 1500)])) }));
    const { sync, times } = syncOver(rate);
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 150 });
    expect(Math.max(...times)).toBeLessThan(longest);
    // What took long at first has become short.
    expect(times.at(-1)).toBeLessThan(30_000);
  });

  test('at 64 kbit/s the largest body that there may be still gets through in its time', async () => {
    const paced: typeof fetch = async (_input, init) => {
      rig.clock.advance(MAX_BODY / 8);
      init?.signal?.throwIfAborted();
      return new Response('{}');
    };
    expect(await send(paced, rig.clock, { method: 'POST', url: new URL(rig.hall.url), body: new Uint8Array(MAX_BODY) })).toMatchObject({ ok: true });
  });

  test('on a good line they grow to the most that one may hold', async () => {
    await handInMany(rig.store, 400);
    const { sync } = syncOver(1_000_000);
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 400 });
    expect(rig.hall.batches).toEqual([50, 100, 200, 50]);
  });
});
