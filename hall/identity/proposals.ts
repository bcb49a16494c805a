import { randomBytes } from 'node:crypto';
import type { Proposal } from '../../domain/contracts/accounts.ts';
import { ulid } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { may } from '../../domain/staff/rights.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { ProposalRow, Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import { namesOf, type Staff } from './accounts.ts';
import { SENSITIVE } from './sensitive.ts';
import { PROPOSAL_LIFE } from './sensitive-act.ts';

/** Decided ones that the console lists. */
const LISTED = 50;

/**
 * Proposes an act; somebody else decides it within seven days. `body` is kept and shown to them: no personal data of citizens.
 * @returns its id
 */
export async function propose(ground: Ground, write: Write, staff: { account: string }, act: { what: string; subject: string; body: unknown }): Promise<Result<{ proposal: string }, { kind: 'already-proposed' }>> {
  const { what, subject } = act;
  const open = await openProposal(ground, write, what, subject);
  if (open) return err({ kind: 'already-proposed' });
  const id = ulid(ground.clock.now(), randomBytes(10));
  await write.insertInto('proposal').values({ division: ground.division, id, what, subject, body: JSON.stringify(act.body), proposed_by: staff.account, at: nowOf(ground), decided_by: null, decided_at: null, outcome: null }).execute();
  await recordDeed(ground, write, staff, { what: 'proposal.made', subject: id, body: { what, subject, body: act.body } });
  return ok({ proposal: id });
}

/** Whether such an act about that subject waits for somebody. */
export async function openProposal(ground: Ground, read: Pick<Write, 'selectFrom'>, what: string, subject: string): Promise<boolean> {
  const row = await read.selectFrom('proposal').select('id').where('division', '=', ground.division).where('what', '=', what).where('subject', '=', subject).where('decided_at', 'is', null).where('at', '>', deadline(ground)).executeTakeFirst();
  return row !== undefined;
}

/** An approved act that could not be done: thrown to undo what it wrote, and caught below. */
class Undone extends Error {
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.why = why;
  }
}

export type DecideFailure = { kind: 'unknown-proposal' | 'own-proposal' | 'already-decided' | 'expired' } | { kind: 'failed'; why: string };

/** Approves a proposal, which does the act, or refuses it. Two who decide at once decide it once. */
export async function decide(ground: Ground, staff: Staff, decision: { id: string; approve: boolean }): Promise<Result<null, DecideFailure>> {
  try {
    return await ground.db.write(async (write): Promise<Result<null, DecideFailure>> => {
      const row = await lockProposal(ground, write, decision.id);
      const act = row === undefined ? undefined : SENSITIVE[row.what]?.();
      // Whoever may not decide it does not learn that it is there.
      if (row === undefined || act === undefined || !may(staff.role, act.right)) return err({ kind: 'unknown-proposal' });
      if (row.decided_at !== null) return err({ kind: 'already-decided' });
      if (row.proposed_by === staff.account) return err({ kind: 'own-proposal' });
      if (row.at <= deadline(ground)) return err({ kind: 'expired' });
      const done = decision.approve ? await act.run(ground, write, row.body, { proposedBy: row.proposed_by, approver: staff }) : ok(null);
      if (!done.ok) throw new Undone(done.error.kind);
      await settle(ground, write, staff, row, decision.approve ? 'approved' : 'refused');
      return ok(null);
    });
  } catch (cause) {
    if (cause instanceof Undone) return err({ kind: 'failed', why: cause.why });
    throw cause;
  }
}

/** Takes one's own proposal back. */
export function withdraw(ground: Ground, staff: Staff, id: string): Promise<Result<null, { kind: 'unknown-proposal' | 'already-decided' }>> {
  return ground.db.write(async (write) => {
    const row = await lockProposal(ground, write, id);
    if (row === undefined || row.proposed_by !== staff.account) return err({ kind: 'unknown-proposal' as const });
    if (row.decided_at !== null) return err({ kind: 'already-decided' as const });
    await settle(ground, write, staff, row, 'withdrawn');
    return ok(null);
  });
}

function lockProposal(ground: Ground, write: Write, id: string): Promise<ProposalRow | undefined> {
  return write.selectFrom('proposal').selectAll().where('division', '=', ground.division).where('id', '=', id).forUpdate().executeTakeFirst();
}

async function settle(ground: Ground, write: Write, staff: Staff, row: ProposalRow, outcome: 'approved' | 'refused' | 'withdrawn'): Promise<void> {
  await write.updateTable('proposal').set({ decided_by: staff.account, decided_at: nowOf(ground), outcome }).where('division', '=', row.division).where('id', '=', row.id).execute();
  await recordDeed(ground, write, staff, { what: `proposal.${outcome}`, subject: row.id, body: { what: row.what, subject: row.subject } });
}

/** What waits and what was decided lately, as far as somebody may decide it or proposed it. Oldest first; decided ones newest first. */
export async function listProposals(ground: Ground, staff: Staff): Promise<{ open: Proposal[]; decided: Proposal[] }> {
  const { division, db } = ground;
  const mayDecide = Object.entries(SENSITIVE).filter(([, act]) => may(staff.role, act().right)).map(([what]) => what);
  const seen = db.read.selectFrom('proposal').selectAll().where('division', '=', division).where((where) => where.or([where('proposed_by', '=', staff.account), ...(mayDecide.length === 0 ? [] : [where('what', 'in', mayDecide)])]));
  const [open, over, names] = await Promise.all([
    seen.where('decided_at', 'is', null).where('at', '>', deadline(ground)).orderBy('at').execute(),
    seen.where((where) => where.or([where('decided_at', 'is not', null), where('at', '<=', deadline(ground))])).orderBy('at', 'desc').limit(LISTED).execute(),
    namesOf(db.read, division),
  ]);
  const shown = (row: ProposalRow): Proposal => ({
    id: row.id, what: row.what, subject: row.subject, body: row.body, proposedBy: row.proposed_by, proposer: names.get(row.proposed_by) ?? row.proposed_by, at: row.at, until: instant(Date.parse(row.at) + PROPOSAL_LIFE),
    outcome: row.outcome ?? (row.at <= deadline(ground) ? 'expired' : 'open'), decidedBy: row.decided_by === null ? null : names.get(row.decided_by) ?? row.decided_by, decidedAt: row.decided_at,
    mayDecide: row.proposed_by !== staff.account && mayDecide.includes(row.what), own: row.proposed_by === staff.account,
  });
  return { open: open.map(shown), decided: over.map(shown) };
}

/** What was proposed before this instant waits no more. */
function deadline(ground: Ground): string {
  return instant(ground.clock.now() - PROPOSAL_LIFE);
}
