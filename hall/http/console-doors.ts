import { implement, ORPCError } from '@orpc/server';
import { consoleContract, type ConsoleCall } from '../../domain/contracts/console.ts';
import { mayCall } from '../../domain/staff/rights.ts';
import type { Ground } from '../ground.ts';
import { staffOfSession } from '../identity/sessions.ts';
import { isSound } from './sound.ts';

/** Of a request, what a handler needs beside its input. `setSession` null takes the cookie away. */
export type ConsoleContext = { session: string | null; address: string; setSession(session: string | null): void };

/**
 * The two ways into the console's road: `open` for whoever comes, `known` for staff with a session and the right that the call demands.
 * The demand is looked up by the call's own name, so a handler cannot forget it: 401 without a session, 403 without the right.
 */
export function consoleDoors(ground: Ground) {
  const open = implement(consoleContract).$context<ConsoleContext>().use(({ next }, input) => {
    if (!isSound(input)) throw new ORPCError('BAD_REQUEST');
    return next();
  });
  const known = open.use(async ({ context, path, next }) => {
    const staff = context.session === null ? null : await staffOfSession(ground, context.session);
    if (staff === null) throw new ORPCError('UNAUTHORIZED');
    const [call = ''] = path;
    if (!isCall(call) || !mayCall(staff.role, call)) throw new ORPCError('FORBIDDEN');
    return next({ context: { staff } });
  });
  return { open, known };
}
export type ConsoleDoors = ReturnType<typeof consoleDoors>;

function isCall(name: string): name is ConsoleCall {
  return Object.hasOwn(consoleContract, name);
}
