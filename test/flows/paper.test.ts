import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import type { PrintView, SessionView } from '../../domain/contracts/kiosk.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Paper } from '../../domain/print-ledger/types.ts';
import type { Item } from '../../domain/item/types.ts';
import { answerOf, captured, comeBack, ELDER_CARD, fillForm, fillIn, handIn, leave, showCard, signature, well } from '../rigs/citizen.ts';
import { type Clerk, grant, kindsAtHall } from '../rigs/clerk.ts';
import { everyDeviceOnline, type Kiosk, type RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let county: County;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('paper');
  ({ county, terminal, clerk } = world);
  kiosk = terminal.kiosk;
}, 120_000);

afterAll(() => world?.close());

/** Every story begins with nobody here and both printers in order. */
beforeEach(() => terminal.seeTerminal('every device on line', everyDeviceOnline));

const tickets = () => readdirSync(county.tickets).length;
const documents = () => readdirSync(county.documents).length;

/** Whether the document printer has come to the fault that waits for its next job. */
async function faultUsed(): Promise<boolean> {
  return !z.object({ armed: z.boolean() }).parse(JSON.parse(await county.device('document-printer', 'status'))).armed;
}

/** Lines that the ticket printer has put on paper so far. */
async function slipLines(): Promise<number> {
  return z.object({ lines: z.int() }).parse(JSON.parse(await county.device('ticket-printer', 'status'))).lines;
}

async function handInAs(card: string): Promise<CaseId> {
  await fillIn(terminal, county, { code: ELDER_CARD, card });
  return handIn(terminal);
}

const paperOf = (view: SessionView, paper: Paper): PrintView | undefined => view.prints.find((print) => print.paper === paper);

/** Waits until the paper stands so in the view, and checks that the ledger on disk says the same. */
async function seePaper(paper: Paper, state: PrintView['state'], reason = ''): Promise<PrintView> {
  const view = await terminal.see(`${paper} ${state}`, (seen) => paperOf(seen, paper)?.state === state);
  const print = paperOf(view, paper) as PrintView;
  expect(print).toMatchObject({ state, reason });
  expect((await terminal.core.printing.all()).find(({ id }) => id === print.print)).toMatchObject({ paper, state, reason });
  return print;
}

/** What the ledger holds of a case's paper, oldest first. */
async function ledger(id: CaseId, paper: Paper): Promise<string[]> {
  return (await terminal.core.printing.ofCase(id)).filter((entry) => entry.paper === paper).map(({ state, reason }) => `${state} ${reason}`.trim());
}

describe('no paper before the print', () => {
  test('the hand-in is safe, both papers say why they did not come, and each comes exactly once after the refill', async () => {
    const [slips, receipts] = [tickets(), documents()];
    await county.device('ticket-printer', 'paper-out');
    await county.device('document-printer', 'paper-out');
    const id = await handInAs('elder');
    const slip = await seePaper('hand-in-slip', 'not-printed', 'paper-out');
    const receipt = await seePaper('hand-in-receipt', 'not-printed', 'paper-out');
    // Still no paper: the new try says the same again.
    await well(kiosk.printAgain({ print: slip.print }));
    await terminal.see('another try', (view) => paperOf(view, 'hand-in-slip')?.print !== slip.print);
    const again = await seePaper('hand-in-slip', 'not-printed', 'paper-out');

    await county.device('ticket-printer', 'refill');
    await county.device('document-printer', 'refill');
    const answers = await Promise.all([answerOf(kiosk.printAgain({ print: again.print })), answerOf(kiosk.printAgain({ print: again.print })), answerOf(kiosk.printAgain({ print: slip.print }))]);
    expect(answers).toEqual(['ok', 'wrong-step', 'wrong-step']);
    await well(kiosk.printAgain({ print: receipt.print }));
    const printed = await seePaper('hand-in-slip', 'printed');
    await seePaper('hand-in-receipt', 'printed');
    expect(await answerOf(kiosk.printAgain({ print: printed.print }))).toBe('wrong-step');
    expect([tickets() - slips, documents() - receipts]).toEqual([1, 1]);
    expect(await ledger(id, 'hand-in-slip')).toEqual(['not-printed paper-out', 'not-printed paper-out', 'printed']);
    expect(await ledger(id, 'hand-in-receipt')).toEqual(['not-printed paper-out', 'printed']);
    await leave(terminal);
  });
});

