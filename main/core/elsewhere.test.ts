import { describe, expect, test } from 'vitest';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { Neighbour } from '../../domain/fleet/neighbour.ts';
import { ALL_DAY } from '../../domain/fleet/opening.ts';
import { MachineId, PrintId } from '../../domain/ids.ts';
import { PrintEntry } from '../../domain/print-ledger/types.ts';
import type { LoggedAction, TerminalStore } from '../../sync/terminal-store/types.ts';
import { caseId, createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { packItem } from '../../test/fixtures/hall.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { createElsewhereFinder } from './elsewhere.ts';

const PRINT = PrintId.parse('01J5PR0NT00000000000000001');
const online = { kind: 'online' as const, warnings: [] };
const well: MachineReport = { at: '2026-11-23T01:00:00.000Z', unknownPrints: 0, blanks: [], printed: {}, room: 'enough', noBlanks: [], devices: { 'id-card-reader': online, 'ticket-printer': online, 'document-printer': online } };
const elder = packItem('elder-card');
const neighbour = (serial: number, works: string[]): Neighbour => Neighbour.parse({
  machine: `T330624-000${serial}`, works, asOf: '2026-11-23T00:59:00.000Z',
  place: { site: `点${serial}`, address: '1 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => ALL_DAY), holidays: ALL_DAY } },
});

/** A finished case of the elder card whose certificate did not come out. */
function finder({ report = well, list = [] as Neighbour[], drift = 0, reason = 'no-blanks', paper = 'certificate', item = elder }: { report?: MachineReport; list?: Neighbour[]; drift?: number; reason?: string; paper?: string; item?: typeof elder } = {}) {
  const maker = createMaker('T330624-0001');
  const log = [
    handedIn(),
    { kind: 'accepted' as const, number: '330624202600000001', acceptedOn: '2026-11-23', promisedBy: '2026-11-30', statutoryBy: '2026-12-23', provisional: false },
    { kind: 'decided' as const, granted: true, reason: '' },
    { kind: 'finished' as const, result: 'granted' as const, words: '', certificate: { template: 'elder-card' as const, title: '老年人优待证', licence: '1.2.156', number: '1', holder: '张测试', fields: [], issuer: '新昌县民政局', issuedOn: '2026-11-23', validTo: null } },
  ].map((payload): LoggedAction => ({ action: maker.make(payload), travel: { kind: 'from-hall' } }));
  const entry = PrintEntry.parse({ id: PRINT, case: caseId(1), paper, session: 's', state: 'not-printed', reason, host: null, licence: '1.2.156', history: [] });
  const store = {
    neighbours: { all: async () => list }, log: { ofCase: async () => log },
    time: { evidence: () => ({ drift: drift === 0 ? null : { offset: drift, bound: 0 } }) },
  } as unknown as TerminalStore;
  return createElsewhereFinder({ store, clock: testClock(), machine: MachineId.parse('T330624-0001'), item: async (code) => (code === item.code ? item : null), entry: async (print) => (print === PRINT ? entry : null), report: async () => report });
}

const withBlanks = neighbour(2, ['read-cards', 'print-papers', 'print-elder-card']);
const withoutBlanks = neighbour(1 + 2, ['read-cards', 'print-papers']);

describe('where else a paper that did not come out can be printed', () => {
  const paper = { kind: 'paper', print: PRINT } as const;
  const outOfBlanks = { ...well, noBlanks: ['elder-card'] };

  test('out of blanks: where there are blanks of that kind, not where there is only a printer', async () => {
    expect(await finder({ report: outOfBlanks, list: [withoutBlanks, withBlanks] }).find(paper)).toMatchObject({ site: '点2', asOf: '2026-11-23T00:59:00.000Z', now: '2026-11-23T01:00:00.000Z' });
    expect(await finder({ report: outOfBlanks, list: [withoutBlanks] }).find(paper)).toBeNull();
  });

  test.each([['a character no font has', { reason: 'missing-glyph' }], ['one that was cancelled', { reason: 'cancelled' }], ['a receipt', { paper: 'hand-in-receipt' }], ['what works here again', { report: well }]])('%s sends nobody away', async (_what, change) => {
    expect(await finder({ report: outOfBlanks, list: [withBlanks], ...change }).find(paper)).toBeNull();
  });

  test('a paper that is not of this visit is not looked up', async () => {
    expect(await finder({ report: outOfBlanks, list: [withBlanks] }).find({ kind: 'paper', print: PrintId.parse('01J5PR0NT00000000000000002') })).toBeNull();
  });
});

describe('where else an item can be done', () => {
  const item = { kind: 'item', code: elder.code } as const;
  const noReader: MachineReport = { ...well, devices: { ...well.devices, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } } };
  const takes = ['read-cards', 'take-hand-ins', 'take-scans', 'print-slips', 'print-papers'];

  test('best where its certificate is printed as well, else where it can be handed in', async () => {
    const all = neighbour(5, [...takes, 'print-elder-card']);
    expect(await finder({ report: noReader, list: [neighbour(4, takes), all] }).find(item)).toMatchObject({ site: '点5' });
    expect(await finder({ report: noReader, list: [neighbour(4, takes)] }).find(item)).toMatchObject({ site: '点4' });
  });

  test('one that is suspended is done nowhere', async () => {
    expect(await finder({ report: noReader, list: [neighbour(4, takes)], item: { ...elder, state: 'suspended' } }).find(item)).toBeNull();
  });
});

test('the age of the news is reckoned by the hall\'s clock, not by one that is wrong here', async () => {
  const twoDays = 48 * 3_600_000;
  expect(await finder({ report: { ...well, noBlanks: ['elder-card'] }, list: [withBlanks], drift: -twoDays }).find({ kind: 'paper', print: PRINT })).toBeNull();
});
