import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { inProject } from '../../build/paths.ts';
import type { ElsewhereWish } from '../../domain/contracts/kiosk.ts';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { STALE_AFTER } from '../../domain/fleet/nearest.ts';
import { MachineId } from '../../domain/ids.ts';
import { keepPlaces, readPlaces } from '../../hall/fleet/places.ts';
import { addMachine } from '../../hall/identity/machines.ts';
import { type Core, openCore } from '../../main/core/core.ts';
import { startHallEmulator } from '../../sync/transport/hall-emulator.ts';
import { openTestDatabase, packItem, startHall, type TestHall } from '../fixtures/hall.ts';
import { shiftClock } from '../rigs/clock.ts';
import { type Line, startLine } from '../rigs/line.ts';
import { type PlayedDevices, playDevices } from '../rigs/played-devices.ts';
import { type Kiosk, kioskAt } from '../rigs/terminal.ts';

const PLACES = `
- machine: T330624-0001
  site: 儒岙镇便民服务中心
  address: 儒岙镇儒一村 1 号
  latitude: 29.28
  longitude: 120.93
  open: 24h
- machine: T330624-0002
  site: 沙溪镇便民服务中心
  address: 沙溪镇董村路 28 号
  latitude: 29.37
  longitude: 121.02
  open: 24h
`;
const PULLED_OUT = { kind: 'offline', reason: 'unplugged' } as const;

/** Both machines and the hall go by one clock, which can be put forward. */
const clock = shiftClock();
const folder = mkdtempSync(join(tmpdir(), 'jinban-nearest-'));
type Machine = { name: string; line: Line; core: Core; devices: PlayedDevices; kiosk: Kiosk; close(): Promise<void> };
/** No process takes more than two stores. */
const running = new Set<Machine>();
let hall: TestHall;
let here: Machine;
let there: Machine;

async function openMachine(name: string, hallUrl: string, enrolmentCode: string, line?: Line): Promise<Machine> {
  const road = line ?? await startLine({ host: '127.0.0.1', port: Number(new URL(hallUrl).port) });
  const config = TerminalConfig.parse({
    machine: name, site: '网点', hallName: '新昌县政务服务中心', phone: '0575-86000000', complaintPhone: '0575-86000001', hall: `http://127.0.0.1:${road.port}`, enrolmentCode,
    data: join(folder, name), pack: inProject('packs', 'xinchang'), keys: { keeper: 'file' }, window: { width: 1080, height: 1920, kiosk: false },
    devices: { idCardReader: null, ticketPrinter: null, documentPrinter: null },
  });
  const opened = await openCore({ config, sqlite: null, clock, log: () => undefined });
  if (!opened.ok) throw new Error(opened.error.kind);
  const core = opened.value;
  const devices = playDevices(core);
  const window = kioskAt(core);
  const machine: Machine = {
    name, line: road, core, devices, kiosk: window.kiosk,
    async close() {
      if (!running.delete(machine)) return;
      await core.close();
      devices.close();
      window.close();
    },
  };
  running.add(machine);
  return machine;
}

/** What the hall told last of what works at a machine. */
async function toldOf(name: string): Promise<string> {
  const row = await hall.db.read.selectFrom('place').select('told_works').where('machine', '=', name).executeTakeFirstOrThrow();
  return row.told_works ?? '';
}
const where = (machine: Machine, wish: ElsewhereWish = { kind: 'identify' }) => machine.kiosk.elsewhere(wish);
/** Both ask the hall until what is waited for is so. */
const comeTo = <Value>(what: string, look: () => Promise<Value | null | false>) => until(what, async () => {
  for (const machine of [here, there]) machine.core.session.visit.nudge();
  return look();
}, 20_000);