describe('paper ends in the middle', () => {
  test('of the slip: nobody knows, the citizen says it did not come out, and it is printed once more', async () => {
    await county.device('ticket-printer', 'paper-out-after 4');
    const id = await handInAs('elder');
    const slip = await seePaper('hand-in-slip', 'unknown', 'paper-out');
    await seePaper('hand-in-receipt', 'printed');
    expect(await answerOf(kiosk.printAgain({ print: slip.print }))).toBe('wrong-step');
    const before = tickets();
    await county.device('ticket-printer', 'refill');
    await terminal.seeTerminal('the ticket printer on line', ({ devices }) => devices['ticket-printer']?.kind === 'online');
    // Refilling alone brings nothing: the printer's memory was emptied.
    expect(await ledger(id, 'hand-in-slip')).toEqual(['unknown paper-out']);
    await well(kiosk.closeUnknown({ print: slip.print, cameOut: false }));
    await seePaper('hand-in-slip', 'not-printed', 'did-not-come-out');
    await well(kiosk.printAgain({ print: slip.print }));
    await seePaper('hand-in-slip', 'printed');
    // The torn piece left with the old roll: what was cut off then is blank.
    expect(tickets() - before).toBe(1);
    await leave(terminal);
  });

  test('of the receipt, and the person leaves: after the refill it comes out for nobody, least of all for the next person', async () => {
    await county.device('document-printer', 'paper-out-mid-job');
    const first = await handInAs('elder');
    await until('the paper ended under the receipt', faultUsed);
    const before = documents();
    await leave(terminal);
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
    await county.device('document-printer', 'refill');
    const second = await handIn(terminal);
    await seePaper('hand-in-receipt', 'printed');
    const [old] = await until('the first receipt settled', async () => {
      const states = await ledger(first, 'hand-in-receipt');
      return states.every((state) => !state.startsWith('sent')) ? states : null;
    });
    expect(old).toMatch(/^(not-printed|unknown) /);
    expect(await ledger(second, 'hand-in-receipt')).toEqual(['printed']);
    expect(documents() - before).toBe(1);
    await leave(terminal);
  });
});

describe('cover and power', () => {
  test('an open cover stops both papers before anything is sent; closed again, both come', async () => {
    await county.device('ticket-printer', 'open-cover');
    await county.device('document-printer', 'open-cover');
    await handInAs('elder');
    const slip = await seePaper('hand-in-slip', 'not-printed', 'cover-open');
    const receipt = await seePaper('hand-in-receipt', 'not-printed', 'cover-open');
    await county.device('ticket-printer', 'close-cover');
    await county.device('document-printer', 'close-cover');
    await well(kiosk.printAgain({ print: slip.print }));
    await well(kiosk.printAgain({ print: receipt.print }));
    await seePaper('hand-in-slip', 'printed');
    await seePaper('hand-in-receipt', 'printed');
    expect(terminal.view().prints.map(({ state }) => state)).toEqual(['printed', 'printed']);
    await leave(terminal);
  });

  test('power lost with both papers under way: both unknown, and nothing comes by itself when it is back', async () => {
    const before = await slipLines();
    await county.device('document-printer', 'jam-mid-job');
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    const id = await handIn(terminal);
    await until('the slip half out', async () => (await slipLines()) > before + 2);
    await county.device('ticket-printer', 'power-off');
    await until('the receipt in the rollers', faultUsed);
    await county.device('document-printer', 'power-off');
    await terminal.see('the slip unknown', (view) => paperOf(view, 'hand-in-slip')?.state === 'unknown');
    await county.device('ticket-printer', 'power-on');
    await county.device('document-printer', 'power-on');
    await county.device('document-printer', 'clear-jam');
    await terminal.see('the receipt unknown', (view) => paperOf(view, 'hand-in-receipt')?.state === 'unknown');
    await terminal.seeTerminal('both printers on line', everyDeviceOnline);
    const slip = paperOf(terminal.view(), 'hand-in-slip') as PrintView;
    expect(slip.state).toBe('unknown');
    await well(kiosk.closeUnknown({ print: slip.print, cameOut: false }));
    await well(kiosk.printAgain({ print: slip.print }));
    await seePaper('hand-in-slip', 'printed');
    expect((await ledger(id, 'hand-in-slip')).at(-1)).toBe('printed');
    await leave(terminal);
  });
});

