import { ANSWER_DAYS } from '../../domain/documents/legal.ts';
import type { Action } from '../../domain/action/types.ts';
import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { addDays, type WorkingCalendar } from '../../domain/calendar/working-days.ts';
import { isClosed, isPaused } from '../../domain/case/fold.ts';
import { isIdentityOpen } from '../../domain/case/identity.ts';
import { actorName, type CaseState } from '../../domain/case/types.ts';
import { legalName } from '../../domain/item/form.ts';
import type { Item } from '../../domain/item/types.ts';
import { nameKey } from '../../domain/names/name.ts';
import { never } from '../../domain/result.ts';
import { countyCalendar } from '../clock/calendar.ts';
import { happenedAt } from '../clock/evidence.ts';
import type { CaseRow, Write } from '../db/schema.ts';
import { tellCases } from '../feeds/case-words.ts';
import { addFiles, replaceFiles } from './files.ts';
import { saveTasks } from './tasks.ts';

/** Sorts behind every real day. */
export const NO_DUTY = '9999-12-31';
/** How long a citizen has to supplement. The law sets no number; this is the hall's own rule, told in the notice. */
const CORRECTION_DAYS = 15;

/** A case to be written: what it adds up to, the action that changed it last, and when that reached the hall (milliseconds since 1970). `isNew`: handed in by this very transaction. */
export type ChangedCase = {
  state: CaseState; isNew: boolean; machine: string; actions: number; item: Item; last: Action; receivedAt: number;
  /** The day by which somebody had to act before; what only happens beside the case's way does not move it. */
  dutyBefore: string | null;
};

/** The last day of a correction that is asked for today. */
export function correctionWithin(today: string, calendar: WorkingCalendar): string {
  return addDays(today, CORRECTION_DAYS, 'working', calendar).date;
}

/** When the application was handed in, as far as evidence says; for a late entry when its paper form says so. */
function handedInAt({ state, last, receivedAt }: ChangedCase): string {
  return state.handedIn.late?.happenedAt ?? happenedAt(last.time, receivedAt);
}

/** The day by which somebody must act. The first answer is owed from the hand-in's or the supplement's own evidence. */
export function dutyBy(changed: ChangedCase, calendar: WorkingCalendar): string {
  const { state, last, receivedAt } = changed;
  switch (state.stage) {
    case 'handed-in':
    case 'supplemented': {
      const { kind } = last.payload;
      if (changed.dutyBefore !== null && kind !== 'handed-in' && kind !== 'supplemented') return changed.dutyBefore;
      const from = kind === 'supplemented' ? happenedAt(last.time, receivedAt) : handedInAt(changed);
      return addDays(civilDate(Date.parse(from)), ANSWER_DAYS, 'working', calendar).date;
    }
    case 'correction-asked':
      // The day after the citizen's last one it is the hall's turn again.
      return state.correction === null ? NO_DUTY : addNaturalDays(state.correction.within, 1);
    case 'accepted':
    case 'decided':
      return state.limits?.promisedBy ?? pauseEnds(state, calendar);
    case 'finished':
    case 'refused':
    case 'withdrawn':
      return NO_DUTY;
    default:
      return never(state.stage);
  }
}

/** While the clock stands the next duty is to let it run: on the last day that the applicant was told, where one was. */
function pauseEnds(state: CaseState, calendar: WorkingCalendar): string {
  const pause = state.pauses.at(-1);
  return pause?.allowed == null ? NO_DUTY : addDays(pause.from, pause.allowed.days, pause.allowed.unit, calendar).date;
}

/** PostgreSQL text holds every character but NUL, which no name of a person or item has. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '');
}

/** The row of a case as it stands. */
export function caseRowOf(division: string, changed: ChangedCase, calendar: WorkingCalendar): CaseRow {
  const { state, machine, actions, item, receivedAt } = changed;
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
    person_key: nameKey(storable(legalName(state.handedIn.applicant))),
    person_number: storable(state.handedIn.applicant.number),
    stage: state.stage,
    // Kept from the first write: only a hand-in inserts a row.
    handed_in_at: handedInAt(changed),
    received_at: new Date(receivedAt).toISOString(),
    promised_by: state.limits?.promisedBy ?? null,
    statutory_by: state.limits?.statutoryBy ?? null,
    paused: isPaused(state),
    phone: storable(state.handedIn.phone),
    late_paper: state.handedIn.late === undefined ? null : storable(state.handedIn.late.paper),
    papers_to: state.papers === null || state.papers.taken ? null : storable(state.papers.to),
    to_issue: state.stage === 'finished' && state.delivery === null && (state.finish?.result === 'granted' || state.finish?.result === 'denied'),
    identity_open: !isClosed(state.stage) && isIdentityOpen(state),
    duty_by: dutyBy(changed, calendar),
    claimed_by: null,
    claimed_at: null,
    actions,
    state: JSON.stringify(state),
  };
}

/** Tells the consoles: one word for what one actor did at once. */
async function tellChanged(write: Write, division: string, changed: readonly ChangedCase[]): Promise<void> {
  const last = changed.at(-1)?.last;
  if (last !== undefined) await tellCases(write, division, { cases: changed.map(({ state }) => state.id), by: actorName(last.actor), what: last.payload.kind });
}

/**
 * Writes cases new or changed, in the transaction of the actions that changed them. A closed case lets go of its claim.
 * @throws when a new case is there already: another machine handed one in under the same id meanwhile, which must never be written over
 */
export async function saveCases(write: Write, division: string, changed: readonly ChangedCase[]): Promise<void> {
  const calendar = await countyCalendar(write, division);
  const rows = (isNew: boolean) => changed.filter((one) => one.isNew === isNew).map((one) => caseRowOf(division, one, calendar));
  const [fresh, known] = [rows(true), rows(false)];
  if (fresh.length > 0) await write.insertInto('case_view').values(fresh).execute();
  // One statement for many rows: each of them is there, so each is a conflict.
  if (known.length > 0) {
    await write.insertInto('case_view').values(known)
      .onConflict((conflict) => conflict.columns(['division', 'id']).doUpdateSet(({ ref }) => ({
        number: ref('excluded.number'), stage: ref('excluded.stage'), promised_by: ref('excluded.promised_by'), statutory_by: ref('excluded.statutory_by'), paused: ref('excluded.paused'), papers_to: ref('excluded.papers_to'), to_issue: ref('excluded.to_issue'), identity_open: ref('excluded.identity_open'), duty_by: ref('excluded.duty_by'), actions: ref('excluded.actions'), state: ref('excluded.state'),
      }))).execute();
  }
  const closed = changed.filter(({ state }) => isClosed(state.stage)).map(({ state }) => state.id);
  if (closed.length > 0) await write.updateTable('case_view').set({ claimed_by: null, claimed_at: null }).where('division', '=', division).where('id', 'in', closed).execute();
  await saveTasks(write, division, changed, calendar);
  await tellChanged(write, division, changed);
  await addFiles(write, division, changed.filter(({ isNew }) => isNew).map(({ state }) => state));
  await replaceFiles(write, division, changed.filter(({ isNew, last }) => !isNew && last.payload.kind === 'supplemented').map(({ state }) => state));
}
