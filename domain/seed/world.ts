/** What all cases of a story share: numbers, chains, people's desks, the calendar, and the stream that they write into. */
import type { BlobReference, Payload, WrappedKey } from '../action/payload.ts';
import type { Action, Actor } from '../action/types.ts';
import { civilDate } from '../calendar/civil-date.ts';
import type { LocalDay, WorkingCalendar } from '../calendar/working-days.ts';
import { applyAction, foldCase } from '../case/fold.ts';
import type { CaseState } from '../case/types.ts';
import { ActionId, type CaseId, type MachineId, NO_HASH, ulid } from '../ids.ts';
import type { Item } from '../item/types.ts';
import { leasedNumber, provisionalNumber, provisionalSerial } from '../lease/lease.ts';
import { numberPrefix } from '../practice/practice.ts';
import type { TimeEvidence } from '../time.ts';
import type { County } from './county.ts';
import type { Paper } from './form.ts';
import { type Random, randomFor } from './random.ts';
import { coverOf, HOUR, MINUTE, type Outages, timeOn } from './times.ts';

export type NamedCalendar = WorkingCalendar & { name: string };

/**
 * One thing that happens at the hall, in the order in which it does.
 * - `lease`: a machine is given a block of numbers.
 * - `closure`: the county stays shut for a day; `moved`: what the hall's program says of the cases whose limits move, in the order of their ids.
 * - `over`: nothing more will happen with the case.
 * - `action`: an action is stored. `at`: when it reached the hall; a terminal's happened earlier. `entropy`: the random half of its id. `state`: the case with it.
 */
export type StoryEvent =
  | { kind: 'lease'; at: number; machine: MachineId; want: number; request: string; first: number; prefix: string; entropy: Uint8Array }
  | { kind: 'action'; at: number; machine: MachineId; actor: Actor; time: TimeEvidence; entropy: Uint8Array; id: ActionId; payload: Payload; item: Item; position: number; state: CaseState }
  | { kind: 'over'; at: number; case: CaseId }
  | { kind: 'closure'; at: number; day: LocalDay; moved: StoryAction[] };
export type StoryAction = Extract<StoryEvent, { kind: 'action' }>;

/** What a story means to contain, counted when it is so by its end: actions by kind, and flaws that supervision ought to find. */
export type Summary = { cases: number; actions: Record<string, number>; flaws: Record<string, number>; notes: Record<string, number> };

/** Numbers in a block. A new one is asked for when so many are left. */
const LEASE = 100;
const RENEW = 20;
/** Digits of a serial, as the hall gives them. */
const WIDTH = 8;

type MachineState = { sequence: number; leases: { prefix: string; next: number; last: number; from: number }[]; requests: number; offset: number };

/** What seals a case: its key, wrapped for the hall, and the picture of the hand signature. */
export type Envelope = { caseKey: WrappedKey; signature: BlobReference };

export type World = ReturnType<typeof createWorld>;

