/**
 * Hands in cases with leased numbers and one file each until it is killed, and says after each what is on the disk:
 * `<sequence> <number>`. Used by `crash.test.ts`.
 */
import { createSigner } from '../crypto/node.ts';
import { caseId, createTestRandom, handIn, MACHINE, STORE_KEY, testClock } from './test-rig.ts';
import { openTerminalStore } from './terminal-store/index.ts';

const [, , file = '', privateKey = '', from = '1'] = process.argv;
const clock = testClock(Date.UTC(2026, 10, 23, 1, 0, Number(from) % 60));
const opened = await openTerminalStore({ file, key: STORE_KEY, nativeBinding: null, signer: createSigner(MACHINE, privateKey), clock, boot: `boot-${from}`, random: createTestRandom() });
if (!opened.ok) throw new Error(opened.error.kind);
const store = opened.value;
await store.leases.add({ id: 'lease-1', kind: 'case-number', prefix: '3306242026', first: 1, last: 99_999, width: 8 });
for (let serial = Number(from); ; serial += 1) {
  clock.advance(1);
  const id = caseId(serial);
  await store.caseKeys.create(id);
  const page = await store.blobs.put(id, new Uint8Array(2000).fill(serial), 'image/jpeg');
  if (!page.ok) throw new Error(page.error.kind);
  const action = await store.log.append(async () => {
    const next = await store.leases.next('case-number');
    if (next === null) throw new Error('the lease is long enough for any test');
    return handIn(id, { number: { value: next.number, provisional: false }, materials: [{ key: 'page', pages: [page.value], trust: 'C' }] });
  });
  process.stdout.write(`${action.sequence} ${action.payload.kind === 'handed-in' ? action.payload.number.value : ''}\n`);
}
