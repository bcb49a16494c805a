import type { Payload, PayloadOf } from '../../domain/action/payload.ts';
import type { Actor } from '../../domain/action/types.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { dueDate } from '../../domain/calendar/working-days.ts';
import { applyAction, isClosed, mayFollow } from '../../domain/case/fold.ts';
import type { CaseState, Stage } from '../../domain/case/types.ts';
import type { CaseId } from '../../domain/ids.ts';
import { buildCertificate } from '../../domain/item/certificate.ts';
import { fieldsOf } from '../../domain/item/form.ts';
import type { Item } from '../../domain/item/types.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';
import { itemsByReference } from '../catalogue/items.ts';
import { takeNumbers } from '../db/counter.ts';
import type { CaseRow, Write } from '../db/schema.ts';
import { announceAction } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { officialNumber } from '../leases/leases.ts';
import { onApplied } from './applied.ts';
import { appendHallAction } from './hall-chain.ts';
import { claimOf } from './inbox.ts';
import { certificateCounter } from './open.ts';
import { blobsOf } from './files.ts';
import { correctionWithin, saveCases } from './view.ts';

/** What a clerk does with a case. */
export type Act =
  | { kind: 'accept' }
  | { kind: 'refuse'; reason: string }
  | { kind: 'ask-correction'; asks: PayloadOf<'correction-asked'>['asks'] }
  | { kind: 'finish'; granted: boolean; words: string };

/**
 * - `claimed-by-other`: a colleague holds it.
 * - `materials-missing`: a required material, or a page of one, is not here yet: nobody accepts what nobody can look at.
 * - `bad-act`: asks for what the item does not have, or denies without a reason. The console never sends it.
 */
export type ActFailure = { kind: 'unknown-case' | 'wrong-stage' | 'claimed-by-other' | 'materials-missing' | 'bad-act' };
type Acted = Result<{ stage: Stage }, ActFailure>;
/** A case under its lock: its row, what it adds up to, and the item it was made under. */
export type LoadedCase = { row: CaseRow; state: CaseState; item: Item };

/** Takes a case for oneself, for half an hour. Claiming one's own case begins the half hour anew. */
export async function claimCase(ground: Ground, staff: Staff, id: CaseId): Promise<Acted> {
  const claimed = await ground.db.write(async (write): Promise<Acted> => {
    const loaded = await lockCase(ground, write, staff, id);
    if (!loaded.ok) return loaded;
    const { stage } = loaded.value.row;
    if (isClosed(stage)) return err({ kind: 'wrong-stage' });
    await write.updateTable('case_view').set({ claimed_by: staff.account, claimed_at: nowOf(ground) }).where('division', '=', ground.division).where('id', '=', id).execute();
    return ok({ stage });
  });
  if (claimed.ok) ground.log({ event: 'claimed', case: id, account: staff.account });
  return claimed;
}

/** Does it: the hall's actions, the case as it stands then, and the word to the terminal, in one transaction. It ends one's claim. */
export async function actOnCase(ground: Ground, staff: Staff, id: CaseId, act: Act): Promise<Acted> {
  const actor = actorOf(staff);
  const acted = await ground.db.write(async (write): Promise<Acted> => {
    const loaded = await lockCase(ground, write, staff, id);
    if (!loaded.ok) return loaded;
    const payloads = await payloadsOf(ground, write, loaded.value, act);
    if (!payloads.ok) return payloads;
    const state = await appendToCase(ground, write, loaded.value, actor, payloads.value);
    // The deed is done: the next step may be a colleague's.
    await write.updateTable('case_view').set({ claimed_by: null, claimed_at: null }).where('division', '=', ground.division).where('id', '=', id).execute();
    return ok({ stage: state.stage });
  });
  if (acted.ok) ground.log({ event: 'case-acted', case: id, account: staff.account, kind: act.kind });
  return acted;
}

async function lockCase(ground: Ground, write: Write, staff: Staff, id: CaseId): Promise<Result<LoadedCase, ActFailure>> {
  const row = await write.selectFrom('case_view').selectAll().where('division', '=', ground.division).where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) return err({ kind: 'unknown-case' });
  const holder = claimOf(row, ground.clock.now());
  if (holder !== null && holder !== staff.account) return err({ kind: 'claimed-by-other' });
  return ok(await loadCase(write, ground.division, row));
}

/** The case of a row that the caller has locked. */
export async function loadCase(write: Write, division: string, row: CaseRow): Promise<LoadedCase> {
  const item = (await itemsByReference(write, division, [{ code: row.item_code, version: row.item_version }])).get(`${row.item_code}@${row.item_version}`);
  if (item === undefined) throw new Error('a case names an item that is not there');
  return { row, state: JSON.parse(row.state) as CaseState, item };
}

