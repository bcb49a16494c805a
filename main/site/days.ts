/** A site's queue from day to day: each day is a list of its own, so that numbers begin anew and nothing grows without end. */
import { z } from 'zod';
import type { ActionSigner } from '../../domain/action/types.ts';
import { addNaturalDays, civilDate, startOfDay } from '../../domain/calendar/civil-date.ts';
import { MachineId, Ulid, ulid } from '../../domain/ids.ts';
import { QueueWish } from '../../domain/queue/decide.ts';
import type { Queue } from '../../domain/queue/state.ts';
import { QueueEntry, QueueRules, WindowNumber } from '../../domain/queue/types.ts';
import { err, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { Group, Member } from '../../sync/raft/group.ts';
import { openRaftNode } from '../../sync/raft/node.ts';
import type { SiteFile, SiteList } from '../../sync/raft/storage.ts';
import type { SiteTransport } from '../../sync/raft/transport.ts';
import type { RaftEvent } from '../../sync/raft/types.ts';
import { createTold, type Told } from '../core/told.ts';
import { arrangedIn, type CarryEvent, openCarrying } from './carry.ts';
import { openSiteDesk, type SiteDesk, type WishFailure, type Wisher } from './desk.ts';

/** How long a day's list is kept after it: what happened is then at the hall, or the hall was away for a month. */
const KEEP_DAYS = 30;
/** A day that is over is still told to machines that come late, milliseconds: a terminal that was off over night. */
const LINGER = 12 * 3_600_000;
/** Days before today that are opened once more when this machine does not know them to their end: a long weekend. */
const LOOK_BACK_DAYS = 10;
/** How often it is put down how far a list is agreed on, milliseconds. */
const PUT_DOWN = 10_000;
/** How long somebody who leads is looked for, milliseconds: a leader that died is missed after 3.2 s at most times. */
const PATIENCE = 5000;
/** A LAN and two disks; the leader may be laying out a paper, milliseconds. */
const ANSWER = 2000;
const AGAIN = 80;

/** @property rules of a day; a change holds from the next one on, since what was agreed is added up by them */
export type SiteSettings = { members: readonly Member[]; rules: QueueRules; file: SiteFile; transport: SiteTransport; signer: ActionSigner; clock: Clock; random(): number; log(event: RaftEvent | CarryEvent): void };

export type SiteDays = {
  day(): string;
  /** Of today, and of the next day from midnight on. */
  queue: Told<Queue>;
  /** Brings it to the machine that leads, whichever that is, for some seconds. */
  wish(wish: QueueWish, wisher: Wisher): Promise<Result<QueueEntry, WishFailure>>;
  /** What this machine has promised by itself today and the others do not have. */
  unagreed(): SiteList['unagreed'];
  /** Whether a majority is there, so that somebody can be called. */
  agreement(): { kind: 'agreed' | 'alone'; leader: MachineId | null };
  /** Those of which this machine has a list. */
  days(): string[];
  /** A day's agreed entries; null: none is known here. @property over no more will come: this machine takes no part in it any longer */
  entries(day: string): { rules: QueueRules; entries: readonly QueueEntry[]; over: boolean } | null;
  /** Idempotent. The file and the transport are their owner's. */
  close(): void;
};

const Question = z.strictObject({ wish: QueueWish, wisher: z.strictObject({ id: Ulid, machine: MachineId.nullable(), account: z.string().nullable(), manager: z.boolean(), windows: z.array(WindowNumber) }) });
const Answer = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), value: QueueEntry }), z.strictObject({ ok: z.literal(false), error: z.looseObject({ kind: z.string() }) })]);

