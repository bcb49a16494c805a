/**
 * The rules of a queue once more, written for plainness alone and from `docs/queue.md`, not from the code: lists that are searched from end to end, and a log
 * of calls that is read backwards. What the real queue does is held against it.
 */
import type { Arrangement, QueueDeed, QueueRules } from './types.ts';

type Person = {
  id: string; letter: string; business: string; number: number; holder: string | null; first: boolean; slot: { id: string; from: number; until: number } | null; from: number;
  state: 'waiting' | 'called' | 'serving' | 'suspended' | 'missed' | 'done' | 'left'; window: number | null; bound: number | null; missed: number; rated: boolean;
};
type Counter = { number: number; state: 'closed' | 'open' | 'paused'; account: string; businesses: readonly string[] };
type Call = { who: string; from: number; number: number; own: boolean; heads: Record<string, { id: string; from: number; number: number } | null> };

export class QueueModel {
  readonly people: Person[] = [];
  counters: Counter[];
  readonly calls: Call[] = [];
  readonly lent: { business: string; machine: string; first: number; last: number }[] = [];
  readonly rules: QueueRules;
  /** Windows as they are arranged, and how often they were. */
  windows: Arrangement['windows'];
  version = 0;

  constructor(rules: QueueRules) {
    this.rules = rules;
    this.windows = rules.windows;
    this.counters = rules.windows.map(({ number, businesses }) => ({ number, state: 'closed', account: '', businesses }));
  }

  person(id: string): Person | undefined {
    return this.people.find((person) => person.id === id);
  }

  inHand(window: number): Person | undefined {
    return this.people.find(({ state, window: at }) => at === window && (state === 'called' || state === 'serving'));
  }

  /** Whom 下一位 must bring, and whether it may pass whom it passes. */
  next(window: number, now: number): Person | undefined {
    const counter = this.counter(window);
    const own = this.line().find(({ bound }) => bound === window);
    if (counter === undefined || own !== undefined) return own;
    const free = this.line().filter((person) => counter.businesses.includes(person.business) && this.anyMayCall(person));
    const inSlot = free.filter(({ slot }) => slot !== null && slot.from <= now && now < slot.until).sort((one, other) => (one.slot?.from ?? 0) - (other.slot?.from ?? 0));
    const usual = inSlot[0] ?? free.find(({ first }) => first) ?? free[0];
    const owed = counter.businesses.some((business) => this.head(business) !== undefined && this.passedInARow(business) + 1 >= this.rules.ordinaryEvery);
    return owed ? free[0] : usual;
  }

  /** How often in a row the one who waits longest without priority was passed. */
  passedInARow(business: string): number {
    let count = 0;
    for (const { who, from, number, own, heads } of this.calls.toReversed()) {
      const head = heads[business];
      if (own || head === undefined) continue;
      if (head === null || head.id === who) return count;
      if (head.from < from || (head.from === from && head.number < number)) count += 1;
    }
    return count;
  }

  head(business: string): Person | undefined {
    return this.line().find((person) => person.business === business && !person.first && this.anyMayCall(person));
  }

