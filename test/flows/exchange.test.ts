import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { hashPassword } from '../../crypto/passwords.ts';
import type { ExchangeDevice, ExchangeView } from '../../domain/contracts/exchange.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import { ELDER_CARD, fillIn, handIn, leave, well } from '../rigs/citizen.ts';
import { type OpenView, seeCaretaker } from '../rigs/caretaker.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const PIN = '246810';

let world: World;
let county: County;
let terminal: RigTerminal;
let admin: Clerk;

beforeAll(async () => {
  world = await openWorld('exchange', { settings: { caretaker: { pin: await hashPassword(PIN) } } });
  ({ county, terminal } = world);
  admin = await signIn(county.hallUrl, 'admin', 'jinban-demo-admin');
}, 120_000);
afterAll(() => world?.close());

const documents = () => readdirSync(county.documents).length;
const tickets = () => readdirSync(county.tickets).length;
/** Lines that the ticket printer has put on paper so far. */
const slipLines = async () => z.object({ lines: z.int() }).parse(JSON.parse(await county.device('ticket-printer', 'status'))).lines;
const see = (look: (view: OpenView) => boolean) => seeCaretaker(terminal.kiosk, look);
const seeExchange = async (device: ExchangeDevice, look: (exchange: ExchangeView) => boolean) => (await see(({ exchanges }) => exchanges.some((one) => one.device === device && look(one)))).exchanges.find((one) => one.device === device);
const seeEnded = (device: ExchangeDevice) => see(({ exchanges }) => exchanges.every((one) => one.device !== device));
const seeDevice = (device: ExchangeDevice, kind: string, reason = '') => terminal.seeTerminal(`${device} ${kind}`, ({ devices }) => devices[device].kind === kind && (reason === '' || ('reason' in devices[device] && devices[device].reason === reason)));
const open = async (device: ExchangeDevice) => {
  await well(terminal.kiosk.caretaker.startExchange({ device }));
  await seeExchange(device, ({ step }) => step === 'open');
};
const reasonAtHall = async () => {
  const machines = await admin.machines();
  const report = machines.find(({ machine }) => machine === 'T330624-0001')?.report;
  return report == null ? [] : alarmsOf(report).map((alarm) => `${alarm.grade} ${alarm.kind === 'device' ? `${alarm.device} ${alarm.reason}` : alarm.kind}`);
};

