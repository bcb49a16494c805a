import type { Action, ItemReference } from '../../domain/action/types.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { ActionId, CaseId, MachineId } from '../../domain/ids.ts';
import { never } from '../../domain/result.ts';
import { sha256 } from '../../crypto/node.ts';
import { itemsByReference } from '../catalogue/items.ts';
import { onApplied } from '../cases/applied.ts';
import { saveCases } from '../cases/view.ts';
import { type ActionRow, type MachineRow, storedHash, type Write } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { caseLeases } from '../leases/leases.ts';
import type { Entry } from './entry.ts';
import type { KnownAction, Ledger, Places, Plan, PlannedCase, Snapshot, Verdict } from './plan.ts';

/** An entry that nobody vouches for is kept for people to look at, not in whole: a hostile sender shall not fill the disk. */
const KEPT_TEXT = 16_384;

/** Reads what a batch is judged by and locks the cases it speaks of, in the order of their ids. The machine's row is locked by the caller. */
export async function loadSnapshot(ground: Ground, write: Write, machine: MachineRow, entries: readonly Entry[]): Promise<Snapshot> {
  const actions = entries.flatMap((entry) => (entry.kind === 'authentic' && entry.action !== null ? [entry.action] : []));
  return { ...await loadPlaces(ground, write, machine, entries), ...await loadLedger(ground, write, machine.machine as MachineId, actions) };
}

/** Where the machine's chain stands. */
export async function loadPlaces(ground: Ground, write: Write, machine: MachineRow, entries: readonly Entry[]): Promise<Places> {
  const ids = entries.flatMap((entry) => (entry.kind === 'authentic' ? [entry.link.id] : []));
  return { head: { sequence: machine.head_sequence, hash: storedHash(machine.head_hash) }, known: await knownActions(write, ground.division, ids) };
}

/** What actions are judged by; locks their cases. */
export async function loadLedger(ground: Ground, write: Write, machine: MachineId, actions: readonly Action[]): Promise<Ledger> {
  const { division } = ground;
  const ids = [...new Set(actions.map((action) => action.case))].sort();
  const handedIn = actions.flatMap(({ payload }) => (payload.kind === 'handed-in' ? [payload.number.value] : []));
  const cases = await lockCases(ground, write, ids);
  const items = await itemsByReference(write, division, actions.flatMap(({ payload, item }) => (payload.kind === 'handed-in' ? [item] : [])));
  return {
    cases,
    faulted: await faultedCases(write, division, ids),
    taken: await takenNumbers(write, division, handedIn),
    leases: handedIn.length === 0 ? [] : await caseLeases(write, division, machine),
    item: (reference: ItemReference) => items.get(`${reference.code}@${reference.version}`) ?? null,
  };
}

async function knownActions(write: Write, division: string, ids: readonly ActionId[]): Promise<Map<ActionId, KnownAction>> {
  if (ids.length === 0) return new Map();
  const rows = await write.selectFrom('action').select(['id', 'hash', 'received_at', 'quarantine_reason']).where('division', '=', division).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id as ActionId, { hash: storedHash(row.hash), receivedAt: row.received_at, reason: row.quarantine_reason }]));
}

async function lockCases(ground: Ground, write: Write, ids: readonly CaseId[]): Promise<Map<CaseId, PlannedCase>> {
  if (ids.length === 0) return new Map();
  const { division } = ground;
  const rows = await write.selectFrom('case_view').select(['id', 'machine', 'state', 'actions', 'item_code', 'item_version']).where('division', '=', division).where('id', 'in', ids).orderBy('id').forUpdate().execute();
  const items = await itemsByReference(write, division, rows.map((row) => ({ code: row.item_code, version: row.item_version })));
  return new Map(rows.map((row) => {
    const item = items.get(`${row.item_code}@${row.item_version}`);
    if (item === undefined) throw new Error('a case names an item that is not there');
    return [row.id as CaseId, { machine: row.machine as MachineId, state: JSON.parse(row.state) as CaseState, actions: row.actions, item }];
  }));
}

async function faultedCases(write: Write, division: string, ids: readonly CaseId[]): Promise<Set<CaseId>> {
  if (ids.length === 0) return new Set();
  const rows = await write.selectFrom('action').select('case_id').distinct().where('division', '=', division).where('case_id', 'in', ids).where('quarantine_reason', '=', 'hall-fault').execute();
  return new Set(rows.map((row) => row.case_id as CaseId));
}