describe('a printer that does not answer any more', () => {
  test('is looked for: the screen says so, the ledger says sent, and it ends as unknown', async () => {
    await county.device('document-printer', 'jam-mid-job');
    const id = await handInAs('elder');
    await until('the receipt in the rollers', faultUsed);
    await county.device('document-printer', 'power-off');
    await terminal.see('the screen says so', (view) => paperOf(view, 'hand-in-receipt')?.state === 'looking');
    expect(paperOf(terminal.view(), 'hand-in-receipt')?.reason).toBe('connection-lost');
    expect(await ledger(id, 'hand-in-receipt')).toEqual(['sent']);
    await county.device('document-printer', 'power-on');
    await county.device('document-printer', 'clear-jam');
    await terminal.see('the receipt unknown', (view) => paperOf(view, 'hand-in-receipt')?.state === 'unknown');
    await terminal.seeTerminal('both printers on line', everyDeviceOnline);
    await leave(terminal);
  });

  test('holds nobody up: the person leaves, and the next one is served at once', async () => {
    await county.device('document-printer', 'jam-mid-job');
    const id = await handInAs('zhang');
    await until('the receipt in the rollers', faultUsed);
    await county.device('document-printer', 'power-off');
    await leave(terminal);
    // The next one begins while the receipt is still looked for.
    await well(kiosk.touch());
    expect(await ledger(id, 'hand-in-receipt')).toEqual(['sent']);
    await leave(terminal);
    await county.device('document-printer', 'power-on');
    await county.device('document-printer', 'clear-jam');
    const [state] = await until('the receipt settled', async () => {
      const states = await ledger(id, 'hand-in-receipt');
      return states.every((entry) => entry.startsWith('unknown')) ? states : null;
    });
    expect(state).toMatch(/^unknown /);
  });
});

describe('the device host dies', () => {
  test('in mid-print: both papers unknown; with a new host the journey goes on', async () => {
    const before = await slipLines();
    const id = await handInAs('elder');
    await until('the slip half out', async () => (await slipLines()) > before + 2);
    await terminal.crashDevices();
    await terminal.see('both settled', ({ prints }) => prints.every(({ state }) => state !== 'reserved' && state !== 'sent' && state !== 'looking'));
    expect(paperOf(terminal.view(), 'hand-in-slip')).toMatchObject({ state: 'unknown', reason: 'host-lost' });
    expect((await terminal.seeTerminal('no host', ({ devices }) => devices['ticket-printer']?.kind === 'offline')).devices['ticket-printer']).toEqual({ kind: 'offline', reason: 'host-starting' });
    terminal.startDevices();
    await terminal.seeTerminal('both printers on line', everyDeviceOnline);
    const slip = paperOf(terminal.view(), 'hand-in-slip') as PrintView;
    await well(kiosk.closeUnknown({ print: slip.print, cameOut: false }));
    await well(kiosk.printAgain({ print: slip.print }));
    await seePaper('hand-in-slip', 'printed');
    expect(await ledger(id, 'hand-in-slip')).toEqual(['not-printed did-not-come-out', 'printed']);
    await leave(terminal);
  });
});

