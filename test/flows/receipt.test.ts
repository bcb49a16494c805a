import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { receiptCode } from '../../domain/case/receipt-code.ts';
import { caseToken } from '../../domain/case/token.ts';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { CaseId, ulid } from '../../domain/ids.ts';
import { answerOf, ELDER_CARD, fillIn, handIn, leave, showCard, well } from '../rigs/citizen.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let terminal: RigTerminal;
let kiosk: Kiosk;
let handedIn: CaseId;
let token: string;

beforeAll(async () => {
  world = await openWorld('receipt');
  ({ terminal } = world);
  ({ kiosk } = terminal);
  await fillIn(terminal, world.county, { code: ELDER_CARD, card: 'elder' });
  handedIn = await handIn(terminal);
  token = terminal.view().handedIn?.token ?? '';
  await leave(terminal);
}, 120_000);
afterAll(() => world?.close());

async function comeWithReceipt(): Promise<void> {
  await well(kiosk.touch());
  await well(kiosk.go({ step: 'identify', errand: 'progress' }));
  await terminal.see('the scanner waiting for a code', ({ receipt }) => receipt.kind === 'show-code');
}

async function show(code: string): Promise<void> {
  await world.county.device('code-scanner', `show ${code}`);
}

/** Holds a code in front of the scanner until the screen has words for it: a code between two readings is not seen, and a person holds it there. */
async function hold(code: string, kind: SessionView['receipt']['kind']): Promise<void> {
  await until(`words for ${kind}`, async () => {
    await show(code);
    return terminal.view().receipt.kind === kind;
  });
}

async function paperCode(): Promise<string> {
  const [first] = await terminal.core.store.log.ofCase(handedIn);
  return receiptCode(caseToken(handedIn), first?.action.hash ?? '');
}

function seenCase(): Promise<SessionView> {
  return terminal.see('the case', ({ step, case: seen }) => step === 'case' && seen !== null);
}

describe('a receipt in place of the card', () => {
  test.each(['slip', 'paper'] as const)('the code of a %s opens its case, masked; nothing can be done without the card', async (kind) => {
    await comeWithReceipt();
    await show(kind === 'slip' ? token : await paperCode());
    const view = await seenCase();
    expect(view.person).toBeNull();
    expect(view.cases).toEqual([]);
    expect(view.case).toMatchObject({ id: handedIn, stage: 'handed-in', canPrint: false, canRate: false, canSupplement: false, asks: [], certificate: null });
    expect(await answerOf(kiosk.withdraw({ case: handedIn, reason: 'test' }))).toBe('not-identified');
    expect(await answerOf(kiosk.printResult({ case: handedIn }))).toBe('not-identified');
    expect(await answerOf(kiosk.supplement({ case: handedIn }))).toBe('not-identified');
    expect(await answerOf(kiosk.rate({ case: handedIn, level: 5, tags: [], words: '' }))).toBe('not-identified');
    expect(await answerOf(kiosk.go({ step: 'progress', errand: 'progress' }))).toBe('not-identified');
    await leave(terminal);
  });

  test('the card of the person then shows all', async () => {
    await comeWithReceipt();
    await show(token);
    await seenCase();
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, world.county, 'elder');
    const view = await terminal.see('the cases', ({ step }) => step === 'progress');
    expect(view.cases.map(({ id }) => id)).toEqual([handedIn]);
    await leave(terminal);
  });

  test('the card of somebody else leaves nothing of it on the screen', async () => {
    await comeWithReceipt();
    await show(token);
    await seenCase();
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, world.county, 'zhang');
    const view = await terminal.see('the cases', ({ step }) => step === 'progress');
    expect(view.cases).toEqual([]);
    expect(await answerOf(kiosk.openCase({ case: handedIn }))).toBe('unknown-case');
    expect(terminal.view().case).toBeNull();
    await leave(terminal);
  });

  test('other codes, cases of other machines and a forged paper are told apart in words and open nothing', async () => {
    await comeWithReceipt();
    await hold('https://example.invalid/', 'other-code');
    await hold(caseToken(CaseId.parse(ulid(Date.now(), new Uint8Array(10)))), 'not-here');
    await hold('6901234567892', 'other-code');
    await hold(receiptCode(token, 'a'.repeat(64)), 'not-here');
    expect(terminal.view().step).toBe('identify');
    await leave(terminal);
  });

  test('is not asked for on other errands, and a code shown to nobody opens nothing', async () => {
    await show(token);
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'print' }));
    const view = await terminal.see('the reader asking', ({ card }) => card.kind === 'place-card');
    expect(view.receipt.kind).toBe('not-asked');
    await show(token);
    await showCard(terminal, world.county, 'zhang');
    expect((await terminal.see('the cases', ({ step }) => step === 'progress')).case).toBeNull();
    await leave(terminal);
  });

  test('a scanner that is pulled out is not offered, and is again when it is back', async () => {
    await comeWithReceipt();
    await world.county.device('code-scanner', 'unplug');
    await terminal.see('no scanner', ({ receipt }) => receipt.kind === 'not-asked');
    expect(terminal.view().card.kind).toBe('place-card');
    await world.county.device('code-scanner', 'replug');
    await terminal.see('the scanner again', ({ receipt }) => receipt.kind === 'show-code');
    await show(token);
    await seenCase();
    await leave(terminal);
  });
});