async function takenNumbers(write: Write, division: string, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await write.selectFrom('case_view').select('handed_in_number').where('division', '=', division).where('handed_in_number', 'in', numbers).execute();
  return new Set(rows.map((row) => row.handed_in_number));
}

/** Writes a plan: actions, cases, chain head, quarantine. */
export async function savePlan(ground: Ground, write: Write, machine: string, plan: Plan, receivedAt: number): Promise<void> {
  const { division } = ground;
  const received = instant(receivedAt);
  const rows = plan.verdicts.flatMap((verdict) => actionRows(division, machine, verdict, received));
  if (rows.length > 0) {
    await write.insertInto('action').values(rows).execute();
    await write.updateTable('machine').set({ head_sequence: plan.head.sequence, head_hash: plan.head.hash }).where('division', '=', division).where('machine', '=', machine).execute();
    await write.updateTable('quarantine').set({ resolved_at: received })
      .where('division', '=', division).where('machine', '=', machine).where('reason', '=', 'chain-gap').where('resolved_at', 'is', null).where('action_id', 'in', rows.map(({ id }) => id)).execute();
  }
  const begun = new Set(plan.verdicts.flatMap((verdict) => (verdict.kind === 'applied' && verdict.action.payload.kind === 'handed-in' ? [verdict.action.case] : [])));
  await saveCases(write, division, [...plan.cases].map(([id, planned]) => {
    const last = plan.last.get(id);
    if (last === undefined) throw new Error('a changed case without a last action');
    return { ...planned, isNew: begun.has(id), last, receivedAt, dutyBefore: null };
  }));
  await onApplied(ground, write, plan.verdicts.flatMap((verdict) => (verdict.kind === 'applied' ? [verdict.action] : [])));
  await keepAside(ground, write, machine, plan.verdicts, received);
}

function actionRows(division: string, machine: string, verdict: Verdict, received: string): ActionRow[] {
  switch (verdict.kind) {
    case 'applied': {
      const { action } = verdict;
      return [{
        division, machine, sequence: action.sequence, id: action.id, hash: action.hash, case_id: action.case, kind: action.payload.kind, case_position: verdict.position,
        body: verdict.text, received_at: received, quarantine_reason: null,
      }];
    }
    case 'set-aside': {
      const { link, action } = verdict;
      return [{
        division, machine, sequence: link.sequence, id: link.id, hash: link.hash, case_id: action?.case ?? null, kind: action?.payload.kind ?? null, case_position: null,
        body: verdict.text, received_at: received, quarantine_reason: verdict.reason,
      }];
    }
    case 'kept-out':
    case 'repeated':
      return [];
    default:
      return never(verdict);
  }
}

/** Puts what was not applied where people see it. The same entry sent again is counted, not kept twice. */
export async function keepAside(ground: Ground, write: Write, machine: string, verdicts: readonly Verdict[], at: string): Promise<void> {
  const rows = new Map(verdicts.flatMap((verdict) => {
    if (verdict.kind !== 'kept-out' && verdict.kind !== 'set-aside') return [];
    const [id, sequence] = verdict.kind === 'kept-out' ? [verdict.id, verdict.sequence] : [verdict.link.id, verdict.link.sequence];
    const fingerprint = sha256(verdict.text);
    // What stands in the action table is not copied.
    const kept = verdict.kind === 'set-aside' ? '' : verdict.authentic ? verdict.text : verdict.text.slice(0, KEPT_TEXT);
    const body = kept.toWellFormed();
    return [[`${verdict.reason}/${fingerprint}`, { division: ground.division, machine, reason: verdict.reason, first_at: at, last_at: at, times: 1, action_id: id, sequence, fingerprint, body, resolved_at: null }] as const];
  }));
  if (rows.size === 0) return;
  await write.insertInto('quarantine').values([...rows.values()])
    .onConflict((conflict) => conflict.columns(['division', 'machine', 'reason', 'fingerprint']).doUpdateSet(({ eb, ref }) => ({ times: eb(ref('quarantine.times'), '+', 1), last_at: ref('excluded.last_at'), resolved_at: null }))).execute();
}