describe('the certificate', () => {
  async function granted(card: string): Promise<CaseId> {
    const id = await handInAs(card);
    await terminal.see('both papers', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
    await leave(terminal);
    await grant(clerk, id);
    return id;
  }

  async function openResult(card: string, id: CaseId): Promise<void> {
    await comeBack(terminal, county, card);
    await terminal.see('the case finished', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'finished'));
    await well(kiosk.openCase({ case: id }));
  }

  test('jammed in the printer: the citizen cannot get a second original, and the hall hears of the first', async () => {
    const id = await granted('changqi');
    await openResult('changqi', id);
    const before = documents();
    await county.device('document-printer', 'jam-mid-job');
    await well(kiosk.printResult({ case: id }));
    const lost = await seePaper('certificate', 'unknown', 'jam');
    expect(await answerOf(kiosk.closeUnknown({ print: lost.print, cameOut: false }))).toBe('wrong-step');
    expect(await answerOf(kiosk.printAgain({ print: lost.print }))).toBe('wrong-step');
    await county.device('document-printer', 'clear-jam');
    await terminal.seeTerminal('the printer on line', ({ devices }) => devices['document-printer']?.kind === 'online');
    await well(kiosk.printResult({ case: id }));
    expect(await ledger(id, 'certificate')).toEqual(['unknown jam']);
    await until('the hall knows', async () => (await kindsAtHall(clerk, id)).includes('result-printed'));

    // Another day: the same paper is shown as it stands, and nothing is printed.
    await leave(terminal);
    await openResult('changqi', id);
    await terminal.see('a case that is not printed again', (view) => view.case?.canPrint === false);
    await well(kiosk.printResult({ case: id }));
    expect((await terminal.see('the old paper', ({ step, prints }) => step === 'result' && prints.length > 0)).prints).toEqual([{ print: lost.print, paper: 'certificate', state: 'unknown', reason: 'jam' }]);
    expect(documents()).toBe(before);

    // It was found in the tray after all.
    await well(kiosk.closeUnknown({ print: lost.print, cameOut: true }));
    await seePaper('certificate', 'printed');
    const outcomes = await until('the hall knows that too', async () => {
      const opened = await clerk.open({ id });
      const found = opened.ok ? opened.value.actions.flatMap(({ payload }) => (payload.kind === 'result-printed' ? [payload.outcome] : [])) : [];
      return found.length === 2 ? found : null;
    });
    expect(outcomes).toEqual(['unknown', 'printed']);
    await leave(terminal);
  });

  test('under way when the power fails: unknown after the restart, and the hall hears of it', async () => {
    const id = await granted('elder');
    await openResult('elder', id);
    await county.device('document-printer', 'paper-out-mid-job');
    await well(kiosk.printResult({ case: id }));
    await until('the paper ended under the certificate', faultUsed);
    await world.crashTerminal(() => county.device('document-printer', 'refill').then(() => undefined));
    ({ terminal } = world);
    ({ kiosk } = terminal);
    expect((await ledger(id, 'certificate'))[0]).toMatch(/^unknown /);
    await until('the hall knows', async () => (await kindsAtHall(clerk, id)).includes('result-printed'));
    await terminal.see('the visit goes on', ({ step, prints }) => step === 'result' && prints.some(({ state }) => state === 'unknown'));
    await leave(terminal);
  });

  test('of 陈𠮷祥, whose 𠮷 no bundled font has: hand-in and masked papers are fine, the certificate stops and says why', async () => {
    const id = await granted('unprintable');
    await openResult('unprintable', id);
    const before = documents();
    await well(kiosk.printResult({ case: id }));
    await seePaper('certificate', 'not-printed', 'missing-glyph');
    expect(documents()).toBe(before);
    expect(await kindsAtHall(clerk, id)).toEqual(['handed-in', 'accepted', 'decided', 'finished']);
    await leave(terminal);
  });
});

describe('a citizen who comes to find out', () => {
  test('answers the questions, takes the list and the guide home without a card; then hands in, and the hall sees which situation was declared', async () => {
    const [slips, guides] = [tickets(), documents()];
    await well(kiosk.touch());
    await well(kiosk.openGuide({ code: ELDER_CARD }));
    await well(kiosk.go({ step: 'situation', errand: 'apply' }));
    expect(await answerOf(kiosk.answer({ question: 'household', value: 'no' }))).toBe('wrong-step');
    for (const [question, value] of [['age', 'yes'], ['why', 'damaged'], ['household', 'no']] as const) await well(kiosk.answer({ question, value }));
    await well(kiosk.printGuide({ paper: 'materials-slip' }));
    await seePaper('materials-slip', 'printed');
    await well(kiosk.printGuide({ paper: 'guide' }));
    await seePaper('guide', 'printed');
    expect([tickets() - slips, documents() - guides, await answerOf(kiosk.printGuide({ paper: 'guide' }))]).toEqual([1, 1, 'enough-printed']);

    await well(kiosk.go({ step: 'identify', errand: 'apply' }));
    await showCard(terminal, county, 'elder');
    const { item, form } = await terminal.see('the form', (view) => view.step === 'form' && view.item !== null);
    expect(form).toMatchObject({ values: { localHousehold: false }, prefilled: { localHousehold: 'answers' } });
    await fillForm(terminal, item as Item, {});
    await well(kiosk.submitForm());
    await well(kiosk.addPage({ material: 'household-or-id', ...captured() }));
    await well(kiosk.go({ step: 'check', errand: null }));
    // Needed in this situation alone: without it nothing is handed in.
    expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '13800000000' }))).toBe('incomplete');
    for (const material of ['residence-permit', 'old-card']) await well(kiosk.addPage({ material, ...captured() }));
    const id = await handIn(terminal);
    const [action] = await terminal.core.store.log.ofCase(id);
    expect(action?.action.payload).toMatchObject({ situation: { age: 'yes', why: 'damaged', household: 'no' } });
    await until('the hall has it', async () => (await kindsAtHall(clerk, id)).length > 0);
    await leave(terminal);
    expect(terminal.view()).toMatchObject({ answers: {}, prints: [] });
  });
});
