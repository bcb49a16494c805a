/**
 * A made-up morning at a site: who comes, who is absent when called, how long it takes. The people and clerks in it act through wishes alone; what truly
 * happened is written down here beside them, so that rules can be held against it.
 */
import type { MachineId } from '../ids.ts';
import { type Random, randomFrom } from '../seed/random.ts';
import { decide, type QueueWish } from './decide.ts';
import { applyEntry } from './queue.ts';
import { emptyQueue, type Queue } from './state.ts';
import { idOf, MACHINES, MINUTE, NINE, saying, siteRules, taking } from './test-site.ts';
import type { QueueEntry, QueueRules, TicketId, TicketWay } from './types.ts';

type Place = { at: number; business: string; window: number | null };
/** What truly happened, milliseconds since 1970. */
export type Truth = Place & ({ kind: 'taken'; way: TicketWay; ticket: TicketId } | { kind: 'waited' | 'walked' | 'spell'; ms: number; ticket: TicketId } | { kind: 'finished' | 'missed' | 'left'; ticket: TicketId } | { kind: 'without' });

export type Morning = { rules: QueueRules; entries: QueueEntry[]; truth: Truth[] };

type Person = { ticket: TicketId; business: string; taken: number; absent: boolean; called: boolean; over: boolean };

/** What one visit really takes, minutes; the site's rules guess otherwise. */
const TRUE_MINUTES: Record<string, number> = { 'social-security': 6.5, registration: 17, housing: 11 };
/** People a minute at the quietest; at half past nine it is twice as many. */
const ARRIVALS = 0.75;
const DOORS_CLOSE = 200;
const END = 250;