beforeAll(async () => {
  const db = await openTestDatabase({ kind: 'pglite', folder: null });
  hall = await startHall(db, { clock: Object.assign(clock, { advance: clock.forward, pass: async () => undefined, waiting: 0 }) });
  const codes = [];
  for (const name of ['T330624-0001', 'T330624-0002']) {
    const code = await addMachine(hall.hall.ground, MachineId.parse(name));
    if (!code.ok) throw new Error(code.error.kind);
    codes.push(code.value);
  }
  here = await openMachine('T330624-0001', hall.url, codes[0] ?? '');
  there = await openMachine('T330624-0002', hall.url, codes[1] ?? '');
  const places = readPlaces(PLACES);
  if (!places.ok) throw new Error(JSON.stringify(places.error));
  await until('both enrolled and their places kept', async () => (await keepPlaces(hall.hall.ground, places.value)).ok);
}, 120_000);
afterAll(async () => {
  for (const machine of [here, there]) {
    await machine?.close();
    await machine?.line.close();
  }
  await hall?.close();
  await hall?.db.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('two machines, one of them without its card reader', () => {
  test('who works here is sent nowhere; whose reader is pulled out is told of the other, with the way, the hours and the time of the news', async () => {
    expect(await where(here)).toBeNull();
    here.devices.set('id-card-reader', PULLED_OUT);
    const found = await comeTo('the other machine', () => where(here));
    expect(found).toEqual({ site: '沙溪镇便民服务中心', address: '沙溪镇董村路 28 号', metres: expect.closeTo(13_290, -2) as unknown, opening: { kind: 'always' }, asOf: expect.any(String) as unknown, now: expect.any(String) as unknown });
    expect(Date.parse(found.now) - Date.parse(found.asOf)).toBeLessThan(60_000);
    expect(await where(there)).toBeNull();
  });

  test('the other learns it: without its own reader, it knows of nobody; and the other way round when the first has it again', async () => {
    there.devices.set('id-card-reader', PULLED_OUT);
    await comeTo('nobody for either', async () => (await where(here)) === null && (await where(there)) === null);
    here.devices.works('id-card-reader');
    expect(await comeTo('the first machine', () => where(there))).toMatchObject({ site: '儒岙镇便民服务中心' });
    expect(await where(here)).toBeNull();
  });

  test('an item says where it can be done, as its guide needs it', async () => {
    const item = { kind: 'item', code: packItem('elder-card').code } as const;
    expect(await where(here, item)).toBeNull();
    expect(await comeTo('where the card is read', () => where(there, item))).toMatchObject({ site: '儒岙镇便民服务中心' });
    expect(await where(there, { kind: 'item', code: 'no-such-item' })).toBeNull();
    there.devices.works('id-card-reader');
  });
});

describe('with the cable out', () => {
  test('the last news stays, over a restart too, with its age; a day later nothing is said any more', async () => {
    here.devices.set('id-card-reader', PULLED_OUT);
    const before = await comeTo('the other machine', () => where(here));
    here.line.cut();
    await here.close();
    // What happens there now is not heard here.
    there.devices.set('id-card-reader', PULLED_OUT);
    await until('that at the hall', async () => !(await toldOf(there.name)).includes('read-cards'));
    clock.forward(5 * 3_600_000);
    here = await openMachine(here.name, hall.url, '', here.line);
    here.devices.set('id-card-reader', PULLED_OUT);
    const after = await until('the news of before', () => where(here));
    expect(after).toMatchObject({ site: before.site, asOf: before.asOf });
    expect(Date.parse(after.now) - Date.parse(after.asOf)).toBeGreaterThanOrEqual(5 * 3_600_000);
    clock.forward(STALE_AFTER);
    expect(await where(here)).toBeNull();
  }, 60_000);

  test('and in again: what happened meanwhile is heard', async () => {
    here.line.restore();
    there.devices.works('id-card-reader');
    expect(await comeTo('fresh news', () => where(here))).toMatchObject({ site: '沙溪镇便民服务中心' });
    there.devices.set('id-card-reader', PULLED_OUT);
    await comeTo('no reader there either', async () => (await where(here)) === null);
  }, 60_000);
});

test('at a hall that knows nothing of places the terminal says what it said before: the reason alone', async () => {
  await there.close();
  const old = await startHallEmulator();
  old.protocol = 1;
  const machine = await openMachine('T330624-0009', old.url, 'right-code');
  machine.devices.set('id-card-reader', PULLED_OUT);
  await until('a whole run at it', () => machine.core.store.time.lastContact() !== null && old.requests.includes('GET /feed'));
  expect(await where(machine)).toBeNull();
  await machine.close();
  await machine.line.close();
  await old.close();
});
