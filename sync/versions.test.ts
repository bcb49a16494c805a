import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROTOCOL } from '../domain/contracts/hall.ts';
import { createRig, handInMany, type Rig } from './test-rig.ts';
import { bestEncoding } from './transport/packing.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const whole = { failure: null, forgedAcknowledgements: 0, keptAside: 0, ignoredEntries: 0 };

describe('what hall and terminal agree on', () => {
  test.each([[1, 1, 1], [2, 1, 2], [3, 1, 3], [PROTOCOL, PROTOCOL - 1, PROTOCOL], [PROTOCOL + 1, PROTOCOL, PROTOCOL], [PROTOCOL + 1, 1, PROTOCOL]])('a hall of versions %d down to %d is spoken to in version %d', async (newest, oldest, spoken) => {
    Object.assign(rig.hall, { protocol: newest, oldest });
    await handInMany(rig.store, 2);
    const [first] = await rig.store.log.all();
    rig.hall.faults.quarantine.set(first?.id ?? '', 'unknown-item');
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 1, keptAside: 1 });
    expect(rig.hall.spoken).toEqual(new Set([spoken]));
  });

  test.each([[['gzip'], 'gzip'], [['gzip', 'zstd'], 'zstd'], [['brotli'], 'gzip']])('to a hall that unpacks %j batches go in %s', async (encodings, packing) => {
    rig.hall.encodings = encodings;
    await handInMany(rig.store, 3);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 3 });
    expect(rig.hall.packedAs).toEqual(new Set([packing]));
  });

  test.each([[1, undefined], [2, { wall: '2026-11-23T01:00:00.000Z', protocol: 2, program: 'test' }]])('a hall of version %d hears of this machine what it can read', async (protocol, said) => {
    rig.hall.protocol = protocol;
    await rig.sync.runNow();
    expect(rig.hall.introductions).toEqual([said]);
  });

  test('a runtime without zstd packs in gzip, whatever the hall has', () => {
    expect(bestEncoding(['gzip', 'zstd'], false)).toBe('gzip');
  });

  test('a hall that no longer speaks this version is a failure of its own; hand-ins are taken and go after the update', async () => {
    Object.assign(rig.hall, { protocol: PROTOCOL + 2, oldest: PROTOCOL + 1 });
    await handInMany(rig.store, 2);
    expect((await rig.sync.runNow()).failure).toEqual({ kind: 'outdated', oldest: PROTOCOL + 1 });
    expect(rig.sync.status()).toMatchObject({ failure: { kind: 'outdated' }, line: 'online' });
    await handInMany(rig.store, 1, 3);
    Object.assign(rig.hall, { protocol: PROTOCOL + 1, oldest: PROTOCOL });
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 3 });
  });

  test('a hall that was put back to its last version is spoken to in that one from the next run on', async () => {
    await handInMany(rig.store, 1);
    await rig.sync.runNow();
    rig.hall.protocol = 1;
    await handInMany(rig.store, 1, 2);
    expect((await rig.sync.runNow()).failure).toEqual({ kind: 'protocol', status: 400 });
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 1 });
  });
});
