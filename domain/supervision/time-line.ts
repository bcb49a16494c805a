import { awaitedPreReviews, processOf, standings, type Process } from '../approval/process.ts';
import type { PauseWhy } from '../action/payload.ts';
import { isClosed, isPaused } from '../case/fold.ts';
import type { CaseState } from '../case/types.ts';
import { never } from '../result.ts';
import { type Outage, outagesOf, workingTime } from './outages.ts';
import { endOfWay, type Stretch, stretchesOf, type Trail, type World } from './trail.ts';

/**
 * Whose a part of a case's time was.
 * - `citizen`: told of a correction, until the supplement.
 * - `transport`: on its way from a terminal to the hall.
 * - `outage`: the hall, or the machine it lay in, was out.
 * - `window`: to be answered, or to be handed out.
 * - `department`: bodies whose steps were open, by credit code; with several each had the whole of it. No step: the lead's, before it decides.
 * - `suspension`: the legal clock stood still (行政许可法 Art 45).
 */
export type TimeOwner =
  | { kind: 'citizen' } | { kind: 'transport' } | { kind: 'outage' } | { kind: 'window' }
  | { kind: 'department'; departments: string[]; steps: string[] }
  | { kind: 'suspension'; why: PauseWhy };

/** `working`: the part of it on working days, milliseconds; 86 400 000 are one day. */
export type Span = { from: number; to: number; owner: TimeOwner; working: number };

/**
 * Splits a case's time, from the citizen's hand-in to its end or to `until`, by whose it was. The spans follow one another without gap or overlap, so their sums are
 * the whole. Nothing in it depends on when it is asked but the open end.
 */
export function timeLine(trail: Trail, until: number, world: Pick<World, 'calendar' | 'outages'>): Span[] {
  const way = stretchesOf(trail);
  const [first] = way;
  if (first === undefined) return [];
  const process = processOf(trail.item);
  const outages = outagesOf(world.outages, first.deed.action.machine);
  const end = Math.min(endOfWay(way), until);
  const pieces = [arrival(first), ...way.flatMap((stretch, index) => piecesOf(stretch, way[index + 1], process))];
  const spans: Span[] = [];
  for (const { from, to, owner } of pieces) {
    for (const piece of excused({ from, to: Math.min(to, end), owner }, outages)) {
      const last = spans.at(-1);
      const working = workingTime(piece.from, piece.to, world.calendar);
      if (last !== undefined && JSON.stringify(last.owner) === JSON.stringify(piece.owner)) Object.assign(last, { to: piece.to, working: last.working + working });
      else spans.push({ ...piece, working });
    }
  }
  return spans;
}

type Piece = Omit<Span, 'working'>;

/** From the citizen's hand to the hall. What a window took on paper lay with the window, but for the outage it was taken in. */
function arrival({ deed, state }: Stretch): Piece {
  const atWindow = deed.action.machine.startsWith('H') || state.handedIn.late !== undefined;
  return { from: Math.min(deed.at, deed.known), to: deed.known, owner: { kind: atWindow ? 'window' : 'transport' } };
}

function piecesOf({ state, from, to }: Stretch, next: Stretch | undefined, process: Process): Piece[] {
  if (isClosed(state.stage)) return [];
  const owner = ownerOf(state, process);
  if (owner.kind !== 'citizen' || next === undefined || next.deed.action.machine.startsWith('H')) return [{ from, to, owner }];
  // The citizen has done the own part once it was handed in; the rest is the way.
  const done = Math.min(Math.max(next.deed.at, from), to);
  return [{ from, to: done, owner }, { from: done, to, owner: { kind: 'transport' } }];
}

function ownerOf(state: CaseState, process: Process): TimeOwner {
  const { stage } = state;
  switch (stage) {
    case 'handed-in':
    case 'supplemented': {
      const awaited = awaitedPreReviews(process, state.preReviews);
      return awaited.length === 0 ? { kind: 'window' } : departments(awaited);
    }
    case 'correction-asked':
      return { kind: 'citizen' };
    case 'accepted': {
      const pause = state.pauses.at(-1);
      if (pause !== undefined && isPaused(state)) return { kind: 'suspension', why: pause.why };
      const open = standings(process, state.accepted?.acceptedOn ?? null, state.reviews).filter(({ kind }) => kind === 'open').map(({ task }) => task);
      return open.length === 0 ? { kind: 'department', departments: [process.lead], steps: [] } : departments(open);
    }
    case 'decided':
    case 'finished':
    case 'refused':
    case 'withdrawn':
      return { kind: 'window' };
    default:
      return never(stage);
  }
}

function departments(tasks: readonly { key: string; department: string }[]): TimeOwner {
  return { kind: 'department', departments: [...new Set(tasks.map(({ department }) => department))].toSorted(), steps: tasks.map(({ key }) => key).toSorted() };
}

/** Takes the times of outages out of what the hall or the way had. A citizen's time and a suspension stay what they are. */
function excused(piece: Piece, outages: readonly Outage[]): Piece[] {
  const { owner } = piece;
  if (piece.from >= piece.to) return [];
  if (owner.kind === 'citizen' || owner.kind === 'suspension') return [piece];
  const out = outages.filter(({ from, to, scope }) => from < piece.to && (to ?? Infinity) > piece.from && (scope === 'hall' || owner.kind === 'transport')).toSorted((one, other) => one.from - other.from);
  const pieces: Piece[] = [];
  let at = piece.from;
  for (const outage of out) {
    const from = Math.max(outage.from, at);
    const to = Math.min(outage.to ?? Infinity, piece.to);
    if (to <= from) continue;
    if (from > at) pieces.push({ from: at, to: from, owner });
    pieces.push({ from, to, owner: { kind: 'outage' } });
    at = to;
  }
  return at < piece.to ? [...pieces, { from: at, to: piece.to, owner }] : pieces;
}

/** Working time by kind of owner, milliseconds; their sum is that of the line. */
export function workingByOwner(spans: readonly Span[]): Record<TimeOwner['kind'], number> {
  const sums: Record<TimeOwner['kind'], number> = { citizen: 0, transport: 0, outage: 0, window: 0, department: 0, suspension: 0 };
  for (const { owner, working } of spans) sums[owner.kind] += working;
  return sums;
}
