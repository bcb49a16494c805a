import { ORPCError } from '@orpc/server';
import { err, ok, type Result } from '../../domain/result.ts';
import { NEEDS_SECOND_FACTOR } from '../../domain/staff/sign-in.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleContext, ConsoleDoors } from '../http/console-doors.ts';
import { createRateLimiter } from '../http/rate.ts';
import { findAccount, lockAccount } from './accounts.ts';
import * as administer from './administer.ts';
import { lockOf, noteFailure } from './lock-out.ts';
import { decide, listProposals, withdraw } from './proposals.ts';
import { appCodeIsRight, newRecoveryCodes } from './second-factor.ts';
import { beginSecondFactor, changePassword, choosePassword, endOwnSessions, giveCode, listSessions, proveSecondFactor, seatOf, signIn, signOut, type Stepped, staffOfSession } from './sessions.ts';

/** Signing in and out. @param production whether this hall may serve citizens */
export function identityRoad({ open }: ConsoleDoors, ground: Ground, production: boolean) {
  // A try costs 80 ms of a core; an office behind one address signs in at eight o'clock together.
  const tries = createRateLimiter({ perSecond: 2, burst: 60 }, ground.clock);
  const limit = (context: ConsoleContext) => {
    if (!tries.take(context.address)) throw new ORPCError('TOO_MANY_REQUESTS');
  };

  /** Hands the session on to the browser. */
  const goOn = (context: ConsoleContext, { step: next, session, account }: Stepped) => {
    context.setSession(session);
    if (next === 'whole') ground.log({ event: 'signed-in', account });
  };
  const step = <Failure extends { kind: string }>(context: ConsoleContext, stepped: Result<Stepped, Failure>): Result<{ step: Stepped['step'] }, Failure> => {
    if (!stepped.ok) return stepped;
    goOn(context, stepped.value);
    return ok({ step: stepped.value.step });
  };

  return {
    signIn: open.signIn.handler(async ({ input, context }) => {
      limit(context);
      const signed = await signIn(ground, input.account, input.password, context);
      // An account that does not exist may be a password typed into the wrong field: it is not logged.
      if (!signed.ok) ground.log(signed.error.kind === 'locked' ? { event: 'sign-in-locked', account: input.account } : { event: 'sign-in-refused' });
      return step(context, signed);
    }),
    giveCode: open.giveCode.handler(async ({ input, context }) => {
      limit(context);
      const given = await giveCode(ground, context.session ?? '', input.code);
      if (!given.ok) ground.log({ event: 'sign-in-refused' });
      return step(context, given);
    }),
    choosePassword: open.choosePassword.handler(async ({ input, context }) => {
      limit(context);
      return step(context, await choosePassword(ground, context.session ?? '', input.password));
    }),
    beginSecondFactor: open.beginSecondFactor.handler(({ context }) => beginSecondFactor(ground, context.session ?? '')),
    proveSecondFactor: open.proveSecondFactor.handler(async ({ input, context }) => {
      limit(context);
      const proved = await proveSecondFactor(ground, context.session ?? '', input.code);
      if (!proved.ok) return proved;
      goOn(context, proved.value);
      return ok({ step: proved.value.step, recovery: proved.value.recovery });
    }),
    signOut: open.signOut.handler(async ({ context }) => {
      const staff = context.session === null ? null : await staffOfSession(ground, context.session);
      if (context.session !== null) await signOut(ground, context.session);
      context.setSession(null);
      if (staff !== null) ground.log({ event: 'signed-out', account: staff.account });
      return null;
    }),
    me: open.me.handler(async ({ context }) => {
      const seat = context.session === null ? null : await seatOf(ground, ground.db.read, context.session);
      if (seat === null || context.session === null) return err({ kind: 'signed-out' as const });
      const { session, account } = seat;
      if (session.step !== 'whole') return err({ kind: 'unfinished' as const, step: session.step });
      await staffOfSession(ground, context.session);
      const last = session.last_at === null ? null : { at: session.last_at, address: session.last_address ?? '', failed: session.failed };
      return ok({ account: account.account, name: account.name, role: account.role, hall: ground.name, production, secondFactor: ground.secondFactor, last });
    }),
  };
}

/** One's own account, for everybody. */
export function ownAccountRoad({ known }: ConsoleDoors, ground: Ground) {
  const { division, db } = ground;
  return {
    myAccount: known.myAccount.handler(async ({ context }) => {
      const row = await findAccount(db.read, division, context.staff.account);
      const left = await db.read.selectFrom('recovery_code').select('code_hash').where('division', '=', division).where('account', '=', context.staff.account).where('used_at', 'is', null).execute();
      return {
        secondFactor: { since: row?.totp_since ?? null, recoveryLeft: left.length, needed: ground.secondFactor === 'demanded' && NEEDS_SECOND_FACTOR[context.staff.role] },
        sessions: await listSessions(ground, context.staff.account, context.session ?? ''),
      };
    }),
    changePassword: known.changePassword.handler(async ({ input, context }) => {
      const changed = await changePassword(ground, context.session ?? '', input.old, input.password);
      if (!changed.ok) return changed;
      context.setSession(changed.value.session);
      return ok(null);
    }),
    renewRecovery: known.renewRecovery.handler(({ input, context }) => db.write(async (write) => {
      const row = await lockAccount(write, division, context.staff.account);
      if (row?.totp == null) return err({ kind: 'has-none' as const });
      const locked = lockOf(row, ground.clock.now());
      if (locked !== null) return err({ kind: 'locked' as const, until: locked });
      if (!(await appCodeIsRight(ground, write, row, input.code.replaceAll(' ', '')))) return err(await noteFailure(ground, write, row));
      return ok({ recovery: await newRecoveryCodes(ground, write, row.account) });
    })),
    endMySessions: known.endMySessions.handler(async ({ input, context }) => ({ ended: await endOwnSessions(ground, context.staff.account, context.session ?? '', input.id) })),
  };
}

/** Accounts, for administrators, and what waits for a second person. */
export function accountsRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    accounts: known.accounts.handler(() => administer.listAccounts(ground)),
    scopeChoices: known.scopeChoices.handler(() => administer.scopeChoices(ground)),
    makeAccount: known.makeAccount.handler(({ input, context }) => administer.makeAccount(ground, context.staff, input)),
    renameAccount: known.renameAccount.handler(({ input, context }) => administer.renameAccount(ground, context.staff, input.account, input.name)),
    proposeRole: known.proposeRole.handler(({ input, context }) => administer.proposeRole(ground, context.staff, input.account, { role: input.role, scope: input.scope })),
    proposeNoSecondFactor: known.proposeNoSecondFactor.handler(({ input, context }) => administer.proposeNoSecondFactor(ground, context.staff, input.account)),
    disableAccount: known.disableAccount.handler(({ input, context }) => administer.setDisabled(ground, context.staff, input.account, true)),
    enableAccount: known.enableAccount.handler(({ input, context }) => administer.setDisabled(ground, context.staff, input.account, false)),
    resetPassword: known.resetPassword.handler(({ input, context }) => administer.resetPassword(ground, context.staff, input.account)),
    endSessions: known.endSessions.handler(({ input, context }) => administer.endSessionsFor(ground, context.staff, input.account)),
    proposals: known.proposals.handler(({ context }) => listProposals(ground, context.staff)),
    decideProposal: known.decideProposal.handler(({ input, context }) => decide(ground, context.staff, input)),
    withdrawProposal: known.withdrawProposal.handler(({ input, context }) => withdraw(ground, context.staff, input.id)),
  };
}
