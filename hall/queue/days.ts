import { canonicalJson } from '../../domain/action/canonical.ts';
import { type SiteDayOutcome, type SiteDayPiece, type SiteDayRefusal, type SiteDayStand } from '../../domain/contracts/site-days.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import { keepAppointments } from '../appointments/settle.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { keepCaseVisits } from './case-visits.ts';
import { keepCounterRatings } from './ratings.ts';
import type { SiteDayRow } from './rows.ts';

/** How much of these days is here; a day that nobody brought anything of stands at nothing. */
export async function siteDayStands({ db: { read }, division }: Pick<Ground, 'db' | 'division'>, { site, days }: { site: string; days: readonly string[] }): Promise<SiteDayStand[]> {
  if (days.length === 0) return [];
  const rows = await read.selectFrom('site_day').select(['day', 'entries', 'over']).where('division', '=', division).where('site', '=', site).where('day', 'in', days).execute();
  const known = new Map(rows.map((row) => [row.day, row]));
  return days.map((day) => {
    const row = known.get(day);
    return { day, entries: row?.entries ?? 0, rules: row !== undefined, over: row?.over ?? false };
  });
}

/**
 * Takes a piece of a day's list from any machine of the site. What is here already and is the same changes nothing; what differs is refused, told in the log and the journal and at the console, and overwrites nothing.
 */
export async function takeSiteDay(ground: Ground, machine: MachineId, piece: SiteDayPiece): Promise<SiteDayOutcome> {
  const outcome = await ground.db.write(async (write): Promise<SiteDayOutcome> => {
    const refusal = await judge(ground, write, machine, piece);
    if (refusal !== null) return err(refusal);
    const day = await lockDay(ground, write, piece);
    if (day === null) return err({ kind: 'rules-missing' });
    const stays = await compare(ground, write, day, piece);
    if (stays !== null) {
      if (stays.kind !== 'gap') await refuse(ground, write, machine, piece, stays);
      return err(stays);
    }
    return ok({ entries: await append(ground, write, machine, day, piece) });
  });
  const { day, entries } = piece;
  if (outcome.ok) ground.log({ event: 'site-day-taken', machine, day, entries: entries.length });
  else if (outcome.error.kind !== 'gap') ground.log({ event: 'site-day-refused', machine, day, why: outcome.error.kind });
  return outcome;
}

/** A machine brings what happened where it stands. One that the county has put nowhere is believed. */
async function judge({ division }: Ground, write: Write, machine: MachineId, { site }: SiteDayPiece): Promise<SiteDayRefusal | null> {
  const place = await write.selectFrom('place').select('site').where('division', '=', division).where('machine', '=', machine).executeTakeFirst();
  return place !== undefined && place.site !== site ? { kind: 'other-site' } : null;
}

/** The day under its lock, begun if it was not; null when it is unknown by what rules it goes. Two machines that begin it at once take turns. */
async function lockDay(ground: Ground, write: Write, { site, day, rules }: SiteDayPiece): Promise<SiteDayRow | null> {
  const { division } = ground;
  const find = () => write.selectFrom('site_day').selectAll().where('division', '=', division).where('day', '=', day).where('site', '=', site).forUpdate().executeTakeFirst();
  const found = await find();
  if (found !== undefined || rules === null) return found ?? null;
  const at = nowOf(ground);
  await write.insertInto('site_day').values({ division, day, site, rules: canonicalJson(rules), entries: 0, over: false, begun_at: at, changed_at: at, refused_at: null, refused_by: null, refused_why: null, refused_place: null, sums: null, summed: 0 })
    .onConflict((conflict) => conflict.columns(['division', 'day', 'site']).doNothing()).execute();
  return (await find()) ?? null;
}

/** Whether a piece fits what is here; null when it does. */
async function compare({ division }: Ground, write: Write, day: SiteDayRow, { rules, from, entries }: SiteDayPiece): Promise<SiteDayRefusal | null> {
  if (rules !== null && canonicalJson(rules) !== day.rules) return { kind: 'other-rules' };
  if (from > day.entries + 1) return { kind: 'gap', entries: day.entries };
  const last = Math.min(day.entries, from + entries.length - 1);
  const here = await write.selectFrom('site_entry').select(['place', 'body']).where('division', '=', division).where('day', '=', day.day).where('site', '=', day.site).where('place', '>=', from).where('place', '<=', last).orderBy('place').execute();
  const other = here.find(({ place, body }) => body !== canonicalJson(entries[place - from]));
  return other === undefined ? null : { kind: 'other-entry', place: other.place };
}

/** @returns how many are here now */
async function append(ground: Ground, write: Write, machine: MachineId, day: SiteDayRow, { from, entries, over }: SiteDayPiece): Promise<number> {
  const { division } = ground;
  const fresh = entries.map((entry, index) => ({ division, day: day.day, site: day.site, place: from + index, body: canonicalJson(entry), machine, at: nowOf(ground) })).filter(({ place }) => place > day.entries);
  const count = day.entries + fresh.length;
  const ends = over && from + entries.length - 1 === count;
  if (fresh.length > 0) await write.insertInto('site_entry').values(fresh).execute();
  if (fresh.length > 0 || (ends && !day.over)) await write.updateTable('site_day').set({ entries: count, over: day.over || ends, changed_at: nowOf(ground) }).where('division', '=', division).where('day', '=', day.day).where('site', '=', day.site).execute();
  const added = entries.slice(entries.length - fresh.length);
  await keepAppointments(ground, write, day, added);
  await keepCaseVisits(write, { ...day, entries: count }, added);
  if (added.some(({ deed }) => deed.kind === 'rated')) await keepCounterRatings(ground, write, { ...day, entries: count });
  return count;
}

/** The console shows the last of each day; the journal holds each once a machine and place, however often it comes. */
async function refuse(ground: Ground, write: Write, machine: MachineId, { site, day }: SiteDayPiece, refusal: SiteDayRefusal): Promise<void> {
  const { division } = ground;
  const place = refusal.kind === 'other-entry' ? refusal.place : null;
  const before = await write.selectFrom('site_day').select(['refused_by', 'refused_why', 'refused_place']).where('division', '=', division).where('day', '=', day).where('site', '=', site).executeTakeFirst();
  await write.updateTable('site_day').set({ refused_at: nowOf(ground), refused_by: machine, refused_why: refusal.kind, refused_place: place }).where('division', '=', division).where('day', '=', day).where('site', '=', site).execute();
  if (before?.refused_by === machine && before.refused_why === refusal.kind && before.refused_place === place) return;
  await recordDeed(ground, write, { account: machine }, { what: 'queue.refuse', subject: day, body: { site, why: refusal.kind, place } });
}
