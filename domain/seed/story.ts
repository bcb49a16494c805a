/**
 * The story of a made-up county, from a seed number: who came when with what, what became of it, and what went wrong on the way. The same options give the same stream on every
 * machine, in the order in which the hall hears of things. Only cases that are under way are held, so the length of a story costs no memory.
 */
import { isWorkingDay, type LocalDay } from '../calendar/working-days.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import type { CaseId, MachineId } from '../ids.ts';
import { arrivalsOf, firstDay } from './arrivals.ts';
import { type County, countyOf } from './county.ts';
import type { Paper } from './form.ts';
import type { Offered } from './items.ts';
import { handle } from './life-after.ts';
import { answer, handIn } from './life-before.ts';
import { putAway } from './life-end.ts';
import { type AgeGroup, personOf } from './people.ts';
import { createRun, type Life, type Run } from './run.ts';
import { arrivalOf, outagesOf, timeOn } from './times.ts';
import { createWorld, type Envelope, type NamedCalendar, type StoryEvent, type Summary, type World } from './world.ts';

export type StoryOptions = {
  seed: number;
  /** The county's digits. */
  division: string;
  /** People come on so many days … */
  days: number;
  /** … of which the last one ends now, milliseconds since 1970: what would happen later is not told. */
  until: number;
  cases: number;
  /** What can be applied for, with how often it is, compared to the others. */
  items: readonly Offered[];
  /** The county's calendar with days of its own, as the hall names it. */
  calendarOf: (days: readonly LocalDay[]) => NamedCalendar;
  paperOf: (id: CaseId) => Paper;
  envelopeOf: (id: CaseId) => Envelope;
};

export type Story = { county: County; /** When it begins, milliseconds since 1970. */ from: number; /** The hall's one run from its first day to its last. */ boot: string; /** Numbers that were given out so far, by the hall's names for them. */ counters: ReadonlyMap<string, number>; events: Generator<StoryEvent, Summary, void> };

export function tellStory(options: StoryOptions): Story {
  const { seed, division, cases, days, until } = options;
  const items = options.items.map(({ item }) => item);
  const county = countyOf(seed, division, cases / days, items);
  const date = firstDay(until, days);
  const from = timeOn(date, 0);
  const world = createWorld({ seed, county, items, outages: outagesOf(seed, county, from, until), from, until, closure: closureOf(options, date), calendarOf: options.calendarOf, paperOf: options.paperOf, envelopeOf: options.envelopeOf });
  return { county, from, boot: world.boot, counters: world.counters, events: tell(world, options, date) };
}

/** A day in the middle on which the county closes for snow; a story of a few days has none. */
function closureOf({ seed, days }: StoryOptions, from: string): LocalDay | null {
  if (days < 14) return null;
  for (let day = Math.floor(days * 0.55) + (seed % 5); day < days; day += 1) {
    const date = addNaturalDays(from, day);
    if (isWorkingDay(date)) return { date, working: false, reason: '大雪停办' };
  }
  return null;
}

/** A case that waits. Of those that wake at one time, a machine's come one after another, each in the order in which it happened. */
type Waiting = { at: number; machine: string; happened: number; order: number; run: Run; life: Life };

function* tell(world: World, options: StoryOptions, date: string): Generator<StoryEvent, Summary, void> {
  const { county, from, until, closure, closedAt, out, summary } = world;
  const queue: Waiting[] = [];
  const open = new Map<CaseId, Run>();
  let order = 0;
  const wait = (run: Run, life: Life, at: number, happened: number, machine: string) => {
    order += 1;
    if (at < until) push(queue, { at, machine, happened, order, run, life });
  };

  function* advance(mark: number): Generator<StoryEvent> {
    for (let next = queue[0]; next !== undefined && next.at <= mark; next = queue[0]) {
      pop(queue);
      const { run, life } = next;
      run.wake({ at: next.at, happened: next.happened, machine: next.machine === '' ? null : run.machine });
      const { done, value } = life.next();
      if (done !== true) wait(run, life, value.at, value.happened, value.machine ?? '');
      else if (isOver(world, run, next.at)) {
        open.delete(run.id);
        out.push({ kind: 'over', at: next.at, case: run.id });
      }
      yield* drain(out);
    }
  }

  // One in seven machines stands ready before the hall has given it numbers.
  const machines = county.sites.flatMap((site) => site.machines);
  machines.forEach((machine, index) => index % 7 !== 3 && world.lease(machine, from));
  yield* drain(out);

  let closed = closedAt === null;
  let serial = 0;
  for (const { at, machine } of arrivalsOf(options.seed, county, options.cases, date, options.days, until, world.afterClosure)) {
    if (!closed && closedAt !== null && closure !== null && at >= closedAt) {
      closed = true;
      yield* advance(closedAt);
      yield close(world, open.values(), closedAt, closure);
    }
    yield* advance(at);
    const run = newRun(world, options, serial, at, machine);
    open.set(run.id, run);
    serial += 1;
    const arrival = machine === null ? at : arrivalOf(machine, at, world.outages);
    wait(run, lifeOf(world, run, serial > 1 && run.random.chance(0.012)), arrival, at, machine ?? '');
  }
  yield* advance(until - 1);
  return { ...summary, cases: serial };
}

