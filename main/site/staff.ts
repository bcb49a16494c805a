/** Who works at the counters of a site: sign-in with no hall behind it, and tokens that every machine of the site knows. */
import { z } from 'zod';
import type { ActionSigner, ActionVerifier } from '../../domain/action/types.ts';
import { NOBODY, passwordMatches } from '../../crypto/passwords.ts';
import type { SiteStaff } from '../../domain/contracts/site-config.ts';
import { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Clock, Instant } from '../../domain/time.ts';
import type { Member } from '../../sync/raft/group.ts';

/** A working day and what may come behind it, milliseconds. */
const GOOD_FOR = 14 * 3_600_000;
/** Wrong PINs of one account, or for accounts that there are not, until nobody of it is let in for a while. */
const FORGIVEN = 5;
const LOCKED_FOR = 15 * 60_000;

const Claim = z.strictObject({ account: z.string(), by: MachineId, until: Instant });

export type Staff = {
  signIn(account: string, pin: string): Promise<Result<{ token: string; until: string; member: SiteStaff }, { kind: 'wrong' | 'too-many' }>>;
  /** Whose token it is; null: nobody's, or its time is over, or they work here no longer. */
  of(token: string): SiteStaff | null;
  find(account: string): SiteStaff | null;
  names(): Record<string, string>;
};

/** @param members whose tokens count @param log counts and kinds; an account that there is not may be a PIN in the wrong field */
export function createStaff({ staff, members, signer, verifier, clock, log }: {
  staff: readonly SiteStaff[]; members: readonly Pick<Member, 'machine' | 'publicKey'>[]; signer: ActionSigner; verifier: ActionVerifier; clock: Clock; log(event: { event: 'site-signed-in'; account: string } | { event: 'site-sign-in-refused'; why: 'wrong' | 'too-many' }): void;
}): Staff {
  const failures = new Map<string, { count: number; at: number }>();
  const find = (account: string) => staff.find((one) => one.account === account) ?? null;
  // One after another: each takes 32 MB and half a second's work, and a stranger may send a hundred.
  let turn: Promise<unknown> = Promise.resolve();

  function isLocked(key: string): boolean {
    const failed = failures.get(key);
    if (failed !== undefined && clock.monotonic() - failed.at >= LOCKED_FOR) failures.delete(key);
    return (failures.get(key)?.count ?? 0) >= FORGIVEN;
  }

  async function check(account: string, pin: string): ReturnType<Staff['signIn']> {
    const member = find(account);
    // Those that there are not share one lock: they are all one guesser's.
    const key = member?.account ?? '';
    if (isLocked(key)) {
      log({ event: 'site-sign-in-refused', why: 'too-many' });
      return err({ kind: 'too-many' });
    }
    const right = await passwordMatches(pin, member?.pin ?? NOBODY);
    if (member === null || !right) {
      failures.set(key, { count: (failures.get(key)?.count ?? 0) + 1, at: clock.monotonic() });
      log({ event: 'site-sign-in-refused', why: 'wrong' });
      return err({ kind: 'wrong' });
    }
    failures.delete(key);
    log({ event: 'site-signed-in', account });
    const until = new Date(clock.now() + GOOD_FOR).toISOString();
    const payload = Buffer.from(JSON.stringify({ account, by: signer.machine, until } satisfies z.infer<typeof Claim>)).toString('base64url');
    return ok({ token: `${payload}.${recoded(signer.sign(tokenHash(signer, payload)), 'base64', 'base64url')}`, until, member });
  }

  return {
    find,
    signIn(account, pin) {
      const mine = turn.then(() => check(account, pin));
      turn = mine.catch(() => {});
      return mine;
    },
    of(token) {
      const [payload = '', signature = ''] = token.split('.');
      const claim = readClaim(payload);
      if (claim === null || Date.parse(claim.until) <= clock.now()) return null;
      const by = members.find(({ machine }) => machine === claim.by);
      return by !== undefined && verifier.verify(by.publicKey, tokenHash(verifier, payload), recoded(signature, 'base64url', 'base64')) ? find(claim.account) : null;
    },
    names: () => Object.fromEntries(staff.map(({ account, name }) => [account, name])),
  };
}

function tokenHash({ sha256 }: Pick<ActionSigner, 'sha256'>, payload: string) {
  return sha256(`jinban-site-token-1\n${payload}`);
}

/** A token is made of letters that every header takes. */
function recoded(text: string, from: 'base64' | 'base64url', to: 'base64' | 'base64url'): string {
  return Buffer.from(text, from).toString(to);
}

function readClaim(payload: string): z.infer<typeof Claim> | null {
  try {
    const read = Claim.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
