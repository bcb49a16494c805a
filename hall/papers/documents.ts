import type { Action } from '../../domain/action/types.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { PaperLine } from '../../domain/contracts/papers.ts';
import { type CaseFile, type PaperGap, paperOf, papersOf } from '../../domain/documents/from-case.ts';
import { type LegalKind, LegalPaper } from '../../domain/documents/legal.ts';
import { ActionId, type CaseId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { may } from '../../domain/staff/rights.ts';
import type { Scope } from '../../domain/staff/scope.ts';
import { itemOf } from '../cases/acts/deed.ts';
import { withinScope } from '../cases/scope.ts';
import { countyCalendar } from '../clock/calendar.ts';
import { takeNumbers } from '../db/counter.ts';
import type { CaseRow, PaperRow, Read } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { hallFacts, paperNumber } from './settings.ts';

/** `not-made`: it was not made yet, and whoever only looks makes none. */
export type PaperFailure = PaperGap | { kind: 'unknown-case' | 'not-made' };

/** Every paper of a case, made or not, in the order of its actions; null for a case that the scope does not reach. */
export async function listPapers(ground: Ground, id: CaseId, scope: Scope): Promise<PaperLine[] | null> {
  const { db: { read } } = ground;
  const row = await caseRow(ground, read, id, scope).executeTakeFirst();
  if (row === undefined) return null;
  const [file, made] = [await fileOf(ground, read, row), await madePapers(ground, read, id)];
  return file.actions.flatMap((action) => papersOf(action.payload, file.item).map((kind) => {
    const paper = made.find((one) => one.action === action.id && one.kind === kind);
    return { action: action.id, kind, number: paper?.number ?? null, madeAt: paper?.made_at ?? null };
  }));
}

/** The papers of a case that were made, as they were made. */
export async function madePapers(ground: Ground, read: Read, id: CaseId): Promise<PaperRow[]> {
  return read.selectFrom('paper').selectAll().where('division', '=', ground.division).where('case_id', '=', id).orderBy('made_at').orderBy('number').execute();
}

/** @param action null: the newest that has a paper. @param kind null: the paper that the action is for */
export type PaperWish = { id: CaseId; action: ActionId | null; kind: LegalKind | null };

/**
 * One paper. It is made when it is first asked for: number and facts are written down then under the case's lock, so whoever reads it again, or a second
 * server, gets the same paper, whatever the hall's settings are by then.
 */
export async function readPaper(ground: Ground, staff: Staff, wish: PaperWish): Promise<Result<LegalPaper, PaperFailure>> {
  const { db, division } = ground;
  return db.write(async (write): Promise<Result<LegalPaper, PaperFailure>> => {
    const row = await caseRow(ground, write, wish.id, staff.scope).forUpdate('case_view').executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-case' });
    const file = await fileOf(ground, write, row);
    const action = wish.action === null ? file.actions.findLast(({ payload }) => papersOf(payload, file.item).length > 0) : file.actions.find(({ id }) => id === wish.action);
    const kind = action === undefined ? undefined : wish.kind ?? papersOf(action.payload, file.item)[0];
    if (action === undefined || kind === undefined) return err({ kind: 'no-such-paper' });
    const known = await write.selectFrom('paper').select('facts').where('division', '=', division).where('action', '=', action.id).where('kind', '=', kind).executeTakeFirst();
    if (known !== undefined) return ok(LegalPaper.parse(JSON.parse(known.facts)));
    if (!makesPapers(staff)) return err({ kind: 'not-made' });
    const facts = hallFacts(ground.name, ground.papers);
    const tried = paperOf(kind, { action: action.id, paperNumber: '—' }, file, facts);
    if (!tried.ok) return tried;
    // A number is taken only when nothing stands against the paper.
    const year = tried.value.date.slice(0, 4);
    const serial = await takeNumbers(write, division, `paper/${kind}/${year}`, 1);
    const paper: LegalPaper = { ...tried.value, paperNumber: paperNumber(ground.papers.mark === '' ? division : ground.papers.mark, kind, year, serial) };
    await write.insertInto('paper').values({ division, action: action.id, kind, case_id: wish.id, number: paper.paperNumber, made_at: nowOf(ground), facts: JSON.stringify(paper) }).execute();
    return ok(paper);
  });
}

/** Whoever works on cases; supervisors and auditors see what was made. */
function makesPapers({ role }: Staff): boolean {
  return (['receive', 'review', 'decide', 'issue'] as const).some((right) => may(role, right));
}

function caseRow(ground: Ground, read: Read, id: CaseId, scope: Scope) {
  return read.selectFrom('case_view').selectAll('case_view').where('division', '=', ground.division).where('id', '=', id).where(withinScope(scope));
}

async function fileOf(ground: Ground, read: Read, row: CaseRow): Promise<CaseFile> {
  const { division } = ground;
  const actions = await read.selectFrom('action').select('body').where('division', '=', division).where('case_id', '=', row.id).where('case_position', 'is not', null).orderBy('case_position').execute();
  return {
    actions: actions.map(({ body }) => JSON.parse(body) as Action), item: await itemOf(read, division, row),
    receivedOn: civilDate(Date.parse(row.handed_in_at)), calendar: await countyCalendar(read, division),
  };
}
