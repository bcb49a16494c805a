import { implement, ORPCError } from '@orpc/server';
import { hallContract, OLDEST_PROTOCOL, PROTOCOL } from '../../domain/contracts/hall.ts';
import { outcomeTo1 } from '../../domain/contracts/hall-1.ts';
import { err, never, ok } from '../../domain/result.ts';
import { appointmentsOf, book, cancel } from '../appointments/book.ts';
import { freeSlots } from '../appointments/calendars.ts';
import { personKey, readHolder } from '../appointments/holders.ts';
import { missingBlobs } from '../blobs/missing.ts';
import { readFeed } from '../feeds/feed.ts';
import type { Live } from '../feeds/live.ts';
import { takeReport } from '../fleet/reports.ts';
import { hearCall } from '../help/calls.ts';
import { type Ground, nowOf } from '../ground.ts';
import { enrol, type KnownMachine, machineOfToken, makeChallenge, makeToken } from '../identity/machines.ts';
import { takeOver } from '../identity/takeover.ts';
import { takeBatch } from '../intake/take.ts';
import { createTurns } from '../intake/turns.ts';
import { answerEach, answerTogether } from '../intake/words.ts';
import { takeLetter } from '../letters/take.ts';
import { siteDayStands, takeSiteDay } from '../queue/days.ts';
import { grantLease } from '../leases/leases.ts';
import { ENCODINGS } from './compression.ts';
import { createRateLimiter, type RateLimiter } from './rate.ts';

/** Of a request, what a handler needs beside its input. */
export type TerminalContext = { authorization: string | undefined; address: string };

