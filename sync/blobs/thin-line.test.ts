import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaseId } from '../../domain/ids.ts';
import { handedIn } from '../../test/fixtures/actions.ts';
import { createThinLine, type ThinLine } from '../../test/fixtures/thin-line.ts';
import { caseId, createRig, handIn, type Rig } from '../test-rig.ts';

/** 64 kbit/s, three packets of ten lost, a third of a second there and back: a village behind two radio links. */
const LINE = { bitsPerSecond: 64_000, loss: 0.3, delay: 150, seed: 17 };
const MINUTE = 60_000;

let rig: Rig;
let line: ThinLine;
beforeEach(async () => {
  rig = await createRig({ enrolled: false, line: (clock) => (line = createThinLine({ clock, ...LINE })).fetch });
  await rig.store.cursors.set('hall-keys', rig.hall.keys);
  rig.hall.enrolled.set('T330624-0001', rig.key.publicKey);
});
afterEach(() => rig.close());

async function seal(id: CaseId, bytes: number) {
  const put = await rig.store.blobs.put(id, new Uint8Array(bytes), 'image/jpeg');
  if (!put.ok) throw new Error(put.error.kind);
  return put.value;
}

/** A case with its scans; more of them than the line can carry while a test lasts. */
async function handInWithScans(serial: number, scans: readonly number[]): Promise<void> {
  const id = caseId(serial);
  await rig.store.caseKeys.create(id);
  const image = await seal(id, 9_000);
  const pages = [];
  for (const bytes of scans) pages.push({ ...(await seal(id, bytes)), thumbnail: await seal(id, 50_000) });
  await rig.store.log.append(handIn(id, { number: { value: `33062420260000${String(serial).padStart(4, '0')}`, provisional: false }, signature: { ...handedIn().signature, image }, materials: [{ key: 'page', pages, trust: 'C' }] }));
}

const allAtHall = async () => (await rig.store.log.waiting()) === 0;
const scansOnTheWay = () => (line.delivered.get('blobs') ?? 0) > 100_000;

/** Scans are on the line, and it is known what it carries. */
async function scansGoing(): Promise<void> {
  await handInWithScans(1, [4_000_000, 4_000_000]);
  rig.sync.start();
  await line.run(scansOnTheWay);
}

describe('64 kbit/s with 30 % loss', () => {
  test('fifty cases that come while scans fill the line are all at the hall within half a minute; the budget is ten', async () => {
    await scansGoing();
    for (let serial = 2; serial <= 51; serial += 1) await handInWithScans(serial, [400_000]);
    rig.sync.nudge();
    const passed = await line.run(allAtHall);
    expect(rig.hall.stored.size).toBe(51);
    expect(passed).toBeLessThan(MINUTE / 2);
  }, 60_000);

  test('a hand-in waits seconds for the scan in flight, and what has arrived of that is not sent again', async () => {
    await scansGoing();
    const waits: number[] = [];
    for (let serial = 2; serial <= 9; serial += 1) {
      await rig.store.log.append(handIn(caseId(serial), { number: { value: `33062420260000${String(serial).padStart(4, '0')}`, provisional: false } }));
      rig.sync.nudge();
      waits.push(await line.run(allAtHall));
      const before = line.delivered.get('blobs') ?? 0;
      await line.run(() => (line.delivered.get('blobs') ?? 0) > before + 20_000);
    }
    expect(Math.max(...waits)).toBeLessThan(4000);
    // Every byte that reached the hall is a byte of an upload there, but for the one in flight, which is counted when its answer comes.
    expect(rig.hall.uploaded).toBeGreaterThan((line.delivered.get('blobs') ?? 0) - 64_000);
  }, 60_000);

  test('scans use what the line carries, and half of it while somebody is at the machine', async () => {
    await scansGoing();
    const during = async (time: number) => {
      const [begun, used] = [rig.clock.monotonic(), line.busy];
      await line.run(() => rig.clock.monotonic() - begun >= time);
      return (line.busy - used) / time;
    };
    expect(await during(MINUTE / 2)).toBeGreaterThan(0.9);
    rig.somebodyHere = true;
    const beside = await during(MINUTE);
    expect(beside).toBeGreaterThan(0.4);
    expect(beside).toBeLessThan(0.6);
  }, 60_000);
});
