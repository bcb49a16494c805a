import type { OutageEntry } from '../../domain/contracts/supervision.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { OutageRow, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** Newest first. */
export async function listOutages({ db: { read }, division }: Ground): Promise<OutageEntry[]> {
  const rows = await read.selectFrom('outage').selectAll().where('division', '=', division).orderBy('from_at', 'desc').orderBy('id', 'desc').limit(500).execute();
  return rows.map(entryOf);
}

function entryOf(row: OutageRow): OutageEntry {
  return { id: row.id, from: row.from_at, to: row.to_at, scope: row.scope, reason: row.reason, registeredBy: row.registered_by, registeredAt: row.registered_at, endedBy: row.ended_by };
}

export type NewOutage = { from: string; to: string | null; scope: string; reason: string };

/** Registers a time in which nothing could go on. Every case whose time lies in it is looked at anew: what was raised on it falls away. */
export async function registerOutage(ground: Ground, staff: Staff, { from, to, scope, reason }: NewOutage): Promise<Result<OutageEntry, { kind: 'bad-period' }>> {
  const now = nowOf(ground);
  if (from > now || (to !== null && (to <= from || to > now))) return err({ kind: 'bad-period' });
  const { division } = ground;
  return ok(await ground.db.write(async (write) => {
    const row = await write.insertInto('outage').values({ division, from_at: from, to_at: to, scope, reason, registered_by: staff.account, registered_at: now, ended_by: to === null ? null : staff.account }).returningAll().executeTakeFirstOrThrow();
    await lookAgain(write, division, from, to, now);
    await recordDeed(ground, write, staff, { what: 'supervision.register-outage', subject: String(row.id), body: { from, to, scope } });
    return entryOf(row);
  }));
}

/** Ends one that lasted. */
export async function endOutage(ground: Ground, staff: Staff, id: number, to: string): Promise<Result<null, { kind: 'unknown-outage' | 'bad-period' }>> {
  const { division } = ground;
  const now = nowOf(ground);
  return ground.db.write(async (write) => {
    const row = await write.selectFrom('outage').selectAll().where('division', '=', division).where('id', '=', id).where('to_at', 'is', null).forUpdate().executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-outage' as const });
    if (to <= row.from_at || to > now) return err({ kind: 'bad-period' as const });
    await write.updateTable('outage').set({ to_at: to, ended_by: staff.account }).where('division', '=', division).where('id', '=', id).execute();
    await lookAgain(write, division, row.from_at, to, now);
    await recordDeed(ground, write, staff, { what: 'supervision.end-outage', subject: String(id), body: { to } });
    return ok(null);
  });
}

/** Puts down every case that was under way in it. Those never looked at are down already. */
async function lookAgain(write: Write, division: string, from: string, to: string | null, now: string): Promise<void> {
  await write.updateTable('case_figure').set({ next_look_at: now }).where('division', '=', division)
    .$if(to !== null, (update) => update.where('handed_in_on', '<=', civilDate(Date.parse(to ?? now))))
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('ended_at', '>=', from)])).execute();
}
