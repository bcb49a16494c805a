import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type BoardEmulator, createBoardEmulator } from '../../devices/board/emulator.ts';
import { createUpsdEmulator } from '../../devices/ups/emulator.ts';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import type { CaseId } from '../../domain/ids.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import type { Item } from '../../domain/item/types.ts';
import type { Paper } from '../../domain/print-ledger/types.ts';
import { POWER_SECONDS } from '../../main/core/session/ending.ts';
import { IDLE_SECONDS, WARNING_SECONDS } from '../../main/core/session/steps.ts';
import { systemClock } from '../../wire/clock.ts';
import { ptyDeviceEnd } from '../../wire/device-end.ts';
import { serveClients } from '../../wire/serve-clients.ts';
import { answerOf, captured, ELDER_CARD, fillForm, fillIn, handIn, leave, showCard, well } from '../rigs/citizen.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import { shiftClock } from '../rigs/clock.ts';
import { everyDeviceOnline, type Kiosk, type RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const LEAVE = 20;

const clock = shiftClock();
const upsd = createUpsdEmulator();
const folder = mkdtempSync(join(tmpdir(), 'jinban-power-devices-'));
let served: Awaited<ReturnType<typeof serveClients>>;
let board: BoardEmulator;
let world: World;
let county: County;
let terminal: RigTerminal;
let kiosk: Kiosk;
let caretaker: Clerk;

beforeAll(async () => {
  served = await serveClients(upsd.connect, 0);
  const path = join(folder, 'board.tty');
  const line = await ptyDeviceEnd({ path });
  if (!line.ok) throw new Error(line.error.message);
  board = createBoardEmulator({ line: line.value, clock: systemClock });
  world = await openWorld('power', {
    clock,
    devices: {
      ups: { host: '127.0.0.1', port: served.port, name: 'kiosk', criticalSeconds: 180 },
      board: { wire: { kind: 'serial', path, baudRate: 115_200 }, leaveSeconds: LEAVE },
    },
  });
  ({ county, terminal } = world);
  ({ kiosk } = terminal);
  caretaker = await signIn(county.hallUrl, 'admin', 'jinban-demo-admin');
}, 120_000);

afterAll(async () => {
  await world?.close();
  await board?.close();
  await served?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every story begins on the mains, with every device in order and nobody here. */
beforeEach(async () => {
  upsd.powerBack();
  await terminal.seeTerminal('the mains', (view) => view.power === 'mains' && everyDeviceOnline(view));
});

const tickets = () => readdirSync(county.tickets).length;
const documents = () => readdirSync(county.documents).length;
const seePower = (power: 'mains' | 'battery' | 'critical') => terminal.seeTerminal(power, (view) => view.power === power);
const seeCountdown = () => terminal.see('the countdown', ({ powerCut }) => powerCut !== null);
const seePaper = (paper: Paper, state: string, reason = '') => terminal.see(`${paper} ${state}`, ({ prints }) => prints.some((print) => print.paper === paper && print.state === state && print.reason === reason));
const ledger = async (id: CaseId) => (await terminal.core.printing.ofCase(id)).map(({ paper, state, reason }) => `${paper} ${state} ${reason}`.trim());
/** Why visits ended so far. */
const endings = () => terminal.log.flatMap((entry) => (entry.includes('"session-ended"') ? [z.object({ why: z.string() }).parse(JSON.parse(entry)).why] : []));

/** To the form, with everything typed. */
async function comeToForm(card: string): Promise<Item> {
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code: ELDER_CARD }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, county, card);
  const { item } = await terminal.see('the form', (view) => view.step === 'form' && view.item !== null);
  await fillForm(terminal, item as Item, { emergencyName: '王小禾' });
  return item as Item;
}

async function alarmsAtHall(): Promise<string[]> {
  const [machine] = await caretaker.machines();
  return machine?.report == null ? ['no report'] : alarmsOf(machine.report).map((alarm) => `${alarm.grade} ${'reason' in alarm ? alarm.reason : alarm.kind}`);
}

describe('the mains go out', () => {
  test('in the middle of a form: the terminal says so, the visit goes on to its papers, and the hall is told', async () => {
    const item = await comeToForm('elder');
    upsd.mainsOff();
    await seePower('battery');
    expect(terminal.view()).toMatchObject({ step: 'form', powerCut: null, form: { values: { emergencyName: '王小禾' } } });
    await until('the warning at the hall', async () => (await alarmsAtHall()).includes('warning on-battery'));
    await well(kiosk.submitForm());
    for (const material of item.materials.filter(({ required }) => required)) await well(kiosk.addPage({ material: material.key, ...captured() }));
    await well(kiosk.go({ step: 'check', errand: null }));
    await handIn(terminal);
    await seePaper('hand-in-slip', 'printed');
    await seePaper('hand-in-receipt', 'printed');
    await leave(terminal);
    // The next person is served, too.
    await well(kiosk.touch());
    await leave(terminal);
  });
});

describe('the battery is nearly empty', () => {
  test('in the middle of a form, and the power is back in the countdown: the visit goes on as it was, with its whole time', async () => {
    await comeToForm('elder');
    const { session } = terminal.view();
    upsd.mainsOff();
    upsd.runtime(180);
    const { powerCut } = await seeCountdown();
    expect(powerCut?.secondsLeft).toBeLessThanOrEqual(POWER_SECONDS);
    clock.forward((POWER_SECONDS - 20) * 1000);
    // A touch does not put it back.
    await well(kiosk.touch());
    await terminal.see('the last seconds', (view) => view.powerCut !== null && view.powerCut.secondsLeft <= 20);
    upsd.powerBack();
    await terminal.see('no countdown', (view) => view.powerCut === null);
    expect(terminal.view()).toMatchObject({ session, step: 'form', idle: { warning: false }, form: { values: { emergencyName: '王小禾' } } });
    await leave(terminal);
  });

  test('and stays so: a hand-in in the countdown is taken, its papers are refused, the visit ends, and nobody begins before the power is back', async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
    upsd.batteryLow();
    await seeCountdown();
    const [slips, receipts] = [tickets(), documents()];
    const id = await handIn(terminal);
    await seePaper('hand-in-slip', 'not-printed', 'power-out');
    const { prints } = await seePaper('hand-in-receipt', 'not-printed', 'power-out');
    await well(kiosk.printAgain({ print: prints[0]?.print ?? '' }));
    expect(await ledger(id)).toEqual(['hand-in-slip not-printed power-out', 'hand-in-receipt not-printed power-out', 'hand-in-slip not-printed power-out']);
    await until('the fault at the hall', async () => (await alarmsAtHall()).includes('fault power-ending'));

    clock.forward(POWER_SECONDS * 1000);
    await terminal.see('nobody', ({ session }) => session === null);
    expect(endings().at(-1)).toBe('power');
    expect([await answerOf(kiosk.touch()), await answerOf(kiosk.go({ step: 'items', errand: 'apply' })), await answerOf(kiosk.openGuide({ code: ELDER_CARD }))]).toEqual(['power-out', 'power-out', 'power-out']);
    expect(terminal.view().session).toBeNull();
    expect([tickets() - slips, documents() - receipts]).toEqual([0, 0]);
    expect((await terminal.core.store.log.ofCase(id)).map(({ action }) => action.payload.kind)).toEqual(['handed-in']);

    upsd.powerBack();
    await seePower('mains');
    await well(kiosk.touch());
    await leave(terminal);
    await until('no alarm at the hall', async () => (await alarmsAtHall()).length === 0);
  });

  test('under what was not handed in: it is wiped as when nobody touches the screen', async () => {
    await comeToForm('changqi');
    await well(kiosk.addPage({ material: 'household-or-id', ...captured() }));
    const state = terminal.core.session.visit.state();
    const [page] = state?.pages ?? [];
    if (state?.case == null || page === undefined) return expect.unreachable();
    upsd.batteryLow();
    await seeCountdown();
    clock.forward(POWER_SECONDS * 1000);
    await terminal.see('nobody', ({ session }) => session === null);
    // Answered when the wipe before it is done.
    await well(kiosk.end());
    expect([await terminal.core.store.drafts.list(), await terminal.core.store.blobs.sealed(state.case, page.blob.hash)]).toEqual([[], null]);
  });

  test('while the papers of a hand-in are printed: they come out, and say so', async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    const receipts = documents();
    // So slow that the UPS is heard in the middle.
    await county.device('document-printer', 'delay 2000');
    const id = await handIn(terminal);
    upsd.batteryLow();
    await seeCountdown();
    expect(await ledger(id)).toContain('hand-in-receipt sent');
    await county.device('document-printer', 'delay 0');
    await seePaper('hand-in-slip', 'printed');
    await seePaper('hand-in-receipt', 'printed');
    expect(terminal.view().powerCut).not.toBeNull();
    expect(documents() - receipts).toBe(1);
    await leave(terminal);
  });
});