  /** Why a deed does not hold; null: it does. */
  refusal(deed: QueueDeed, machine: string | null): string | null {
    const person = 'ticket' in deed ? this.person(deed.ticket) : undefined;
    const counter = 'window' in deed ? this.counter(deed.window) : undefined;
    const businesses = this.rules.businesses.map(({ key }) => key);
    if ('window' in deed && counter === undefined && deed.kind !== 'window-opened') return 'unknown-window';
    if ('business' in deed && deed.kind !== 'transferred' && !businesses.includes(deed.business)) return 'unknown-business';
    if ('ticket' in deed && person === undefined && deed.kind !== 'called') return 'unknown-ticket';
    switch (deed.kind) {
      case 'leased':
        return this.numbers(deed.business).some((taken) => deed.first <= taken && taken <= deed.last) ? 'number-taken' : null;
      case 'issued': {
        const { issue } = deed;
        if (this.people.some((other) => this.alive(other) && issue.holder !== null && other.holder === issue.holder && other.business === issue.business)) return 'holds-one';
        if (this.people.some((other) => issue.appointment !== null && other.slot?.id === issue.appointment.id && other.state !== 'left')) return 'holds-one';
        if (this.people.some(({ letter, number }) => letter === issue.business && number === issue.number)) return 'number-taken';
        const lent = this.lent.find(({ business, first, last }) => business === issue.business && first <= issue.number && issue.number <= last)?.machine;
        if (issue.way === 'roll' || machine === null) return lent === undefined ? null : 'number-taken';
        return lent === machine ? null : 'wrong-range';
      }
      case 'window-opened': {
        const busy = this.inHand(deed.window) !== undefined && counter?.account !== deed.account;
        return counter === undefined ? 'unknown-window' : busy ? 'window-busy' : null;
      }
      case 'arranged': {
        if (deed.version <= this.version) return 'arranged-before';
        const wanted = (deed.arrangement?.windows ?? this.rules.windows).map(({ number }) => number);
        return this.counters.some(({ number, state }) => state !== 'closed' && !wanted.includes(number)) ? 'window-in-use' : null;
      }
      case 'window-paused':
      case 'served':
        return counter?.state === 'closed' ? 'window-closed' : null;
      case 'window-closed':
        return this.inHand(deed.window) === undefined ? null : 'window-busy';
      case 'called':
        if (counter?.state !== 'open') return 'window-closed';
        if (this.inHand(deed.window) !== undefined) return 'window-busy';
        if (person === undefined) return 'unknown-ticket';
        if (person.state !== 'waiting' && person.state !== 'missed') return 'ticket-moved';
        if (!this.alive(person)) return 'spent';
        return person.bound === deed.window || (this.anyMayCall(person) && counter.businesses.includes(person.business)) ? null : 'not-at-this-window';
      case 'recalled':
      case 'started':
      case 'missed':
        return person?.state === 'called' && person.window === deed.window ? null : 'ticket-moved';
      case 'suspended':
        return this.inHand(deed.window) === person ? null : 'ticket-moved';
      case 'transferred':
        if (this.inHand(deed.window) !== person) return 'ticket-moved';
        return deed.to === null || this.counter(deed.to) !== undefined ? null : 'unknown-window';
      case 'finished':
        return person?.state === 'serving' && person.window === deed.window ? null : 'ticket-moved';
      case 'rated':
        if ((person?.state !== 'serving' && person?.state !== 'done') || person.window !== deed.window) return 'ticket-moved';
        return person.rated ? 'rated-before' : null;
      case 'returned':
        if (person?.state !== 'suspended' && person?.state !== 'missed') return 'ticket-moved';
        return this.alive(person) ? null : 'spent';
      case 'left':
        return person?.state === 'serving' || person?.state === 'done' || person?.state === 'left' ? 'ticket-moved' : null;
      case 'prioritised':
        return person?.state === 'done' || person?.state === 'left' ? 'ticket-moved' : null;
      case 'noted':
        return null;
    }
  }

