/** The way of a draft from its editor over its reviewer into the catalogue. */
import { isPublishable } from '../../domain/catalogue/findings.ts';
import { planPublication, type PublicationFault } from '../../domain/catalogue/publication.ts';
import { type DraftDeed, type DraftState, mayReview } from '../../domain/catalogue/states.ts';
import { diffItems } from '../../domain/item/diff.ts';
import { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { ItemDraftRow, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { authorsOf, type DraftFailure, referencesOf, stepDraft, textsOf } from './drafts.ts';
import { judgeTexts } from './judge.ts';
import { insertVersion, lockCatalogue } from './publish.ts';
import { newestItems, today } from './versions.ts';

type At = { id: string; revision: number };
type Stepped = { state: DraftState; revision: number };
/** A failure inside a transaction that has written something: all of it is taken back. */
class TakenBack<Failure extends { kind: string }> extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** Hands a draft over for review: nothing may stand against publishing it. */
export async function submitDraft(ground: Ground, staff: Staff, at: At): Promise<Result<Stepped, DraftFailure | { kind: 'findings' } | { kind: 'reason-missing' }>> {
  return steps(ground, staff, at, 'submit', async (row, write) => {
    if (!(await judgeTexts(ground, write, textsOf(row))).every(isPublishable)) return { kind: 'findings' as const };
    return row.kind !== 'new' && row.kind !== 'changed' && row.reason.trim() === '' ? { kind: 'reason-missing' as const } : null;
  });
}

/** Takes it back for rework, or gives it up for good. */
export async function recallDraft(ground: Ground, staff: Staff, at: At): Promise<Result<Stepped, DraftFailure>> {
  return steps<never>(ground, staff, at, 'recall', async () => null);
}
export async function withdrawDraft(ground: Ground, staff: Staff, at: At): Promise<Result<Stepped, DraftFailure>> {
  return steps<never>(ground, staff, at, 'withdraw', async () => null);
}

/** Approves or sends back. Who wrote a line of it does not judge it. */
export async function reviewDraft(ground: Ground, staff: Staff, { verdict, words, ...at }: At & { verdict: 'approve' | 'reject'; words: string }): Promise<Result<Stepped, DraftFailure | { kind: 'own' }>> {
  return steps(ground, staff, at, verdict, async (row) => (mayReview(staff.account, authorsOf(row)) ? null : { kind: 'own' as const }), async (write) => {
    await write.insertInto('item_review').values({ division: ground.division, draft: at.id, revision: at.revision, at: nowOf(ground), account: staff.account, verdict, words }).execute();
  });
}

async function steps<Failure extends { kind: string }>(ground: Ground, staff: Staff, at: At, deed: DraftDeed, against: (row: ItemDraftRow, write: Write) => Promise<Failure | null>, also: (write: Write) => Promise<void> = async () => {}): Promise<Result<Stepped, DraftFailure | Failure>> {
  return whole<Stepped, DraftFailure | Failure>(ground, async (write) => {
    const step = await stepDraft(ground, write, staff, at, deed);
    if (!step.ok) throw new TakenBack(step.error);
    const fault = await against(step.value.row, write);
    if (fault !== null) throw new TakenBack(fault);
    await also(write);
    await recordDeed(ground, write, staff, { what: `catalogue.${deed}`, subject: at.id, body: { revision: at.revision } });
    return { state: step.value.state, revision: at.revision + 1 };
  });
}

export type PublishFailure = DraftFailure | PublicationFault | { kind: 'findings' };

/**
 * Publishes an approved draft: all of its versions or none, with the words of the adjust log and how much they changed. Whoever published another version of a
 * base meanwhile is heard before: the draft is then recalled and compared anew.
 * @param request `effectiveFrom`: civil date on which it comes into force, today or later
 */
export async function publishDraft(ground: Ground, staff: Staff, { effectiveFrom, ...at }: At & { effectiveFrom: string }): Promise<Result<{ published: { code: string; version: number; state: Item['state'] }[] }, PublishFailure>> {
  const { division } = ground;
  return whole<{ published: { code: string; version: number; state: Item['state'] }[] }, PublishFailure>(ground, async (write) => {
    await lockCatalogue(ground, write);
    const step = await stepDraft(ground, write, staff, at, 'publish');
    if (!step.ok) throw new TakenBack(step.error);
    const { row } = step.value;
    const drafted = referencesOf(row);
    const bases = await newestItems(write, division, drafted.map(({ code }) => code));
    const texts = textsOf(row);
    if (!(await judgeTexts(ground, write, texts)).every(isPublishable)) throw new TakenBack({ kind: 'findings' });
    const bodies = texts.map((text) => Item.parse(text));
    const taken = bodies.length === 0 ? [] : await write.selectFrom('item_publication').select('code').distinct().where('division', '=', division).where('code', 'in', bodies.map(({ code }) => code)).execute();
    const plan = planPublication(
      { kind: row.kind, bases, drafted: new Map(drafted.map(({ code, version }) => [code, version])), bodies, reason: row.reason },
      { from: effectiveFrom, today: today(ground) }, new Set(taken.map(({ code }) => code)),
    );
    if (!plan.ok) throw new TakenBack(plan.error);
    // The dates that it got may stand against a rule, such as a last day before the first.
    if (!(await judgeTexts(ground, write, plan.value.filter(({ state }) => state === 'active'))).every(isPublishable)) throw new TakenBack({ kind: 'findings' });
    const reviews = await write.selectFrom('item_review').select('account').where('division', '=', division).where('draft', '=', at.id).where('verdict', '=', 'approve').where('revision', '=', at.revision - 1).execute();
    const made = bodies.map(({ code }) => code);
    for (const item of plan.value) {
      const before = bases.find(({ code }) => code === item.code);
      await insertVersion(ground, write, item, {
        account: staff.account, draft: at.id, reviewers: reviews.map(({ account }) => account),
        successors: item.state === 'cancelled' && row.kind !== 'cancelled' ? made : [],
        changes: before === undefined ? null : changesBetween(before, item),
      });
    }
    const published = plan.value.map(({ code, version, state }) => ({ code, version, state }));
    await recordDeed(ground, write, staff, { what: 'catalogue.publish', subject: at.id, body: { effectiveFrom, published } });
    return { published };
  });
}

/** Runs a transaction whose expected failures take everything back that it wrote. */
async function whole<Value, Failure extends { kind: string }>(ground: Ground, run: (write: Write) => Promise<Value>): Promise<Result<Value, Failure>> {
  try {
    return ok(await ground.db.write(run));
  } catch (cause) {
    if (cause instanceof TakenBack) return err(cause.failure as Failure);
    throw cause;
  }
}

/** Elements that differ, without those that every new version has. */
export function changesBetween(before: Item, after: Item): number {
  return diffItems(before, after).filter(({ path }) => path !== 'version' && path !== 'effectiveFrom' && !path.startsWith('adjustment')).length;
}