/** Implements the road between terminals and the hall. */
export function createTerminalRoad(ground: Ground, live: Live) {
  // Enrolling is done by hand, once a machine. A county's terminals may all come from one address, so the other open calls are generous.
  const enrolments = createRateLimiter({ perSecond: 0.5, burst: 20 }, ground.clock);
  const challenges = createRateLimiter({ perSecond: 20, burst: 400 }, ground.clock);
  // A terminal with a week's backlog and a good line makes some ten requests a second.
  const requests = createRateLimiter({ perSecond: 50, burst: 200 }, ground.clock);

  const turns = createTurns(ground.clock);

  const open = implement(hallContract).$context<TerminalContext>();
  const known = open.use(async ({ context, next }) => {
    const machine = await authenticate(ground, context.authorization);
    limit(requests, machine.machine);
    return next({ context: { machine } });
  });

  return open.router({
    about: open.about.handler(({ input }) => {
      const about = { protocol: PROTOCOL, oldest: OLDEST_PROTOCOL, keys: ground.publicKeys, now: nowOf(ground) };
      return input.protocol === 1 ? about : { ...about, encodings: ENCODINGS };
    }),
    enrol: open.enrol.handler(async ({ input, context }) => {
      limit(enrolments, context.address);
      if (Buffer.from(input.publicKey, 'base64').length !== 32) throw new ORPCError('BAD_REQUEST');
      const enrolled = await enrol(ground, input);
      if (enrolled.ok) {
        ground.log({ event: 'machine-enrolled', machine: input.machine });
        return ok({ keys: ground.publicKeys });
      }
      ground.log({ event: 'machine-refused', machine: input.machine, why: enrolled.error.kind });
      const { kind } = enrolled.error;
      switch (kind) {
        case 'retired': throw new ORPCError('FORBIDDEN');
        case 'wrong-code':
        case 'already-enrolled': return err({ kind });
        default: return never(kind);
      }
    }),
    takeOver: open.takeOver.handler(async ({ input, context }) => {
      limit(enrolments, context.address);
      if (Buffer.from(input.publicKey, 'base64').length !== 32) throw new ORPCError('BAD_REQUEST');
      const taken = await takeOver(ground, input);
      if (taken.ok) return ok({ keys: ground.publicKeys, ...taken.value });
      ground.log({ event: 'machine-refused', machine: input.machine, why: taken.error.kind });
      const { kind } = taken.error;
      switch (kind) {
        case 'retired': throw new ORPCError('FORBIDDEN');
        case 'wrong-code':
        case 'already-enrolled':
        case 'backup-unreadable':
        case 'other-chain': return err({ kind });
        default: return never(kind);
      }
    }),
    challenge: open.challenge.handler(async ({ input, context }) => {
      limit(challenges, context.address);
      const challenge = await makeChallenge(ground, input.machine);
      if (challenge.ok) return { challenge: challenge.value, now: nowOf(ground) };
      ground.log({ event: 'machine-refused', machine: input.machine, why: challenge.error.kind });
      throw new ORPCError('FORBIDDEN');
    }),
    token: open.token.handler(async ({ input, context }) => {
      limit(challenges, context.address);
      const token = await makeToken(ground, input);
      if (token.ok) return ok({ ...token.value, now: nowOf(ground) });
      ground.log({ event: 'machine-refused', machine: input.machine, why: token.error.kind });
      return token;
    }),
    intake: known.intake.handler(async ({ input, context }) => {
      if (input.protocol < OLDEST_PROTOCOL || input.protocol > PROTOCOL) throw new ORPCError('BAD_REQUEST', { message: 'this protocol is not spoken here' });
      const taken = await takeBatch(ground, context.machine, input.actions, { after: input.after, turns });
      if (!taken.ok) throw new ORPCError(taken.error.kind === 'early' ? 'SERVICE_UNAVAILABLE' : 'FORBIDDEN');
      const answer = input.protocol === 1 ? { outcomes: answerEach(ground, taken.value).map(outcomeTo1) } : answerTogether(ground, taken.value);
      return { ...answer, now: nowOf(ground) };
    }),
    lease: known.lease.handler(async ({ input, context }) => ({ lease: await grantLease(ground, context.machine.machine, input) })),
    feed: known.feed.handler(async ({ input, context }) => ({ ...(await readFeed(ground, context.machine.machine, input)), now: nowOf(ground) })),
    live: known.live.handler(({ context, signal }) => live.follow(context.machine.machine, () => isKnown(ground, context.authorization), signal)),
    report: known.report.handler(async ({ input, context }) => {
      await takeReport(ground, context.machine.machine, input);
      return { now: nowOf(ground) };
    }),
    letter: known.letter.handler(async ({ input, context }) => ({ outcome: await takeLetter(ground, context.machine, input), now: nowOf(ground) })),
    help: known.help.handler(async ({ input, context }) => {
      await hearCall(ground, context.machine.machine, input);
      return { now: nowOf(ground) };
    }),
    siteDays: known.siteDays.handler(async ({ input }) => ({ days: await siteDayStands(ground, input), now: nowOf(ground) })),
    siteDay: known.siteDay.handler(async ({ input, context }) => ({ outcome: await takeSiteDay(ground, context.machine.machine, input), now: nowOf(ground) })),
    bookingSlots: known.bookingSlots.handler(async ({ input }) => ({ ...(await freeSlots(ground, input.site)), now: nowOf(ground) })),
    bookAtTerminal: known.bookAtTerminal.handler(async ({ input, context }) => ({ outcome: await book(ground, { way: 'terminal', by: context.machine.machine }, input), now: nowOf(ground) })),
    myAppointments: known.myAppointments.handler(async ({ input }) => {
      const holder = readHolder({ name: '', card: input.card, phone: '' });
      return { ...(holder.ok ? await appointmentsOf(ground, personKey(ground, holder.value)) : { rows: [], standing: { missed: 0, limitedUntil: null } }), now: nowOf(ground) };
    }),
    cancelAtTerminal: known.cancelAtTerminal.handler(async ({ input, context }) => {
      const holder = readHolder({ name: '', card: input.card, phone: '' });
      const outcome = holder.ok ? await cancel(ground, { way: 'terminal', by: context.machine.machine }, input.id, personKey(ground, holder.value)) : err({ kind: 'unknown-appointment' as const });
      return { outcome, now: nowOf(ground) };
    }),
    missingBlobs: known.missingBlobs.handler(async ({ input }) => ({ missing: await missingBlobs(ground, input.blobs) })),
  });
}

/** The machine whose bearer token this is; 401 without a good one. */
export async function authenticate(ground: Ground, authorization: string | undefined): Promise<KnownMachine> {
  const machine = await machineOf(ground, authorization);
  if (machine === null) throw new ORPCError('UNAUTHORIZED');
  return machine;
}

async function machineOf(ground: Ground, authorization: string | undefined): Promise<KnownMachine | null> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '')?.[1];
  return token === undefined ? null : machineOfToken(ground, token);
}

/** Whether the token is still good: it ends, and so does the machine that is retired. */
async function isKnown(ground: Ground, authorization: string | undefined): Promise<boolean> {
  return (await machineOf(ground, authorization)) !== null;
}

function limit(limiter: RateLimiter, key: string): void {
  if (!limiter.take(key)) throw new ORPCError('TOO_MANY_REQUESTS');
}
