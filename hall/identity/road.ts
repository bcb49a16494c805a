import { ORPCError } from '@orpc/server';
import { err, ok } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { createRateLimiter } from '../http/rate.ts';
import { signIn, signOut, staffOfSession } from './accounts.ts';

/** Signing in and out. @param production whether this hall may serve citizens */
export function identityRoad({ open }: ConsoleDoors, ground: Ground, production: boolean) {
  // A try costs 80 ms of a core; an office behind one address signs in at eight o'clock together.
  const signIns = createRateLimiter({ perSecond: 2, burst: 60 }, ground.clock);
  return {
    signIn: open.signIn.handler(async ({ input, context }) => {
      if (!signIns.take(context.address)) throw new ORPCError('TOO_MANY_REQUESTS');
      const signed = await signIn(ground, input.account, input.password);
      if (signed.ok) {
        context.setSession(signed.value.session);
        const { account, name, role } = signed.value.staff;
        ground.log({ event: 'signed-in', account });
        return ok({ account, name, role });
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
      if (staff === null) return err({ kind: 'signed-out' as const });
      const { account, name, role } = staff;
      return ok({ account, name, role, hall: ground.name, production });
    }),
  };
}
