import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { Lease, LeaseKind } from '../../domain/contracts/hall.ts';
import { type MachineId, ulid } from '../../domain/ids.ts';
import { leasedNumber } from '../../domain/lease/lease.ts';
import { numberPrefix as prefixOf } from '../../domain/practice/practice.ts';
import { takeNumbers } from '../db/counter.ts';
import type { LeaseRow, Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';

/** Digits of the serial: a hundred million cases a year and county, and a number of 18 characters that fits every form. */
export const WIDTH = 8;

/** Gives a machine a block of numbers. The same request id is answered with the same block, whatever it asks for the second time. */
export async function grantLease(ground: Ground, machine: MachineId, request: { kind: LeaseKind; want: number; request: string }): Promise<Lease> {
  const { division } = ground;
  const lease = await ground.db.write(async (write) => {
    // Requests of one machine come one after another: without the lock two with the same id would both find nothing.
    const { generation } = await write.selectFrom('machine').select('generation').where('division', '=', division).where('machine', '=', machine).forUpdate().executeTakeFirstOrThrow();
    const known = await write.selectFrom('lease').selectAll().where('division', '=', division).where('machine', '=', machine).where('request', '=', request.request).executeTakeFirst();
    if (known !== undefined) return leaseOf(known);
    const prefix = numberPrefix(ground);
    const first = await takeNumbers(write, division, counterName(request.kind, prefix), request.want);
    const granted: Lease = { id: ulid(ground.clock.now(), ground.random(10)), kind: request.kind, prefix, first, last: first + request.want - 1, width: WIDTH };
    await write.insertInto('lease').values({ division, machine, request: request.request, granted_at: nowOf(ground), generation, ...granted }).execute();
    return granted;
  });
  ground.log({ event: 'lease-granted', machine, lease: lease.id, kind: lease.kind, count: lease.last - lease.first + 1 });
  return lease;
}

/** An official case number for a case that came with a provisional one; from the same counter as the leases, so that it is unique. */
export async function officialNumber(ground: Ground, write: Write): Promise<string> {
  const prefix = numberPrefix(ground);
  return leasedNumber({ prefix, width: WIDTH }, await takeNumbers(write, ground.division, counterName('case-number', prefix), 1));
}

/** A block of numbers with the actions that may use it: those behind the sequence `after`, up to `through`, or all of them where that is null. */
export type GivenLease = Lease & { after: number; through: number | null };

/** Blocks of case numbers that a machine was ever given, each for the actions of the key it was given to. */
export async function caseLeases(read: Read, division: string, machine: MachineId): Promise<GivenLease[]> {
  const rows = await read.selectFrom('lease').selectAll().where('division', '=', division).where('machine', '=', machine).where('kind', '=', 'case-number').orderBy('first').execute();
  const keys = await read.selectFrom('former_key').select(['generation', 'through']).where('division', '=', division).where('machine', '=', machine).execute();
  const throughOf = (generation: number) => keys.find((key) => key.generation === generation)?.through ?? null;
  return rows.map((row) => ({ ...leaseOf(row), after: throughOf(row.generation - 1) ?? 0, through: throughOf(row.generation) }));
}

/** Whether the action of this sequence may bear the number: what a lost machine may have given out is not its spare's to give. */
export function isLeased(number: string, sequence: number, leases: readonly GivenLease[]): boolean {
  return leases.some((lease) => {
    if (sequence <= lease.after || (lease.through !== null && sequence > lease.through)) return false;
    const tail = number.slice(lease.prefix.length);
    if (!number.startsWith(lease.prefix) || tail.length !== lease.width || !/^\d+$/.test(tail)) return false;
    const serial = Number(tail);
    return serial >= lease.first && serial <= lease.last;
  });
}

/** Division and year, so that a number tells at a glance where and when: `3306242026`. */
function numberPrefix({ division, clock }: Ground): string {
  return prefixOf(division, civilDate(clock.now()));
}

export function counterName(kind: LeaseKind, prefix: string): string {
  return `${kind}/${prefix}`;
}

/** What a counter's name says, for `counterName`'s names; for any other the kind is no kind of lease. */
export function counterPlace(name: string): { kind: string; prefix: string } {
  const [kind = '', prefix = ''] = name.split('/');
  return { kind, prefix };
}

function leaseOf(row: LeaseRow): Lease {
  return { id: row.id, kind: row.kind, prefix: row.prefix, first: row.first, last: row.last, width: row.width };
}
