import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { HallTransport } from '../transport/types.ts';
import type { SiteDays } from './send.ts';

/** Between two looks, milliseconds: as often as a terminal runs. */
const EVERY = 60_000;
/** After the line was gone; twice as long after each further time, up to the most. */
const RETRY = 5_000;
const RETRY_MOST = 300_000;

export type HubDaysSettings = {
  transport: HallTransport; days: SiteDays; clock: Clock; random(count: number): Uint8Array;
  /** The one-time code of county IT, empty where there is none, and this hub's Ed25519 key, base64. */
  enrolment: { code: string; publicKey: string };
};

/** @property now the look under way, or null's promise between two; for whoever wants to wait for it */
export type HubDays = { now(): Promise<void>; stop(): Promise<void> };

/** A hub has no store and no cases: all that it does at the hall is to bring the days of its site. */
export function startHubDays({ transport, days, clock, random, enrolment }: HubDaysSettings): HubDays {
  const ended = new AbortController();
  let failures = 0;
  let enrolled = enrolment.code === '';
  let cancel = () => {};
  let looking = look();

  async function look(): Promise<void> {
    const reached = (enrolled || (await enrol())) && (await days.send(transport, ended.signal)).failure === null;
    if (ended.signal.aborted) return;
    failures = reached ? 0 : failures + 1;
    const wait = reached ? EVERY : Math.min(RETRY_MOST, RETRY * 2 ** Math.min(10, failures - 1));
    // Between half and the whole of it, so that a county's sites do not come back in one second.
    cancel = clock.after(Math.round(wait * (0.5 + (random(1)[0] ?? 0) / 510)), () => {
      looking = look();
      drop(looking);
    });
  }

  /** Again at each start: the same key is answered the same. A code that is over matters to nobody who was let in before. @returns false: there is no line */
  async function enrol(): Promise<boolean> {
    const answer = await transport.enrol(enrolment, { signal: ended.signal });
    enrolled = answer.ok || answer.error.kind !== 'unreachable';
    return enrolled;
  }

  drop(looking);
  return {
    now: () => looking,
    async stop() {
      ended.abort();
      cancel();
      await looking;
    },
  };
}
