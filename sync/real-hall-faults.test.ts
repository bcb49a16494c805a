import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../crypto/node.ts';
import type { CaseId } from '../domain/ids.ts';
import { caseId } from '../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, signInAt, startHall, type TestConsole, type TestHall } from '../test/fixtures/hall.ts';
import { LONGEST_REST } from './outbox/lanes.ts';
import { createSync } from './sync.ts';
import { createTestRandom, STORE_KEY } from './test-rig.ts';
import { openTerminalStore } from './terminal-store/index.ts';
import { createHallTransport } from './transport/http.ts';
import type { Sync } from './types.ts';
import { testClock } from '../test/fixtures/test-clock.ts';

/** What may happen to a terminal, its line and the hall's rows, in any order. `of`: a case made so far, counted round. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'hand-in' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), of: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('poison' as const), of: fc.nat() }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'run' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer-lost' as const), times: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

let hall: TestHall;
let countyIt: TestConsole;
let machines = 0;
let cases = 0;
beforeAll(async () => {
  hall = await startHall(await openTestDatabase({ kind: 'pglite', folder: null }));
  countyIt = await signInAt(hall, 'it-office', 'administrator');
}, 60_000);
afterAll(async () => {
  await hall.close();
  await hall.db.close();
});

/** A terminal beside the hall itself, which can be restarted and whose line loses answers on demand. */
async function startTerminal() {
  const folder = mkdtempSync(join(tmpdir(), 'sync-faults-'));
  machines += 1;
  const { maker, nextNumber } = await enrolTerminal(hall, `T330624-${String(machines).padStart(4, '0')}`);
  const signer = createSigner(maker.machine, maker.privateKey);
  // Action ids come from the clock and the test's own random bytes: two terminals must not start at the same moment.
  const clock = testClock(Date.UTC(2026, 10, 1) + machines * 60_000);
  const random = createTestRandom();
  let lost = 0;
  const losing: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (lost === 0) return answer;
    lost -= 1;
    await answer.body?.cancel();
    throw new TypeError('the answer was lost');
  };
  async function open() {
    const opened = await openTerminalStore({ file: join(folder, 'terminal.db'), key: STORE_KEY, nativeBinding: null, signer, clock, boot: 'boot-1', random });
    if (!opened.ok) throw new Error(opened.error.kind);
    const transport = createHallTransport({ baseUrl: hall.url, signer, clock, fetch: losing });
    const sync: Sync = createSync({ store: opened.value, transport, verifier, clock, random, log: () => undefined, leases: [] });
    return { store: opened.value, sync };
  }
  let now = await open();
  await now.store.cursors.set('hall-keys', hall.hall.ground.publicKeys);
  return {
    machine: maker.machine, nextNumber, clock,
    store: () => now.store,
    run: () => now.sync.runNow(),
    lose: (times: number) => void (lost = times),
    async restart() {
      await now.store.close();
      now = await open();
    },
    async end() {
      await now.store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describe('whatever the hall fails on', () => {
  test('everything else arrives once and in order, and the rest when county IT has it judged again', async () => {
    await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 16 }), async (happenings) => {
      const terminal = await startTerminal();
      const { db } = hall;
      const made: CaseId[] = [];
      const withdrawn = new Set<CaseId>();
      const sick = new Map<CaseId, string>();
      const item = { code: ELDER_CARD, version: 1 };
      try {
        for (const step of happenings) {
          const id = 'of' in step ? made[step.of % Math.max(1, made.length)] : undefined;
          switch (step.kind) {
            case 'hand-in': {
              cases += 1;
              made.push(caseId(cases));
              await terminal.store().log.append({ case: caseId(cases), item, actor: { kind: 'citizen' }, payload: elderCardHandIn(terminal.nextNumber()) });
              break;
            }
            case 'withdraw':
              if (id === undefined || withdrawn.has(id)) break;
              withdrawn.add(id);
              await terminal.store().log.append({ case: id, item, actor: { kind: 'citizen' }, payload: { kind: 'withdrawn', reason: '' } });
              break;
            case 'poison': {
              // A row that no program can read: whatever is said of its case makes the hall's own code throw.
              const row = id === undefined ? undefined : await db.read.selectFrom('case_view').select('state').where('id', '=', id).executeTakeFirst();
              if (id === undefined || row === undefined || sick.has(id)) break;
              sick.set(id, row.state);
              await db.write((write) => write.updateTable('case_view').set({ state: '{' }).where('id', '=', id).execute());
              break;
            }
            case 'run':
              await terminal.run();
              break;
            case 'answer-lost':
              terminal.lose(step.times);
              break;
            case 'restart':
              await terminal.restart();
              break;
          }
        }
        terminal.lose(0);
        terminal.clock.advance(LONGEST_REST);
        const chain = await terminal.store().log.all();
        const stored = () => db.read.selectFrom('action').select(['id', 'case_id', 'sequence', 'quarantine_reason']).where('machine', '=', terminal.machine).orderBy('sequence').execute();
        // More than three entries at once that the hall fails on are a sick hall, which takes nothing; the batches shrink until it does.
        expect((await terminal.run()).failure).toBeNull();
        expect((await stored()).map(({ id }) => id)).toEqual(chain.map(({ id }) => id));
        for (const { case_id: of, quarantine_reason: reason } of await stored()) expect(reason).toBe(reason === null || !sick.has(of as CaseId) ? null : 'hall-fault');
        expect(await terminal.store().log.waiting()).toBe(0);

        for (const [id, state] of sick) await db.write((write) => write.updateTable('case_view').set({ state }).where('id', '=', id).execute());
        for (;;) {
          const entry = await db.read.selectFrom('quarantine').select('id').where('machine', '=', terminal.machine).where('reason', '=', 'hall-fault').where('resolved_at', 'is', null).executeTakeFirst();
          if (entry === undefined) break;
          expect((await countyIt.call('POST', `/quarantine/${entry.id}/judgement`, {})).body).toMatchObject({ ok: true, value: { aside: 0 } });
        }
        expect((await terminal.run()).failure).toBeNull();
        expect((await stored()).every(({ quarantine_reason: reason }) => reason === null)).toBe(true);
        for (const id of made) {
          const travels = (await terminal.store().log.ofCase(id)).map(({ travel }) => travel.kind);
          expect(new Set(travels)).toEqual(new Set(['received']));
          const actions = await db.read.selectFrom('action').select('id').where('case_id', '=', id).orderBy('case_position').execute();
          expect(actions.map((row) => row.id)).toEqual(chain.filter((action) => action.case === id).map((action) => action.id));
        }
      } finally {
        await terminal.end();
      }
    }), { numRuns: 12 });
  }, 60_000);
});
