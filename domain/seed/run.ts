/** One case of a story: what it is about, where it stands, and how whoever writes its life says what happens next. */
import type { Payload } from '../action/payload.ts';
import type { Actor } from '../action/types.ts';
import { processOf } from '../approval/process.ts';
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import type { CaseState } from '../case/types.ts';
import { type Limits, reckonLimits } from '../clock/limits.ts';
import { CaseId, type MachineId, ulid } from '../ids.ts';
import type { Item } from '../item/types.ts';
import type { SeedAccount } from './county.ts';
import type { Paper } from './form.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { arrivalOf, deskTime, MINUTE, timeOn } from './times.ts';
import type { World } from './world.ts';

/** When a case goes on: `at` by the hall's clock; `happened` earlier where a terminal's line was down. `machine` null: at the hall. */
export type Wake = { at: number; happened: number; machine: MachineId | null };
/** The life of a case: it waits, and does something each time that it wakes. */
export type Life = Generator<Wake, void, void>;

export type Run = ReturnType<typeof createRun>;

export function createRun(world: World, about: { serial: number; at: number; machine: MachineId | null; item: Item; person: Person }) {
  const { serial, at, machine, item } = about;
  const random = world.random('case', serial);
  const id = CaseId.parse(ulid(at, random.bytes(10)));
  const { county } = world;
  const process = processOf(item);
  let state: CaseState | null = null;
  let actions = 0;
  let now: Wake = { at, happened: at, machine };

  function handedIn(): CaseState {
    if (state === null) throw new Error('nothing was handed in');
    return state;
  }

  function say(by: MachineId, actor: Actor, payload: Payload): CaseState {
    actions += 1;
    state = world.emit({ at: now.at, happened: by === county.hall ? now.at : now.happened, machine: by, actor, payload, item, case: id, before: state, position: actions });
    return state;
  }

  return {
    ...about, id, random, process,
    paper: world.paperOf(id) satisfies Paper,
    /** Whether the hall knows of it yet. */
    get begun(): boolean {
      return state !== null;
    },
    get state(): CaseState {
      return handedIn();
    },
    get now(): number {
      return now.at;
    },
    get happened(): number {
      return now.happened;
    },
    get today(): string {
      return civilDate(now.at);
    },
    /** Moved on by the scheduler alone. */
    wake(next: Wake): void {
      now = next;
    },
    /** The citizen does something at the machine. */
    citizen(payload: Payload): void {
      if (machine === null) throw new Error('nobody stands at a machine');
      say(machine, { kind: 'citizen' }, payload);
    },
    /** Somebody at the hall does something. */
    staff({ account, role }: SeedAccount, payload: Payload): void {
      if (role === 'caretaker' || role === 'auditor' || role === 'editor') throw new Error(`a ${role} acts on a case`);
      say(county.hall, { kind: 'staff', account, role }, payload);
    },
    /** The hall's own program does something. */
    program(payload: Payload): void {
      say(county.hall, { kind: 'machine' }, payload);
    },
    /** @param days working days after that of `from`; 0: the same day, where the desks are still open */
    atDesk(days: number, from = now.at): Wake {
      const next = deskTime(random, Math.max(from, now.at), days, world.afterClosure, world.outages.hall);
      return { at: next, happened: next, machine: null };
    },
    /** A desk's time behind the end of a civil date. */
    atDeskAfter(date: string, days: number): Wake {
      const next = deskTime(random, Math.max(now.at, timeOn(date, 23 * 60)), days + 1, world.afterClosure, world.outages.hall);
      return { at: next, happened: next, machine: null };
    },
    /** The citizen is at the machine again. @param days natural days from now */
    atMachine(days: number): Wake {
      if (machine === null) throw new Error('nobody stands at a machine');
      const time = timeOn(addNaturalDays(civilDate(now.at), days), random.between(7 * 60 + 30, 20 * 60 + 30)) + random.between(0, MINUTE);
      const happened = time > now.at ? time : now.at + random.between(2, 40) * MINUTE;
      return { at: arrivalOf(machine, happened, world.outages), happened, machine };
    },
    at(time: number): Wake {
      return { at: Math.max(time, now.at + 1), happened: Math.max(time, now.at + 1), machine: null };
    },
    /** The limits as the hall would write them now. @throws while the clock stands */
    limits(change: { acceptedOn?: string; until?: string; extension?: number } = {}): Limits {
      const { acceptedOn = state?.accepted?.acceptedOn ?? civilDate(now.at), until = null, extension = state?.extension?.days ?? 0 } = change;
      const pauses = (state?.pauses ?? []).map(({ from, to }) => ({ from, to: to ?? until }));
      const limits = reckonLimits({ acceptedOn, promised: item.promised, statutory: item.statutory, pauses, extension }, world.calendarAt(now.at));
      if (limits === null) throw new Error('the clock of a story stands');
      return limits;
    },
    clerk: (): SeedAccount => pickStaff(world, random, 'clerk', null),
    /** Who examines for a body; the item's own where none is named. */
    examiner: (body: string = item.body.creditCode): SeedAccount => pickStaff(world, random, 'department', body),
    issuer: (): SeedAccount => pickStaff(world, random, 'issuer', null),
  };
}

function pickStaff({ county }: World, random: Random, role: SeedAccount['role'], body: string | null): SeedAccount {
  return random.pick(county.staff.filter((staff) => staff.role === role && staff.body === body));
}
