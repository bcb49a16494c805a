import { isClosed } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { Duplicate } from '../../domain/contracts/cases.ts';
import { CaseId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/staff/scope.ts';
import type { CaseRow } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { withinScope } from './scope.ts';

/** How long a case that ended is still held against a new one. */
const REMEMBERED = 90 * 86_400_000;
/** A person who asks for the same more often is a matter for a search. */
const MOST = 20;

/** Other cases of the same person and item, newest first: open ones, and those that ended in the last 90 days. */
export async function duplicatesOf({ db: { read }, division, clock }: Ground, of: Pick<CaseRow, 'id' | 'item_code' | 'person_number'>, scope: Scope): Promise<Duplicate[]> {
  const rows = await read.selectFrom('case_view').selectAll('case_view').where('case_view.division', '=', division).where('person_number', '=', of.person_number).where('item_code', '=', of.item_code).where('id', '!=', of.id)
    .where(withinScope(scope)).orderBy('handed_in_at', 'desc').limit(MOST).execute();
  return rows.filter((row) => !isClosed(row.stage) || endedAt(row) > clock.now() - REMEMBERED)
    .map((row) => ({ id: CaseId.parse(row.id), number: row.number, stage: row.stage, handedInAt: row.handed_in_at }));
}

/** When the step was done that closed it. What is said afterwards, such as a rating, does not count. */
function endedAt({ state, received_at: received }: CaseRow): number {
  const { history } = JSON.parse(state) as CaseState;
  const end = history.findLast(({ kind }) => kind === 'finished' || kind === 'refused' || kind === 'withdrawn');
  return Date.parse(end?.at ?? received);
}
