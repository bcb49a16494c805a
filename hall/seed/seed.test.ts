import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openTestDatabase, packItem, PGLITE, startHall } from '../../test/fixtures/hall.ts';
import { verifier } from '../../crypto/node.ts';
import { verifyChain } from '../../domain/action/chain.ts';
import { foldCase } from '../../domain/case/fold.ts';
import type { Action } from '../../domain/action/types.ts';
import { MachineId } from '../../domain/ids.ts';
import { generateKeyRing } from '../identity/keys.ts';
import { seedHall, type SeedOptions } from './seed.ts';

const keys = generateKeyRing();
/** Everything that a story leaves but accounts and codes, which are drawn anew each time. */
const TABLES = ['action', 'case_view', 'case_task', 'case_files', 'blob', 'lease', 'feed', 'counter', 'machine', 'quarantine', 'item', 'place', 'local_day', 'rating'];

async function told(writer: SeedOptions['writer']) {
  const db = await openTestDatabase(await (await PGLITE.start()).place());
  const hall = await startHall(db, { keys, items: [] });
  const { summary } = await seedHall(hall.hall.ground, keys, {
    seed: 11, cases: 60, days: 16, until: Date.UTC(2026, 10, 23, 1, 30), items: [packItem('elder-card'), packItem('business-registration'), packItem('water-permit')], asPublished: (item) => item, writer, scans: null, told: () => undefined,
  });
  return {
    summary,
    rows: async (table: string) => (await db.write((write) => sql<Record<string, unknown>>`select * from ${sql.table(table)} as t order by t::text`.execute(write))).rows,
    async close() {
      await hall.close();
      await db.close();
    },
  };
}

describe('both writers of a story', () => {
  test('leave the same rows: chains that verify, and cases that fold to what is shown', async () => {
    const [replayed, written] = [await told('replay'), await told('bulk')];
    expect(written.summary).toEqual(replayed.summary);
    expect(replayed.summary.actions['limits-set']).toBeGreaterThan(0);
    for (const table of TABLES) {
      const [one, two] = [await replayed.rows(table), await written.rows(table)];
      expect(two.length, table).toBe(one.length);
      // One row: nobody reads a whole table's difference.
      const differing = one.findIndex((row, index) => JSON.stringify(row) !== JSON.stringify(two[index]));
      expect({ table, row: two[differing] }).toEqual({ table, row: one[differing] });
    }
    // What follows from the actions carries the day of each, and not the minute.
    const duties = async (of: typeof written) => (await of.rows('rating_duty')).map(({ case_id: id, stage, due }) => ({ id, stage, due })).toSorted((left, right) => (String(left.id) < String(right.id) ? -1 : 1));
    expect(await duties(written)).toEqual(await duties(replayed));
    expect(await written.rows('quarantine')).toEqual([]);
    const actions = (await written.rows('action')).map(({ body }) => JSON.parse(String(body)) as Action);
    for (const { machine, public_key: key, head_sequence: head } of await written.rows('machine')) {
      const id = MachineId.parse(machine);
      const log = actions.filter((action) => action.machine === id).toSorted((left, right) => left.sequence - right.sequence);
      expect(verifyChain(log, id, String(key), verifier)).toMatchObject({ entries: head, faults: [] });
    }
    for (const { id, state } of await written.rows('case_view')) {
      const order = new Map((JSON.parse(String(state)) as { history: { action: string }[] }).history.map(({ action }, place) => [action, place]));
      const log = actions.filter((action) => action.case === id).toSorted((left, right) => (order.get(left.id) ?? 0) - (order.get(right.id) ?? 0));
      expect(foldCase(log)).toEqual({ ok: true, value: JSON.parse(String(state)) });
    }
    await replayed.close();
    await written.close();
  }, 120_000);
});