export function createWorld(options: { seed: number; county: County; items: readonly Item[]; outages: Outages; from: number; until: number; closure: LocalDay | null; calendarOf: (days: readonly LocalDay[]) => NamedCalendar; paperOf: (id: CaseId) => Paper; envelopeOf: (id: CaseId) => Envelope }) {
  const { seed, county, outages, from, until, closure } = options;
  const machines = new Map<MachineId, MachineState>(county.sites.flatMap(({ machines: ids }) => ids).map((id) => [id, { sequence: 0, leases: [], requests: 0, offset: randomFor(seed, 'clock', id).between(-90_000, 90_000) }]));
  const counters = new Map<string, number>();
  const entropy = randomFor(seed, 'entropy');
  const boot = `seed-${seed}`;
  const summary: Summary = { cases: 0, actions: {}, flaws: {}, notes: {} };
  const out: StoryEvent[] = [];
  // The county knew of the closure when it came; whoever reckoned before did so without.
  const usual = options.calendarOf([]);
  const after = closure === null ? usual : options.calendarOf([closure]);
  const closedAt = closure === null ? null : timeOn(closure.date, 7 * 60);

  function machineState(machine: MachineId): MachineState {
    const state = machines.get(machine);
    if (state === undefined) throw new Error('a machine that the county does not have');
    return state;
  }

  function takeNumbers(name: string, count: number): number {
    const first = (counters.get(name) ?? 0) + 1;
    counters.set(name, first + count - 1);
    return first;
  }

  /** Gives a machine its next block. */
  function lease(machine: MachineId, at: number): void {
    const state = machineState(machine);
    const prefix = numberPrefix(county.division, civilDate(at));
    const first = takeNumbers(`case-number/${prefix}`, LEASE);
    state.requests += 1;
    state.leases.push({ prefix, next: first, last: first + LEASE - 1, from: at });
    out.push({ kind: 'lease', at, machine, want: LEASE, request: `seed-${state.requests}`, first, prefix, entropy: entropy.bytes(10) });
  }

  return {
    ...options, closedAt, boot, counters, out, summary, takeNumbers, lease,
    /** The calendar that the hall reckons on at a time. */
    calendarAt: (at: number): NamedCalendar => (closedAt !== null && at >= closedAt ? after : usual),
    afterClosure: after,
    random: (...purpose: (string | number)[]): Random => randomFor(seed, ...purpose),
    /** A number that the hall itself gives. */
    officialNumber(at: number): string {
      const prefix = numberPrefix(county.division, civilDate(at));
      return leasedNumber({ prefix, width: WIDTH }, takeNumbers(`case-number/${prefix}`, 1));
    },
    /** The number that a terminal gives to what is handed in at `happened`, and when it runs low another block as soon as the hall hears of it, at `at`. */
    terminalNumber(machine: MachineId, happened: number, at: number): { value: string; provisional: boolean } {
      const state = machineState(machine);
      const block = state.leases.find(({ next, last, from: since }) => next <= last && since < happened);
      const left = state.leases.reduce((sum, { next, last }) => sum + last - next + 1, 0);
      const value = block === undefined ? provisionalNumber(machine, provisionalSerial(state.sequence + 1, 0)) : leasedNumber({ prefix: block.prefix, width: WIDTH }, block.next++);
      if (left <= RENEW) lease(machine, at);
      return { value, provisional: block === undefined };
    },
    /** Writes an action into the stream. @param before the case without it; null for a hand-in @throws when the case does not let it in: a fault of the story */
    emit(about: { at: number; happened: number; machine: MachineId; actor: Actor; payload: Payload; item: Item; case: CaseId; before: CaseState | null; position: number }): CaseState {
      const { at, happened, machine, actor, payload, item, position, before } = about;
      const bytes = entropy.bytes(10);
      const id = ActionId.parse(ulid(happened, bytes));
      const time = machine === county.hall ? hallEvidence(happened) : terminalEvidence(machine, happened);
      const action: Action = { format: 1, id, machine, sequence: 1, previous: NO_HASH, case: about.case, item: { code: item.code, version: item.version }, actor, time, payload, hash: NO_HASH, signature: '' };
      const folded = before === null ? foldCase([action]) : applyAction(before, action);
      if (!folded.ok) throw new Error(`a story made ${payload.kind} at ${before?.stage ?? 'nothing'}`);
      out.push({ kind: 'action', at, machine, actor, time, entropy: bytes, id, payload, item, position, state: folded.value });
      summary.actions[payload.kind] = (summary.actions[payload.kind] ?? 0) + 1;
      return folded.value;
    },
    /** Something that supervision ought to find, from the day `since` on. */
    flaw(kind: string, since: string): void {
      if (since < civilDate(until)) summary.flaws[kind] = (summary.flaws[kind] ?? 0) + 1;
    },
    note(kind: string): void {
      summary.notes[kind] = (summary.notes[kind] ?? 0) + 1;
    },
  };

  function hallEvidence(happened: number): TimeEvidence {
    return { wall: iso(happened), monotonic: happened - from, boot, trusted: null, drift: null };
  }

  /** A terminal is started every morning; its clock is a little off, and it knows by how much since it spoke to the hall last. */
  function terminalEvidence(machine: MachineId, happened: number): TimeEvidence {
    const state = machineState(machine);
    state.sequence += 1;
    const date = civilDate(happened);
    const start = timeOn(date, 0);
    const outage = coverOf([...(outages.lines.get(machine) ?? []), ...outages.hall], happened);
    const contact = outage === undefined ? Math.max(happened - MINUTE, start) : Math.max(outage.from - MINUTE, from - HOUR);
    const contactDate = civilDate(contact);
    return {
      wall: iso(happened + state.offset),
      monotonic: happened - start,
      boot: `${machine}-${date}`,
      trusted: { at: iso(contact), monotonic: contact - timeOn(contactDate, 0), boot: `${machine}-${contactDate}` },
      drift: { offset: state.offset, bound: 150 },
    };
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
