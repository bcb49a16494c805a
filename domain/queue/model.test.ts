import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, type QueueWish } from './decide.ts';
import { figuresOf } from './figures.ts';
import { applyEntry, queueOf } from './queue.ts';
import { emptyQueue, type Queue, ticketOf } from './state.ts';
import { QueueModel } from './test-model.ts';
import { holderOf, idOf, MACHINES, MINUTE, NINE, saying, siteRules, taking } from './test-site.ts';
import { valuesOf } from './trie.ts';
import type { Arrangement, MissedRule, QueueEntry, QueueRules, TicketId } from './types.ts';

/** The real queue, with what it was: a machine may decide on what it knew a while ago. */
type Real = { queue: Queue; past: Queue[]; entries: QueueEntry[]; serial: number; now: number };

/** What somebody does; which ticket and window that is, is found out when it happens. */
type Act = { what: Kind; pick: number; window: number; business: string; from: number; flag: boolean; stale: number; minutes: number };
const KINDS = [
  'take', 'take', 'take', 'take', 'take-first', 'take-first', 'take-booked', 'lease', 'roll', 'next', 'next', 'next', 'next', 'call', 'call', 'recalled', 'started', 'started', 'finished', 'finished', 'missed', 'missed', 'suspended', 'returned',
  'returned', 'transferred', 'left', 'prioritised', 'noted', 'rated', 'opened', 'paused', 'closed', 'again', 'arranged', 'carried',
] as const;
type Kind = (typeof KINDS)[number];

const SUITED: Partial<Record<Kind, readonly string[]>> = {
  call: ['waiting', 'missed'], recalled: ['called'], started: ['called'], missed: ['called'], finished: ['serving'], suspended: ['called', 'serving'], transferred: ['called', 'serving'], returned: ['suspended', 'missed'], rated: ['done', 'serving'],
};

class Doing implements fc.Command<QueueModel, Real> {
  private readonly act: Act;
  constructor(act: Act) {
    this.act = act;
  }

  check(): boolean {
    return true;
  }

  run(model: QueueModel, real: Real): void {
    expectDone(this.act, model, real);
  }

  toString(): string {
    return JSON.stringify(this.act);
  }
}

/** One step, by the real queue and by the model. */
function expectDone(act: Act, model: QueueModel, real: Real): void {
  real.now += act.minutes * MINUTE;
  const at = new Date(real.now).toISOString();
  const machine = MACHINES[act.from] ?? null;
  const held = act.what === 'again' ? [...valuesOf(real.queue.seen)] : [];
  const again = held[act.pick % Math.max(1, held.length)];
  const wish = again === undefined ? wishOf(act, model, real) : { kind: 'next' as const, window: act.window };
  const seen = real.past.at(-1 - act.stale) ?? real.queue;
  const decided = decide(seen, wish, { id: again?.id ?? idOf((real.serial += 1)), at, machine, account: machine === null ? 'wang' : null });
  if (again !== undefined) {
    if (seen === real.queue) expect(decided).toEqual({ ok: true, value: again });
    expect(applyEntry(real.queue, again)).toEqual({ ok: true, value: real.queue });
    return;
  }
  if (seen === real.queue) expectAsModel(model, real, wish, decided, machine);
  if (!decided.ok) return;
  const entry = decided.value;
  const refusal = model.refusal(entry.deed, entry.machine);
  const applied = applyEntry(real.queue, entry);
  expect(applied.ok ? null : applied.error.kind).toBe(refusal);
  real.entries.push(entry);
  if (applied.ok) {
    model.carry(entry.deed, real.now);
    real.queue = applied.value;
    real.past.push(applied.value);
  }
  expectSame(model, real.queue);
}

