import type { RatingChannel } from '../../domain/contracts/ratings.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { mayFollow } from '../../domain/case/fold.ts';
import { CaseId } from '../../domain/ids.ts';
import { checkRating, ratingOf } from '../../domain/ratings/ratings.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { recordDeed } from '../audit/deeds.ts';
import { actorOf, appendToCase, type Loaded, lockCase } from '../cases/acts/deed.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { sealText } from '../identity/sealed-text.ts';
import { followUpContext } from './duties.ts';
import { handlersOf, openDuty } from './keep.ts';

/** A rating that staff write down. `paper`: the number of the paper; empty for other channels. */
export type WrittenRating = { number: string; channel: Exclude<RatingChannel, 'terminal'>; paper: string; level: number; tags: readonly string[]; words: string };
export type RegisterFailure = { kind: 'unknown-case' | 'wrong-stage' | 'rated-already' | 'own-case' | 'paper-missing' | 'paper-used' | 'foreign-tag' };

/** Writes a citizen's rating into the log of its case. It counts like one from a terminal; where it came from stands beside it. */
export async function registerRating(ground: Ground, staff: Staff, rating: WrittenRating): Promise<Result<{ id: CaseId }, RegisterFailure>> {
  const { division } = ground;
  const paper = rating.channel === 'paper' ? rating.paper : null;
  if (paper === '') return err({ kind: 'paper-missing' });
  if (!checkRating(rating.level, rating.tags).ok) return err({ kind: 'foreign-tag' });
  return ground.db.write(async (write): Promise<Result<{ id: CaseId }, RegisterFailure>> => {
    const loaded = await lockByNumber(ground, write, staff, rating.number);
    if (loaded === null) return err({ kind: 'unknown-case' });
    const { id } = loaded.state;
    if ((await handlersOf(write, ground, [id])).get(id)?.includes(staff.account) === true) return err({ kind: 'own-case' });
    if (loaded.state.rating !== null) return err({ kind: 'rated-already' });
    if (!mayFollow(loaded.state.stage, 'rated')) return err({ kind: 'wrong-stage' });
    if (paper !== null && (await paperUsed(write, division, paper))) return err({ kind: 'paper-used' });
    await appendToCase(ground, write, loaded, actorOf(staff), [{ kind: 'rated', level: rating.level, tags: [...rating.tags], words: rating.words }]);
    await write.updateTable('rating').set({ channel: rating.channel, paper, registered_by: staff.account }).where('division', '=', division).where('case_id', '=', id).execute();
    await recordDeed(ground, write, staff, { what: 'ratings.register', subject: id, body: { channel: rating.channel, paper, level: rating.level } });
    return ok({ id });
  });
}

/** 追评: one more word after the rating, which stays what it was. A poor one opens the duty that a good rating did not. */
export async function registerFollowUp(ground: Ground, staff: Staff, followUp: { number: string; paper: string; level: number; words: string }): Promise<Result<{ id: CaseId }, { kind: 'unknown-case' | 'not-rated' | 'followed-already' | 'own-case' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const loaded = await lockByNumber(ground, write, staff, followUp.number);
    if (loaded === null) return err({ kind: 'unknown-case' as const });
    const { id } = loaded.state;
    if ((await handlersOf(write, ground, [id])).get(id)?.includes(staff.account) === true) return err({ kind: 'own-case' as const });
    const rating = await write.selectFrom('rating').select('follow_level').where('division', '=', division).where('case_id', '=', id).forUpdate().executeTakeFirst();
    if (rating === undefined) return err({ kind: 'not-rated' as const });
    if (rating.follow_level !== null) return err({ kind: 'followed-already' as const });
    const { level, words, paper } = followUp;
    await write.updateTable('rating').set({ follow_level: level, follow_words: sealText(ground, 'ratings', followUpContext(id), words), follow_paper: paper === '' ? null : paper, follow_at: nowOf(ground) })
      .where('division', '=', division).where('case_id', '=', id).execute();
    if (ratingOf(level)?.poor === true) await openDuty(ground, write, id, level, loaded.state.handedIn.applicant.number !== '');
    await recordDeed(ground, write, staff, { what: 'ratings.follow-up', subject: id, body: { level } });
    return ok({ id });
  });
}

/** A rating that was given on the screen before a window. @property from the machine that gave the ticket @property account whoever was at the window @property at when it was given */
export type CounterRating = { id: CaseId; from: string; level: number; tags: readonly string[]; at: string; account: string };

/**
 * Makes it the rating of its case. A ticket names a case that was prepared at the machine which gave it, or that a window handed in; a rating of any other is nobody's.
 * @returns `later`: the case is not here, or cannot be rated yet; `passed`: it has its rating, or it is another machine's
 */
export async function rateAtCounter(ground: Ground, write: Write, { id, from, level, tags, at, account }: CounterRating): Promise<'kept' | 'later' | 'passed'> {
  const loaded = await lockCase(ground, write, id, COUNTY);
  if (!loaded.ok) return 'later';
  const { row, state } = loaded.value;
  if (state.rating !== null || (row.machine !== from && row.machine !== ground.hall)) return 'passed';
  if (!mayFollow(state.stage, 'rated')) return 'later';
  const checked = checkRating(level, tags).ok ? [...tags] : [];
  await appendToCase(ground, write, loaded.value, { kind: 'citizen' }, [{ kind: 'rated', level, tags: checked, words: '' }]);
  const of = write.updateTable('rating').where('division', '=', ground.division).where('case_id', '=', id);
  await of.set({ channel: 'counter', rated_at: at, rated_on: civilDate(Date.parse(at)) }).execute();
  // Nobody has decided on it yet: whoever served at the window is rated.
  await of.where('clerk', '=', '').set({ clerk: account }).execute();
  return 'kept';
}

async function paperUsed(write: Write, division: string, paper: string): Promise<boolean> {
  return (await write.selectFrom('rating').select('case_id').where('division', '=', division).where('paper', '=', paper).executeTakeFirst()) !== undefined;
}

/** A case within the account's scope, by its own number or the one it was handed in under; locked. */
async function lockByNumber(ground: Ground, write: Write, staff: Staff, number: string): Promise<Loaded | null> {
  const row = await write.selectFrom('case_view').select('id').where('division', '=', ground.division).where(({ or, eb }) => or([eb('number', '=', number), eb('handed_in_number', '=', number)])).executeTakeFirst();
  if (row === undefined) return null;
  const loaded = await lockCase(ground, write, CaseId.parse(row.id), staff.scope);
  return loaded.ok ? loaded.value : null;
}
