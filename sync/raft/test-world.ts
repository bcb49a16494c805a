/** Machines of a site on a network that does what it wants, all of it in one thread, by one clock and one seed: the same run every time. */
import { MachineId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/time.ts';
import { type Random, randomFrom } from '../../test/faults/rig/seed.ts';
import { type Committed, openRaftNode, type ProposeFailure, type RaftNode } from './node.ts';
import { PowerCut, testStorage, type TestStorage } from './test-storage.ts';
import { LAN, type Message, type RaftEvent, type Tuning } from './types.ts';

/** Chances 0 … 1; milliseconds. */
export type Weather = { loss: number; twice: number; slowest: number };
/** A LAN as it should be: under load a message and the other's fsync take some 30 ms. */
export const FAIR: Weather = { loss: 0, twice: 0, slowest: 30 };

/** One life of a machine, from a start to the next death. @property told what its node told as committed */
export type Life = { node: RaftNode; told: Committed[]; hear: ((from: MachineId, message: Message) => void) | null };
/** @property gone for good @property fuse saves and sends until the power fails; null: it does not @property ahead how far its clock was put forward, milliseconds */
export type Machine = { id: MachineId; storage: TestStorage; life: Life | null; gone: boolean; fuse: number | null; stalledUntil: number; ahead: number };
/** @property at when it was answered @property term of who answered, then */
export type Answered = { id: string; index: number; term: number };

export type World = {
  readonly now: number;
  machines: Machine[];
  /** Of whom a majority is counted: the first of them. */
  voters: readonly MachineId[];
  weather: Weather;
  /** Votes that were given away, as they were sent. */
  ballots: { by: MachineId; of: MachineId; term: number }[];
  /** One-way cuts, `from>to`. */
  cuts: Set<string>;
  answered: Answered[];
  refusals: ProposeFailure[];
  events: RaftEvent[];
  start(machine: Machine): void;
  kill(machine: Machine): void;
  /** Brings a wish to a machine; what comes of it stands in `answered` or `refusals`. */
  propose(machine: Machine, id: string, value: unknown, last?: boolean): void;
  /** Lets so much time pass, calling `look` behind everything that happens to a machine. */
  pass(milliseconds: number, look?: (machine: Machine) => void): Promise<void>;
  /** Kills it and starts it at once. */
  restart(machine: Machine): void;
  /** Puts its clock forward, as after a sleep: its timers run that much earlier. */
  hurry(machine: Machine, milliseconds: number): void;
  /** Who leads in the newest term in which somebody alive does. */
  leader(): Machine | null;
  close(): void;
};

type Timed = { at: number; machine: Machine; isTimer: boolean; run(): void };

export function createWorld({ members, voters = members, seed, tuning = LAN }: { members: number; voters?: number; seed: number; tuning?: Tuning }): World {
  const random: Random = randomFrom(seed);
  const ids = Array.from({ length: members }, (_, place) => MachineId.parse(`T330624-000${place + 1}`));
  const voting = ids.slice(0, voters);
  const machines: Machine[] = ids.map((id) => ({ id, storage: testStorage(), life: null, gone: false, fuse: null, stalledUntil: 0, ahead: 0 }));
  let now = 0;
  let agenda: Timed[] = [];
  let waiting = 0;

  /** Behind everything that is due at the same time. */
  function schedule(timed: Timed): void {
    let place = agenda.length;
    while (place > 0 && (agenda[place - 1]?.at ?? 0) > timed.at) place -= 1;
    agenda.splice(place, 0, timed);
  }

  /** Counts its saves and sends down; the last of them is where the power fails. */
  function burns(machine: Machine): boolean {
    if (machine.fuse === null) return false;
    machine.fuse -= 1;
    return machine.fuse < 0;
  }

  /** The node throws where the power fails; the machine is dead then. */
  function survive(machine: Machine, run: () => void): void {
    try {
      run();
    } catch (cause) {
      if (!(cause instanceof PowerCut)) throw cause;
      world.kill(machine);
    }
  }

  function deliver(from: Machine, to: Machine, message: Message): void {
    const at = now + 1 + Math.floor(random.next() * world.weather.slowest);
    schedule({ at, machine: to, isTimer: false, run: () => {
      if (!world.cuts.has(`${from.id}>${to.id}`)) to.life?.hear?.(from.id, message);
    } });
  }

  const world: World = {
    get now() {
      return now;
    },
    machines, voters: voting, weather: FAIR, cuts: new Set(), ballots: [], answered: [], refusals: [], events: [],
    start(machine) {
      const bootedAt = now - random.between(0, 1_000_000);
      const life: Omit<Life, 'node'> = { told: [], hear: null };
      machine.fuse = null;
      machine.stalledUntil = 0;
      const alive = () => machine.life !== null && machine.life.told === life.told;
      const clock: Clock = {
        now: () => now, monotonic: () => now - bootedAt + machine.ahead,
        after(milliseconds, call) {
          let cancelled = false;
          schedule({ at: now + milliseconds, machine, isTimer: true, run: () => {
            if (!cancelled && alive()) call();
          } });
          return () => (cancelled = true);
        },
      };
      machine.storage.fails = () => (burns(machine) ? (random.chance(0.5) ? 'before' : 'after') : 'no');
      const node = openRaftNode({
        me: machine.id, members: ids, voters: voting, clock, storage: machine.storage, random: random.next, log: (event) => world.events.push(event), tuning,
        transport: {
          send(to, message) {
            if (burns(machine)) throw new PowerCut();
            if (message.kind === 'request-vote-answer' && message.voteGranted && !message.preVote) world.ballots.push({ by: machine.id, of: to, term: message.term });
            const target = machines.find(({ id }) => id === to);
            if (target === undefined || world.cuts.has(`${machine.id}>${to}`) || random.chance(world.weather.loss)) return;
            deliver(machine, target, message);
            if (random.chance(world.weather.twice)) deliver(machine, target, message);
          },
          onMessage(hear) {
            life.hear = hear;
            return () => (life.hear = null);
          },
        },
      });
      machine.life = Object.assign(life, { node });
      node.onCommitted((entry) => life.told.push(entry));
    },
    kill(machine) {
      const { life } = machine;
      machine.life = null;
      life?.node.close();
    },
    propose(machine, id, value, last = false) {
      const { life } = machine;
      if (life === null) return;
      waiting += 1;
      survive(machine, () => {
        void (last ? life.node.proposeLast(id, value) : life.node.propose(id, value)).then((result) => {
          waiting -= 1;
          if (result.ok) world.answered.push({ id, index: result.value.index, term: life.node.status().term });
          else world.refusals.push(result.error);
        });
      });
    },
    async pass(milliseconds, look = () => undefined) {
      const end = now + milliseconds;
      for (let next = agenda[0]; next !== undefined && next.at <= end; next = agenda[0]) {
        agenda.shift();
        now = next.at;
        const { machine, run } = next;
        if (machine.life === null) continue;
        if (machine.stalledUntil > now) {
          schedule({ ...next, at: machine.stalledUntil });
          continue;
        }
        survive(machine, run);
        if (waiting > 0) await Promise.resolve();
        look(machine);
      }
      now = end;
      await Promise.resolve();
    },
    restart(machine) {
      world.kill(machine);
      world.start(machine);
    },
    hurry(machine, milliseconds) {
      machine.ahead += milliseconds;
      const own = (timed: Timed) => timed.isTimer && timed.machine === machine;
      const moved = agenda.filter(own);
      agenda = agenda.filter((timed) => !own(timed));
      for (const timed of moved) schedule({ ...timed, at: Math.max(now, timed.at - milliseconds) });
    },
    leader() {
      const leading = machines.filter(({ life }) => life?.node.status().role === 'leader');
      return leading.toSorted((one, other) => (other.life?.node.status().term ?? 0) - (one.life?.node.status().term ?? 0))[0] ?? null;
    },
    close() {
      for (const machine of machines) world.kill(machine);
      agenda = [];
    },
  };
  return world;
}