export function openSiteDays(settings: SiteSettings): SiteDays {
  const { clock, file, signer } = settings;
  let current = openDay(settings, civilDate(clock.now()));
  const over = new Map<Day, () => void>();
  const carrying = openCarrying({
    current: () => ({ day: current.day, queue: current.desk.queue.get() }), known: recalled(), clock, log: settings.log,
    wish: (wish) => bring(current, wish, { id: ulid(clock.now(), Uint8Array.from({ length: 10 }, () => Math.floor(settings.random() * 256))), machine: signer.machine, account: null, manager: false, windows: [] }),
  });
  learnFrom(current);
  forgetOld();
  openUnfinished();
  const queue = createTold(current.desk.queue.get());
  let stopFollowing = current.desk.queue.watch(queue.tell);
  let cancel = schedule();
  let cancelPutting = putting();

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
    linger(current);
    current = openDay(settings, day);
    stopFollowing();
    stopFollowing = current.desk.queue.watch(queue.tell);
    learnFrom(current);
    carrying.look();
    forgetOld();
  }

  function learnFrom({ day, desk }: Day): void {
    desk.queue.watch(({ arranged }) => carrying.learn(day, arranged));
  }

  /** What was arranged on earlier days: on each of the last ones, and before them the newest. A machine that was off for months finds that one in its only lists. */
  function recalled() {
    const found: NonNullable<ReturnType<typeof arrangedIn>>[] = [];
    const recent = addNaturalDays(current.day, -LOOK_BACK_DAYS);
    for (const day of file.lists().filter((list) => list < current.day).toReversed()) {
      if (day < recent && found.length > 0) break;
      const arranged = arrangedIn(day, agreedOf(day).values);
      if (arranged !== null) found.push(arranged);
    }
    return found;
  }

  /** What a day's list in the file is known to have agreed on. */
  function agreedOf(day: string): { rules: QueueRules; values: unknown[] } {
    const { group, agreed, storage } = file.list(groupOf(settings, day));
    const last = agreed.get();
    return { rules: rulesOf(group), values: storage.load().log.flatMap(({ index, proposal }) => (index <= last && proposal !== null ? [proposal.value] : [])) };
  }

  function linger(day: Day): void {
    over.set(day, clock.after(LINGER, () => {
      day.close();
      over.delete(day);
    }));
  }

  /** Their ends may be agreed on and unknown here, since this machine was off. */
  function openUnfinished(): void {
    const oldest = addNaturalDays(current.day, -LOOK_BACK_DAYS);
    for (const list of file.lists()) {
      if (list < oldest || list >= current.day) continue;
      const { agreed, storage } = file.list(groupOf(settings, list));
      if (agreed.get() >= (storage.load().log.at(-1)?.index ?? 0)) continue;
      const day = openDay(settings, list);
      linger(day);
      learnFrom(day);
    }
  }

  function putting(): () => void {
    return clock.after(PUT_DOWN, () => {
      for (const day of [...over.keys(), current]) day.putDown();
      cancelPutting = putting();
    });
  }

  function forgetOld(): void {
    const oldest = addNaturalDays(civilDate(clock.now()), -KEEP_DAYS);
    for (const list of file.lists()) if (list < oldest && list !== carrying.needs()) file.forget(list);
  }

  async function bring(day: Day, wish: QueueWish, wisher: Wisher): Promise<Result<QueueEntry, WishFailure>> {
    const until = clock.monotonic() + PATIENCE;
    for (;;) {
      const { leader } = day.agreement();
      const answer = leader === null || leader === signer.machine ? await day.desk.wish(wish, wisher) : await day.ask(leader, { wish, wisher });
      const isOpen = !answer.ok && (answer.error.kind === 'not-leading' || answer.error.kind === 'unsure');
      if (!isOpen || clock.monotonic() >= until) return answer;
      await new Promise<void>((resolve) => clock.after(AGAIN, resolve));
    }
  }

  return {
    day: () => current.day,
    queue,
    wish: (wish, wisher) => bring(current, wish, wisher),
    unagreed: () => current.list.unagreed,
    agreement: () => current.agreement(),
    days: () => file.lists(),
    entries(day) {
      const open = [...over.keys(), current].find((one) => one.day === day);
      if (open !== undefined) return { rules: open.rules, entries: open.desk.entries, over: false };
      if (!file.lists().includes(day)) return null;
      const { rules, values } = agreedOf(day);
      return { rules, entries: values.map((value) => QueueEntry.parse(value)), over: true };
    },
    close() {
      carrying.close();
      cancel();
      cancelPutting();
      stopFollowing();
      for (const [day, cancelEnd] of over) {
        cancelEnd();
        day.close();
      }
      over.clear();
      current.close();
    },
  };
}

type Day = {
  day: string; rules: QueueRules; desk: SiteDesk; list: SiteList; agreement(): ReturnType<SiteDays['agreement']>; ask(leader: MachineId, question: z.infer<typeof Question>): Promise<Result<QueueEntry, WishFailure>>;
  putDown(): void; close(): void;
};

function openDay(settings: SiteSettings, day: string): Day {
  const { file, transport, signer, clock, random, log } = settings;
  const list = file.list(groupOf(settings, day));
  const { group } = list;
  const road = transport.join(group);
  const node = openRaftNode({ me: signer.machine, members: group.members.map(({ machine }) => machine), voters: group.members.filter(({ votes }) => votes).map(({ machine }) => machine), clock, storage: list.storage, transport: road, random, log });
  const rules = rulesOf(group);
  const desk = openSiteDesk({ node, rules, clock });
  // Whoever asks is a member, and has looked at who wishes.
  road.onQuestion(async (_from, question) => {
    const read = Question.safeParse(question);
    return read.success ? desk.wish(read.data.wish, read.data.wisher) : err({ kind: 'unsure' as const });
  });
  let closed = false;
  const putDown = () => list.agreed.put(node.status().commitIndex);
  return {
    day, rules, desk, list, putDown,
    agreement() {
      const { leader } = node.status();
      return { kind: leader === null ? 'alone' : 'agreed', leader };
    },
    async ask(leader, question) {
      const said = await road.ask(leader, question, ANSWER);
      const answer = said.ok ? Answer.safeParse(said.value) : null;
      // The error is one of ours: both machines run one program.
      return answer?.success === true ? (answer.data as Result<QueueEntry, WishFailure>) : err({ kind: 'unsure' });
    },
    close() {
      if (closed) return;
      closed = true;
      putDown();
      desk.close();
      road.leave();
    },
  };
}

function groupOf({ members, rules }: SiteSettings, list: string): Group {
  return { list, members: [...members], rules: JSON.stringify(rules) };
}

function rulesOf({ rules }: Group): QueueRules {
  return QueueRules.parse(JSON.parse(rules));
}
