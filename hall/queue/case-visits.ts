/** 排队 in a case's time line: the tickets that were taken for it, and what became of them. */
import { type CaseVisit, CaseVisitKind } from '../../domain/contracts/cases.ts';
import { ticketCode } from '../../domain/queue/numbers.ts';
import { ticketOf } from '../../domain/queue/state.ts';
import type { QueueDeed, QueueEntry } from '../../domain/queue/types.ts';
import type { Read, Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { storedEntries } from './entries.ts';
import { heldEntries } from './held.ts';
import type { CaseVisitRow, SiteDayRow } from './rows.ts';

/** Writes down what the new entries of a day say of tickets with a case. Called under the day's lock; what was written down before stays. */
export async function keepCaseVisits(write: Write, day: SiteDayRow, added: readonly QueueEntry[]): Promise<void> {
  const { division } = day;
  const before = await write.selectFrom('case_visit').select('ticket').where('division', '=', division).where('day', '=', day.day).where('site', '=', day.site).where('kind', '=', 'issued').execute();
  const known = new Set([...before.map(({ ticket }) => ticket), ...added.flatMap(({ deed }) => (deed.kind === 'issued' && deed.issue.case !== null ? [deed.issue.ticket] : []))]);
  if (!added.some(({ deed }) => known.has(ticketIn(deed) ?? ''))) return;
  const rows = visitsOf(day, await storedEntries(write, day));
  if (rows.length > 0) await write.insertInto('case_visit').values(rows).onConflict((conflict) => conflict.columns(['division', 'day', 'site', 'place']).doNothing()).execute();
}

function visitsOf({ division, day, site, rules }: SiteDayRow, entries: readonly QueueEntry[]): CaseVisitRow[] {
  const rows: CaseVisitRow[] = [];
  const issuers = new Map<string, string>();
  for (const { place, entry: { deed, machine, at }, queue } of heldEntries(rules, entries)) {
    const id = ticketIn(deed);
    const ticket = id === null ? undefined : ticketOf(queue, id);
    if (deed.kind === 'issued') issuers.set(deed.issue.ticket, machine ?? '');
    const kind = CaseVisitKind.safeParse(deed.kind);
    if (ticket?.case == null || !kind.success) continue;
    const prefix = queue.rules.businesses.find(({ key }) => key === ticket.issued)?.prefix ?? '';
    rows.push({
      division, day, site, place, case_id: ticket.case, ticket: ticket.ticket, code: ticketCode(prefix, ticket.number), kind: kind.data,
      at: deed.kind === 'issued' ? deed.issue.at : at, window_number: 'window' in deed ? deed.window : null, issuer: issuers.get(ticket.ticket) ?? '',
    });
  }
  return rows;
}

function ticketIn(deed: QueueDeed): string | null {
  if (deed.kind === 'issued') return deed.issue.ticket;
  return 'ticket' in deed ? deed.ticket : null;
}

/** A case's tickets, the oldest first. A machine may name any case: only tickets of the machine that made it count, and those of a case that a window handed in. */
export async function caseVisits({ hall, division }: Pick<Ground, 'hall' | 'division'>, read: Read, { id, machine }: { id: string; machine: string }): Promise<CaseVisit[]> {
  const rows = await read.selectFrom('case_visit').select(['ticket', 'site', 'code', 'kind', 'at', 'window_number']).where('division', '=', division).where('case_id', '=', id)
    .$if(machine !== hall, (select) => select.where('issuer', '=', machine)).orderBy('day').orderBy('place').execute();
  const visits = new Map<string, CaseVisit>();
  for (const { ticket, site, code, kind, at, window_number: window } of rows) {
    const visit = visits.get(ticket) ?? { site, code, steps: [] };
    visits.set(ticket, { ...visit, steps: [...visit.steps, { kind, at, window }] });
  }
  return [...visits.values()];
}
