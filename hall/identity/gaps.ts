import type { MachineId } from '../../domain/ids.ts';
import { leasedNumber } from '../../domain/lease/lease.ts';
import { filesHere, namedFiles } from '../cases/files.ts';
import type { Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { formerKeys } from './takeover.ts';

/**
 * What a lost machine may have done that never came here, as far as the hall can tell; nothing is made up to fill it.
 * - `publicKey`: the key of before, for an auditor who checks an exported log.
 * - `through`: the last of its actions that can still come, or has.
 * - `numbers`: those it may have printed on a slip. A citizen who shows one was there; nobody else is ever given it.
 * - `cases`: those that are here without all their pages, which lay on the lost disk alone or are still on the way from the spare.
 */
export type Gap = { generation: number; publicKey: string; replacedAt: string; takenOverAt: string | null; backupAt: string | null; through: number; numbers: { first: string; last: string }[]; cases: string[] };

/** One gap for each time that the machine was replaced, oldest first. */
export async function gapsOf(ground: Pick<Ground, 'db' | 'division'>, machine: MachineId): Promise<Gap[]> {
  const { db: { read }, division } = ground;
  const gaps: Gap[] = [];
  let after = 0;
  for (const key of await formerKeys(ground, machine)) {
    gaps.push({
      generation: key.generation, publicKey: key.public_key, replacedAt: key.replaced_at, takenOverAt: key.taken_over_at, backupAt: key.backup_at, through: key.through,
      numbers: await unseenNumbers(read, division, machine, key.generation),
      cases: await casesWithoutPages(read, division, machine, after, key.through),
    });
    after = key.through;
  }
  return gaps;
}

/** A machine uses its numbers in their order, so what it may have used lies behind the last that came. */
async function unseenNumbers(read: Read, division: string, machine: MachineId, generation: number): Promise<Gap['numbers']> {
  const leases = await read.selectFrom('lease').selectAll().where('division', '=', division).where('machine', '=', machine).where('kind', '=', 'case-number').where('generation', '=', generation).orderBy('first').execute();
  const ranges: Gap['numbers'] = [];
  for (const lease of leases) {
    const last = leasedNumber(lease, lease.last);
    const seen = await read.selectFrom('case_view').select(({ fn }) => fn.max('handed_in_number').as('number'))
      .where('division', '=', division).where('machine', '=', machine).where('handed_in_number', '>=', leasedNumber(lease, lease.first)).where('handed_in_number', '<=', last).executeTakeFirst();
    const first = seen?.number == null ? lease.first : Number(seen.number.slice(lease.prefix.length)) + 1;
    if (first <= lease.last) ranges.push({ first: leasedNumber(lease, first), last });
  }
  return ranges;
}

async function casesWithoutPages(read: Read, division: string, machine: MachineId, after: number, through: number): Promise<string[]> {
  const rows = await read.selectFrom('action').select('case_id as id').distinct()
    .where('division', '=', division).where('machine', '=', machine).where('sequence', '>', after).where('sequence', '<=', through).where('case_position', 'is not', null).orderBy('id').execute();
  const files = await namedFiles(read, division, rows.flatMap(({ id }) => (id === null ? [] : [id])));
  const here = await filesHere(read, division, [...files.values()].flat().map(({ hash }) => hash));
  return [...files].filter(([, named]) => named.some(({ hash }) => !here.has(hash))).map(([id]) => id).sort();
}
