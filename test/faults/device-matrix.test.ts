/**
 * Every fault of every device at every step of the journey, at the real emulators: what the screen says, what the ledger holds, what the hall is
 * alarmed of, and what the next citizen gets. Ordinary runs take one step of each fault; the full length takes all.
 * `JINBAN_MATRIX_OUT=FILE` keeps the table.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../build/demo/child.ts';
import type { PrintView } from '../../domain/contracts/kiosk.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Paper } from '../../domain/print-ledger/types.ts';
import { answerOf, comeBack, ELDER_CARD, fillForm, fillIn, handIn, leave, showCard, well, captured } from '../rigs/citizen.ts';
import { type Clerk, grant, signIn } from '../rigs/clerk.ts';
import { everyDeviceOnline } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';
import { type Cell, CELLS, oneOfEachFault, papersHit, type Seen, table } from './matrix/cells.ts';
import { FULL_RUNS, SEED } from './rig/seed.ts';

let world: World;
let administrator: Clerk;
const seen: Seen[] = [];

beforeAll(async () => {
  world = await openWorld('matrix');
  administrator = await signIn(world.county.hallUrl, 'admin', 'jinban-demo-admin');
}, 120_000);

afterAll(async () => {
  await world?.close();
  const rows = table(seen);
  process.stdout.write(`\n${rows}\n`);
  const file = process.env['JINBAN_MATRIX_OUT'];
  if (file !== undefined) writeFileSync(file, `${rows}\n`);
});

const say = (cell: Cell, verb: string) => world.county.device(cell.fault.device, verb);
const settled = ({ state }: PrintView) => state !== 'reserved' && state !== 'sent' && state !== 'looking';
/** Whole papers that came out, and pieces. */
const papers = () => {
  const documents = readdirSync(world.county.documents);
  return { slips: readdirSync(world.county.tickets).length, documents: documents.filter((name) => !name.includes('of')).length, pieces: documents.filter((name) => name.includes('of')).length };
};

async function alarms(): Promise<string[]> {
  const [machine] = await administrator.machines();
  return machine?.report == null ? [] : alarmsOf(machine.report).flatMap((alarm) => (alarm.kind === 'device' ? [`${alarm.grade} ${alarm.device} ${alarm.reason}`] : []));
}

async function breakDevice(cell: Cell): Promise<void> {
  await say(cell, cell.fault.breaks);
}

/** What each printer has got so far: lines on paper, and documents. */
async function progress(): Promise<{ lines: number; documents: number }> {
  const { lines } = Lines.parse(JSON.parse(await world.county.device('ticket-printer', 'status')));
  const { documents } = Documents.parse(JSON.parse(await world.county.device('document-printer', 'status')));
  return { lines, documents };
}
const Lines = z.object({ lines: z.int() });
const Documents = z.object({ documents: z.int() });

/** Waits until the device of the cell is in the middle of the paper that it hits. */
async function inTheMiddle(cell: Cell, before: Awaited<ReturnType<typeof progress>>): Promise<void> {
  const [paper] = papersHit(cell);
  if (paper === 'hand-in-slip') await until('the slip half out', async () => (await progress()).lines > before.lines + 2);
  else if (paper !== undefined) await until('the document in the printer', async () => (await progress()).documents > before.documents);
}

/** What the fault does to the device's state, and that the hall hears of it. */
async function seeFault({ fault: { device, status } }: Cell): Promise<string> {
  const { terminal } = world;
  await terminal.seeTerminal(`${device} ${status.reason}`, ({ devices }) => JSON.stringify(devices[device]) === JSON.stringify(status));
  const alarm = `fault ${device} ${status.reason}`;
  await until(alarm, async () => (await alarms()).includes(alarm));
  return alarm;
}

/**
 * A document printer that goes away in a job is looked for, and the screen does not go on saying "printing".
 * @returns what stands before the outcome in the table
 */