test('a UPS that goes silent on the mains is no power cut: the visit goes on, and another begins', async () => {
  await comeToForm('elder');
  upsd.silent(true);
  await terminal.seeTerminal('the UPS away', ({ devices }) => devices.ups.kind === 'offline');
  expect([terminal.terminal().power, terminal.view().powerCut]).toEqual(['mains', null]);
  await leave(terminal);
  await well(kiosk.touch());
  await leave(terminal);
  upsd.silent(false);
  await terminal.seeTerminal('the UPS back', everyDeviceOnline);
});

describe('somebody walks away from what is to be signed', () => {
  const near = (on: boolean) => board.change({ kind: 'near', on });
  /** The sensor must be sure for half a second. */
  async function isSeen(): Promise<void> {
    near(true);
    const before = clock.ticks;
    await until('a whole second', () => clock.ticks > before + 1);
  }
  /** They go, and so long passes that they are asked: time runs a few times as fast until then. */
  async function walkAway(): Promise<void> {
    near(false);
    const gone = clock.now();
    await until('the warning', () => {
      clock.forward(200);
      return terminal.view().idle.warning;
    });
    const after = (clock.now() - gone) / 1000;
    expect(after).toBeGreaterThanOrEqual(LEAVE);
    // Untouched, the screen would have been left alone for minutes.
    expect(after).toBeLessThan(IDLE_SECONDS.check - WARNING_SECONDS - 60);
  }

  test('they are warned early; a touch, or coming back, takes it back, and only its end ends the visit', async () => {
    near(true);
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    await walkAway();
    await well(kiosk.touch());
    await terminal.see('no warning', ({ idle }) => !idle.warning);
    await isSeen();
    await walkAway();
    near(true);
    await terminal.see('no warning', ({ idle }) => !idle.warning);
    expect(terminal.view()).toMatchObject({ step: 'check' });
    await walkAway();
    clock.forward(WARNING_SECONDS * 1000);
    await terminal.see('nobody', ({ session }) => session === null);
    expect(endings().at(-1)).toBe('idle');
  });
});
