import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { verifier } from '../../crypto/node.ts';
import { verifyChain } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import { CaseId, ulid } from '../../domain/ids.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import { systemClock } from '../../main/core/system.ts';
import { elderCardHandIn } from '../fixtures/hall.ts';
import { comeBack, ELDER_CARD, fillIn, handIn, leave, packReference } from '../rigs/citizen.ts';
import { type Clerk, grant, kindsAtHall, signIn } from '../rigs/clerk.ts';
import { secretsOf } from '../rigs/machine.ts';
import type { RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

let world: World;
let county: County;
let terminal: RigTerminal;
let clerk: Clerk;

beforeAll(async () => {
  world = await openWorld('line');
  ({ county, terminal, clerk } = world);
}, 120_000);

afterAll(() => world?.close());

/** Makes hand-ins as core does, without their pages: what a village point gathers in a week. */
async function gather(count: number): Promise<void> {
  const { store } = terminal.core;
  for (let made = 0; made < count; made += 1) {
    await store.log.append(async () => {
      const number = await store.leases.next('case-number');
      if (number === null) throw new Error('no number is left');
      const id = CaseId.parse(ulid(Date.now(), new Uint8Array(randomBytes(10))));
      return { case: id, item: packReference('elder-card'), actor: { kind: 'citizen' }, payload: elderCardHandIn(number.number) };
    });
  }
}

async function handInAs(card: string): Promise<CaseId> {
  await fillIn(terminal, county, { code: ELDER_CARD, card });
  const id = await handIn(terminal);
  await terminal.see('both papers', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
  await leave(terminal);
  return id;
}

async function drained(): Promise<void> {
  terminal.core.session.visit.nudge();
  await terminal.seeTerminal('nothing waiting', ({ waiting, line }) => waiting === 0 && line === 'online');
}

/** Every case of the hall's inbox. */
async function casesAtHall(): Promise<CaseId[]> {
  const ids: CaseId[] = [];
  for (let after = ''; ; ) {
    const page = await clerk.inbox({ stage: 'all', query: '', after, limit: 100 });
    ids.push(...page.rows.map(({ id }) => id));
    if (page.next === '') return ids;
    after = page.next;
  }
}

/** What the hall shows of this machine's log, over all cases, in the chain's order. */
async function chainAtHall(): Promise<Action[]> {
  const { machine } = secretsOf(county);
  const actions: Action[] = [];
  for (const id of await casesAtHall()) {
    const opened = await clerk.open({ id });
    if (opened.ok) actions.push(...opened.value.actions.filter((action) => action.machine === machine));
  }
  return actions.toSorted((left, right) => left.sequence - right.sequence);
}

/** The terminal's log and the hall's copy are whole chains of the machine's key, and the same. */
async function expectOneLog(): Promise<void> {
  const { machine, publicKey } = secretsOf(county);
  const here = await terminal.core.store.log.all();
  const there = await chainAtHall();
  expect(verifyChain(here, machine, publicKey, verifier)).toMatchObject({ entries: here.length, faults: [] });
  expect(verifyChain(there, machine, publicKey, verifier)).toMatchObject({ entries: here.length, faults: [] });
  expect(there.map(({ hash }) => hash)).toEqual(here.map(({ hash }) => hash));
  for (const action of here) expect(await terminal.core.store.log.acknowledgementOf(action.id)).toMatchObject({ action: action.id, hash: action.hash });
}

type Batch = { entries: number; stored: number; duplicates: number; quarantined: number };
function batches(): Batch[] {
  return readFileSync(join(county.folder, 'logs', 'hall.log'), 'utf8').split('\n').filter((line) => line.includes('"batch-taken"')).map((line) => JSON.parse(line) as Batch);
}

describe('sixty hand-ins without a line', () => {
  let mine: CaseId;

  test('are taken one after another, each with an official number', async () => {
    county.line.cut();
    mine = await handInAs('elder');
    await gather(60);
    await terminal.seeTerminal('all waiting', ({ waiting }) => waiting === 61);
    expect(await casesAtHall()).toEqual([]);
  });

  test('arrive once each though the hall died after storing the first batch and its answer never came', async () => {
    county.line.restore();
    county.line.cutAnswerTo('POST /api/v1/intake');
    terminal.core.session.visit.nudge();
    await until('the answer cut off', () => !county.line.up);
    await county.killHall();
    expect(terminal.terminal().waiting).toBeGreaterThan(50);
    await county.startHall();
    clerk = await signIn(county.hallUrl, 'wang', 'jinban-demo-wang');
    county.line.restore();
    await drained();
    const ids = await casesAtHall();
    expect([ids.length, new Set(ids).size, ids.includes(mine)]).toEqual([61, 61, true]);
    const sums = batches().reduce((sum, batch) => ({ stored: sum.stored + batch.stored, duplicates: sum.duplicates + batch.duplicates, quarantined: sum.quarantined + batch.quarantined }), { stored: 0, duplicates: 0, quarantined: 0 });
    expect(sums.stored).toBe(61);
    expect(sums.duplicates).toBeGreaterThan(0);
    expect(sums.quarantined).toBe(0);
    await expectOneLog();
  });

  test('sent again as they are: every one known, and answered as of its first arrival', async () => {
    const log = await terminal.core.store.log.all();
    const transport = createHallTransport({ baseUrl: `http://127.0.0.1:${county.line.port}`, signer: secretsOf(county).signer, clock: systemClock });
    const answer = await transport.intake(log);
    if (!answer.ok) throw new Error(answer.error.kind);
    for (const [index, outcome] of answer.value.outcomes.entries()) {
      const { id } = log[index] as Action;
      const kept = await terminal.core.store.log.acknowledgementOf(id);
      expect(outcome).toMatchObject({ kind: 'duplicate', acknowledgement: { action: id, receivedAt: kept?.receivedAt } });
    }
    expect(await casesAtHall()).toHaveLength(61);
  });
});

describe('core ends between hand-in and upload', () => {
  test('closed and opened again without a line: what was handed in waits, and arrives once', async () => {
    county.line.cut();
    const id = await handInAs('zhang');
    await world.restartTerminal();
    ({ terminal } = world);
    expect(await terminal.core.store.log.waiting()).toBe(1);
    county.line.restore();
    await drained();
    expect(await kindsAtHall(clerk, id)).toEqual(['handed-in']);
    expect(await casesAtHall()).toHaveLength(62);
  });

  test('closed when the hall has it and the answer is lost: nothing lost, nothing twice', async () => {
    const taken = batches().length;
    // Reading the card asks the hall for news: that must be answered before, or the hand-in would wait behind it.
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'zhang' });
    const runs = (word: string) => terminal.log.filter((line) => line.includes(`"sync-run-${word}"`)).length;
    await until('the hall heard', () => runs('complete') === runs('init'));
    county.line.loseAnswers();
    const id = await handIn(terminal);
    await until('the batch at the hall', () => batches().length > taken);
    expect(await terminal.core.store.log.waiting()).toBe(1);
    await world.restartTerminal();
    ({ terminal } = world);
    county.line.restore();
    await drained();
    expect(batches().at(-1)).toMatchObject({ entries: 1, stored: 0, duplicates: 1 });
    expect(await kindsAtHall(clerk, id)).toEqual(['handed-in']);
    expect(await casesAtHall()).toHaveLength(63);
    await leave(terminal);
    await expectOneLog();
  });
});

