import { z } from 'zod';
import type { Lease, LeaseKind } from '../../domain/contracts/hall.ts';
import { leaseRequestCursor } from '../cursors.ts';
import type { TransportFailure } from '../transport/types.ts';
import type { LeasePolicy, Run } from '../types.ts';

/** A busy machine hands in some 40 cases a day: asked for at a day's use, enough for a week without a line. */
export const LEASES: readonly LeasePolicy[] = [
  { kind: 'case-number', below: 50, want: 300 },
  // A hall on a market day calls some 150 people: asked for at a day's use, enough for a week.
  { kind: 'ticket-number', below: 150, want: 1000 },
];

const RequestId = z.string().min(8);

/** A block that is asked for; the hall answers the same block to the same `request`. */
export type LeaseRequest = { kind: LeaseKind; want: number; request: string };

/** Asks for numbers when few are left. */
export async function renewLeases(run: Run, policies: readonly LeasePolicy[], random: (count: number) => Uint8Array): Promise<TransportFailure | null> {
  for (const request of await leasesWanted(run.store, policies, random)) {
    const answer = await run.transport.lease(request, { signal: run.signal });
    if (!answer.ok) return answer.error;
    if (answer.value.lease.kind !== request.kind) return { kind: 'protocol', status: 200 };
    await takeLease(run, { request: request.request, lease: answer.value.lease });
  }
  return null;
}

/**
 * The blocks to ask for now. A request's id is kept before it goes out and until its lease is stored: whatever gets lost on the way, the hall
 * answers the same block again and no number falls between two chairs.
 */
export async function leasesWanted(store: Run['store'], policies: readonly LeasePolicy[], random: (count: number) => Uint8Array): Promise<LeaseRequest[]> {
  const wanted: LeaseRequest[] = [];
  for (const { kind, below, want } of policies) {
    const open = RequestId.safeParse(await store.cursors.get(leaseRequestCursor(kind)));
    if (!open.success && (await store.leases.left(kind)) >= below) continue;
    const request = open.success ? open.data : Buffer.from(random(16)).toString('hex');
    if (!open.success) await store.cursors.set(leaseRequestCursor(kind), request);
    wanted.push({ kind, want, request });
  }
  return wanted;
}

/** Stores a block that was asked for. The other road may have brought it before and asked for the next one since. */
export async function takeLease(run: Pick<Run, 'store' | 'report' | 'log'>, { request, lease }: { request: string; lease: Lease }): Promise<void> {
  await run.store.leases.add(lease);
  if ((await run.store.cursors.get(leaseRequestCursor(lease.kind))) === request) await run.store.cursors.set(leaseRequestCursor(lease.kind), null);
  run.report.leases += 1;
  run.log({ event: 'lease-added', lease: lease.id });
}
