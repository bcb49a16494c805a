import { z } from 'zod';
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

/**
 * Asks for numbers when few are left. The request's id is kept before it goes out and until its lease is stored: whatever gets lost
 * on the way, the hall answers the same block again and no number falls between two chairs.
 */
export async function renewLeases(run: Run, policies: readonly LeasePolicy[], random: (count: number) => Uint8Array): Promise<TransportFailure | null> {
  for (const { kind, below, want } of policies) {
    const cursor = leaseRequestCursor(kind);
    const open = RequestId.safeParse(await run.store.cursors.get(cursor));
    if (!open.success && (await run.store.leases.left(kind)) >= below) continue;
    const request = open.success ? open.data : Buffer.from(random(16)).toString('hex');
    if (!open.success) await run.store.cursors.set(cursor, request);
    const answer = await run.transport.lease({ kind, want, request }, { signal: run.signal });
    if (!answer.ok) return answer.error;
    if (answer.value.lease.kind !== kind) return { kind: 'protocol', status: 200 };
    await run.store.leases.add(answer.value.lease);
    await run.store.cursors.set(cursor, null);
    run.report.leases += 1;
    run.log({ event: 'lease-added', lease: answer.value.lease.id });
  }
  return null;
}
