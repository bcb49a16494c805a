import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import type { Action } from '../../domain/action/types.ts';
import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { addDays } from '../../domain/calendar/working-days.ts';
import { isClosed } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { legalName } from '../../domain/item/form.ts';
import type { Item } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';
import { happenedAt } from '../clock/evidence.ts';
import type { CaseRow, Write } from '../db/schema.ts';
import { addFiles, replaceFiles } from './files.ts';

/** Sorts behind every real day. */
export const NO_DUTY = '9999-12-31';
/** How long a citizen has to supplement. The law sets no number; this is the hall's own rule, told in the notice. */
const CORRECTION_DAYS = 15;

/** A case to be written: what it adds up to, the action that changed it last, and when that reached the hall (milliseconds since 1970). `isNew`: handed in by this very transaction. */
export type ChangedCase = { state: CaseState; isNew: boolean; machine: string; actions: number; item: Item; last: Action; receivedAt: number };

/** The last day of a correction that is asked for today. */
export function correctionWithin(today: string): string {
  return addDays(today, CORRECTION_DAYS, 'working').date;
}

/**
 * The day by which somebody must act. While the hall owes its first answer nothing but a hand-in or a supplement can have come last,
 * so the duty counts from that action's evidence.
 */
function dutyBy(changed: ChangedCase): string {
  const { state, last, receivedAt } = changed;
  switch (state.stage) {
    case 'handed-in':
    case 'supplemented':
      return addDays(civilDate(Date.parse(happenedAt(last.time, receivedAt))), ANSWER_DAYS, 'working').date;
    case 'correction-asked':
      // The day after the citizen's last one it is the hall's turn again.
      return state.correction === null ? NO_DUTY : addNaturalDays(state.correction.within, 1);
    case 'accepted':
    case 'decided':
      return state.accepted?.promisedBy ?? NO_DUTY;
    case 'finished':
    case 'refused':
    case 'withdrawn':
      return NO_DUTY;
    default:
      return never(state.stage);
  }
}

/** PostgreSQL text holds every character but NUL, which no name of a person or item has. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '');
}

function rowOf(division: string, changed: ChangedCase): CaseRow {
  const { state, machine, actions, item, last, receivedAt } = changed;
  return {
    division,
    id: state.id,
    machine,
    number: storable(state.number),
    handed_in_number: storable(state.handedIn.number.value),
    item_code: state.item.code,
    item_version: state.item.version,
    item_name: item.name,
    person: storable(legalName(state.handedIn.applicant)),
    person_number: storable(state.handedIn.applicant.number),
    stage: state.stage,
    // Kept from the first write: only a hand-in inserts a row.
    handed_in_at: happenedAt(last.time, receivedAt),
    received_at: new Date(receivedAt).toISOString(),
    promised_by: state.accepted?.promisedBy ?? null,
    duty_by: dutyBy(changed),
    claimed_by: null,
    claimed_at: null,
    actions,
    state: JSON.stringify(state),
  };
}

/**
 * Writes cases new or changed, in the transaction of the actions that changed them. A closed case lets go of its claim.
 * @throws when a new case is there already: another machine handed one in under the same id meanwhile, which must never be written over
 */
export async function saveCases(write: Write, division: string, changed: readonly ChangedCase[]): Promise<void> {
  const rows = (isNew: boolean) => changed.filter((one) => one.isNew === isNew).map((one) => rowOf(division, one));
  const [fresh, known] = [rows(true), rows(false)];
  if (fresh.length > 0) await write.insertInto('case_view').values(fresh).execute();
  // One statement for many rows: each of them is there, so each is a conflict.
  if (known.length > 0) {
    await write.insertInto('case_view').values(known)
      .onConflict((conflict) => conflict.columns(['division', 'id']).doUpdateSet(({ ref }) => ({
        number: ref('excluded.number'), stage: ref('excluded.stage'), promised_by: ref('excluded.promised_by'), duty_by: ref('excluded.duty_by'), actions: ref('excluded.actions'), state: ref('excluded.state'),
      }))).execute();
  }
  const closed = changed.filter(({ state }) => isClosed(state.stage)).map(({ state }) => state.id);
  if (closed.length > 0) await write.updateTable('case_view').set({ claimed_by: null, claimed_at: null }).where('division', '=', division).where('id', 'in', closed).execute();
  await addFiles(write, division, changed.filter(({ isNew }) => isNew).map(({ state }) => state));
  await replaceFiles(write, division, changed.filter(({ isNew, last }) => !isNew && last.payload.kind === 'supplemented').map(({ state }) => state));
}
