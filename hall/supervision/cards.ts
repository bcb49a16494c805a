import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { CardSummary, CardTurn, OpenedCard } from '../../domain/contracts/supervision.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { actorName, type CaseState } from '../../domain/case/types.ts';
import { CaseId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { may } from '../../domain/staff/rights.ts';
import { type CardDeed, type CardState, foldCard, openDeeds, OWNERS_DEEDS } from '../../domain/supervision/card.ts';
import { DAY } from '../../domain/supervision/outages.ts';
import { type Level, type RuleId, RULE_IDS, MEANINGS } from '../../domain/supervision/rules.ts';
import { timeLine } from '../../domain/supervision/time-line.ts';
import { endOfWay, stretchesOf, type Trail, type World } from '../../domain/supervision/trail.ts';
import { recordDeed } from '../audit/deeds.ts';
import { withinScope } from '../cases/scope.ts';
import { KeyInstant } from '../db/page-key.ts';
import type { CardRow, Read, Tables } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { addDeed, departmentName, readEvents } from './keep-cards.ts';
import { growCard } from './sweep.ts';
import { loadRules, loadTrails, loadWorld } from './world.ts';

const TURNS: Readonly<Record<Exclude<CardTurn, 'notices'>, readonly CardState[]>> = {
  owner: ['raised', 'urged', 'rejected', 'upheld'], supervision: ['explained', 'corrected', 'appealed'], over: ['accepted', 'revoked', 'closed', 'voided'],
};
const NOTICES: readonly Level[] = ['hint', 'warn'];

/** Cards of one turn. Hints and warnings that are not over are nobody's turn. */
function ofTurn(turn: CardTurn) {
  return (eb: ExpressionBuilder<Tables, 'card'>): Expression<SqlBool> => {
    if (turn === 'notices') return eb.and([eb('card.level', 'in', NOTICES), eb('card.state', 'not in', TURNS.over)]);
    return eb.and([eb('card.state', 'in', TURNS[turn]), ...(turn === 'over' ? [] : [eb('card.level', 'not in', NOTICES)])]);
  };
}

/** What an account may see: within its scope; of cards about accounts a clerk only the own. */
function seenBy({ account, role, scope }: Staff) {
  return (eb: ExpressionBuilder<Tables, 'card'>): Expression<SqlBool> => eb.and([
    ...(scope.departments === null ? [] : [eb('card.department', '=', eb.fn.any(eb.val(scope.departments)))]),
    ...(scope.sites === null && scope.items === null ? [] : [eb.exists(eb.selectFrom('case_view').select('case_view.id').whereRef('case_view.division', '=', 'card.division').whereRef('case_view.id', '=', 'card.case_id').where(withinScope({ ...scope, departments: null })))]),
    ...(role === 'clerk' ? [eb.or([eb('card.owner', '!=', 'account'), eb('card.account', '=', account)])] : []),
  ]);
}

const PageKey = z.tuple([KeyInstant, z.string().regex(/^[0-9a-f]{32}$/)]);

export type CardQuery = { turn: CardTurn; level: Level | 'all'; query: string; after: string; limit: number };

/** Newest first. `counts` are of each turn, whatever the level. @returns null for a page key that this hall never made */
export async function listCards(ground: Ground, staff: Staff, query: CardQuery): Promise<{ rows: CardSummary[]; next: string; counts: Record<string, number> } | null> {
  const after = query.after === '' ? null : PageKey.safeParse(query.after.split('|'));
  if (after !== null && !after.success) return null;
  const own = ground.db.read.selectFrom('card').where('division', '=', ground.division).where(seenBy(staff));
  const rows = await own.selectAll().where(ofTurn(query.turn))
    .$if(query.level !== 'all', (select) => select.where('level', '=', query.level === 'all' ? 'red' : query.level))
    .$if(query.query !== '', (select) => select.where(({ or, eb }) => {
      const like = `%${query.query.replace(/[\\%_]/g, '\\$&')}%`;
      const rules = RULE_IDS.filter((id) => MEANINGS[id].name.includes(query.query));
      return or([eb('number', 'like', like), eb('item_name', 'like', like), eb('department_name', 'like', like), eb('account', '=', query.query), ...(rules.length === 0 ? [] : [eb('rule', 'in', rules)])]);
    }))
    .$if(after !== null, (select) => {
      const [since, id] = after?.data ?? ['', ''];
      return select.where(sql<boolean>`(raised_as_of, id) < (${since}::timestamptz, ${id})`);
    })
    .orderBy('raised_as_of', 'desc').orderBy('id', 'desc').limit(query.limit + 1).execute();
  const counted = await own.select(['level', 'state', ({ fn }) => fn.countAll<number>().as('count')]).groupBy(['level', 'state']).execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return { rows: page.map(summaryOf), next: rows.length > query.limit && last !== undefined ? `${last.raised_as_of}|${last.id}` : '', counts: countsOf(counted) };
}

function countsOf(rows: readonly { level: Level; state: CardState; count: number }[]): Record<string, number> {
  const counts: Record<string, number> = { owner: 0, supervision: 0, notices: 0, over: 0 };
  for (const { level, state, count } of rows) {
    const turn = TURNS.over.includes(state) ? 'over' : NOTICES.includes(level) ? 'notices' : TURNS.owner.includes(state) ? 'owner' : 'supervision';
    counts[turn] = (counts[turn] ?? 0) + count;
  }
  return counts;
}

function summaryOf(row: CardRow): CardSummary {
  return {
    id: row.id, rule: row.rule as RuleId, version: row.version, level: row.level, state: row.state, case: row.case_id === null ? null : CaseId.parse(row.case_id), number: row.number, itemName: row.item_name,
    since: row.raised_as_of, owner: row.owner, department: row.department, departmentName: row.department_name, account: row.account, replyBy: row.reply_by,
  };
}

/** Everything of a card: how it came to be, whose the time was, what was said. Nothing of it names the applicant. */
export async function openCard(ground: Ground, staff: Staff, id: string): Promise<OpenedCard | null> {
  const { db: { read }, division } = ground;
  const row = await read.selectFrom('card').selectAll().where('division', '=', division).where('id', '=', id).where(seenBy(staff)).executeTakeFirst();
  if (row === undefined) return null;
  const events = await readEvents(read, division, id);
  const rule = (await loadRules(read, division)).find((one) => one.id === row.rule && one.version === row.version);
  if (rule === undefined) throw new Error('a card names a rule that is not there');
  const trail = row.case_id === null ? undefined : (await loadTrails(read, division, [row.case_id])).get(row.case_id);
  const world = await loadWorld(read, division);
  return {
    card: summaryOf(row), events, rule, deeds: openDeeds(foldCard(events)).filter((kind) => isOneOf(kind, staff)),
    about: row.case_id === null ? null : await aboutCase(read, division, row.case_id),
    line: trail === undefined ? [] : lineOf(trail, ground.clock.now(), world),
    evidence: evidenceOf(trail, JSON.parse(row.actions) as string[]),
  };
}

/** An owner's deed is for who may answer cards, the others are for supervision. */
function isOneOf(kind: CardDeed['kind'], { role }: Staff): boolean {
  return may(role, OWNERS_DEEDS.includes(kind) ? 'answer-cards' : 'supervise');
}

async function aboutCase(read: Read, division: string, id: string): Promise<OpenedCard['about']> {
  const row = await read.selectFrom('case_view').select(['stage', 'handed_in_at', 'state']).where('division', '=', division).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const { limits } = JSON.parse(row.state) as CaseState;
  return { stage: row.stage, handedInAt: row.handed_in_at, promisedBy: limits?.promisedBy ?? null, statutoryBy: limits?.statutoryBy ?? null };
}

function lineOf(trail: Trail, now: number, world: World): OpenedCard['line'] {
  const until = Math.min(now, endOfWay(stretchesOf(trail)));
  return timeLine(trail, until, world).map(({ from, to, owner, working }) => ({
    from: instant(from), to: instant(to), owner: owner.kind, departments: owner.kind === 'department' ? owner.departments.map((code) => departmentName(trail.item, code)) : [], days: Math.round(working / DAY * 100) / 100,
  }));
}

function evidenceOf(trail: Trail | undefined, actions: readonly string[]): OpenedCard['evidence'] {
  return (trail?.deeds ?? []).filter(({ action }) => actions.includes(action.id)).map(({ action, at }) => ({ action: action.id, kind: action.payload.kind, at: instant(at), by: actorName(action.actor) }));
}

export type CardFailure = { kind: 'unknown-card' | 'wrong-state' | 'same-person' | 'not-yours' | 'late' };

/** Does something with a card under its lock. A card that should have grown by now grows first, as of its day. */
export async function actOnCard(ground: Ground, staff: Staff, id: string, deed: CardDeed): Promise<Result<{ state: CardState }, CardFailure>> {
  const { division } = ground;
  if (deed.kind === 'raised' || deed.kind === 'escalated' || deed.kind === 'voided' || !isOneOf(deed.kind, staff)) return err({ kind: 'not-yours' });
  if ('replyBy' in deed && deed.replyBy < civilDate(ground.clock.now())) return err({ kind: 'late' });
  return ground.db.write(async (write) => {
    const locked = () => write.selectFrom('card').selectAll().where('division', '=', division).where('id', '=', id).where(seenBy(staff)).forUpdate().executeTakeFirst();
    let row = await locked();
    if (row === undefined) return err({ kind: 'unknown-card' as const });
    if (row.grows_at !== null && Date.parse(row.grows_at) <= ground.clock.now()) {
      await growCard(ground, write, { ...row, grows_at: row.grows_at }, await loadRules(write, division), (await loadWorld(write, division)).calendar);
      row = await locked() ?? row;
    }
    const fault = await addDeed(ground, write, row, { at: nowOf(ground), by: staff.account, deed });
    if (fault !== null) return err({ kind: fault });
    // Words may name people: they stand on the card and not in the journal.
    await recordDeed(ground, write, staff, { what: `supervision.card-${deed.kind}`, subject: id, body: { rule: row.rule } });
    const { state } = foldCard(await readEvents(write, division, id));
    return ok({ state });
  });
}
