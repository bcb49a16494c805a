/** Who does what next: in each round some desks work side by side, each on another case, and citizens use the terminals. */
import { dayOf, HOUR } from './book.ts';
import type { Colleague } from './colleague.ts';
import { depict, type Stage } from './stage.ts';
import { BODIES, KINDS, type Life, type Seat, type Step } from './stories.ts';

/** Pages that work at once: more only wait for each other on two cores. */
const LANES = 3;

/** The step that a case waits for, passing over those that have no sense any more; null when there is none, or not yet. */
function due(life: Life, now: number): Step | null {
  for (const steps: readonly Step[] = KINDS[life.kind]; ; life.next += 1) {
    const step = steps[life.next];
    if (step === undefined || life.dueAt > now) return null;
    if (life.next === 0) return step;
    const { book } = life;
    if (book === null || (step.when !== undefined && !step.when(book, dayOf(now)))) return null;
    if (step.from === undefined || step.from.includes(book.stage)) return step;
  }
}

/** Somebody for each seat who is free now; null when not all are. */
function seatsFor({ cast, random }: Stage, { holder, item }: Life, who: readonly Seat[], busy: ReadonlySet<string>): Colleague[] | null {
  const sits = ({ account, role, department }: Colleague, seat: Seat) => {
    if (seat === 'window') return role === 'clerk' && (holder === '' || holder === account);
    if (seat === 'issuer' || seat === 'supervisor') return role === seat;
    return department === (seat === 'decider' ? item.body.creditCode : BODIES[seat]);
  };
  const chosen: Colleague[] = [];
  for (const seat of who) {
    const free = [...cast.values()].filter((one) => !busy.has(one.account) && !chosen.includes(one) && sits(one, seat));
    if (free.length === 0) return null;
    chosen.push(random.pick(free));
  }
  return chosen;
}

async function take(stage: Stage, life: Life, step: Step, cast: readonly Colleague[], pace: number): Promise<void> {
  await step.run(life, cast, stage.hand);
  life.next += 1;
  life.dueAt = stage.hand.now() + life.random.between(0, pace) * HOUR;
}

/** What citizens do at terminals, and the line to the hall. @param pace hours that may lie between two steps of a case */
export async function useTerminals(stage: Stage, pace: number): Promise<void> {
  for (const life of stage.random.shuffle(stage.lives)) {
    const step = due(life, stage.hand.now());
    if (step !== null && step.who.length === 0) await take(stage, life, step, [], pace);
  }
  for (const machine of stage.machines) await machine.send();
}

/** One round. @returns whether anything was done at a desk */
export async function goRound(stage: Stage, pace: number): Promise<boolean> {
  await useTerminals(stage, pace);
  const busy = new Set<string>();
  const work: Promise<void>[] = [];
  for (const life of stage.random.shuffle(stage.lives)) {
    const step = work.length < LANES ? due(life, stage.hand.now()) : null;
    const cast = step === null || step.who.length === 0 ? null : seatsFor(stage, life, step.who, busy);
    if (step === null || cast === null) continue;
    for (const { account } of cast) busy.add(account);
    work.push(take(stage, life, step, cast, pace).catch(async (cause: unknown) => {
      for (const who of cast) await depict(who);
      throw new Error(`${life.kind}, step ${life.next}, by ${cast.map(({ account }) => account).join(' and ')}`, { cause });
    }));
  }
  // All come to their end before one that failed is told: nobody works on at a page that is being closed.
  const ends = await Promise.allSettled(work);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return work.length > 0;
}