/** @param onTaken called after each ticket with the queue of then */
export function simulateMorning(seed: number, onTaken: (queue: Queue, ticket: TicketId, at: string) => void = () => undefined): Morning {
  const random = randomFrom(seed);
  const rules = siteRules();
  const [people, truth, entries] = [new Map<TicketId, Person>(), [] as Truth[], [] as QueueEntry[]];
  const agenda: { at: number; run: () => void }[] = [];
  const idle = new Set<number>();
  const breaks = new Map(rules.windows.map(({ number }) => [number, NINE + random.between(40, 150) * MINUTE]));
  let [queue, now, serial] = [emptyQueue(rules), NINE, 0];

  const after = (ms: number, run: () => void) => {
    const at = now + Math.max(1, Math.round(ms));
    agenda.splice(agenda.findLastIndex((one) => one.at <= at) + 1, 0, { at, run });
  };
  const wish = (wished: QueueWish, machine: MachineId | null = null): QueueEntry | null => {
    const decided = decide(queue, wished, { id: idOf((serial += 1)), at: new Date(now).toISOString(), machine, account: machine === null ? 'wang' : null });
    if (!decided.ok) return null;
    const applied = applyEntry(queue, decided.value);
    if (!applied.ok) throw new Error(applied.error.kind);
    queue = applied.value;
    entries.push(decided.value);
    return decided.value;
  };
  const write = (person: Person, window: number | null, what: object) => truth.push({ at: now, business: person.business, window, ticket: person.ticket, ...what } as Truth);
  const wake = () => {
    for (const window of idle) after(random.between(1000, 4000), () => seek(window));
    idle.clear();
  };

  const take = (business: string, way: Exclude<TicketWay, 'roll'>) => {
    const machine = way === 'staff' ? null : random.pick(MACHINES);
    const appointment = way === 'appointment' ? { id: idOf(900_000 + serial), from: new Date(now - 10 * MINUTE).toISOString(), until: new Date(now + 50 * MINUTE).toISOString() } : null;
    const wished = taking(business, { way, appointment, priority: random.chance(0.12) ? 'elderly' : null });
    const entry = wish(wished, machine) ?? (wish({ kind: 'lease', business }, machine), wish(wished, machine));
    if (entry?.deed.kind === 'issued') come(entry.deed.issue.ticket, business, way, now);
  };
  const come = (ticket: TicketId, business: string, way: TicketWay, taken: number) => {
    const person: Person = { ticket, business, taken, absent: random.chance(0.06), called: false, over: false };
    people.set(ticket, person);
    write(person, null, { kind: 'taken', way, at: taken });
    onTaken(queue, ticket, new Date(now).toISOString());
    if (random.chance(0.03)) after(random.between(5, 40) * MINUTE, () => leave(person, 'holder'));
    wake();
  };
  const leave = (person: Person, why: 'holder' | 'closing') => {
    if (wish(saying({ kind: 'left', ticket: person.ticket, why })) === null) return;
    const window = windowWith(person);
    person.over = true;
    write(person, window, { kind: 'left' });
    if (window !== null) {
      inHand.delete(window);
      after(gap(random), () => seek(window));
    }
  };
  const inHand = new Map<number, Person>();
  const windowWith = (person: Person) => [...inHand].find(([, one]) => one === person)?.[0] ?? null;

  const seek = (window: number) => {
    if (inHand.has(window)) return;
    if ((breaks.get(window) ?? Infinity) <= now) {
      breaks.delete(window);
      wish(saying({ kind: 'window-paused', window, why: '取件' }));
      after(random.between(5, 12) * MINUTE, () => openWindow(window));
      return;
    }
    const entry = wish({ kind: 'next', window });
    const person = entry?.deed.kind === 'called' ? people.get(entry.deed.ticket) : undefined;
    if (person === undefined) {
      idle.add(window);
      return;
    }
    inHand.set(window, person);
    if (!person.called) write(person, window, { kind: 'waited', ms: now - person.taken });
    person.called = true;
    const calledAt = now;
    const here = (run: () => void) => () => {
      if (inHand.get(window) === person && !person.over) run();
    };
    if (person.absent) {
      after(MINUTE, here(() => void wish(saying({ kind: 'recalled', ticket: person.ticket, window }))));
      after(2 * MINUTE, here(() => miss(person, window)));
    } else after(random.between(10, 60) * 1000, here(() => start(person, window, calledAt)));
  };
  const miss = (person: Person, window: number) => {
    wish(saying({ kind: 'missed', ticket: person.ticket, window }));
    write(person, window, { kind: 'missed' });
    free(window);
    if (random.chance(0.3)) after(random.between(3, 15) * MINUTE, () => {
      person.absent = random.chance(0.2);
      if (wish(saying({ kind: 'returned', ticket: person.ticket })) !== null) wake();
    });
  };
  const start = (person: Person, window: number, calledAt: number) => {
    wish(saying({ kind: 'started', ticket: person.ticket, window }));
    write(person, window, { kind: 'walked', ms: now - calledAt });
    const startedAt = now;
    after(serviceMs(random, person.business), () => end(person, window, startedAt));
  };
  const end = (person: Person, window: number, startedAt: number) => {
    const { ticket } = person;
    write(person, window, { kind: 'spell', ms: now - startedAt });
    const fate = random.next();
    if (fate < 0.03) {
      wish(saying({ kind: 'suspended', ticket, window, why: 'documents' }));
      after(random.between(3, 20) * MINUTE, () => {
        if (wish(saying({ kind: 'returned', ticket })) !== null) wake();
      });
    } else if (fate < 0.06) {
      const business = random.pick(rules.businesses).key;
      wish(saying({ kind: 'transferred', ticket, window, business, to: null, keepsPlace: random.chance(0.5) }));
      person.business = business;
      wake();
    } else {
      wish(saying({ kind: 'finished', ticket, window, items: [] }));
      person.over = true;
      write(person, window, { kind: 'finished' });
      if (random.chance(0.6)) wish(saying({ kind: 'rated', ticket, window, level: random.between(3, 5), tags: [] }));
      if (random.chance(0.02)) {
        wish(saying({ kind: 'served', window, business: person.business, items: [], minutes: 2 }));
        truth.push({ kind: 'without', at: now, business: person.business, window });
      }
    }
    free(window);
  };
  const free = (window: number) => {
    inHand.delete(window);
    after(gap(random), () => seek(window));
  };
  const openWindow = (window: number) => {
    wish(saying({ kind: 'window-opened', window, account: `clerk-${window}`, businesses: rules.windows.find(({ number }) => number === window)?.businesses ?? [] }));
    seek(window);
  };

  for (const { number } of rules.windows) openWindow(number);
  for (let minute = exponential(random, 1 / rateAt(0)); minute < DOORS_CLOSE; minute += exponential(random, 1 / rateAt(minute))) {
    const business = random.weighted([[63, 'social-security'], [22, 'registration'], [15, 'housing']] as const);
    after(minute * MINUTE, () => take(business, random.weighted([[70, 'card'], [8, 'phone'], [12, 'staff'], [10, 'appointment']] as const)));
  }
  after(120 * MINUTE, () => {
    for (let number = 700; number < 705; number += 1) {
      const entry = wish({ kind: 'enter-roll', business: 'housing', number, takenAt: new Date(now - 8 * MINUTE).toISOString() });
      if (entry?.deed.kind === 'issued') come(entry.deed.issue.ticket, 'housing', 'roll', now - 8 * MINUTE);
    }
  });
  after(END * MINUTE, () => {
    for (const person of people.values()) if (!person.over) leave(person, 'closing');
  });
  for (let next = agenda.shift(); next !== undefined && next.at <= NINE + END * MINUTE; next = agenda.shift()) {
    now = next.at;
    next.run();
  }
  return { rules, entries, truth };
}

/** People a minute: a peak half an hour after the doors open. */
function rateAt(minute: number): number {
  return ARRIVALS * (1 + Math.exp(-(((minute - 30) / 35) ** 2)));
}

function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}

/** Lognormal with a spread of 0.6 of its mean, as services are: many short ones and some very long. */
function serviceMs(random: Random, business: string): number {
  const sigma = Math.sqrt(Math.log(1 + 0.6 ** 2));
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return (TRUE_MINUTES[business] ?? 10) * MINUTE * Math.exp(sigma * normal - sigma ** 2 / 2);
}

/** What a clerk does between two. */
function gap(random: Random): number {
  return random.between(10, 40) * 1000;
}
