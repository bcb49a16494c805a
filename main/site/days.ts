/** A site's queue from day to day: each day is a list of its own, so that numbers begin anew and nothing grows without end. */
import { addNaturalDays, civilDate, startOfDay } from '../../domain/calendar/civil-date.ts';
import type { ActionSigner } from '../../domain/action/types.ts';
import type { QueueRules } from '../../domain/queue/types.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { groupHash, type Member } from '../../sync/raft/group.ts';
import { openRaftNode, type RaftNode } from '../../sync/raft/node.ts';
import type { SiteFile } from '../../sync/raft/storage.ts';
import type { SiteTransport } from '../../sync/raft/transport.ts';
import type { RaftEvent } from '../../sync/raft/types.ts';
import { openSiteDesk, type SiteDesk } from './desk.ts';

/** How long a day's list is kept after it: what happened is then at the hall, or the hall was away for a month. */
const KEEP_DAYS = 30;
/** A day that is over is still told to machines that come late, milliseconds: a terminal that was off over night. */
const LINGER = 12 * 3_600_000;

/** @property rules of a day; a change holds from the next one on, since what was agreed is added up by them */
export type SiteSettings = { members: readonly Member[]; rules(day: string): QueueRules; file: SiteFile; transport: SiteTransport; signer: ActionSigner; clock: Clock; random(): number; log(event: RaftEvent): void };

export type SiteDays = {
  /** Of today. */
  desk(): SiteDesk;
  day(): string;
  /** Idempotent. The file and the transport are their owner's. */
  close(): void;
};

/** `other-members`: today's list was begun by other machines; it goes on with them, and the change holds from tomorrow on. */
export function openSiteDays(settings: SiteSettings): Result<SiteDays, { kind: 'other-members' }> {
  const { clock, file } = settings;
  forgetOld();
  const today = openDay(settings, civilDate(clock.now()));
  if (!today.ok) return today;
  let current = today.value;
  const over = new Set<Day>();
  let cancel = schedule();

  /** At midnight by China's clock. A machine whose clock is off for a moment has the new list a moment early or late: nobody queues then. */
  function schedule(): () => void {
    return clock.after(Math.max(1000, startOfDay(addNaturalDays(current.day, 1)) - clock.now()), () => {
      turn();
      cancel = schedule();
    });
  }

  function turn(): void {
    const day = civilDate(clock.now());
    if (day === current.day) return;
    const next = openDay(settings, day);
    // Another machine of this site began it with other members; the old day goes on until somebody has settled who they are.
    if (!next.ok) return;
    const before = current;
    over.add(before);
    clock.after(LINGER, () => {
      before.close();
      over.delete(before);
    });
    current = next.value;
    forgetOld();
  }

  function forgetOld(): void {
    const oldest = addNaturalDays(civilDate(clock.now()), -KEEP_DAYS);
    for (const list of file.lists()) if (list < oldest) file.forget(list);
  }

  return ok({
    desk: () => current.desk,
    day: () => current.day,
    close() {
      cancel();
      for (const day of [...over, current]) day.close();
      over.clear();
    },
  });
}

type Day = { day: string; node: RaftNode; desk: SiteDesk; close(): void };

function openDay({ members, rules, file, transport, signer, clock, random, log }: SiteSettings, day: string): Result<Day, { kind: 'other-members' }> {
  const group = { list: day, members: [...members] };
  const storage = file.list(day, groupHash(group, signer));
  if (!storage.ok) return storage;
  const road = transport.join(group);
  const node = openRaftNode({ me: signer.machine, members: members.map(({ machine }) => machine), clock, storage: storage.value, transport: road, random, log });
  const desk = openSiteDesk({ node, rules: rules(day), clock });
  let closed = false;
  return ok({ day, node, desk, close() {
    if (closed) return;
    closed = true;
    desk.close();
    road.leave();
  } });
}