  /** What a deed that holds changes. */
  carry(deed: QueueDeed, now: number): void {
    const person = 'ticket' in deed ? this.person(deed.ticket) : undefined;
    const counter = 'window' in deed ? this.counter(deed.window) : undefined;
    if (deed.kind === 'leased') this.lent.push(deed);
    if (deed.kind === 'issued') {
      const { ticket: id, business, number, holder, priority, appointment, at } = deed.issue;
      const slot = appointment === null ? null : { id: appointment.id, from: Date.parse(appointment.from), until: Date.parse(appointment.until) };
      this.people.push({ id, letter: business, business, number, holder, first: priority !== null, slot, from: Date.parse(at), state: 'waiting', window: null, bound: null, missed: 0, rated: false });
    }
    if (deed.kind === 'arranged') this.arrange(deed.version, deed.arrangement);
    if (counter !== undefined && deed.kind === 'window-opened') Object.assign(counter, { state: 'open', account: deed.account, businesses: deed.businesses });
    if (counter !== undefined && deed.kind === 'window-paused') counter.state = 'paused';
    if (counter !== undefined && deed.kind === 'window-closed') Object.assign(counter, { state: 'closed', account: '', businesses: this.windows.find(({ number }) => number === counter.number)?.businesses ?? [] });
    if (person === undefined) return;
    switch (deed.kind) {
      case 'called': {
        const heads: Call['heads'] = {};
        for (const business of counter?.businesses ?? []) {
          const head = this.head(business);
          heads[business] = head === undefined ? null : { id: head.id, from: head.from, number: head.number };
        }
        this.calls.push({ who: person.id, from: person.from, number: person.number, own: person.bound === deed.window, heads });
        Object.assign(person, { state: 'called', window: deed.window, bound: person.bound === deed.window ? deed.window : null });
        return;
      }
      case 'started':
        person.state = 'serving';
        return;
      case 'missed':
        Object.assign(person, { state: 'missed', missed: person.missed + 1, window: null });
        return;
      case 'suspended':
        Object.assign(person, { state: 'suspended', bound: deed.window });
        return;
      case 'transferred':
        if (!deed.keepsPlace) person.from = this.behind(this.line().filter(({ business }) => business === deed.business), now);
        Object.assign(person, { state: 'waiting', business: deed.business, bound: deed.to, window: null });
        return;
      case 'finished':
        person.state = 'done';
        return;
      case 'returned':
        if (person.state === 'missed') person.from = this.placeAfterMissing(person, now);
        Object.assign(person, { state: 'waiting', window: null });
        return;
      case 'left':
        person.state = 'left';
        return;
      case 'prioritised':
        person.first = deed.priority !== null;
        return;
      case 'rated':
        person.rated = true;
        return;
      default:
    }
  }

  /** Closed windows are as arranged; an open one that was arranged otherwise than before is so at once, and keeps what its clerk chose if not. */
  private arrange(version: number, arrangement: Arrangement | null): void {
    const wanted = arrangement?.windows ?? this.rules.windows;
    this.counters = wanted.map(({ number, businesses }) => {
      const counter = this.counter(number);
      const before = this.windows.find((one) => one.number === number)?.businesses ?? [];
      if (counter === undefined || counter.state === 'closed') return { number, state: 'closed', account: '', businesses };
      return before.toSorted().join() === businesses.toSorted().join() ? counter : { ...counter, businesses };
    });
    this.windows = wanted;
    this.version = version;
  }

  private placeAfterMissing(person: Person, now: number): number {
    const alike = this.line().filter(({ business, first }) => business === person.business && first === person.first);
    const rule = this.rules.missed;
    if (rule.kind !== 'after' || alike.length < rule.tickets) return this.behind(alike, now);
    const last = alike[rule.tickets - 1];
    if (last === undefined) return now;
    const later = person.from > last.from || (person.from === last.from && person.number > last.number);
    return later ? person.from : last.from + 1;
  }

  private behind(line: readonly Person[], now: number): number {
    return Math.max(now, ...line.map(({ from }) => from + 1));
  }

  private counter(number: number): Counter | undefined {
    return this.counters.find((counter) => counter.number === number);
  }

  private anyMayCall({ bound }: Person): boolean {
    return bound === null || (this.counter(bound)?.state ?? 'closed') === 'closed';
  }

  private alive({ state, missed }: Person): boolean {
    const rule = this.rules.missed;
    if (state === 'missed') return rule.kind !== 'void' && missed <= rule.times;
    return state !== 'done' && state !== 'left';
  }

  private line(): Person[] {
    return this.people.filter(({ state }) => state === 'waiting').sort((one, other) => one.from - other.from || one.number - other.number || (one.id < other.id ? -1 : 1));
  }

  private numbers(business: string): number[] {
    const lent = this.lent.filter((one) => one.business === business).flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
    return [...lent, ...this.people.filter(({ letter }) => letter === business).map(({ number }) => number)];
  }
}