/** What the hall writes into the case's log. Stages are checked before a number is taken. */
async function payloadsOf(ground: Ground, write: Write, loaded: LoadedCase, act: Act): Promise<Result<Payload[], ActFailure>> {
  const { state, item } = loaded;
  const today = civilDate(ground.clock.now());
  switch (act.kind) {
    case 'accept':
      if (!mayFollow(state.stage, 'accepted')) return err({ kind: 'wrong-stage' });
      if (await materialsMissing(ground, write, state, item)) return err({ kind: 'materials-missing' });
      return ok([await acceptance(ground, write, state, item, today)]);
    case 'refuse':
      return mayFollow(state.stage, 'refused') ? ok([{ kind: 'refused', reason: act.reason }]) : err({ kind: 'wrong-stage' });
    case 'ask-correction':
      if (!mayFollow(state.stage, 'correction-asked')) return err({ kind: 'wrong-stage' });
      if (!act.asks.every((ask) => isOfItem(item, ask))) return err({ kind: 'bad-act' });
      return ok([{ kind: 'correction-asked', asks: act.asks, within: correctionWithin(today) }]);
    case 'finish':
      return finish(ground, write, loaded, act, today);
    default:
      return never(act);
  }
}

/** A leased number is official already; a provisional one gets its official number here, one for one. Limits are the item's as the case was made under it. */
async function acceptance(ground: Ground, write: Write, state: CaseState, item: Item, today: string): Promise<PayloadOf<'accepted'>> {
  const { value, provisional } = state.handedIn.number;
  const promised = dueDate(today, item.promised);
  const statutory = dueDate(today, item.statutory);
  return {
    kind: 'accepted',
    number: provisional ? await officialNumber(ground, write) : value,
    acceptedOn: today,
    promisedBy: promised.date,
    statutoryBy: statutory.date,
    provisional: promised.provisional || statutory.provisional,
  };
}

async function finish(ground: Ground, write: Write, { state, item }: LoadedCase, act: Extract<Act, { kind: 'finish' }>, today: string): Promise<Result<Payload[], ActFailure>> {
  if (state.stage !== 'accepted' && state.stage !== 'decided') return err({ kind: 'wrong-stage' });
  // 行政许可法 Art 38: who is denied is told why.
  if (!act.granted && act.words.trim() === '') return err({ kind: 'bad-act' });
  if (state.decision !== null && state.decision.granted !== act.granted) return err({ kind: 'wrong-stage' });
  const certificate = act.granted && item.result.template !== null
    ? buildCertificate(item, state, { serial: await takeNumbers(write, ground.division, certificateCounter(item), 1), issuedOn: today })
    : null;
  if (certificate !== null && !certificate.ok) throw new Error('an item with a template builds no certificate');
  const decided: Payload[] = state.stage === 'accepted' ? [{ kind: 'decided', granted: act.granted, reason: act.words }] : [];
  return ok([...decided, { kind: 'finished', result: act.granted ? 'granted' : 'denied', words: act.words, certificate: certificate?.value ?? null }]);
}

/** Hangs the hall's actions on a case that the caller has locked, and writes what follows from them. @throws when the case does not allow one: the caller has checked */
export async function appendToCase(ground: Ground, write: Write, { row, state, item }: LoadedCase, actor: Actor, payloads: readonly Payload[]): Promise<CaseState> {
  let current = state;
  let position = row.actions;
  for (const payload of payloads) {
    position += 1;
    const action = await appendHallAction(ground, write, { state: current, actor, payload, position });
    const next = applyAction(current, action);
    if (!next.ok) throw new Error(`the hall made an action that its case does not allow: ${payload.kind} at ${current.stage}`);
    current = next.value;
    await saveCases(write, ground.division, [{ state: current, isNew: false, machine: row.machine, actions: position, item, last: action, receivedAt: ground.clock.now() }]);
    await announceAction(write, ground.division, row.machine, action);
    await onApplied(ground, write, [action]);
  }
  return current;
}

/** Whether a material that is always required, a page of it, or the citizen's signature is not here. What is required on a condition is the clerk's to judge. */
async function materialsMissing(ground: Ground, write: Write, state: CaseState, item: Item): Promise<boolean> {
  const required = item.materials.filter((material) => material.required && material.condition === '').map(({ key }) => key);
  const blobs = blobsOf(state);
  if (required.some((key) => !blobs.some(({ material }) => material === key))) return true;
  const needed = [...new Set(blobs.filter(({ material }) => material === 'signature' || required.includes(material)).map(({ blob }) => blob.hash))];
  const here = await write.selectFrom('blob').select('hash').where('division', '=', ground.division).where('hash', 'in', needed).execute();
  return here.length < needed.length;
}

function isOfItem(item: Item, ask: { target: 'form' | 'material'; key: string }): boolean {
  return ask.target === 'form' ? fieldsOf(item.form).some(({ name }) => name === ask.key) : item.materials.some(({ key }) => key === ask.key);
}

/** Who did it, as the log knows staff. The road lets no other role come here. */
function actorOf({ account, role }: Staff): Actor {
  if (role === 'caretaker' || role === 'auditor' || role === 'editor') throw new Error(`a ${role} acts on a case`);
  return { kind: 'staff', account, role };
}
