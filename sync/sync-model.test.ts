import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseId } from '../test/fixtures/actions.ts';
import { LEASES } from './leases/renew.ts';
import { LONGEST_REST } from './outbox/lanes.ts';
import { createRig, handIn } from './test-rig.ts';

/** What may happen to a terminal and its line, in any order. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('hand-in' as const), pages: fc.nat({ max: 2 }) }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'run' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), path: fc.constantFrom('/intake', '/feed', '/leases', '/blobs', '/blobs/missing', '/tokens') }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'token-over' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('status' as const), path: fc.constantFrom('/intake', '/feed', '/blobs/missing'), status: fc.constantFrom(500, 503, 413, 429) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'pieces-lost' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'forged' as const }) },
);

describe('whatever happens on the way', () => {
  test('in the end the hall has one of each in order, and the terminal knows it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 14 }), async (happenings) => {
      const rig = await createRig();
      try {
        let serial = 0;
        for (const step of happenings) {
          switch (step.kind) {
            case 'hand-in': {
              serial += 1;
              const id = caseId(serial);
              await rig.store.caseKeys.create(id);
              const pages = [];
              for (let page = 0; page < step.pages; page += 1) {
                const put = await rig.store.blobs.put(id, new Uint8Array(300_000).fill(page), 'image/jpeg');
                if (put.ok) pages.push(put.value);
              }
              await rig.store.log.append(handIn(id, { materials: pages.map((page, index) => ({ key: `m${index}`, pages: [page], trust: 'C' })) }));
              break;
            }
            case 'run': {
              // Faults may end a run early but never lose what was confirmed before.
              const confirmed = rig.hall.stored.size;
              await rig.sync.runNow();
              expect(rig.hall.stored.size).toBeGreaterThanOrEqual(confirmed);
              break;
            }
            case 'cut':
              rig.hall.faults.cutAfter.push({ path: step.path, times: 1 });
              break;
            case 'token-over':
              rig.hall.expireTokens();
              break;
            case 'status':
              rig.hall.faults.status.set(step.path, step.status);
              break;
            case 'pieces-lost':
              rig.hall.faults.losePieces += 2;
              break;
            case 'forged':
              rig.hall.faults.forge = (good) => ({ ...good, receivedAt: '2020-01-01T00:00:00.000Z' });
              break;
          }
        }
        Object.assign(rig.hall.faults, { cutAfter: [], status: new Map(), losePieces: 0, forge: null });
        rig.clock.advance(LONGEST_REST);
        expect((await rig.sync.runNow()).failure).toBeNull();
        const chain = await rig.store.log.all();
        expect([...rig.hall.stored.values()]).toEqual(chain);
        expect(await rig.store.log.waiting()).toBe(0);
        expect(await rig.store.blobs.pending(99)).toEqual([]);
        for (const { payload } of chain) {
          if (payload.kind !== 'handed-in') continue;
          for (const { pages } of payload.materials) for (const { hash, size } of pages) expect(rig.hall.blobs.get(hash)?.length).toBe(size);
        }
        expect(rig.hall.leases.size).toBe(LEASES.length);
      } finally {
        await rig.close();
      }
    }), { numRuns: 25 });
  }, 60_000);
});
