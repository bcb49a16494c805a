import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRig, type Rig } from '../test-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const place = { site: '沙溪镇便民服务中心', address: '沙溪镇董村路 28 号', latitude: 29.37, longitude: 121.02, hours: { days: Array.from({ length: 7 }, () => [{ from: '08:30', to: '17:30' }]), holidays: [] } };
const neighbour = { machine: 'T330624-0002', place, works: ['read-cards'], asOf: '2026-11-23T00:40:00.000Z' };
const other = { ...neighbour, machine: 'T330624-0003' };

test('what the hall tells of a machine takes the place of what it told before; one that is no more is forgotten; what cannot be read is passed over', async () => {
  rig.hall.feed.push({ kind: 'neighbour', neighbour }, { kind: 'neighbour', neighbour: other });
  await rig.sync.runNow();
  expect(await rig.store.neighbours.all()).toEqual([neighbour, other]);

  const later = { ...neighbour, works: ['read-cards', 'a-later-word'], asOf: '2026-11-23T01:40:00.000Z' };
  rig.hall.feed.push({ kind: 'neighbour', neighbour: { ...other, place: { ...place, latitude: null } } }, { kind: 'a-later-kind' }, { kind: 'neighbour', neighbour: later });
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, ignoredEntries: 2 });
  expect(await rig.store.neighbours.all()).toEqual([later, other]);

  rig.hall.feed.push({ kind: 'neighbour', neighbour: { ...other, place: null, works: [] } });
  await rig.sync.runNow();
  expect(await rig.store.neighbours.all()).toEqual([later]);
});
