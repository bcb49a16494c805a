/**
 * What publishing a draft makes of the catalogue: new versions of items, each effective from a day on. A published version never changes; the one
 * before it ends because a newer one has begun (`inForceOn`), so nothing needs to be written over it.
 */
import { addNaturalDays } from '../calendar/civil-date.ts';
import { never, err, ok, type Result } from '../result.ts';
import { AdjustmentKind } from '../item/dictionaries.ts';
import type { Item } from '../item/types.ts';

export type Adjusted = ReturnType<typeof AdjustmentKind.parse>;
/** What orders and ends the versions of one code. */
export type VersionDates = Pick<Item, 'version' | 'effectiveFrom' | 'effectiveTo'>;

/** How many items a draft starts from, and how many texts it holds. Suspending and cancelling need no text: the item stays as it was. */
export const DRAFT_SHAPES: Readonly<Record<Adjusted, { bases: readonly [number, number]; bodies: readonly [number, number] }>> = {
  new: { bases: [0, 0], bodies: [1, 1] },
  changed: { bases: [1, 1], bodies: [1, 1] },
  suspended: { bases: [1, 1], bodies: [0, 0] },
  cancelled: { bases: [1, 1], bodies: [0, 0] },
  split: { bases: [1, 1], bodies: [2, 10] },
  merged: { bases: [2, 10], bodies: [1, 1] },
};

export type PublicationFault =
  /** Not as many items as this kind of change has, or one text names a code that it may not. */
  | { kind: 'wrong-shape' }
  /** Another version was published after the draft began. */
  | { kind: 'base-changed'; code: string }
  /** A cancelled code is never used again. */
  | { kind: 'base-cancelled'; code: string }
  /** A new item's code is that of another item, cancelled or not. */
  | { kind: 'code-taken'; code: string }
  /** Before today, or before the newest version of the code begins. */
  | { kind: 'bad-date' }
  /** What takes something from citizens says why. */
  | { kind: 'reason-missing' };

export type DraftContent = {
  kind: Adjusted;
  /** The newest versions of the items it starts from, as they are when it is published. */
  bases: readonly Item[];
  /** The version numbers that those had when it began. */
  drafted: ReadonlyMap<string, number>;
  bodies: readonly Item[];
  /** Shown in the adjust log. */
  reason: string;
};

/**
 * The versions that are added, cancelled ones after those that take their place.
 * @param when `from`: civil date on which all of it comes into force; `today`: the hall's
 * @param taken codes that have a version already
 */
export function planPublication(content: DraftContent, when: { from: string; today: string }, taken: ReadonlySet<string>): Result<Item[], PublicationFault> {
  const { kind, bases, bodies, drafted, reason } = content;
  const shape = DRAFT_SHAPES[kind];
  if (!within(bases.length, shape.bases) || !within(bodies.length, shape.bodies) || repeated(bodies) || repeated(bases)) return err({ kind: 'wrong-shape' });
  for (const { code, version, state } of bases) {
    if (drafted.get(code) !== version) return err({ kind: 'base-changed', code });
    if (state === 'cancelled') return err({ kind: 'base-cancelled', code });
  }
  if (when.from < when.today || bases.some(({ effectiveFrom }) => when.from < effectiveFrom)) return err({ kind: 'bad-date' });
  if (kind !== 'new' && kind !== 'changed' && reason.trim() === '') return err({ kind: 'reason-missing' });
  const codes = bases.map(({ code }) => code);
  switch (kind) {
    case 'changed':
      return bodies[0]?.code === codes[0] ? ok(bodies.map((body) => begun(body, 'active', bases[0]))) : err({ kind: 'wrong-shape' });
    case 'suspended':
    case 'cancelled':
      return ok(bases.map((base) => begun(base, kind, base)));
    case 'new':
    case 'split':
    case 'merged': {
      const clash = bodies.find(({ code }) => taken.has(code));
      if (clash !== undefined) return err({ kind: 'code-taken', code: clash.code });
      return ok([...bodies.map((body) => begun(body, 'active', undefined)), ...bases.map((base) => begun(base, 'cancelled', base))]);
    }
    default:
      return never(kind);
  }

  function begun(body: Item, state: Item['state'], before: Item | undefined): Item {
    const { plannedCancellation: _planned, ...rest } = body;
    return {
      ...(state === 'cancelled' ? rest : body),
      version: (before?.version ?? 0) + 1, state, effectiveFrom: when.from, effectiveTo: state === 'active' ? body.effectiveTo : null,
      adjustment: { kind, from: [...codes], note: reason.trim() },
    };
  }
}

function within(count: number, [least, most]: readonly [number, number]): boolean {
  return count >= least && count <= most;
}

function repeated(items: readonly Pick<Item, 'code'>[]): boolean {
  return new Set(items.map(({ code }) => code)).size < items.length;
}

/** The days on which a version is in force; `null` for one that a later version took the place of before it began. `to` null: no end is known. */
export type Period = { from: string; to: string | null } | null;

/**
 * When each version of one code is in force: from its first day until the day before a later version begins, or its own last day. Those that begin on
 * one day are one change, of which the last version counts.
 * @returns in the order of the versions
 */
export function periodsOf<Version extends VersionDates>(versions: readonly Version[]): { version: Version; period: Period }[] {
  return versions.toSorted((left, right) => left.version - right.version).map((version) => {
    const later = versions.filter((other) => other.version > version.version).map(({ effectiveFrom }) => effectiveFrom);
    const next = later.reduce<string | null>((first, from) => (first === null || from < first ? from : first), null);
    if (next !== null && next <= version.effectiveFrom) return { version, period: null };
    const before = next === null ? null : addNaturalDays(next, -1);
    const ends = [before, version.effectiveTo].filter((day): day is string => day !== null);
    return { version, period: { from: version.effectiveFrom, to: ends.length === 0 ? null : ends.reduce((left, right) => (left < right ? left : right)) } };
  });
}