describe('a device that the caretaker opens', () => {
  test('is nobody\'s but the caretaker\'s to ask for', async () => {
    expect(await terminal.kiosk.caretaker.startExchange({ device: 'ticket-printer' })).toEqual({ ok: false, error: { kind: 'no-caretaker' } });
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    expect(await terminal.kiosk.caretaker.startExchange({ device: 'document-scanner' })).toEqual({ ok: false, error: { kind: 'no-such-device' } });
    expect(await terminal.kiosk.caretaker.endExchange({ device: 'ticket-printer' })).toEqual({ ok: false, error: { kind: 'no-exchange' } });
  });

  test('lets a print that runs come to its end, and takes none after it; a citizen is told that it is looked after', async () => {
    await well(terminal.kiosk.caretaker.leave());
    const lines = await slipLines();
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    await handIn(terminal);
    // The slip takes its time; the caretaker comes in the middle of it.
    await until('the slip half out', async () => (await slipLines()) > lines + 2);
    const [slip] = terminal.view().prints.filter(({ paper }) => paper === 'hand-in-slip');
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    await well(terminal.kiosk.caretaker.startExchange({ device: 'ticket-printer' }));
    await seeDevice('ticket-printer', 'out-of-service', 'maintenance');
    await seeExchange('ticket-printer', ({ step }) => step === 'open');
    expect((await terminal.core.printing.all()).find(({ id }) => id === slip?.print)).toMatchObject({ state: 'printed' });

    const before = tickets();
    await well(terminal.kiosk.caretaker.leave());
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
    await handIn(terminal);
    await terminal.see('the slip refused', ({ prints }) => prints.some(({ paper, state, reason }) => paper === 'hand-in-slip' && state === 'not-printed' && reason === 'maintenance-unfinished'));
    expect(tickets()).toBe(before);
    await leave(terminal);
    await until('the hall knows that nobody ended it', async () => (await reasonAtHall()).includes('fault ticket-printer maintenance-unfinished'));
  });

  test('comes back only when it is well and its test came out', async () => {
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    await county.device('ticket-printer', 'open-cover');
    await seeExchange('ticket-printer', ({ status }) => status.kind === 'blocked' && status.reason === 'cover-open');
    await well(terminal.kiosk.caretaker.endExchange({ device: 'ticket-printer' }));
    expect(await seeExchange('ticket-printer', ({ tried }) => tried !== null)).toMatchObject({ step: 'open', interrupted: true, tried: { kind: 'not-well', status: { kind: 'blocked', reason: 'cover-open' } } });
    expect(terminal.terminal().devices['ticket-printer']).toEqual({ kind: 'out-of-service', reason: 'maintenance-unfinished' });

    const before = tickets();
    await county.device('ticket-printer', 'close-cover');
    await well(terminal.kiosk.caretaker.endExchange({ device: 'ticket-printer' }));
    await seeEnded('ticket-printer');
    await seeDevice('ticket-printer', 'online');
    expect(tickets() - before).toBe(1);
    await until('the hall knows', async () => !(await reasonAtHall()).some((alarm) => alarm.includes('ticket-printer')));
  });

  test('whose test breaks off stays out of service; the caretaker holds the paper and says so, or prints another', async () => {
    await open('ticket-printer');
    expect(await terminal.kiosk.caretaker.testCameOut({ device: 'ticket-printer' })).toEqual({ ok: false, error: { kind: 'not-tested' } });
    await county.device('ticket-printer', 'paper-out-after 2');
    await well(terminal.kiosk.caretaker.endExchange({ device: 'ticket-printer' }));
    expect(await seeExchange('ticket-printer', ({ tried }) => tried !== null)).toMatchObject({ step: 'open', interrupted: false, tried: { kind: 'no-test', outcome: 'unknown', reason: 'paper-out' } });
    await county.device('ticket-printer', 'refill');
    await seeExchange('ticket-printer', ({ status }) => status.kind === 'online');
    const lines = await slipLines();
    await well(terminal.kiosk.caretaker.testCameOut({ device: 'ticket-printer' }));
    await seeEnded('ticket-printer');
    expect(await slipLines()).toBe(lines);
  });

  test('that no citizen can do without: its items say that it is looked after', async () => {
    await open('id-card-reader');
    const { cards: items } = await terminal.kiosk.items({ query: '', shelf: null });
    expect(new Set(items.map(({ availability }) => (availability.kind === 'not-here' ? availability.reason : availability.kind)))).toEqual(new Set(['id-card-reader.maintenance']));
    // A card that lies there meanwhile is read by nobody.
    await well(terminal.kiosk.caretaker.endExchange({ device: 'id-card-reader' }));
    await seeEnded('id-card-reader');
    await seeDevice('id-card-reader', 'online');
  });

  test('is still out of service after a power cut in the middle, for a fresh device host, too; the caretaker is told, and ends it', async () => {
    await open('document-printer');
    await world.crashTerminal();
    ({ terminal } = world);
    expect(terminal.terminal().devices['document-printer']).toEqual({ kind: 'out-of-service', reason: 'maintenance-unfinished' });
    await until('the hall knows', async () => (await reasonAtHall()).includes('fault document-printer maintenance-unfinished'));
    await terminal.crashDevices();
    await seeDevice('ticket-printer', 'offline');
    terminal.startDevices();
    await seeDevice('ticket-printer', 'online');
    expect(terminal.terminal().devices['document-printer']).toEqual({ kind: 'out-of-service', reason: 'maintenance-unfinished' });

    const before = documents();
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    expect(await seeExchange('document-printer', ({ step }) => step === 'open')).toMatchObject({ interrupted: true, state: 'active', tried: null });
    await well(terminal.kiosk.caretaker.endExchange({ device: 'document-printer' }));
    await seeEnded('document-printer');
    await seeDevice('document-printer', 'online');
    expect(documents() - before).toBe(1);
    await world.restartTerminal();
    ({ terminal } = world);
    expect(terminal.terminal().devices['document-printer']?.kind).toBe('online');
  });
});

describe('the self-test', () => {
  test('that the caretaker starts asks everything, prints nothing, and is kept and reported', async () => {
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    await county.device('document-printer', 'paper-out');
    const before = [documents(), tickets()];
    await well(terminal.kiosk.caretaker.startSelfTest());
    const { selfTest } = await see(({ selfTest: { last, running } }) => last !== null && !running);
    expect(selfTest.last?.findings.map(({ check, result, reasons }) => `${check} ${result} ${reasons.join(' ')}`.trim())).toEqual([
      'id-card-reader well', 'code-scanner well', 'ticket-printer well', 'document-printer fault paper-out', 'prints well', 'disk well', 'line well', 'clock well', 'keys well',
    ]);
    expect([documents(), tickets()]).toEqual(before);
    await until('the hall has its outcome', async () => (await admin.machines()).some(({ report }) => report?.selfTest?.at === selfTest.last?.at));
    await county.device('document-printer', 'refill');
    await well(terminal.kiosk.caretaker.leave());

    await world.restartTerminal();
    ({ terminal } = world);
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    expect((await see(() => true)).selfTest).toEqual({ last: selfTest.last, running: false });
  });
});
