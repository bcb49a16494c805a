import { implement, ORPCError } from '@orpc/server';
import { consoleContract, type ConsoleCall } from '../../domain/contracts/console.ts';
import { isDeed } from '../../domain/staff/deeds.ts';
import { mayCall } from '../../domain/staff/rights.ts';
import type { Ground } from '../ground.ts';
import { staffOfSession } from '../identity/sessions.ts';
import { doOnce } from './once.ts';
import { isSound } from './sound.ts';

/** Of a request, what a handler needs beside its input. `setSession` null takes the cookie away. */
export type ConsoleContext = {
  session: string | null;
  address: string;
  setSession(session: string | null): void;
  /** The id that the console gave a deed; null: none, and the call is done as often as it comes. */
  deed: string | null;
  /** Says with the answer that the deed had been done before. */
  setReplayed(): void;
};

/**
 * The two ways into the console's road: `open` for whoever comes, `known` for staff with a session and the right that the call demands.
 * The demand is looked up by the call's own name, so a handler cannot forget it: 401 without a session, 403 without the right.
 * A deed that its console named is done once.
 */
export function consoleDoors(ground: Ground) {
  const open = implement(consoleContract).$context<ConsoleContext>().use(({ next }, input) => {
    if (!isSound(input)) throw new ORPCError('BAD_REQUEST');
    return next();
  });
  const known = open.use(async ({ context, path, next }) => {
    const staff = context.session === null ? null : await staffOfSession(ground, context.session);
    if (staff === null) throw new ORPCError('UNAUTHORIZED');
    const call = callOf(path);
    if (call === null || !mayCall(staff.role, call)) throw new ORPCError('FORBIDDEN');
    return next({ context: { staff } });
  }).use(async ({ context, path, next }, input, output) => {
    const call = callOf(path);
    if (context.deed === null || call === null || !isDeed(call)) return next();
    const { answer, before } = await doOnce(ground, { id: context.deed, account: context.staff.account, call, input }, async () => (await next()).output);
    if (before) context.setReplayed();
    return output(answer);
  });
  return { open, known };
}
export type ConsoleDoors = ReturnType<typeof consoleDoors>;

function callOf([name = '']: readonly string[]): ConsoleCall | null {
  return Object.hasOwn(consoleContract, name) ? (name as ConsoleCall) : null;
}
