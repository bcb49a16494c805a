import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Clerk } from '../rigs/clerk.ts';
import { ELDER_CARD, fillIn, handIn, showCard, well } from '../rigs/citizen.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let county: County;
let terminal: RigTerminal;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('journey');
  ({ county, terminal, clerk } = world);
}, 120_000);

afterAll(() => world?.close());

describe('a citizen hands in with the line cut, and comes back for the certificate', () => {
  let id: CaseId;

  test('with the line cut: card, form, page, signature, hand-in, slip and receipt', async () => {
    county.line.cut();
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'elder' });
    id = await handIn(terminal);
    const view = await terminal.see('both papers printed', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
    expect(view.handedIn).toMatchObject({ provisional: false, travel: 'waiting-to-travel' });
    expect(readdirSync(county.tickets)).toHaveLength(1);
    expect(readdirSync(county.documents)).toHaveLength(1);
    await well(terminal.kiosk.end());
    await terminal.see('nobody', ({ session, person }) => session === null && person === null);
  });

  test('with the line back: the case arrives once, with its scans', async () => {
    county.line.restore();
    await terminal.seeTerminal('nothing waiting', ({ waiting }) => waiting === 0);
    const inbox = await until('the case with all its scans in the inbox', async () => {
      const { rows } = await clerk.inbox({ stage: 'open', query: '', after: '', limit: 50 });
      return rows.length === 1 && rows[0]?.missing === 0 ? rows : null;
    });
    expect(inbox[0]).toMatchObject({ id, stage: 'handed-in' });
  });

  test('a clerk accepts and finishes it', async () => {
    expect(await clerk.open({ id })).toMatchObject({ ok: true, value: { applicant: { name: '李漹兰' }, proposed: null } });
    await well(clerk.claim({ id }));
    await well(clerk.accept({ id, lacking: [] }));
    expect(await clerk.open({ id })).toMatchObject({ ok: true, value: { proposed: { template: 'elder-card' } } });
    await well(clerk.finish({ id, granted: true, words: '' }));
  });

  test('the citizen comes back, sees it finished, prints the certificate once and rates', async () => {
    const { kiosk } = terminal;
    await well(kiosk.touch());
    await well(kiosk.go({ step: 'identify', errand: 'progress' }));
    await showCard(terminal, county, 'elder');
    await terminal.see('the case finished', ({ cases }) => cases.length === 1 && cases[0]?.stage === 'finished' && cases[0].canPrint);
    await well(kiosk.openCase({ case: id }));
    await well(kiosk.printResult({ case: id }));
    await terminal.see('the certificate printed', ({ prints }) => prints.some(({ paper, state }) => paper === 'certificate' && state === 'printed'));
    await well(kiosk.printResult({ case: id }));
    expect(readdirSync(county.documents)).toHaveLength(2);
    await well(kiosk.rate({ case: id, level: 5, tags: ['517'], words: '' }));
    await terminal.see('the farewell', ({ step }) => step === 'goodbye');
    await terminal.seeTerminal('the rating sent', ({ waiting }) => waiting === 0);
    const opened = await clerk.open({ id });
    expect(opened.ok && opened.value.ratedLevel).toBe(5);
    expect(opened.ok && opened.value.actions.map(({ payload }) => payload.kind)).toEqual(['handed-in', 'accepted', 'decided', 'finished', 'result-printed', 'rated']);
  });

  test('nothing personal stands in the logs', () => {
    const log = terminal.log.join('\n');
    expect(log.length).toBeGreaterThan(500);
    expect(log).not.toMatch(/李漹兰|330624\d{11}[\dX]|13800000000/);
  });
});
