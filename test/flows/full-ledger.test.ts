import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { hashPassword } from '../../crypto/passwords.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { PrintState } from '../../domain/print-ledger/types.ts';
import type { PrintRow, TerminalStore } from '../../sync/terminal-store/types.ts';
import { answerOf, captured, comeBack, ELDER_CARD, fillIn, handIn, leave, signature, WATER_PERMIT, well } from '../rigs/citizen.ts';
import { type Clerk, grant, kindsAtHall } from '../rigs/clerk.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

const PIN = '246810';

let world: World;
let county: County;
let terminal: RigTerminal;
let kiosk: Kiosk;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('full-ledger', { settings: { caretaker: { pin: await hashPassword(PIN) } } });
  ({ county, terminal, clerk } = world);
  ({ kiosk } = terminal);
}, 120_000);
afterEach(async () => {
  vi.restoreAllMocks();
  await leave(terminal);
});
afterAll(() => world?.close());

const full = () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
const tickets = () => readdirSync(county.tickets).length;
const documents = () => readdirSync(county.documents).length;
const states = () => terminal.view().prints.map(({ paper, state, reason }) => [paper, state, reason]);

/** From now on the disk has no room for an entry in one of these states. */
function noRoomFor(...refused: readonly PrintState[]): void {
  const { prints } = terminal.core.store;
  const put = prints.put.bind(prints);
  vi.spyOn(prints, 'put').mockImplementation((row: PrintRow) => (refused.some((state) => state === row.state) ? full() : put(row)));
}
function noRoomForTheVisit(store: TerminalStore = terminal.core.store): void {
  vi.spyOn(store.drafts, 'save').mockImplementation(full);
}
const ledgerOnDisk = async (id: CaseId) => (await terminal.core.store.prints.ofCase(id)).map(({ state }) => state);
const written = () => until('the ledger written', () => terminal.core.printing.unwritten() === 0);

async function atHallFinished(card: string, id: CaseId): Promise<void> {
  await leave(terminal);
  await grant(clerk, id);
  await comeBack(terminal, county, card);
  await terminal.see('the case finished', ({ cases }) => cases.some((known) => known.id === id && known.stage === 'finished'));
  await well(kiosk.openCase({ case: id }));
}

describe('a paper that the ledger has no room for', () => {
  test('is not printed and says so; the hand-in stands, and the paper comes once when there is room', async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
    const [slips, receipts] = [tickets(), documents()];
    noRoomFor('reserved', 'sent', 'printed', 'not-printed');
    noRoomForTheVisit();
    const id = await handIn(terminal);
    await terminal.see('both papers refused', ({ prints }) => prints.length === 2);
    expect([terminal.view().step, states()]).toEqual(['handed-in', [['hand-in-slip', 'not-printed', 'store-full'], ['hand-in-receipt', 'not-printed', 'store-full']]]);
    const [slip] = terminal.view().prints;
    await well(kiosk.printAgain({ print: slip?.print ?? '' }));
    await terminal.see('another try', ({ prints }) => prints.length === 2 && prints.every(({ print }) => print !== slip?.print));
    expect(new Set(states().map(([, state]) => state))).toEqual(new Set(['not-printed']));

    vi.restoreAllMocks();
    await written();
    expect(await ledgerOnDisk(id)).toEqual(['not-printed', 'not-printed', 'not-printed']);
    expect([tickets(), documents()]).toEqual([slips, receipts]);
    for (const { print } of terminal.view().prints) await well(kiosk.printAgain({ print }));
    await terminal.see('both printed', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
    expect([tickets(), documents()]).toEqual([slips + 1, receipts + 1]);
  });

  test('is given to no printer when only that cannot be written; the caretaker is told', async () => {
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    const before = [tickets(), documents()];
    noRoomFor('sent', 'not-printed');
    const id = await handIn(terminal);
    await terminal.see('both papers refused', ({ prints }) => prints.length === 2 && prints.every(({ state, reason }) => state === 'not-printed' && reason === 'store-full'));
    // The second may have come before the first was refused, or behind it.
    expect(new Set(await ledgerOnDisk(id))).toEqual(new Set(['reserved']));
    await well(kiosk.caretaker.enter({ pin: PIN }));
    for await (const view of await kiosk.caretaker.view()) {
      if (view.kind !== 'open') continue;
      expect(view.room).toBe('full');
      break;
    }
    vi.restoreAllMocks();
    await written();
    expect(await ledgerOnDisk(id)).toEqual(['not-printed', 'not-printed']);
    expect([tickets(), documents()]).toEqual(before);
    await well(kiosk.caretaker.leave());
  });
});

test('a certificate that came out is shown as printed, and ledger and hall hear of it when there is room', async () => {
  await fillIn(terminal, county, { code: ELDER_CARD, card: 'changqi' });
  const id = await handIn(terminal);
  await atHallFinished('changqi', id);
  noRoomFor('printed');
  const append = terminal.core.store.log.append.bind(terminal.core.store.log);
  const log = vi.spyOn(terminal.core.store.log, 'append').mockImplementation((request) => (typeof request !== 'function' && request.payload.kind === 'result-printed' ? full() : append(request)));
  await well(kiosk.printResult({ case: id }));
  await terminal.see('the certificate printed', ({ prints }) => prints.some(({ paper, state }) => paper === 'certificate' && state === 'printed'));
  expect((await ledgerOnDisk(id)).at(-1)).toBe('sent');
  await well(kiosk.printResult({ case: id }));
  vi.mocked(terminal.core.store.prints.put).mockRestore();
  await written();
  expect((await ledgerOnDisk(id)).at(-1)).toBe('printed');
  await until('the log refused', () => log.mock.calls.length > 0);
  expect(await kindsAtHall(clerk, id)).not.toContain('result-printed');
  log.mockRestore();
  await until('the hall knows', async () => (await kindsAtHall(clerk, id)).includes('result-printed'));
});

test('a supplement that is in the log is said to be handed in though the visit could not be saved, and over a cut; pressed again it is one supplement', async () => {
  await fillIn(terminal, county, { code: WATER_PERMIT, card: 'zhang' });
  const id = await handIn(terminal);
  await leave(terminal);
  await until('the case at the hall', async () => (await kindsAtHall(clerk, id)).length > 0);
  await well(clerk.claim({ id }));
  await well(clerk.askCorrection({ id, asks: [{ target: 'material', key: 'meter', words: '请补拍计量设施照片。' }] }));
  await comeBack(terminal, county, 'zhang');
  await terminal.see('asked for a correction', ({ cases }) => cases.some((known) => known.id === id && known.canSupplement));
  await well(kiosk.supplement({ case: id }));
  await well(kiosk.addPage({ material: 'meter', ...captured() }));
  await well(kiosk.go({ step: 'check', errand: null }));

  county.line.cut();
  noRoomForTheVisit();
  await well(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }));
  expect(await terminal.see('handed in', ({ step }) => step === 'handed-in')).toMatchObject({ handedIn: { case: id, travel: 'waiting-to-travel' } });
  await world.crashTerminal();
  ({ terminal } = world);
  ({ kiosk } = terminal);
  expect(await terminal.see('handed in still', ({ step }) => step === 'handed-in')).toMatchObject({ handedIn: { case: id } });
  expect(await answerOf(kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '' }))).toBe('wrong-step');
  const kinds = await until('the supplement at the hall', async () => {
    const there = await kindsAtHall(clerk, id);
    return there.includes('supplemented') ? there : null;
  });
  expect(kinds).toEqual(['handed-in', 'correction-asked', 'supplemented']);
});
