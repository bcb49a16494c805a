import type { Payload } from '../../../domain/action/payload.ts';
import type { Actor } from '../../../domain/action/types.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { applyAction, isClosed, isOutOfTurn, mayFollow } from '../../../domain/case/fold.ts';
import type { CaseState, Stage } from '../../../domain/case/types.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Item } from '../../../domain/item/types.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { COUNTY, type Scope } from '../../../domain/staff/scope.ts';
import { itemsByReference } from '../../catalogue/items.ts';
import { countyCalendar, type NamedCalendar } from '../../clock/calendar.ts';
import type { CaseRow, Read, Write } from '../../db/schema.ts';
import { tellCases } from '../../feeds/case-words.ts';
import { announceAction } from '../../feeds/feed.ts';
import { type Ground, nowOf } from '../../ground.ts';
import type { Staff } from '../../identity/accounts.ts';
import { onApplied } from '../applied.ts';
import { appendHallAction } from '../hall-chain.ts';
import { claimOf } from '../inbox.ts';
import { withinScope } from '../scope.ts';
import { saveCases } from '../view.ts';

/**
 * - `unknown-case`: there is none, or it lies outside of the account's scope.
 * - `wrong-stage`: the case has moved on; `paused`: its clock stands, and it must run again first.
 * - `claimed-by-other`: a colleague holds it.
 * - `materials-missing`: a required material, or a page of one, is not here yet: nobody accepts what nobody can look at.
 * - `identity-open`: somebody's name and number were only typed and nobody confirmed them, or a party is not who it was said to be.
 * - `steps-open`: departments have not all said their word; `objected`: one does not agree, so nothing can be granted.
 * - `not-your-step`: the step is another department's, or not open.
 * - `over-law`: longer than the law allows.
 * - `unknown-scan`: a scan that this account did not send for the case, or one that was forgotten after a day.
 * - `bad-act`: asks for what the item does not have, or denies without a reason. The console never sends it.
 */
export type ActFailure = { kind: 'unknown-case' | 'wrong-stage' | 'paused' | 'claimed-by-other' | 'materials-missing' | 'identity-open' | 'steps-open' | 'objected' | 'not-your-step' | 'over-law' | 'unknown-scan' | 'bad-act' };
export type Acted = Result<{ stage: Stage }, ActFailure>;

/** A case as it stands under its lock, and what a deed is reckoned with. */
export type Loaded = { row: CaseRow; state: CaseState; item: Item; calendar: NamedCalendar; today: string };

/**
 * What somebody does with a case.
 * @property name for the log
 * @property keepsClaim whether its holder goes on working on it
 * @property make what the hall writes into the case's log; called under the case's lock
 */
export type Deed = { name: string; keepsClaim: boolean; make(loaded: Loaded, write: Write): Promise<Result<Payload[], ActFailure>> | Result<Payload[], ActFailure> };

/** Does it: the hall's actions, the case as it stands then, and the word to the terminal, in one transaction. */
export async function doOnCase(ground: Ground, staff: Staff, id: CaseId, deed: Deed): Promise<Acted> {
  const actor = actorOf(staff);
  const acted = await ground.db.write(async (write): Promise<Acted> => {
    const loaded = await lockCase(ground, write, id, staff.scope);
    if (!loaded.ok) return loaded;
    const holder = claimOf(loaded.value.row, ground.clock.now());
    if (holder !== null && holder !== staff.account) return err({ kind: 'claimed-by-other' });
    const payloads = await deed.make(loaded.value, write);
    if (!payloads.ok) return payloads;
    const state = await appendToCase(ground, write, loaded.value, actor, payloads.value);
    // The deed is done: the next step may be a colleague's.
    if (!deed.keepsClaim) await write.updateTable('case_view').set({ claimed_by: null, claimed_at: null }).where('division', '=', ground.division).where('id', '=', id).execute();
    return ok({ stage: state.stage });
  });
  if (acted.ok) ground.log({ event: 'case-acted', case: id, account: staff.account, kind: deed.name });
  return acted;
}

/** Does what the law or a rule does by itself, whoever holds the case. @returns whether it was done; false when the case has moved on */
export async function doByRule(ground: Ground, id: CaseId, deed: Pick<Deed, 'name' | 'make'>): Promise<boolean> {
  const done = await ground.db.write(async (write) => {
    const loaded = await lockCase(ground, write, id, COUNTY);
    if (!loaded.ok) return false;
    const payloads = await deed.make(loaded.value, write);
    if (!payloads.ok || payloads.value.length === 0) return false;
    await appendToCase(ground, write, loaded.value, { kind: 'machine' }, payloads.value);
    return true;
  });
  if (done) ground.log({ event: 'case-acted', case: id, account: '', kind: deed.name });
  return done;
}

