import { createJournalCheck, type JournalFinding } from '../../domain/audit/check.ts';
import { verifier } from '../../crypto/node.ts';
import { err, ok } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import type { Staff } from '../identity/accounts.ts';
import { recordDeed } from './deeds.ts';
import { openJournals } from './lines.ts';
import { expiredReads, proposeRetention } from './retention.ts';
import { searchDeeds, searchReads, spanIsSound } from './search.ts';

/** Days that the console lists, of both journals: a month. */
const LISTED = 62;

/** The auditor's stretch of the road. */
export function auditRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    auditReads: known.auditReads.handler(({ input, context }) => searchReads(ground, context.staff, input)),
    auditDeeds: known.auditDeeds.handler(({ input, context }) => searchDeeds(ground, context.staff, input)),
    auditDays: known.auditDays.handler(async () => {
      const days = await ground.db.read.selectFrom('day_head').select(['kind', 'date', 'position', 'count', 'hash']).where('division', '=', ground.division).orderBy('date', 'desc').orderBy('kind').limit(LISTED).execute();
      const { before, rows, proposed } = await expiredReads(ground);
      return { days, publicKey: ground.publicKeys.signing, expired: { before, rows, proposed } };
    }),
    checkJournals: known.checkJournals.handler(({ input, context }) => checkJournals(ground, context.staff, input)),
    proposeRetention: known.proposeRetention.handler(({ context }) => proposeRetention(ground, context.staff)),
  };
}

/** Reads the journals of a span anew and checks each link, row and signature, as `jinban verify` does with an export. */
async function checkJournals(ground: Ground, staff: Staff, span: { from: string; to: string }) {
  if (!spanIsSound(span)) return err({ kind: 'bad-span' as const });
  const opened = await openJournals(ground, span.from, span.to);
  if (!opened.ok) {
    if (opened.error.kind === 'bad-span') return err({ kind: opened.error.kind });
    const { journal, kind } = opened.error;
    return ok({ deeds: 0, reads: 0, days: 0, removed: 0, findings: [{ journal, kind, position: null, from: null, to: null, date: null }] });
  }
  const check = createJournalCheck({ division: ground.division, publicKey: ground.publicKeys.signing, from: span.from }, verifier);
  for await (const line of opened.value.lines()) check.take(line);
  const { entries, days, removed, findings } = check.end(opened.value.ended);
  await ground.db.write((write) => recordDeed(ground, write, staff, { what: 'audit.check', subject: `${span.from}/${span.to}`, body: { findings: findings.length } }));
  return ok({ deeds: entries.deed, reads: entries.read, days: days.length, removed, findings: findings.map(shown) });
}

function shown({ journal, position, fault }: JournalFinding) {
  return { journal, position, kind: fault.kind, from: 'from' in fault ? fault.from : null, to: 'to' in fault ? fault.to : null, date: 'date' in fault ? fault.date : null };
}