/** Whether nothing at all will be said of a case any more: the county's closure still reaches those whose clock runs. */
function isOver({ closedAt }: World, run: Run, at: number): boolean {
  const { stage } = run.state;
  return (stage !== 'accepted' && stage !== 'decided') || closedAt === null || at >= closedAt;
}

/** The county stays shut for a day: every clock that runs over it is set anew, by the hall's own program. */
function close(world: World, open: Iterable<Run>, at: number, day: LocalDay): StoryEvent {
  for (const run of [...open].sort((left, right) => (left.id < right.id ? -1 : 1))) {
    if (!run.begun) continue;
    const { stage, limits } = run.state;
    if ((stage !== 'accepted' && stage !== 'decided') || limits === null) continue;
    run.wake({ at, happened: at, machine: null });
    const anew = run.limits();
    if (anew.promisedBy !== limits.promisedBy || anew.statutoryBy !== limits.statutoryBy) run.program({ kind: 'limits-set', why: 'closure', limits: anew });
  }
  world.note('closures');
  return { kind: 'closure', at, day, moved: world.out.splice(0).filter((event) => event.kind === 'action') };
}

function newRun(world: World, { seed, items }: StoryOptions, serial: number, at: number, machine: MachineId | null): Run {
  const random = world.random('who', serial);
  const item = random.weighted(items.map(({ item: each, weight }) => [weight, each] as const));
  const group: AgeGroup = item.result.template === 'elder-card' ? 'elder' : 'adult';
  // Every fifth has been here before.
  const index = random.chance(0.2) ? random.between(0, serial) : serial;
  return createRun(world, { serial, at, machine, item, person: personOf(seed, group, index) });
}

function* lifeOf(world: World, run: Run, duplicate: boolean): Life {
  const { leftOut } = yield* handIn(world, run);
  const accepted = yield* answer(world, run, leftOut, duplicate);
  const hasResult = accepted && (yield* handle(world, run));
  const { stage } = run.state;
  if (stage === 'finished' || stage === 'refused' || stage === 'withdrawn') yield* putAway(world, run, hasResult);
}

function* drain(out: StoryEvent[]): Generator<StoryEvent> {
  yield* out.splice(0);
}

/** Whether `left` wakes before `right`. */
function before(left: Waiting, right: Waiting): boolean {
  if (left.at !== right.at) return left.at < right.at;
  if (left.machine !== right.machine) return left.machine < right.machine;
  return left.happened === right.happened ? left.order < right.order : left.happened < right.happened;
}

/** A binary heap: some ten thousand cases wait at a time. */
function push(queue: Waiting[], waiting: Waiting): void {
  let place = queue.length;
  queue.push(waiting);
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = queue[parent];
    if (above === undefined || !before(waiting, above)) break;
    queue[place] = above;
    place = parent;
  }
  queue[place] = waiting;
}

function pop(queue: Waiting[]): void {
  const last = queue.pop();
  if (last === undefined || queue.length === 0) return;
  let place = 0;
  for (;;) {
    const [left, right] = [place * 2 + 1, place * 2 + 2];
    let least = left;
    const [leftOne, rightOne] = [queue[left], queue[right]];
    if (leftOne === undefined) break;
    if (rightOne !== undefined && before(rightOne, leftOne)) least = right;
    const child = queue[least];
    if (child === undefined || !before(child, last)) break;
    queue[place] = child;
    place = least;
  }
  queue[place] = last;
}
