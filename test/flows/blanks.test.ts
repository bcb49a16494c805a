import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { hashPassword } from '../../crypto/passwords.ts';
import type { PapersView } from '../../domain/contracts/caretaker.ts';
import type { CaseId } from '../../domain/ids.ts';
import { comeBack, ELDER_CARD, fillIn, handIn, leave, well } from '../rigs/citizen.ts';
import { type OpenView, seeCaretaker } from '../rigs/caretaker.ts';
import { type Clerk, grant } from '../rigs/clerk.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const PIN = '246810';
const STOCK = 'elder-card';

let world: World;
let county: County;
let terminal: RigTerminal;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('blanks', {
    settings: { caretaker: { pin: await hashPassword(PIN) } },
    blanks: [{ template: STOCK, name: '老年人优待证专用纸', tray: 'by-pass-tray', prefix: '浙E', digits: 6 }],
  });
  ({ county, terminal, clerk } = world);
}, 120_000);
afterAll(() => world?.close());

const documents = () => readdirSync(county.documents).length;
const tickets = () => readdirSync(county.tickets).length;

/** Hands a case in, has it granted, comes back for the certificate and asks for it. */
async function askForCertificate(card: string): Promise<CaseId> {
  await fillIn(terminal, county, { code: ELDER_CARD, card });
  const id = await handIn(terminal);
  await terminal.see('both papers', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
  await leave(terminal);
  await grant(clerk, id);
  await openFinished(card, id);
  await well(terminal.kiosk.printResult({ case: id }));
  return id;
}

async function openFinished(card: string, id: CaseId): Promise<void> {
  await comeBack(terminal, county, card);
  await terminal.see('the case finished', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'finished'));
  await well(terminal.kiosk.openCase({ case: id }));
}

/** What the view and the ledger say of the certificate that was asked for last. */
async function seeCertificate(id: CaseId, state: string, reason = ''): Promise<void> {
  await terminal.see(`certificate ${state}`, ({ prints }) => prints.some((print) => print.paper === 'certificate' && print.state === state && print.reason === reason));
  expect((await terminal.core.printing.ofCase(id)).at(-1)).toMatchObject({ paper: 'certificate', state, reason });
}

const see = (look: (view: OpenView) => boolean) => seeCaretaker(terminal.kiosk, look);
const seePapers = async (look: (papers: PapersView) => boolean) => (await see(({ papers }) => look(papers))).papers;
const sumsOf = async () => (await seePapers(() => true)).blanks.map(({ loaded, left, used, inDoubt, void: gone, next }) => ({ loaded, left, used, inDoubt, void: gone, next }))[0];

/** The outcomes of a case's certificate, and the blanks they are on, as the hall was told. */
const toldToHall = async (id: CaseId) => {
  const opened = await clerk.open({ id });
  return opened.ok ? opened.value.actions.flatMap(({ payload }) => (payload.kind === 'result-printed' ? [`${payload.outcome} ${payload.blank ?? ''}`.trim()] : [])) : [];
};