function wishOf({ what, pick, window, business, flag }: Act, model: QueueModel, real: Real): QueueWish {
  // Three of four times one with whom that can be done.
  const suited = model.people.filter(({ state }) => pick % 4 !== 0 && (SUITED[what] ?? []).includes(state));
  const among = suited.length === 0 ? model.people : suited;
  const person = among[pick % Math.max(1, among.length)];
  const ticket = (person?.id ?? idOf(1)) as TicketId;
  // Mostly where the ticket is, at times where it is not.
  const here = pick % 5 === 0 || person?.window == null ? window : person.window;
  const from = new Date(real.now - 5 * MINUTE).toISOString();
  switch (what) {
    case 'take':
      return taking(business, { holder: flag ? holderOf(pick % 7) : null });
    case 'take-first':
      return taking(business, { priority: 'elderly' });
    case 'take-booked':
      return taking(business, { way: 'appointment', appointment: { id: idOf(800_000 + (pick % 20)), from, until: new Date(real.now + (pick % 40) * MINUTE).toISOString() } });
    case 'lease':
      return { kind: 'lease', business };
    case 'roll':
      return { kind: 'enter-roll', business, number: 1 + (pick % 300), takenAt: from };
    case 'next':
    case 'again':
      return { kind: 'next', window };
    case 'call':
      return saying({ kind: 'called', ticket, window });
    case 'recalled':
    case 'started':
    case 'missed':
      return saying({ kind: what, ticket, window: here });
    case 'finished':
      return saying({ kind: 'finished', ticket, window: here, items: [] });
    case 'suspended':
      return saying({ kind: 'suspended', ticket, window: here, why: 'documents' });
    case 'transferred':
      return saying({ kind: 'transferred', ticket, window: here, business, to: pick % 3 === 0 ? window : null, keepsPlace: pick % 2 === 0 });
    case 'returned':
      return saying({ kind: 'returned', ticket });
    case 'left':
      return saying({ kind: 'left', ticket, why: 'holder' });
    case 'prioritised':
      return saying({ kind: 'prioritised', ticket, priority: flag ? 'military' : null, reason: '窗口核对' });
    case 'noted':
      return saying({ kind: 'noted', ticket, words: '已核对' });
    case 'rated':
      return saying({ kind: 'rated', ticket, window: here, level: 5, tags: [] });
    case 'opened':
      return saying({ kind: 'window-opened', window, account: `clerk-${pick % 2}`, businesses: flag ? [business] : (model.windows.find(({ number }) => number === window)?.businesses ?? []) });
    case 'paused':
      return saying({ kind: 'window-paused', window, why: '取件' });
    case 'closed':
      return saying({ kind: 'window-closed', window });
    case 'arranged':
      return { kind: 'arrange', after: pick % 7 === 0 ? model.version + 1 : model.version, arrangement: pick % 5 === 0 ? null : arrangementOf(model, window, flag ? [business] : []) };
    case 'carried':
      return { kind: 'carry', version: model.version + (pick % 3), arrangement: flag ? null : arrangementOf(model, window, [business]) };
  }
}

/** The windows that there are, one of them with other businesses; with none it is taken away. */
function arrangementOf(model: QueueModel, window: number, businesses: string[]): Arrangement {
  const others = model.windows.filter(({ number }) => number !== window);
  const windows = businesses.length === 0 ? others : [...others, { number: window, businesses }];
  return { windows: windows.length === 0 ? [...model.windows] : windows, hours: [], assigned: [], alarms: { waitMinutes: 30, waiting: 30 } };
}

/** A wish that is decided on what is: it brings whom the model says, is refused as the model says, and passes nobody more often than the bound allows. */
function expectAsModel(model: QueueModel, real: Real, wish: QueueWish, decided: ReturnType<typeof decide>, machine: string | null): void {
  if (wish.kind === 'do') expect(decided.ok ? null : decided.error.kind).toBe(model.refusal(wish.deed, machine));
  if (wish.kind === 'arrange') expect(decided.ok ? null : decided.error.kind).toBe(wish.after === model.version ? model.refusal({ kind: 'arranged', version: wish.after + 1, arrangement: wish.arrangement }, machine) : 'arranged-before');
  if (wish.kind === 'carry') expect(decided.ok ? null : decided.error.kind).toBe(model.refusal({ kind: 'arranged', version: wish.version, arrangement: wish.arrangement }, machine));
  if (wish.kind !== 'next') return;
  const counter = model.counters.find(({ number }) => number === wish.window);
  const due = model.next(wish.window, real.now);
  if (counter === undefined) expect(decided).toMatchObject({ error: { kind: 'unknown-window' } });
  else if (counter.state !== 'open') expect(decided).toMatchObject({ error: { kind: 'window-closed' } });
  else if (model.inHand(wish.window) !== undefined) expect(decided).toMatchObject({ error: { kind: 'window-busy' } });
  else if (due === undefined) expect(decided).toMatchObject({ error: { kind: 'nobody-waits' } });
  else {
    expect(decided).toMatchObject({ value: { deed: { kind: 'called', ticket: due.id, window: wish.window } } });
    for (const business of due.bound === wish.window ? [] : counter.businesses) {
      const head = model.head(business);
      const passes = head !== undefined && (head.from < due.from || (head.from === due.from && head.number < due.number));
      if (passes) expect(model.passedInARow(business) + 1).toBeLessThan(model.rules.ordinaryEvery);
    }
  }
}

