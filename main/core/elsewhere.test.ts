import { describe, expect, test } from 'vitest';
import type { ShelfRule } from '../../domain/catalogue/shelf.ts';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { Neighbour } from '../../domain/fleet/neighbour.ts';
import { ALL_DAY } from '../../domain/fleet/opening.ts';
import { MachineId } from '../../domain/ids.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { packItem } from '../../test/fixtures/hall.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { createElsewhereFinder } from './elsewhere.ts';

const online = { kind: 'online' as const, warnings: [] };
const well: MachineReport = { at: '2026-11-23T01:00:00.000Z', unknownPrints: 0, blanks: [], printed: {}, room: 'enough', noBlanks: [], selfTest: null, devices: { 'id-card-reader': online, 'ticket-printer': online, 'document-printer': online } };
const noReader: MachineReport = { ...well, devices: { ...well.devices, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } } };
const elder = packItem('elder-card');
const neighbour = (serial: number, works: string[]): Neighbour => Neighbour.parse({
  machine: `T330624-000${serial}`, works, asOf: '2026-11-23T00:59:00.000Z',
  place: { site: `点${serial}`, address: '1 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => ALL_DAY), holidays: ALL_DAY } },
});

function finder({ report = noReader, list = [] as Neighbour[], drift = 0, item = elder, rules = [] }: { report?: MachineReport; list?: Neighbour[]; drift?: number; item?: typeof elder; rules?: ShelfRule[] } = {}) {
  const store = { neighbours: { all: async () => list }, time: { evidence: () => ({ drift: drift === 0 ? null : { offset: drift, bound: 0 } }) } } as unknown as TerminalStore;
  return createElsewhereFinder({ store, clock: testClock(), machine: MachineId.parse('T330624-0001'), item: async (code) => (code === item.code ? item : null), report: async () => report, shelf: async () => ({ serial: 1, rules }) });
}

describe('where else an item can be done', () => {
  const item = { kind: 'item', code: elder.code } as const;
  const takes = ['read-cards', 'take-hand-ins', 'take-scans', 'print-slips', 'print-papers'];

  test('best where its certificate is printed as well, else where it can be handed in', async () => {
    const all = neighbour(5, [...takes, 'print-elder-card']);
    expect(await finder({ list: [neighbour(4, takes), all] }).find(item)).toMatchObject({ site: '点5' });
    expect(await finder({ list: [neighbour(4, takes)] }).find(item)).toMatchObject({ site: '点4' });
  });

  test('what can be handed in here sends nobody away, though its certificate cannot be printed here', async () => {
    const noBlanks = { ...well, noBlanks: ['elder-card'] };
    expect(await finder({ report: noBlanks, list: [neighbour(5, [...takes, 'print-elder-card'])] }).find(item)).toBeNull();
  });

  test('nobody is sent to where it is off the shelf; where it is off here, elsewhere is told though this machine could', async () => {
    const off = (site: string): ShelfRule => ({ id: '01K0000000000000000000000A', item: elder.code, sites: [site], machines: null, machineTypes: null, operators: null, weekdays: null, hours: null, on: false, reason: '暂停', from: '2026-01-01', to: null });
    expect(await finder({ list: [neighbour(4, takes), neighbour(5, takes)], rules: [off('点4')] }).find(item)).toMatchObject({ site: '点5' });
    expect(await finder({ report: well, list: [neighbour(1, takes), neighbour(5, takes)] }).find(item)).toBeNull();
    expect(await finder({ report: well, list: [neighbour(1, takes), neighbour(5, takes)], rules: [off('点1')] }).find(item)).toMatchObject({ site: '点5' });
  });

  test('one that is suspended is done nowhere', async () => {
    expect(await finder({ list: [neighbour(4, takes)], item: { ...elder, state: 'suspended' } }).find(item)).toBeNull();
  });
});

test('the age of the news is reckoned by the hall\'s clock, not by one that is wrong here', async () => {
  const list = [neighbour(2, ['read-cards'])];
  expect(await finder({ list }).find({ kind: 'identify' })).toMatchObject({ site: '点2', asOf: '2026-11-23T00:59:00.000Z', now: '2026-11-23T01:00:00.000Z' });
  expect(await finder({ list, drift: -48 * 3_600_000 }).find({ kind: 'identify' })).toBeNull();
});