describe('numbers used up without a line', () => {
  test('the next hand-in has a provisional number that nobody takes for an official one; acceptance gives it the official one', async () => {
    await until('numbers', async () => (await terminal.core.store.leases.left('case-number')) > 0);
    county.line.cut();
    await gather(await terminal.core.store.leases.left('case-number'));
    await fillIn(terminal, county, { code: ELDER_CARD, card: 'changqi' });
    const id = await handIn(terminal);
    const { handedIn } = terminal.view();
    expect(handedIn).toMatchObject({ provisional: true, travel: 'waiting-to-travel' });
    expect(handedIn?.number).toMatch(/^临330624-0001-\d{6}$/);
    await terminal.see('both papers', ({ prints }) => prints.length === 2 && prints.every(({ state }) => state === 'printed'));
    await leave(terminal);

    county.line.restore();
    await drained();
    await until('new numbers', async () => (await terminal.core.store.leases.left('case-number')) > 0);
    await grant(clerk, id);
    await comeBack(terminal, county, 'changqi');
    const { cases } = await terminal.see('the official number', (view) => view.cases.some((known) => known.id === id && !known.provisional));
    const [official] = cases.filter((known) => known.id === id);
    expect(official?.number).toMatch(/^330624\d+$/);
    const numbers = (await terminal.core.store.log.all()).flatMap(({ payload }) => (payload.kind === 'handed-in' ? [payload.number.value] : []));
    expect(numbers).not.toContain(official?.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    await leave(terminal);
    await expectOneLog();
  });
});
