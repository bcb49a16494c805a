import type { HelpAnswer, HelpCall } from '../../domain/contracts/help.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { CaseWord } from '../../domain/contracts/cases.ts';
import { tellCases } from '../feeds/case-words.ts';
import { HELP } from '../feeds/desks.ts';
import { announceHelp } from '../feeds/feed.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** A call that was not said again for so long is over, milliseconds: the line went with whoever called. A terminal says it again every minute. */
const FORGOTTEN = 5 * 60_000;

/** What the consoles hear: that there is something to look at. */
const WORD: CaseWord = { cases: [], by: '', what: HELP };

export type ShownCall = { call: string; machine: string; site: string; step: string; item: string | null; since: string; answer: HelpAnswer | null; account: string | null };

/** Hears a terminal's call, that it waits still, or that it is over. A machine has one: an earlier one is over. */
export async function hearCall(ground: Ground, machine: MachineId, { call, step, item, since, over }: HelpCall): Promise<void> {
  const { division } = ground;
  const now = nowOf(ground);
  await ground.db.write(async (write) => {
    await write.updateTable('help_call').set({ over_at: now }).where('division', '=', division).where('machine', '=', machine).where('over_at', 'is', null).where('id', '<>', call).execute();
    const known = await write.updateTable('help_call').set({ heard_at: now, step, item, ...(over ? { over_at: now } : {}) }).where('division', '=', division).where('machine', '=', machine).where('id', '=', call).returning('id').executeTakeFirst();
    if (over) await tellCases(write, division, WORD);
    if (known !== undefined || over) return;
    await write.insertInto('help_call').values({ division, id: call, machine, step, item, since, heard_at: now, over_at: null, answer: null, answered_at: null, account: null }).onConflict((conflict) => conflict.doNothing()).execute();
    await tellCases(write, division, WORD);
    ground.log({ event: 'help-called', machine, call });
  });
}

/** Who waits now within an account's sites, longest first. */
export async function waitingCalls(ground: Ground, staff: Staff): Promise<ShownCall[]> {
  const { db: { read }, division } = ground;
  const rows = await read.selectFrom('help_call').leftJoin('place', (join) => join.onRef('place.division', '=', 'help_call.division').onRef('place.machine', '=', 'help_call.machine'))
    .select(['help_call.id', 'help_call.machine', 'place.site', 'step', 'item', 'since', 'answer', 'account'])
    .where('help_call.division', '=', division).where('over_at', 'is', null).where('heard_at', '>', instant(ground.clock.now() - FORGOTTEN)).orderBy('since').execute();
  const { sites } = staff.scope;
  return rows.filter(({ site }) => sites === null || (site !== null && sites.includes(site)))
    .map(({ id, machine, site, step, item, since, answer, account }) => ({ call: id, machine, site: site ?? '', step, item, since, answer: answer as HelpAnswer | null, account }));
}

/** Somebody is on the way, or has spoken with them; the terminal is told at once. */
export async function answerCall(ground: Ground, staff: Staff, call: string, answer: HelpAnswer): Promise<Result<null, { kind: 'unknown-call' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const row = await write.updateTable('help_call').set({ answer, answered_at: nowOf(ground), account: staff.account, ...(answer === 'answered' ? { over_at: nowOf(ground) } : {}) })
      .where('division', '=', division).where('id', '=', call).where('over_at', 'is', null).returning('machine').executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-call' as const });
    await announceHelp(write, division, row.machine, call);
    await tellCases(write, division, WORD);
    await recordDeed(ground, write, staff, { what: 'help.answer', subject: call, body: { machine: row.machine, answer } });
    return ok(null);
  });
}