async function seeLooking(cell: Cell): Promise<string> {
  if (cell.fault.device !== 'document-printer' || cell.fault.status.kind !== 'offline') return '';
  const [paper] = papersHit(cell);
  await until('the screen says that it is looked for', () => world.terminal.view().prints.some((print) => print.paper === paper && print.state === 'looking' && print.reason === 'connection-lost'), 5_000);
  return 'looked for; ';
}

async function mend(cell: Cell): Promise<void> {
  await say(cell, cell.fault.mends);
  await world.terminal.seeTerminal('every device on line', everyDeviceOnline);
}

/** Papers of this visit once all are settled. */
async function settledPapers(): Promise<PrintView[]> {
  const { terminal } = world;
  // A printer that went away in a job is looked for again for a minute.
  await until('every paper settled', () => terminal.view().prints.length > 0 && terminal.view().prints.every(settled), 90_000);
  return terminal.view().prints;
}

const words = (prints: readonly PrintView[], which: readonly Paper[]) => prints.filter(({ paper }) => which.includes(paper)).map(({ paper, state, reason }) => `${paper} ${state} ${reason}`.trim()).join(', ');

/** The ledger as the disk has it, of the papers of a case that are shown. */
async function ledger(id: CaseId, shown: readonly PrintView[]): Promise<string> {
  const entries = await world.terminal.core.printing.ofCase(id);
  return entries.filter((entry) => shown.some(({ print }) => print === entry.id)).map(({ paper, state, reason }) => `${paper} ${state} ${reason}`.trim()).join(', ');
}

/** Another citizen comes, hands in, and gets exactly the two papers of this hand-in. */
async function nextCitizen(): Promise<string> {
  const { terminal, county } = world;
  const before = papers();
  await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
  await handIn(terminal);
  const own = await settledPapers();
  expect(words(own, ['hand-in-slip', 'hand-in-receipt'])).toBe('hand-in-slip printed, hand-in-receipt printed');
  // The printer says that it cut before the paper is seen on the floor: they are two processes.
  await until('its slip on the floor', () => papers().slips > before.slips, 15_000);
  const after = papers();
  expect([after.documents - before.documents, after.pieces - before.pieces]).toEqual([1, 0]);
  // A piece that hung in the ticket printer is cut off before the next slip.
  expect(after.slips - before.slips).toBeGreaterThanOrEqual(1);
  expect(after.slips - before.slips).toBeLessThanOrEqual(2);
  await leave(terminal);
  return 'own papers, once';
}

/** What is said of a paper, held against what lies on the floor. */
function holdAgainst(prints: readonly PrintView[], hit: readonly Paper[], before: ReturnType<typeof papers>): void {
  const after = papers();
  for (const { paper, state } of prints) {
    const [whole, piece] = paper === 'hand-in-slip' ? [after.slips - before.slips, 0] : [after.documents - before.documents, after.pieces - before.pieces];
    if (state === 'printed') expect(whole, `${paper} is said to be printed`).toBe(1);
    if (state === 'not-printed') expect([whole, piece], `nothing of ${paper} is said to have come out`).toEqual([0, 0]);
    if (!hit.includes(paper)) expect(state, `${paper} is none of this fault's`).toBe('printed');
  }
}