/** Takes a case for oneself, for half an hour. Claiming one's own case begins the half hour anew. */
export function claimCase(ground: Ground, staff: Staff, id: CaseId): Promise<Acted> {
  return setClaim(ground, staff, id, (row) => (isClosed(row.stage) ? null : { claimed_by: staff.account, claimed_at: nowOf(ground) }));
}

/** Lets go of a claim of one's own; of none, nothing changes. */
export function releaseCase(ground: Ground, staff: Staff, id: CaseId): Promise<Acted> {
  return setClaim(ground, staff, id, () => ({ claimed_by: null, claimed_at: null }));
}

async function setClaim(ground: Ground, staff: Staff, id: CaseId, make: (row: CaseRow) => Pick<CaseRow, 'claimed_by' | 'claimed_at'> | null): Promise<Acted> {
  const set = await ground.db.write(async (write): Promise<Result<{ stage: Stage; what: 'claimed' | 'released' }, ActFailure>> => {
    const loaded = await lockCase(ground, write, id, staff.scope);
    if (!loaded.ok) return loaded;
    const { row } = loaded.value;
    const holder = claimOf(row, ground.clock.now());
    if (holder !== null && holder !== staff.account) return err({ kind: 'claimed-by-other' });
    const claim = make(row);
    if (claim === null) return err({ kind: 'wrong-stage' });
    const what = claim.claimed_by === null ? 'released' : 'claimed';
    await write.updateTable('case_view').set(claim).where('division', '=', ground.division).where('id', '=', id).execute();
    await tellCases(write, ground.division, { cases: [id], by: staff.account, what });
    return ok({ stage: row.stage, what });
  });
  if (!set.ok) return set;
  ground.log({ event: set.value.what, case: id, account: staff.account });
  return ok({ stage: set.value.stage });
}

/** Whether a payload may be said of a case as it stands; null when it may. */
export function refusalOf(state: CaseState, payload: Payload): ActFailure | null {
  if (!mayFollow(state.stage, payload.kind)) return { kind: 'wrong-stage' };
  if (!isOutOfTurn(state, payload)) return null;
  return { kind: state.pauses.at(-1)?.to === null && payload.kind !== 'paused' ? 'paused' : 'wrong-stage' };
}

/** The payload as a deed's whole outcome, when it may be said. */
export function sayOnly(state: CaseState, payload: Payload): Result<Payload[], ActFailure> {
  const refused = refusalOf(state, payload);
  return refused === null ? ok([payload]) : err(refused);
}

/** A case within a scope, locked until the transaction ends. */
export async function lockCase(ground: Ground, write: Write, id: CaseId, scope: Scope): Promise<Result<Loaded, ActFailure>> {
  const { division } = ground;
  const row = await write.selectFrom('case_view').selectAll('case_view').where('division', '=', division).where('id', '=', id).where(withinScope(scope)).forUpdate('case_view').executeTakeFirst();
  if (row === undefined) return err({ kind: 'unknown-case' });
  const item = await itemOf(write, division, row);
  return ok({ row, state: JSON.parse(row.state) as CaseState, item, calendar: await countyCalendar(write, division), today: civilDate(ground.clock.now()) });
}

/** The item that a case is bound to. */
export async function itemOf(read: Read, division: string, row: Pick<CaseRow, 'item_code' | 'item_version'>): Promise<Item> {
  const item = (await itemsByReference(read, division, [{ code: row.item_code, version: row.item_version }])).get(`${row.item_code}@${row.item_version}`);
  if (item === undefined) throw new Error('a case names an item that is not there');
  return item;
}

/** Hangs the hall's actions on a case that is locked, and writes what follows from them. @throws when the case does not allow one: the caller has checked */
export async function appendToCase(ground: Ground, write: Write, { row, state, item }: Loaded, actor: Actor, payloads: readonly Payload[]): Promise<CaseState> {
  let current = state;
  let position = row.actions;
  for (const payload of payloads) {
    position += 1;
    const action = await appendHallAction(ground, write, { of: current, actor, payload, position });
    const next = applyAction(current, action);
    if (!next.ok) throw new Error(`the hall made an action that its case does not allow: ${payload.kind} at ${current.stage}`);
    current = next.value;
    await saveCases(write, ground.division, [{ state: current, isNew: false, machine: row.machine, actions: position, item, last: action, receivedAt: ground.clock.now(), dutyBefore: row.duty_by }]);
    // What was handed in at the hall itself concerns no terminal.
    if (row.machine !== ground.hall) await announceAction(write, ground.division, row.machine, action);
    await onApplied(ground, write, [action]);
  }
  return current;
}

/** Who did it, as the log knows staff. The road lets no other role come here. */
export function actorOf({ account, role }: Staff): Actor {
  if (role === 'caretaker' || role === 'auditor' || role === 'editor') throw new Error(`a ${role} acts on a case`);
  return { kind: 'staff', account, role };
}
