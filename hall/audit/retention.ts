import { z } from 'zod';
import { retentionOf, keptSince, type RetentionRule } from '../../domain/audit/retention.ts';
import { signRemoval } from '../../domain/audit/journal.ts';
import { addNaturalDays, civilDate, startOfDay } from '../../domain/calendar/civil-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { CivilDate } from '../../domain/time.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { openProposal, propose } from '../identity/proposals.ts';
import { sensitiveAct } from '../identity/sensitive-act.ts';
import { forgetSessions } from '../identity/sessions.ts';
import { forgetTries } from '../cases/slip-tries.ts';
import { forgetDeeds } from '../http/once.ts';
import { recordDeed } from './deeds.ts';

/** Subject of the proposal: there is one at a time. */
const READS = 'reads';

/** Removes what the rules let go without asking anybody. @returns how many rows */
export async function sweepRetention(ground: Ground): Promise<number> {
  const { division, db } = ground;
  const since = (what: RetentionRule['what']) => instant(startOfDay(keptSinceNow(ground, what)));
  const sessions = await forgetSessions(ground, since('session'));
  const deeds = await forgetDeeds(ground, since('deed-answer'));
  const tries = await db.writeBrief((write) => forgetTries(write, ground));
  const [challenges, tokens] = await db.writeBrief(async (write) => [
    await write.deleteFrom('challenge').where('division', '=', division).where('expires_at', '<', since('challenge')).executeTakeFirst(),
    await write.deleteFrom('token').where('division', '=', division).where('expires_at', '<', since('token')).executeTakeFirst(),
  ] as const);
  return sessions + deeds + tries + Number(challenges.numDeletedRows) + Number(tokens.numDeletedRows);
}

function keptSinceNow(ground: Ground, what: RetentionRule['what']): string {
  const { keep } = retentionOf(what);
  if (keep === 'for-good') throw new Error(`${what} is kept for good`);
  return keptSince(keep, civilDate(ground.clock.now()));
}

/** Reads whose time is over: before which civil day, up to which place in the chain, and how many they are. Only whole days that were closed. */
export async function expiredReads(ground: Ground): Promise<{ before: string; through: number; rows: number; proposed: boolean }> {
  const { division, db } = ground;
  const before = keptSinceNow(ground, 'read');
  const last = await db.read.selectFrom('day_head').select('position').where('division', '=', division).where('kind', '=', 'read').where('date', '<=', addNaturalDays(before, -1)).orderBy('date', 'desc').limit(1).executeTakeFirst();
  const through = last?.position ?? 0;
  const { rows } = await db.read.selectFrom('read_audit').select(({ fn }) => fn.countAll<number>().as('rows')).where('division', '=', division).where('position', '<=', through).executeTakeFirstOrThrow();
  return { before, through, rows, proposed: await openProposal(ground, db.read, 'retention.reads', READS) };
}

export async function proposeRetention(ground: Ground, staff: Staff): Promise<Result<{ proposal: string }, { kind: 'nothing-expired' | 'already-proposed' }>> {
  const { before, through, rows } = await expiredReads(ground);
  if (rows === 0) return err({ kind: 'nothing-expired' });
  return ground.db.write((write) => propose(ground, write, staff, { what: 'retention.reads', subject: READS, body: { before, through } }));
}

/** `retention.reads`: removes reads that are older than the rule, and signs up to where. Their links stay, so the chain is whole without them. */
export const removeExpiredReads = sensitiveAct('approve', z.strictObject({ before: CivilDate, through: z.int().min(1) }), async (ground, write, { before, through }, { approver }) => {
  const { division } = ground;
  // The rule is asked again: a proposal is only as good as the row that it is kept in.
  const closed = await write.selectFrom('day_head').select('date').where('division', '=', division).where('kind', '=', 'read').where('position', '=', through).orderBy('date').limit(1).executeTakeFirst();
  if (closed === undefined || closed.date >= keptSinceNow(ground, 'read') || closed.date >= before) return err({ kind: 'not-expired' });
  const head = await write.selectFrom('journal_head').select('removed_through').where('division', '=', division).where('kind', '=', 'read').forUpdate().executeTakeFirst();
  if (head === undefined || head.removed_through >= through) return err({ kind: 'changed-meanwhile' });
  const removed = await write.deleteFrom('read_audit').where('division', '=', division).where('position', '<=', through).executeTakeFirst();
  const mark = signRemoval(ground.signer, division, { kind: 'read', through, at: nowOf(ground) });
  await write.updateTable('journal_head').set({ removed_through: through, removed_at: mark.at, removed_signature: mark.signature }).where('division', '=', division).where('kind', '=', 'read').execute();
  await recordDeed(ground, write, approver, { what: 'retention.reads', subject: READS, body: { before, through, rows: Number(removed.numDeletedRows) } });
  return ok(null);
});
