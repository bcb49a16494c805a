/**
 * What follows from how the parts stand, as a pure function of that and of time. Nothing here knows bytes, connections or timers.
 *
 * | part | becomes | after |
 * |---|---|---|
 * | presence sensor | near | 0.5 s without a change |
 * | presence sensor | away | 3 s without a change |
 * | presence sensor | warning `presence-stuck` | an hour without a change from near |
 * | key | released and unheard, warning `key-jammed` | 60 s held, until it comes up |
 * | tamper latch | `blocked`/`tampered` | at once, until acknowledged |
 * | service door | warning `door-open` | at once |
 */
import type { BoardEvent, BoardKey } from '../../domain/contracts/board.ts';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { never } from '../../domain/result.ts';
import type { Change, Snapshot } from './codec.ts';

/** Shorter than a step towards the screen, longer than somebody walking past the beam. */
const NEAR_AFTER = 500;
/** Bending down to a bag is not leaving. */
const AWAY_AFTER = 3000;
/** Nobody stands at a terminal for an hour; a plant, a poster or a dirty sensor does. */
const STUCK_AFTER = 60 * 60_000;
/** Somebody whose hand is slow may hold a key for many seconds; a minute is a coin in the gap. */
const JAMMED_AFTER = 60_000;

export type PartsState = {
  /** The sensor's own word and since when; what listeners were told. Null: not known since the board was away. */
  presence: { raw: boolean | null; since: number; told: boolean | null };
  door: boolean | null;
  headset: boolean | null;
  tampered: boolean;
  /** `heard`: its press was told, and its release is due. */
  held: readonly { key: BoardKey; since: number; heard: boolean }[];
};

export const INITIAL: PartsState = { presence: { raw: null, since: 0, told: null }, door: null, headset: null, tampered: false, held: [] };

export type PartsStep = {
  state: PartsState;
  events: BoardEvent[];
  /** After so many milliseconds time itself has something to say; null: not unless something changes. */
  wakeAfter: number | null;
};

/** How things stand after one change. */
export function changed(snapshot: Snapshot, change: Change): Snapshot {
  switch (change.kind) {
    case 'near':
    case 'door':
    case 'tamper':
    case 'headset':
      return { ...snapshot, [change.kind]: change.on };
    case 'key': {
      const others = snapshot.keys.filter((key) => key !== change.key);
      return { ...snapshot, keys: change.down ? [...others, change.key] : others };
    }
    default:
      return never(change);
  }
}

/** @param snapshot how things stand now, the same as before when only time has passed @param now monotonic milliseconds */
export function step(state: PartsState, snapshot: Snapshot, now: number): PartsStep {
  const events: BoardEvent[] = [];
  // What listeners hear first says whether the machine is in order.
  if (snapshot.tamper && !state.tampered) events.push({ kind: 'tampered' });
  if (snapshot.door !== state.door) events.push({ kind: 'door', open: snapshot.door });
  if (snapshot.headset !== state.headset) events.push({ kind: 'headset', plugged: snapshot.headset });
  const presence = presenceOf(state.presence, snapshot.near, now);
  if (presence.told !== state.presence.told && presence.told !== null) events.push({ kind: 'presence', near: presence.told });
  const held = heldKeys(state, snapshot.keys, now, events);
  const next: PartsState = { presence, door: snapshot.door, headset: snapshot.headset, tampered: state.tampered || snapshot.tamper, held };
  return { state: next, events, wakeAfter: wakeAfter(next, now) };
}

/** The board is away. Whether its case was moved stays in force: pulling the cable is what a thief does. */
export function lose(state: PartsState): { state: PartsState; events: BoardEvent[] } {
  const releases = state.held.filter(({ heard }) => heard).map(({ key }): BoardEvent => ({ kind: 'key', key, pressed: false }));
  return { state: { ...INITIAL, tampered: state.tampered }, events: [...releases, { kind: 'lost' }] };
}

export function acknowledge(state: PartsState): PartsState {
  return { ...state, tampered: false };
}

/** What a new listener must know. Keys that are down were meant for somebody else. */
export function standing({ presence, door, headset, tampered }: PartsState): BoardEvent[] {
  return [
    ...(tampered ? [{ kind: 'tampered' } as const] : []),
    ...(door === null ? [] : [{ kind: 'door', open: door } as const]),
    ...(headset === null ? [] : [{ kind: 'headset', plugged: headset } as const]),
    ...(presence.told === null ? [] : [{ kind: 'presence', near: presence.told } as const]),
  ];
}

/** The status of a board that answers. */
export function statusOf({ presence, door, tampered, held }: PartsState, now: number): DeviceStatus {
  if (tampered) return { kind: 'blocked', reason: 'tampered' };
  const warnings: string[] = [];
  if (door === true) warnings.push('door-open');
  if (held.some(({ since }) => now - since >= JAMMED_AFTER)) warnings.push('key-jammed');
  if (presence.raw === true && now - presence.since >= STUCK_AFTER) warnings.push('presence-stuck');
  return { kind: 'online', warnings };
}

function presenceOf(before: PartsState['presence'], raw: boolean, now: number): PartsState['presence'] {
  const since = raw === before.raw ? before.since : now;
  // Nobody was told that anybody is here, so away needs no proof.
  if (before.raw === null && !raw) return { raw, since, told: false };
  return { raw, since, told: now - since >= (raw ? NEAR_AFTER : AWAY_AFTER) ? raw : before.told };
}

function heldKeys(before: PartsState, down: readonly BoardKey[], now: number, events: BoardEvent[]): PartsState['held'] {
  for (const { key, heard } of before.held) if (!down.includes(key) && heard) events.push({ kind: 'key', key, pressed: false });
  // What is down when the board comes back was pressed for nobody who listens now.
  const isFirst = before.door === null;
  return down.map((key) => {
    const known = before.held.find((one) => one.key === key);
    if (known === undefined) {
      if (!isFirst) events.push({ kind: 'key', key, pressed: true });
      return { key, since: now, heard: !isFirst };
    }
    if (!known.heard || now - known.since < JAMMED_AFTER) return known;
    events.push({ kind: 'key', key, pressed: false });
    return { ...known, heard: false };
  });
}

function wakeAfter({ presence, held }: PartsState, now: number): number | null {
  const due = held.map(({ since }) => since + JAMMED_AFTER);
  if (presence.raw !== presence.told) due.push(presence.since + (presence.raw === true ? NEAR_AFTER : AWAY_AFTER));
  else if (presence.raw) due.push(presence.since + STUCK_AFTER);
  const later = due.filter((at) => at > now);
  return later.length === 0 ? null : Math.min(...later) - now;
}