async function journey(cell: Cell): Promise<{ screen: string; ledger: string; alarm: string }> {
  const { terminal, county, clerk } = world;
  const { kiosk } = terminal;
  const { fault, step } = cell;
  const hit = papersHit(cell);
  switch (step) {
    case 'nobody here': {
      await breakDevice(cell);
      const alarm = await seeFault(cell);
      const [card] = (await kiosk.items({ query: '', shelf: null })).cards.filter(({ code }) => code === ELDER_CARD);
      const offered = fault.device === 'id-card-reader' ? { kind: 'not-here', reason: `${fault.device}.${fault.status.kind}` } : { kind: fault.device === 'document-printer' ? 'works-result-later' : 'works' };
      expect(card?.availability).toEqual(offered);
      if (fault.device === 'id-card-reader') {
        await well(kiosk.touch());
        await well(kiosk.go({ step: 'identify', errand: 'apply' }));
        await terminal.see('the reader away', (view) => view.card.kind === 'unavailable' && view.card.reason === fault.status.reason);
        return { screen: `${offered.kind}; card unavailable ${fault.status.reason}`, ledger: '', alarm };
      }
      const before = papers();
      await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
      const id = await handIn(terminal);
      const prints = await settledPapers();
      expect(words(prints, hit)).toBe(hit.map((paper) => `${paper} not-printed ${fault.status.kind === 'offline' ? 'offline' : fault.status.reason}`).join(', '));
      holdAgainst(prints, hit, before);
      return { screen: `${offered.kind}; ${words(prints, hit)}`, ledger: await ledger(id, prints), alarm };
    }
    case 'card shown': {
      await well(kiosk.touch());
      await well(kiosk.openGuide({ code: ELDER_CARD }));
      await well(kiosk.go({ step: 'identify', errand: 'apply' }));
      await showCard(terminal, county, 'elder');
      const { item } = await terminal.see('the form', (view) => view.step === 'form' && view.item !== null);
      await breakDevice(cell);
      const alarm = await seeFault(cell);
      if (item === null) throw new Error('no item');
      await fillForm(terminal, item, {});
      await well(kiosk.submitForm());
      for (const material of item.materials.filter(({ required }) => required)) await well(kiosk.addPage({ material: material.key, ...captured() }));
      await well(kiosk.go({ step: 'check', errand: null }));
      const before = papers();
      const id = await handIn(terminal);
      const prints = await settledPapers();
      holdAgainst(prints, hit, before);
      for (const { paper, state } of prints) if (hit.includes(paper)) expect(state).toBe('not-printed');
      return { screen: words(prints, hit) || 'the journey goes on', ledger: await ledger(id, prints), alarm };
    }
    case 'papers under way': {
      await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
      const [before, begun] = [papers(), await progress()];
      const id = await handIn(terminal);
      await inTheMiddle(cell, begun);
      await breakDevice(cell);
      const looked = await seeLooking(cell);
      const prints = await settledPapers();
      holdAgainst(prints, hit, before);
      const alarm = await seeFault(cell);
      return { screen: looked + (words(prints, hit) || 'the journey goes on'), ledger: await ledger(id, prints), alarm };
    }
    case 'certificate under way': {
      await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
      const id = await handIn(terminal);
      await settledPapers();
      await leave(terminal);
      await grant(clerk, id);
      await comeBack(terminal, county, 'elder');
      await terminal.see('the case finished', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'finished'));
      await well(kiosk.openCase({ case: id }));
      const [before, begun] = [papers(), await progress()];
      await well(kiosk.printResult({ case: id }));
      await inTheMiddle(cell, begun);
      await breakDevice(cell);
      const looked = await seeLooking(cell);
      const prints = await settledPapers();
      holdAgainst(prints, hit, before);
      // Whatever happened: no second original by the citizen's word.
      for (const { print, state } of prints) if (state === 'unknown') expect(await answerOf(kiosk.closeUnknown({ print, cameOut: false }))).toBe('wrong-step');
      const alarm = await seeFault(cell);
      return { screen: looked + words(prints, ['certificate']), ledger: await ledger(id, prints), alarm };
    }
  }
}

describe('the device fault matrix', () => {
  test.each((FULL_RUNS === null ? oneOfEachFault(SEED) : CELLS).map((cell) => [cell.fault.device, cell.fault.name, cell.step, cell] as const))('%s, %s, %s', async (_device, _fault, _step, cell) => {
    const told = await journey(cell);
    // What the screen says of a paper is what the ledger holds of it.
    if (told.ledger !== '') for (const said of told.screen.split(/[;,] /).filter((part) => /^(hand-in|certificate)/.test(part))) expect(told.ledger).toContain(said);
    await leave(world.terminal);
    await mend(cell);
    await until('no alarm', async () => (await alarms()).every((alarm) => !alarm.startsWith(`fault ${cell.fault.device}`)));
    const next = await nextCitizen();
    seen.push({ cell, ...told, next });
    expect(next).toBe('own papers, once');
  });
});
