import { beforeAll, describe, expect, test } from 'vitest';
import { FeedEntry } from '../../domain/contracts/hall.ts';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import type { Neighbour } from '../../domain/fleet/neighbour.ts';
import { MachineId } from '../../domain/ids.ts';
import { PGLITE, POSTGRES, takeToken, terminalAt, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { addMachine, retireMachine } from '../identity/machines.ts';
import { keepPlaces, readPlaces } from './places.ts';

const list = `
- machine: T330624-0002
  site: 沙溪镇便民服务中心
  address: 沙溪镇董村路 28 号
  latitude: 29.37
  longitude: 121.02
  open:
    mon-fri: 08:30-11:30 13:30-17:30
    sat: 09:00-12:00
    holidays:
- machine: T330624-0003
  site: 农商银行自助厅
  address: 人民中路 1 号
  open: 24h
`;
const written = (change: string) => readPlaces(list.replace('site: 沙溪镇便民服务中心\n', `${change}\n`));

describe('a list of places', () => {
  test('is read with hours a weekday, closed where nothing stands', () => {
    const day = [{ from: '08:30', to: '11:30' }, { from: '13:30', to: '17:30' }];
    const allDay = [{ from: '00:00', to: '24:00' }];
    expect(readPlaces(list)).toEqual({ ok: true, value: [
      { machine: 'T330624-0002', place: { site: '沙溪镇便民服务中心', address: '沙溪镇董村路 28 号', latitude: 29.37, longitude: 121.02, hours: { days: [day, day, day, day, day, [{ from: '09:00', to: '12:00' }], []], holidays: [] } } },
      { machine: 'T330624-0003', place: { site: '农商银行自助厅', address: '人民中路 1 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => allDay), holidays: allDay } } },
    ] });
    const places = readPlaces(list);
    expect(readPlaces(JSON.stringify([{ machine: 'T330624-0003', site: '农商银行自助厅', address: '人民中路 1 号', open: '24h' }]))).toEqual({ ok: true, value: places.ok ? [places.value[1]] : [] });
  });

  test.each<[string, string, Partial<Record<'entry' | 'field', string>>, RegExp]>([
    ['no such time', list.replace('09:00-12:00', '9-12'), { entry: 'T330624-0002', field: 'open.sat' }, /^"9-12" are no hours; write/],
    ['hours that run backwards', list.replace('09:00-12:00', '12:00-09:00'), { entry: 'T330624-0002', field: 'open.sat' }, /no hours/],
    ['no such day', list.replace('sat:', 'samstag:'), { entry: 'T330624-0002', field: 'open.samstag' }, /no day/],
    ['days backwards', list.replace('mon-fri', 'fri-mon'), { entry: 'T330624-0002', field: 'open.fri-mon' }, /no day/],
    ['a day twice', list.replace('sat:', 'fri:'), { entry: 'T330624-0002', field: 'open.fri' }, /named twice/],
    ['half a coordinate', list.replace('  longitude: 121.02\n', ''), { entry: 'T330624-0002' }, /together/],
    ['a coordinate off the map', list.replace('29.37', '2937'), { entry: 'T330624-0002', field: 'latitude' }, /90/],
    ['no machine', list.replace('T330624-0002', 'T-2'), { entry: 'T-2', field: 'machine' }, /./],
    ['a machine twice', list.replace('0003', '0002'), { entry: 'T330624-0002', field: 'machine' }, /twice/],
    ['a site too long', list.replace('沙溪镇便民服务中心', '长'.repeat(61)), { entry: 'T330624-0002', field: 'site' }, /60/],
    ['a field that is none', list.replace('  latitude', '  phone: 1\n  latitude'), { entry: 'T330624-0002' }, /phone/],
    ['no list', 'site: 沙溪镇', { entry: 'file' }, /no list/],
    ['no YAML', '- machine: [', { entry: expect.stringMatching(/^line \d+$/) as unknown as string }, /./],
  ])('%s is refused by name', (_what, text, place, rule) => {
    const read = readPlaces(text);
    expect(read).toMatchObject({ ok: false, error: { kind: 'place-faults', faults: [{ ...place, rule: expect.stringMatching(rule) as unknown }] } });
  });

  test('all faults are told at once', () => {
    const read = written('site: ""');
    expect(read).toMatchObject({ ok: false, error: { faults: [{ field: 'site' }] } });
    expect(readPlaces('- machine: T-2\n  site: ""\n  address: x\n  open: never\n')).toEqual({ ok: false, error: { kind: 'place-faults', faults: [
      { entry: 'T-2', field: 'machine', rule: 'is no machine; write an id such as T330624-0001' },
      { entry: 'T-2', field: 'site', rule: expect.any(String) as unknown },
      { entry: 'T-2', field: 'open', rule: expect.stringMatching(/write 24h, or hours by day/) as unknown },
    ] } });
    expect(readPlaces(list.replace('09:00-12:00', '9').replace('open: 24h', 'open: never'))).toMatchObject({ ok: false, error: { faults: [{ entry: 'T330624-0002' }, { entry: 'T330624-0003', field: 'open' }] } });
  });
});

type Caller = Pick<TestTerminal, 'call' | 'maker'>;

const online = { kind: 'online' as const, warnings: [] };
const well: MachineReport = { at: '2026-11-23T01:30:00.000Z', unknownPrints: 0, blanks: [], printed: {}, room: 'enough', noBlanks: [], selfTest: null, devices: { 'id-card-reader': online, 'document-printer': online } };
const noPaper: MachineReport = { ...well, devices: { ...well.devices, 'document-printer': { kind: 'blocked', reason: 'paper-out' } } };

describe.each([PGLITE, POSTGRES])('what terminals are told of each other on $name', (databases) => {
  const served = hallOfSuite(databases);
  let terminals: Caller[];
  beforeAll(async () => {
    terminals = [await served.freshTerminal(), await served.freshTerminal(), await served.freshTerminal()];
  }, 120_000);

  /** What a terminal is told behind a place in its feed. */
  async function hear(terminal: Caller, after: number, protocol = 2): Promise<{ neighbours: Neighbour[]; checkpoint: number }> {
    const { body } = await terminal.call('GET', `/feed?after=${after}&limit=500&protocol=${protocol}`);
    const entries = (body.entries as unknown[]).map((entry) => FeedEntry.parse(entry));
    return { neighbours: entries.flatMap((entry) => (entry.kind === 'neighbour' ? [entry.neighbour] : [])), checkpoint: body.checkpoint };
  }
  /** A token lasts a quarter of an hour. */
  async function newTokens(): Promise<void> {
    const { url } = served.hall;
    terminals = await Promise.all(terminals.map(async ({ maker }) => terminalAt(url, maker, await takeToken(url, maker))));
  }
  const keep = async (text: string) => {
    const read = readPlaces(text);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return keepPlaces(served.hall.hall.ground, read.value);
  };
  const report = (terminal: Caller, said: MachineReport) => terminal.call('POST', '/reports', said);

  test('nothing before they have places; a list with a machine that is not known changes nothing', async () => {
    const [first, second] = terminals as [Caller, Caller];
    await report(second, well);
    expect(await keep(list.replace('T330624-0003', 'T330624-0099'))).toMatchObject({ ok: false, error: { faults: [{ entry: 'T330624-0099', field: 'machine' }] } });
    expect((await hear(first, 0)).neighbours).toEqual([]);
  });

  test('each place with what works there; then only what changed, an hour-old word again, and never to a terminal of protocol 1', async () => {
    const [first, second] = terminals as [Caller, Caller];
    expect(await keep(list)).toEqual({ ok: true, value: 2 });
    const { neighbours, checkpoint } = await hear(first, 0);
    expect(neighbours).toMatchObject([
      { machine: 'T330624-0002', place: { site: '沙溪镇便民服务中心', latitude: 29.37 }, works: ['read-cards', 'take-hand-ins', 'take-scans', 'print-papers', 'print-elder-card', 'print-business-licence', 'print-water-permit'], asOf: '2026-11-23T01:30:00.000Z' },
      { machine: 'T330624-0003', place: { latitude: null }, works: [], asOf: null },
    ]);
    expect(await keep(list)).toEqual({ ok: true, value: 0 });
    await report(second, { ...well, printed: { certificate: 1 } });
    expect(await hear(first, checkpoint)).toEqual({ neighbours: [], checkpoint });

    served.hall.clock.advance(60_000);
    await report(second, noPaper);
    const changed = await hear(first, checkpoint);
    expect(changed.neighbours).toMatchObject([{ machine: 'T330624-0002', works: ['read-cards', 'take-hand-ins', 'take-scans'], asOf: '2026-11-23T01:31:00.000Z' }]);
    served.hall.clock.advance(3_600_000);
    await newTokens();
    await report(terminals[1] as Caller, noPaper);
    expect((await hear(terminals[0] as Caller, changed.checkpoint)).neighbours).toMatchObject([{ machine: 'T330624-0002', asOf: '2026-11-23T02:31:00.000Z' }]);

    // One that comes late is told of each machine once, as it is now.
    expect((await hear(await served.freshTerminal(), 0)).neighbours.map(({ machine }) => machine)).toEqual(['T330624-0003', 'T330624-0002']);
    const old = await hear(terminals[0] as Caller, 0, 1);
    expect(old.neighbours).toEqual([]);
    expect(old.checkpoint).toBeGreaterThan(0);
  });

  test('a live line is not woken by it', async () => {
    const [first, second] = terminals as [Caller, Caller];
    const heard: string[] = [];
    const stop = await served.db.listen((word) => heard.push(word), () => undefined);
    const { checkpoint } = await hear(first, 0);
    await report(second, well);
    expect((await hear(first, checkpoint)).neighbours).toHaveLength(1);
    await stop();
    expect(heard).toEqual([]);
  });

  test('one that is retired is told of as no more, and its place can be kept no longer', async () => {
    const [first] = terminals as [Caller];
    const { checkpoint } = await hear(first, 0);
    expect(await retireMachine(served.hall.hall.ground, MachineId.parse('T330624-0003'))).toBe(true);
    expect((await hear(first, checkpoint)).neighbours).toMatchObject([{ machine: 'T330624-0003', place: null }]);
    expect(await keep(list.replace('24h', '{mon: 24h}'))).toMatchObject({ ok: false, error: { faults: [{ entry: 'T330624-0003', rule: 'was retired' }] } });
    // Nobody was told of it, so nobody needs to be told that it ended.
    await addMachine(served.hall.hall.ground, MachineId.parse('T330624-0077'));
    const after = await hear(first, 0);
    await retireMachine(served.hall.hall.ground, MachineId.parse('T330624-0077'));
    expect(await hear(first, after.checkpoint)).toMatchObject({ neighbours: [] });
  });
});
