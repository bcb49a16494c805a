import { implement, ORPCError } from '@orpc/server';
import { consoleContract } from '../../domain/contracts/console.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';
import type { Stage } from '../../domain/case/types.ts';
import { may } from '../../domain/staff/rights.ts';
import { listQuarantine } from '../audit/quarantine.ts';
import { recordRead } from '../audit/reads.ts';
import { type ActFailure, actOnCase, claimCase } from '../cases/acts.ts';
import { readInbox } from '../cases/inbox.ts';
import { openCase } from '../cases/open.ts';
import { listMachines } from '../fleet/machines.ts';
import type { Ground } from '../ground.ts';
import { signIn, signOut, staffOfSession } from '../identity/accounts.ts';
import { judgeAgain } from '../intake/judge-again.ts';
import { reportNumbers } from '../leases/report.ts';
import { createRateLimiter } from './rate.ts';

/** Of a request, what a handler needs beside its input. `setSession` null takes the cookie away. */
export type ConsoleContext = { session: string | null; address: string; setSession(session: string | null): void };

/** Implements the road between the console and the hall. @param production whether this hall may serve citizens */
export function createConsoleRoad(ground: Ground, production: boolean) {
  // A try costs 80 ms of a core; an office behind one address signs in at eight o'clock together.
  const signIns = createRateLimiter({ perSecond: 2, burst: 60 }, ground.clock);

  const open = implement(consoleContract).$context<ConsoleContext>();
  const signedIn = open.use(async ({ context, next }) => {
    const staff = context.session === null ? null : await staffOfSession(ground, context.session);
    if (staff === null) throw new ORPCError('UNAUTHORIZED');
    return next({ context: { staff } });
  });

  return open.router({
    signIn: open.signIn.handler(async ({ input, context }) => {
      if (!signIns.take(context.address)) throw new ORPCError('TOO_MANY_REQUESTS');
      const signed = await signIn(ground, input.account, input.password);
      if (signed.ok) {
        context.setSession(signed.value.session);
        ground.log({ event: 'signed-in', account: signed.value.staff.account });
        return ok(signed.value.staff);
      }
      // An account that does not exist may be a password typed into the wrong field: it is not logged.
      if (signed.error.kind === 'locked') ground.log({ event: 'sign-in-locked', account: input.account });
      else ground.log({ event: 'sign-in-refused' });
      return signed;
    }),
    signOut: open.signOut.handler(async ({ context }) => {
      const staff = context.session === null ? null : await staffOfSession(ground, context.session);
      if (context.session !== null) await signOut(ground, context.session);
      context.setSession(null);
      if (staff !== null) ground.log({ event: 'signed-out', account: staff.account });
      return null;
    }),
    me: open.me.handler(async ({ context }) => {
      const staff = context.session === null ? null : await staffOfSession(ground, context.session);
      return staff === null ? err({ kind: 'signed-out' as const }) : ok({ ...staff, hall: ground.name, production });
    }),
    inbox: signedIn.inbox.handler(async ({ input, context }) => {
      if (!may(context.staff.role, 'read-cases')) throw new ORPCError('FORBIDDEN');
      const page = await readInbox(ground, input);
      if (page === null) throw new ORPCError('BAD_REQUEST');
      await recordRead(ground, context.staff, { what: 'inbox', cases: page.rows.map(({ id }) => id), blob: null });
      return page;
    }),
    open: signedIn.open.handler(async ({ input, context }) => {
      if (!may(context.staff.role, 'read-cases')) return err({ kind: 'not-allowed' as const });
      const opened = await openCase(ground, input.id);
      if (opened === null) return err({ kind: 'unknown-case' as const });
      await recordRead(ground, context.staff, { what: 'case', cases: [input.id], blob: null });
      return ok(opened);
    }),
    claim: signedIn.claim.handler(async ({ input, context }) => answer(await claimCase(ground, context.staff, input.id))),
    accept: signedIn.accept.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'accept' }))),
    refuse: signedIn.refuse.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'refuse', reason: input.reason }))),
    askCorrection: signedIn.askCorrection.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'ask-correction', asks: input.asks }))),
    finish: signedIn.finish.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'finish', granted: input.granted, words: input.words }))),
    machines: signedIn.machines.handler(async ({ context }) => {
      if (!may(context.staff.role, 'machines')) throw new ORPCError('FORBIDDEN');
      return listMachines(ground);
    }),
    numbers: signedIn.numbers.handler(async ({ context }) => {
      if (!may(context.staff.role, 'numbers')) throw new ORPCError('FORBIDDEN');
      return reportNumbers(ground);
    }),
    quarantine: signedIn.quarantine.handler(async ({ context }) => {
      if (!may(context.staff.role, 'quarantine')) throw new ORPCError('FORBIDDEN');
      return listQuarantine(ground);
    }),
    judgeAgain: signedIn.judgeAgain.handler(async ({ input, context }) => (may(context.staff.role, 'judge-again') ? judgeAgain(ground, context.staff, input.id) : err({ kind: 'not-allowed' as const }))),
  });
}

/** The contract's failures are for people to read; what the console never sends is a bad request. */
function answer(acted: Result<{ stage: Stage }, ActFailure>) {
  if (acted.ok) return acted;
  const { kind } = acted.error;
  switch (kind) {
    case 'unknown-case':
    case 'not-allowed':
    case 'wrong-stage':
    case 'claimed-by-other':
    case 'materials-missing':
      return err({ kind });
    case 'bad-act':
      throw new ORPCError('BAD_REQUEST');
    default:
      return never(kind);
  }
}