/** Everybody is where the model has them, in one place, with a number of their own. */
function expectSame(model: QueueModel, queue: Queue): void {
  expect(queue.tickets.size).toBe(model.people.length);
  for (const person of model.people) {
    const ticket = ticketOf(queue, person.id);
    expect([ticket?.state.kind, ticket?.business, ticket?.window, ticket?.missed, Date.parse(ticket?.since ?? '')]).toEqual([person.state, person.business, person.bound, person.missed, person.from]);
  }
  expect(queue.windows.map(({ number, state, businesses }) => [number, state, businesses])).toEqual(model.counters.map(({ number, state, businesses }) => [number, state, businesses]));
  const inHand = queue.windows.flatMap(({ ticket, number }) => (ticket === null ? [] : [{ ticket, number }]));
  for (const { ticket, number } of inHand) expect(ticketOf(queue, ticket)?.state).toMatchObject({ window: number });
  const places = [...Object.values(queue.lines).flat().map(({ ticket }) => ticket), ...inHand.map(({ ticket }) => ticket), ...queue.aside.map(({ ticket }) => ticket)];
  expect(new Set(places).size).toBe(places.length);
  const ended = [...valuesOf(queue.tickets)].filter(({ state }) => state.kind === 'done' || state.kind === 'left').length;
  expect(places.length + ended).toBe(queue.tickets.size);
  expect(new Set([...valuesOf(queue.tickets)].map(({ issued, number }) => `${issued} ${number}`)).size).toBe(queue.tickets.size);
}

function begin(rules: QueueRules): { model: QueueModel; real: Real } {
  const model = new QueueModel(rules);
  const real: Real = { queue: emptyQueue(rules), past: [], entries: [], serial: 1, now: NINE };
  const start: Omit<Act, 'what' | 'window' | 'business' | 'from'> = { pick: 0, flag: false, stale: 0, minutes: 0 };
  for (const { number } of rules.windows) new Doing({ ...start, what: 'opened', window: number, business: 'housing', from: 9 }).run(model, real);
  for (const { key } of rules.businesses) for (const from of [0, 1]) new Doing({ ...start, what: 'lease', window: 1, business: key, from }).run(model, real);
  return { model, real };
}

const missed = fc.oneof(
  fc.record({ kind: fc.constant('after' as const), tickets: fc.integer({ min: 1, max: 4 }), times: fc.integer({ min: 1, max: 2 }) }), fc.record({ kind: fc.constant('end' as const), times: fc.integer({ min: 1, max: 2 }) }), fc.constant<MissedRule>({ kind: 'void' }),
);
const act = fc.record<Act>({
  what: fc.constantFrom(...KINDS), pick: fc.nat(999), window: fc.oneof(fc.constantFrom(1, 11), fc.integer({ min: 1, max: 12 })), business: fc.constantFrom('social-security', 'social-security', 'registration', 'housing'),
  from: fc.nat(3), flag: fc.boolean(), stale: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(8) }), minutes: fc.nat(4),
});

test('twelve windows and three machines, whatever they wish, in whatever order, keep to the rules', () => {
  const commands = fc.commands([act.map((one) => new Doing(one))], { maxCommands: 120, size: 'max' });
  fc.assert(fc.property(commands, missed, fc.integer({ min: 1, max: 4 }), (doings, rule, ordinaryEvery) => {
    const rules = siteRules({ missed: rule, ordinaryEvery, leaseSize: 12 });
    const { model, real } = begin(rules);
    fc.modelRun(() => ({ model, real }), doings);
    // Another machine that hears of the same entries, those that did not hold among them and some twice, counts alike.
    expect(queueOf(rules, [...real.entries, ...valuesOf(real.queue.seen)])).toEqual(real.queue);
    const { whole } = figuresOf(rules, real.entries);
    const inState = (...states: string[]) => model.people.filter(({ state }) => states.includes(state)).length;
    expect([whole.taken, whole.served, whole.left, whole.abandoned]).toEqual([model.people.length, inState('done'), inState('left'), inState('left', 'missed')]);
  }), { numRuns: 150 });
});