describe('a certificate on numbered blanks', () => {
  let doubtful: CaseId;

  test('is not printed on other paper when there are none; loaded by the caretaker, it comes from their tray, and the hall knows the number', async () => {
    const before = documents();
    const id = await askForCertificate('elder');
    await seeCertificate(id, 'not-printed', 'no-blanks');
    expect(documents() - before).toBe(1);

    expect(await terminal.kiosk.caretaker.loadBlanks({ stock: STOCK, first: 100, last: 104 })).toEqual({ ok: false, error: { kind: 'no-caretaker' } });
    await leave(terminal);
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    // While the printer could still take a sheet from the tray, no pack is laid in.
    expect(await terminal.kiosk.caretaker.loadBlanks({ stock: STOCK, first: 100, last: 104 })).toEqual({ ok: false, error: { kind: 'not-in-exchange' } });
    await well(terminal.kiosk.caretaker.startExchange({ device: 'document-printer' }));
    await see(({ exchanges }) => exchanges.some(({ step }) => step === 'open'));
    await well(terminal.kiosk.caretaker.loadBlanks({ stock: STOCK, first: 100, last: 104 }));
    expect(await terminal.kiosk.caretaker.loadBlanks({ stock: STOCK, first: 104, last: 110 })).toEqual({ ok: false, error: { kind: 'known-number', number: 104 } });
    await well(terminal.kiosk.caretaker.spoilBlank({ stock: STOCK, number: 100 }));
    await well(terminal.kiosk.caretaker.endExchange({ device: 'document-printer' }));
    await see(({ exchanges }) => exchanges.length === 0);
    expect(await sumsOf()).toEqual({ loaded: 5, left: 4, used: 0, inDoubt: 0, void: 1, next: '浙E000101' });
    await well(terminal.kiosk.caretaker.leave());

    await openFinished('elder', id);
    await well(terminal.kiosk.printResult({ case: id }));
    await seeCertificate(id, 'printed');
    await until('the hall knows the number', async () => (await toldToHall(id)).length > 0);
    expect(await toldToHall(id)).toEqual(['printed 浙E000101']);
    await leave(terminal);
  });

  test('that jams leaves its blank in doubt, and nobody gets another of the kind before the tray was looked into', async () => {
    await county.device('document-printer', 'refill');
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'changqi' });
    doubtful = await handIn(terminal);
    await terminal.see('both papers', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
    await leave(terminal);
    await grant(clerk, doubtful);
    await openFinished('changqi', doubtful);
    await county.device('document-printer', 'jam-mid-job');
    await well(terminal.kiosk.printResult({ case: doubtful }));
    await seeCertificate(doubtful, 'unknown', 'jam');
    await county.device('document-printer', 'clear-jam');
    await terminal.seeTerminal('the printer on line', ({ devices }) => devices['document-printer']?.kind === 'online');
    await leave(terminal);

    const before = documents();
    const next = await askForCertificate('zhang');
    await seeCertificate(next, 'not-printed', 'blanks-in-doubt');
    // The receipt, and nothing else.
    expect(documents() - before).toBe(1);
    await leave(terminal);
  });

  test('stands as it stood after the power failed', async () => {
    await world.crashTerminal();
    ({ terminal } = world);
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    expect(await sumsOf()).toEqual({ loaded: 5, left: 2, used: 1, inDoubt: 1, void: 1, next: '浙E000103' });
    expect((await seePapers(() => true)).unknown).toMatchObject([{ paper: 'certificate', blank: '浙E000102' }]);
  });

  test('is closed by the number on top of the tray: it did not come out, and now comes on the same blank', async () => {
    expect(await terminal.kiosk.caretaker.lookInTray({ stock: STOCK, top: 777, missing: 0 })).toEqual({ ok: false, error: { kind: 'unknown-number' } });
    expect(await terminal.kiosk.caretaker.lookInTray({ stock: STOCK, top: 101, missing: 0 })).toEqual({ ok: false, error: { kind: 'still-there', number: 101 } });
    expect(await terminal.kiosk.caretaker.lookInTray({ stock: STOCK, top: 104, missing: 0 })).toEqual({ ok: false, error: { kind: 'would-miss', count: 1 } });
    await well(terminal.kiosk.caretaker.lookInTray({ stock: STOCK, top: 102, missing: 0 }));
    expect(await sumsOf()).toEqual({ loaded: 5, left: 3, used: 1, inDoubt: 0, void: 1, next: '浙E000102' });
    expect((await seePapers(() => true)).unknown).toEqual([]);
    await well(terminal.kiosk.caretaker.leave());
    await openFinished('changqi', doubtful);
    await well(terminal.kiosk.printResult({ case: doubtful }));
    await seeCertificate(doubtful, 'printed');
    await until('the hall knows all of it', async () => (await toldToHall(doubtful)).length === 3);
    expect(await toldToHall(doubtful)).toEqual(['unknown 浙E000102', 'not-printed 浙E000102', 'printed 浙E000102']);
    await leave(terminal);
  });

  test('is in the sums of the day, which come out as a slip without a name', async () => {
    const before = tickets();
    await well(terminal.kiosk.caretaker.enter({ pin: PIN }));
    await well(terminal.kiosk.caretaker.printSlip({ what: 'day-sum' }));
    const papers = await seePapers(({ slip }) => slip !== null && slip.state !== 'sent');
    expect(papers.slip).toEqual({ what: 'day-sum', state: 'printed', reason: '' });
    expect(papers.today.find(({ paper }) => paper === 'certificate')).toEqual({ paper: 'certificate', printed: 2, notPrinted: 3, unknown: 0 });
    expect(tickets() - before).toBe(1);
    await well(terminal.kiosk.caretaker.leave());
  });
});
