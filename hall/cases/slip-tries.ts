import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** Wrong tries before nobody may try on: of one account, whatever the slips, and at one slip, whoever tries. A citizen mistypes twice or thrice. */
const TRIES = 5;
/** How long both wait then, and how long wrong tries are remembered. Twenty an hour: the million codes of a slip take longer than the month that it opens. */
const WAIT_MS = 15 * 60_000;

/** What a try is counted for. `slip`: its name, `slipName` of `crypto/kept.ts`. */
type Tried = { account: string; slip: string };
/** `left`: tries that are left if this one is wrong. `until`: when the next may be; null while some are left. */
export type Try = { left: number; until: string | null };

/** Takes a try before anybody looks at the digits, so that many at once are no more than one after the other. */
export async function takeTry(ground: Ground, tried: Tried): Promise<Result<Try, { kind: 'locked'; until: string }>> {
  const { division, clock } = ground;
  const names = namesOf(tried);
  return ground.db.write(async (write): Promise<Result<Try, { kind: 'locked'; until: string }>> => {
    // The account's first, by everybody: two that wait for each other do not happen.
    for (const what of names) await write.insertInto('slip_try').values({ division, what, tries: 0, at: nowOf(ground) }).onConflict((conflict) => conflict.doNothing()).execute();
    const rows = await write.selectFrom('slip_try').selectAll().where('division', '=', division).where('what', 'in', names).orderBy('what').forUpdate().execute();
    const fresh = rows.filter(({ at }) => Date.parse(at) + WAIT_MS > clock.now());
    const locked = fresh.filter(({ tries }) => tries >= TRIES);
    if (locked.length > 0) return err({ kind: 'locked', until: instant(Math.max(...locked.map(({ at }) => Date.parse(at))) + WAIT_MS) });
    const triesOf = (what: string) => (fresh.find((row) => row.what === what)?.tries ?? 0) + 1;
    for (const what of names) await write.updateTable('slip_try').set({ tries: triesOf(what), at: nowOf(ground) }).where('division', '=', division).where('what', '=', what).execute();
    const left = TRIES - Math.max(...names.map(triesOf));
    return ok({ left, until: left > 0 ? null : instant(clock.now() + WAIT_MS) });
  });
}

/** The digits were right: the slip begins anew, and the account has its try back. What it tried elsewhere it did try. */
export async function giveBack({ db, division }: Ground, tried: Tried): Promise<void> {
  const [account, slip] = namesOf(tried);
  await db.write(async (write) => {
    await write.updateTable('slip_try').set(({ eb }) => ({ tries: eb('tries', '-', 1) })).where('division', '=', division).where('what', '=', account).where('tries', '>', 0).execute();
    await write.deleteFrom('slip_try').where('division', '=', division).where('what', '=', slip).execute();
  });
}

/** Writes into the journal that somebody has to wait. */
export async function recordLocked(ground: Ground, staff: Staff, { slip }: Tried): Promise<void> {
  await ground.db.write((write) => recordDeed(ground, write, staff, { what: 'slip.locked', subject: slip, body: { tries: TRIES } }));
}

/** Forgets tries that hold nobody up any more. @returns how many rows */
export async function forgetTries(write: Write, { division, clock }: Pick<Ground, 'division' | 'clock'>): Promise<number> {
  const gone = await write.deleteFrom('slip_try').where('division', '=', division).where('at', '<', instant(clock.now() - WAIT_MS)).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

function namesOf({ account, slip }: Tried): readonly [string, string] {
  return [`account/${account}`, `slip/${slip}`];
}
