import type { PayloadOf } from '../../domain/action/payload.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { workingDaysBetween } from '../../domain/calendar/working-days.ts';
import { foldCase } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { sha256 } from '../../crypto/node.ts';
import type { HandInAtWindow, HandInFailure, KnownPerson, LateEntry } from '../../domain/contracts/window.ts';
import { CaseId } from '../../domain/ids.ts';
import { checkForm, legalName } from '../../domain/item/form.ts';
import type { Item } from '../../domain/item/types.ts';
import { itemsInForce } from '../../domain/item/versions.ts';
import { identityNumber } from '../../domain/numbers/identity-number.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { countyCalendar } from '../clock/calendar.ts';
import type { Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { officialNumber } from '../leases/leases.ts';
import { actorOf } from './acts/deed.ts';
import { onApplied } from './applied.ts';
import { appendHallAction } from './hall-chain.ts';
import { withinScope } from './scope.ts';
import { saveCases } from './view.ts';
import { endDraft, readDraft, scannedMaterials } from './window-scans.ts';

/** What a window of this scope may take today: items in force that are open. */
export async function windowItems(ground: Ground, { scope }: Staff): Promise<Item[]> {
  const rows = await ground.db.read.selectFrom('item').select('body').where('division', '=', ground.division).execute();
  const inForce = itemsInForce(rows.map(({ body }) => JSON.parse(body) as Item), civilDate(ground.clock.now()));
  return inForce.filter((item) => item.state === 'active' && (scope.items?.includes(item.code) ?? true) && (scope.departments?.includes(item.body.creditCode) ?? true));
}

/** What is known of somebody from their last case within the account's scope, so that a clerk need not type it again. The form only when it was the same item. */
export async function knownPerson({ db: { read }, division }: Ground, { scope }: Staff, of: { number: string; itemCode: string }): Promise<{ id: CaseId; person: KnownPerson } | null> {
  const number = identityNumber(of.number);
  if (!number.ok) return null;
  const rows = await read.selectFrom('case_view').select(['case_view.id', 'number', 'item_code', 'item_name', 'handed_in_at', 'state']).where('case_view.division', '=', division).where('person_number', '=', number.value.number).where(withinScope(scope)).orderBy('handed_in_at', 'desc').limit(20).execute();
  const last = rows.find((row) => row.item_code === of.itemCode) ?? rows[0];
  if (last === undefined) return null;
  const { handedIn: { applicant, phone }, form } = JSON.parse(last.state) as CaseState;
  return {
    id: CaseId.parse(last.id),
    person: {
      name: legalName(applicant), address: 'address' in applicant ? applicant.address : '', phone, form: last.item_code === of.itemCode ? form : {},
      from: { number: last.number, itemName: last.item_name, handedInAt: last.handed_in_at },
    },
  };
}

/** 窗口收件, and 补录 of what was taken on paper: the same action as a terminal's, in the hall's own chain, by the clerk. Sent twice it is one case. */
export async function handInAtWindow(ground: Ground, staff: Staff, handIn: HandInAtWindow): Promise<Result<{ id: CaseId; number: string }, HandInFailure>> {
  const item = (await windowItems(ground, staff)).find(({ code }) => code === handIn.itemCode);
  if (item === undefined) return err({ kind: 'unknown-item' });
  const number = identityNumber(handIn.applicant.number);
  const birth = number.ok && 'birth' in number.value ? number.value.birth : handIn.applicant.birth;
  if (!number.ok || birth === null) return err({ kind: 'number' });
  const form = checkForm(item.form, handIn.form);
  if (!form.ok) return err({ kind: 'form', errors: form.error.errors });
  if (!handIn.materials.every(({ key }) => item.materials.some((material) => material.key === key))) return err({ kind: 'unknown-material' });
  if (handIn.late !== null && Date.parse(handIn.late.happenedAt) > ground.clock.now()) return err({ kind: 'future' });
  const entered = await ground.db.write(async (write): Promise<Result<{ id: CaseId; number: string }, HandInFailure>> => {
    const { division } = ground;
    const draft = await readDraft(write, division, handIn.id, staff.account);
    const known = await write.selectFrom('case_view').select('number').where('division', '=', division).where('id', '=', handIn.id).executeTakeFirst();
    if (known !== undefined) return ok({ id: handIn.id, number: known.number });
    if (draft === null) return err({ kind: 'unknown-scan' });
    if (handIn.late !== null && await isEntered(write, division, handIn.late.paper)) return err({ kind: 'paper-entered' });
    const materials = scannedMaterials(handIn.materials, draft.scans);
    const signed = draft.scans.get(handIn.signed);
    if (signed === undefined || materials === null) return err({ kind: 'unknown-scan' });
    const payload: PayloadOf<'handed-in'> = {
      kind: 'handed-in',
      number: { value: await officialNumber(ground, write), provisional: false },
      applicant: { card: 'typed', name: handIn.applicant.name, number: number.value.number, address: handIn.applicant.address, birth, sex: 'sex' in number.value ? number.value.sex : 'unstated' },
      assurance: 'typed',
      phone: handIn.phone,
      form: form.value,
      materials,
      signature: { shownText: sha256(item.declaration), image: signed, signedAt: handIn.late?.happenedAt ?? nowOf(ground) },
      caseKey: draft.caseKey,
      ...(handIn.late === null ? {} : { late: handIn.late }),
    };
    await enter(ground, write, staff, { id: handIn.id, item, payload });
    await endDraft(write, division, handIn.id);
    return ok({ id: handIn.id, number: payload.number.value });
  });
  if (entered.ok) ground.log({ event: 'case-entered', case: handIn.id, account: staff.account, kind: handIn.late === null ? 'window' : 'late' });
  return entered;
}

/** Hands a case in at the hall, in the clerk's own name. */
export async function enter(ground: Ground, write: Write, staff: Staff, { id, item, payload }: { id: CaseId; item: Item; payload: PayloadOf<'handed-in'> }): Promise<void> {
  const action = await appendHallAction(ground, write, { of: { id, item: { code: item.code, version: item.version } }, actor: actorOf(staff), payload, position: 1 });
  const state = foldCase([action]);
  if (!state.ok) throw new Error('a hand-in that begins no case');
  await saveCases(write, ground.division, [{ state: state.value, isNew: true, machine: ground.hall, actions: 1, item, last: action, receivedAt: ground.clock.now(), dutyBefore: null }]);
  await onApplied(ground, write, [action]);
}

async function isEntered(read: Read, division: string, paper: string): Promise<boolean> {
  return await read.selectFrom('case_view').select('id').where('division', '=', division).where('late_paper', '=', paper).executeTakeFirst() !== undefined;
}

/** 补录清单 of a span of days of entry, for whoever checks that the double track was used for outages only. */
export async function lateEntries(ground: Ground, { scope }: Staff, span: { from: string; to: string }): Promise<LateEntry[]> {
  const { db: { read }, division } = ground;
  const calendar = await countyCalendar(read, division);
  const rows = await read.selectFrom('case_view').select(['id', 'number', 'item_name', 'state', 'received_at']).where('division', '=', division).where('late_paper', 'is not', null).where(withinScope(scope))
    .where('received_at', '>=', `${span.from}T00:00:00+08:00`).where('received_at', '<', `${span.to}T24:00:00+08:00`).orderBy('received_at', 'desc').limit(500).execute();
  const entries = await read.selectFrom('action').select(['case_id', 'body']).where('division', '=', division).where('case_id', '=', ({ fn, val }) => fn.any(val(rows.map(({ id }) => id)))).where('case_position', '=', 1).execute();
  const accounts = new Map(entries.map(({ case_id, body }) => [case_id, accountOf(body)]));
  return rows.flatMap((row) => {
    const { handedIn: { late } } = JSON.parse(row.state) as CaseState;
    if (late === undefined) return [];
    const days = workingDaysBetween(civilDate(Date.parse(late.happenedAt)), civilDate(Date.parse(row.received_at)), calendar);
    return [{ id: CaseId.parse(row.id), number: row.number, itemName: row.item_name, paper: late.paper, happenedAt: late.happenedAt, enteredAt: row.received_at, enteredBy: accounts.get(row.id) ?? '', outage: late.outage, days }];
  });
}

function accountOf(body: string): string {
  const { actor } = JSON.parse(body) as { actor: { kind: string; account?: string } };
  return actor.account ?? '';
}
