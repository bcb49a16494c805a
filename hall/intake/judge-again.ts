import { Action } from '../../domain/action/types.ts';
import type { CaseId, MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { onApplied } from '../cases/applied.ts';
import { saveCases } from '../cases/view.ts';
import { type ActionRow, storedHash, type Write } from '../db/schema.ts';
import { announceAcknowledgement } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { causeOf } from '../log-events.ts';
import { createJudge } from './plan.ts';
import { behindSavepoint } from './savepoint.ts';
import { keepAside, loadLedger } from './store.ts';

/**
 * - `unknown-entry`: there is no such entry, or it was settled since.
 * - `not-held`: it has no place in the chain; its terminal sends it again.
 */
export type JudgeAgainFailure = { kind: 'unknown-entry' } | { kind: 'not-held' };
/** How many actions of the case were applied now, and how many are still aside. */
export type JudgedAgain = { applied: number; aside: number };

/**
 * Judges what was set aside once more: the entry's action and all others of its case that are aside, in the order in which they were made. For after
 * the hall's program was mended, or an item was published late. What is applied is acknowledged as of its first arrival, and its terminal is told by the feed.
 */
export async function judgeAgain(ground: Ground, staff: Pick<Staff, 'account'>, entry: number): Promise<Result<JudgedAgain, JudgeAgainFailure>> {
  const { division } = ground;
  const judged = await ground.db.write(async (write): Promise<Result<JudgedAgain & { machine: string }, JudgeAgainFailure>> => {
    const shown = await write.selectFrom('quarantine').select(['machine', 'action_id']).where('division', '=', division).where('id', '=', entry).where('resolved_at', 'is', null).executeTakeFirst();
    if (shown === undefined) return err({ kind: 'unknown-entry' });
    const { machine } = shown;
    // The order of every intake: the machine's row, then its cases.
    await write.selectFrom('machine').select('machine').where('division', '=', division).where('machine', '=', machine).forUpdate().execute();
    const rows = await asideWith(write, division, machine, shown.action_id);
    if (rows.length === 0) return err({ kind: 'not-held' });
    let applied = 0;
    for (const row of rows) {
      const done = await behindSavepoint(write, () => judgeRow(ground, write, row));
      if (!done.ok) ground.log({ event: 'failed', where: 'judge-again', cause: causeOf(done.error.cause) });
      // Those behind it in the case would be judged without it.
      if (!done.ok) break;
      if (done.value) applied += 1;
    }
    return ok({ applied, aside: rows.length - applied, machine });
  });
  if (!judged.ok) return judged;
  const { machine, applied, aside } = judged.value;
  ground.log({ event: 'judged-again', machine, account: staff.account, applied, aside });
  return ok({ applied, aside });
}

/** The action and, when this hall can read it, all of its case that is aside. */
async function asideWith(write: Write, division: string, machine: string, id: string | null): Promise<ActionRow[]> {
  if (id === null) return [];
  const aside = write.selectFrom('action').selectAll().where('division', '=', division).where('machine', '=', machine).where('quarantine_reason', 'is not', null);
  const row = await aside.where('id', '=', id).executeTakeFirst();
  const action = row === undefined ? null : readAction(row);
  if (row === undefined || action === null) return row === undefined ? [] : [row];
  const others = await aside.where('case_id', '=', action.case).where('id', '!=', id).execute();
  return [row, ...others].sort((left, right) => left.sequence - right.sequence);
}

/** null for one of a newer format than this hall knows. */
function readAction(row: Pick<ActionRow, 'body'>): Action | null {
  const parsed = Action.safeParse(JSON.parse(row.body));
  return parsed.success ? parsed.data : null;
}

/** @returns whether it was applied */
async function judgeRow(ground: Ground, write: Write, row: ActionRow): Promise<boolean> {
  const { division } = ground;
  const action = readAction(row);
  if (action === null) return false;
  const ledger = await loadLedger(ground, write, row.machine as MachineId, [action]);
  const judged = createJudge(row.machine as MachineId, { ...ledger, faulted: await faultedBefore(write, row, action.case) })(action);
  const settle = () => write.updateTable('quarantine').set({ resolved_at: nowOf(ground) })
    .where('division', '=', division).where('machine', '=', row.machine).where('action_id', '=', row.id).where('resolved_at', 'is', null).execute();
  const change = (set: Partial<ActionRow>) => write.updateTable('action').set({ case_id: action.case, kind: action.payload.kind, ...set }).where('division', '=', division).where('machine', '=', row.machine).where('sequence', '=', row.sequence).execute();
  if (typeof judged === 'string') {
    if (judged === row.quarantine_reason) return false;
    await settle();
    await change({ quarantine_reason: judged });
    await keepAside(ground, write, row.machine, [{ kind: 'set-aside', link: { id: action.id, sequence: action.sequence, previous: action.previous, hash: storedHash(row.hash) }, action, text: row.body, reason: judged }], nowOf(ground));
    return false;
  }
  const receivedAt = Date.parse(row.received_at);
  await change({ case_position: judged.actions, quarantine_reason: null });
  await saveCases(write, division, [{ ...judged, isNew: action.payload.kind === 'handed-in', last: action, receivedAt, dutyBefore: null }]);
  await onApplied(ground, write, [action]);
  await settle();
  await announceAcknowledgement(write, division, action);
  return true;
}

/** The case, when an earlier action of it is still one that the hall fails on. */
async function faultedBefore(write: Write, row: ActionRow, id: CaseId): Promise<ReadonlySet<CaseId>> {
  const earlier = await write.selectFrom('action').select('id').where('division', '=', row.division).where('machine', '=', row.machine).where('case_id', '=', id).where('sequence', '<', row.sequence).where('quarantine_reason', '=', 'hall-fault').executeTakeFirst();
  return earlier === undefined ? new Set() : new Set([id]);
}
