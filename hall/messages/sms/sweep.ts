import { sql } from 'kysely';
import { afterAsk, afterQuiet, afterSend, type SmsStand } from '../../../domain/messages/sms.ts';
import { type Ground, instant, nowOf } from '../../ground.ts';
import type { SmsRow } from '../rows.ts';
import { PATIENCE, type SmsGateway } from './gateway.ts';
import { phoneOf } from './queue.ts';

/** Texts that one round takes in hand: all are on their way at once, so none waits for another's time-out. */
const ROUND = 20;
/** How long a server has a text in hand. Far longer than a gateway is waited for: when it is over, that server is gone. */
const LEASE = 4 * PATIENCE;
/** A text about last week's step helps nobody. */
const TOO_OLD = 3 * 86_400_000;
/** What became of a text is kept for the accounts; the number it went to is forgotten. */
const FORGET = 90 * 86_400_000;

/**
 * Sends what is due and asks about what is not settled. A text is taken in hand under a lease before anything leaves this machine, so two servers never send one;
 * one whose server died over it may have gone out, and is asked about first.
 * @param gateway null: there is none, and texts only grow old
 * @returns how many texts changed
 */
export async function sweepSms(ground: Ground, gateway: SmsGateway | null): Promise<number> {
  const aged = await growOld(ground);
  if (gateway === null) return aged;
  const rows = await takeInHand(ground);
  await Promise.all(rows.map((row) => settle(ground, gateway, row)));
  return aged + rows.length;
}

/** Locks nothing for longer than this: the lease is what holds the rows. */
async function takeInHand(ground: Ground): Promise<SmsRow[]> {
  const { division, clock } = ground;
  const now = clock.now();
  const quiet = afterQuiet(now) > now;
  return ground.db.write(async (write) => {
    const due = await write.selectFrom('sms').select('id').where('division', '=', division).where('next_at', '<=', instant(now))
      .where(({ or, eb }) => or([eb('leased_until', 'is', null), eb('leased_until', '<', instant(now))]))
      .$if(quiet, (select) => select.where(({ or, eb }) => or([eb('state', '!=', 'queued'), eb('sending', '=', true)])))
      .orderBy('next_at').limit(ROUND).forUpdate().skipLocked().execute();
    if (due.length === 0) return [];
    return write.updateTable('sms').set({
      leased_until: instant(now + LEASE),
      // It was in hand to be sent, and its server never came back: a try, of which nobody knows how it went.
      attempts: sql<number>`case when sending then attempts + 1 else attempts end`,
      state: sql`case when sending then 'unknown' else state end`,
      sending: sql<boolean>`state = 'queued' and not sending`,
    }).where('division', '=', division).where('id', 'in', due.map(({ id }) => id)).returningAll().execute();
  });
}

async function settle(ground: Ground, gateway: SmsGateway, row: SmsRow): Promise<void> {
  const stand: SmsStand = { state: row.state, attempts: row.attempts, asks: row.asks, next: null, cause: row.cause };
  const after = row.state === 'queued'
    ? afterSend(stand, await gateway.send({ id: row.id, phone: phoneOf(ground, row), text: row.words }), ground.clock.now())
    : afterAsk(stand, await gateway.ask(row.id), ground.clock.now());
  // Only while it is still in our hand: a server that took it after us knows better.
  const written = await ground.db.write((write) => write.updateTable('sms').set({
    state: after.state, attempts: after.attempts, asks: after.asks, next_at: after.next === null ? null : instant(after.next), cause: after.cause, leased_until: null, sending: false,
    settled_at: after.next === null ? nowOf(ground) : null,
  }).where('division', '=', ground.division).where('id', '=', row.id).where('leased_until', '=', row.leased_until).returning('id').executeTakeFirst());
  if (written !== undefined && after.state !== row.state) ground.log({ event: 'sms', sms: row.id, state: after.state, cause: after.cause });
}

async function growOld(ground: Ground): Promise<number> {
  const { division, clock } = ground;
  return ground.db.write(async (write) => {
    const stale = await write.updateTable('sms').set({ state: 'dead', next_at: null, cause: 'too-old', settled_at: nowOf(ground) })
      .where('division', '=', division).where('state', '=', 'queued').where('sending', '=', false).where('made_at', '<', instant(clock.now() - TOO_OLD)).where('next_at', 'is not', null).returning('id').execute();
    await write.updateTable('sms').set({ phone: '' }).where('division', '=', division).where('settled_at', '<', instant(clock.now() - FORGET)).where('phone', '!=', '').execute();
    return stale.length;
  });
}
