/** Accounts and what two people must agree on. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Ulid } from '../ids.ts';
import { Scope } from '../staff/scope.ts';
import { Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';
import { Role } from './staff.ts';

/** Small letters, digits, `.`, `-` and `_`; it begins with a letter. */
export const AccountName = z.string().regex(/^[a-z][a-z0-9._-]{2,31}$/);
export const PersonName = z.string().trim().min(1).max(40);
const named = { account: z.string().min(1).max(64) };

export const Account = z.strictObject({
  account: z.string(), name: z.string(), role: Role, scope: Scope,
  /** `waiting`: its role was not approved yet, nobody can sign in. */
  standing: z.enum(['active', 'disabled', 'waiting']),
  secondFactor: z.boolean(), /** Still has the password that it was given. */ oneTime: z.boolean(),
  lockedUntil: Instant.nullable(), lastSignIn: Instant.nullable(), sessions: z.int(),
  /** What is proposed for it and not decided. */
  proposed: z.array(z.string()),
});
export type Account = z.infer<typeof Account>;

/** What a scope may name. Sites: where machines stand. */
export const ScopeChoices = z.strictObject({
  departments: z.array(z.strictObject({ code: z.string(), name: z.string() })), sites: z.array(z.string()), items: z.array(z.strictObject({ code: z.string(), name: z.string() })),
});
export type ScopeChoices = z.infer<typeof ScopeChoices>;

/** `body`: what exactly, as the act that it proposes reads it; JSON. */
export const Proposal = z.strictObject({
  id: Ulid, what: z.string(), subject: z.string(), body: z.string(), proposedBy: z.string(), proposer: z.string(), at: Instant, until: Instant,
  outcome: z.enum(['open', 'expired', 'approved', 'refused', 'withdrawn']), decidedBy: z.string().nullable(), decidedAt: Instant.nullable(),
  /** Whether who asks may decide it. */
  mayDecide: z.boolean(), own: z.boolean(),
});
export type Proposal = z.infer<typeof Proposal>;

const unknown = kind('unknown-account');
/** `own-account`: nobody does this to themselves. */
const done = resultOf(z.null(), z.discriminatedUnion('kind', [unknown, kind('own-account'), kind('unchanged')]));
const proposed = resultOf(z.strictObject({ proposal: Ulid }), z.discriminatedUnion('kind', [unknown, kind('unchanged'), kind('already-proposed')]));

export const accountsContract = {
  accounts: oc.route({ method: 'GET', path: '/accounts' }).output(z.array(Account)),
  scopeChoices: oc.route({ method: 'GET', path: '/accounts/choices' }).output(ScopeChoices),
  /** Makes an account and proposes its role and scope: somebody else approves them before anybody signs in. The one-time password is told this once. */
  makeAccount: oc.route({ method: 'POST', path: '/accounts' }).input(z.strictObject({ account: AccountName, name: PersonName, role: Role, scope: Scope }))
    .output(resultOf(z.strictObject({ password: z.string(), proposal: Ulid }), z.discriminatedUnion('kind', [kind('taken')]))),
  renameAccount: oc.route({ method: 'POST', path: '/accounts/{account}/name' }).input(z.strictObject({ ...named, name: PersonName })).output(done),
  proposeRole: oc.route({ method: 'POST', path: '/accounts/{account}/role' }).input(z.strictObject({ ...named, role: Role, scope: Scope })).output(proposed),
  proposeNoSecondFactor: oc.route({ method: 'POST', path: '/accounts/{account}/second-factor-reset' }).input(z.strictObject(named)).output(proposed),
  /** Ends its sessions. */
  disableAccount: oc.route({ method: 'POST', path: '/accounts/{account}/disabled' }).input(z.strictObject(named)).output(done),
  enableAccount: oc.route({ method: 'POST', path: '/accounts/{account}/enabled' }).input(z.strictObject(named)).output(done),
  /** A one-time password, good for seven days and told this once; ends its sessions. */
  resetPassword: oc.route({ method: 'POST', path: '/accounts/{account}/password' }).input(z.strictObject(named))
    .output(resultOf(z.strictObject({ password: z.string() }), z.discriminatedUnion('kind', [unknown, kind('own-account')]))),
  endSessions: oc.route({ method: 'POST', path: '/accounts/{account}/sessions' }).input(z.strictObject(named)).output(resultOf(z.strictObject({ ended: z.int() }), z.discriminatedUnion('kind', [unknown]))),

  /** What waits for a second person, and what was decided lately: those that one may approve, and one's own. */
  proposals: oc.route({ method: 'GET', path: '/proposals' }).output(z.strictObject({ open: z.array(Proposal), decided: z.array(Proposal) })),
  /** `failed`: it was approved and could not be done, because what it is about has changed; nothing was done, and it stays open. */
  decideProposal: oc.route({ method: 'POST', path: '/proposals/{id}' }).input(z.strictObject({ id: Ulid, approve: z.boolean() }))
    .output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-proposal'), kind('own-proposal'), kind('already-decided'), kind('expired'), z.strictObject({ kind: z.literal('failed'), why: z.string() })]))),
  withdrawProposal: oc.route({ method: 'DELETE', path: '/proposals/{id}' }).input(z.strictObject({ id: Ulid }))
    .output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-proposal'), kind('already-decided')]))),
};
