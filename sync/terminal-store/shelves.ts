import { leasedNumber, nextNumber, numbersLeft } from '../../domain/lease/lease.ts';
import type { Lease } from '../../domain/contracts/hall.ts';
import { Neighbour } from '../../domain/fleet/neighbour.ts';
import type { CaseId } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import type { SqliteFile } from '../store/index.ts';
import { createQueue } from '../queue.ts';
import type { Rows } from './rows.ts';
import type { ActionRow, DraftRow, ItemRow, LeaseRow, PageTableRow, PrintTableRow } from './schemas.ts';
import { type BlankBook, type Cursors, type Drafts, type Items, type Json, type Leases, MAX_DRAFT, type Neighbours, type PageRow, type Pages, type PrintRow, type Prints } from './types.ts';

/** Numbers that only rise, near the time they were drawn at: rows keep the order in which they were put, in one run of the process. */
export function createPlaces(now: () => number): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, Math.floor(now())));
}

export function createDrafts(rows: Rows<DraftRow>, now: () => number): Drafts {
  return {
    async save(id, value) {
      const text = JSON.stringify(value);
      if (Buffer.byteLength(text) > MAX_DRAFT) return err({ kind: 'too-large' });
      await rows.put([{ id, savedAt: new Date(now()).toISOString(), text }]);
      return ok(null);
    },
    async get(id) {
      const row = await rows.get(id);
      return row === null ? undefined : parse(row.text);
    },
    remove: (id) => rows.erase([id]),
    async list() {
      return (await rows.find({ selector: {} })).map(({ id, savedAt, text }) => ({ id, savedAt, value: parse(text) }));
    },
  };
}

export function createPrints(rows: Rows<PrintTableRow>, place: () => number): Prints {
  const entry = ({ id, session, case: ofCase, state, text }: PrintTableRow): PrintRow => ({ print: id, session, case: ofCase, state, entry: parse(text) });
  return {
    async put({ print, session, case: ofCase, state, entry: value }) {
      const before = await rows.get(print);
      await rows.put([{ id: print, session, case: ofCase, state, place: before?.place ?? place(), text: JSON.stringify(value) }]);
    },
    async get(print) {
      const row = await rows.get(print);
      return row === null ? null : entry(row);
    },
    async ofSession(session) {
      return (await rows.find({ selector: { session }, sort: [{ session: 'asc' }, { place: 'asc' }] })).map(entry);
    },
    async ofCase(id) {
      return (await rows.find({ selector: { case: id }, sort: [{ case: 'asc' }, { place: 'asc' }] })).map(entry);
    },
    async inState(...states) {
      return (await rows.find({ selector: { state: { $in: states } }, sort: [{ place: 'asc' }] })).map(entry);
    },
  };
}

/** Pages, with the removal of a whole case for the rest of the store. */
export function createPages(rows: Rows<PageTableRow>, place: () => number): Pages & { eraseCase(id: CaseId): Promise<void> } {
  const page = ({ id, session, case: ofCase, material, width, height, blob }: PageTableRow): PageRow => ({ page: id, session, case: ofCase, material, width, height, blob });
  return {
    async put({ page: id, session, case: ofCase, material, width, height, blob }) {
      const before = await rows.get(id);
      await rows.put([{ id, session, case: ofCase, place: before?.place ?? place(), material, width, height, blob }]);
    },
    async get(id) {
      const row = await rows.get(id);
      return row === null ? null : page(row);
    },
    async ofSession(session) {
      return (await rows.find({ selector: { session }, sort: [{ session: 'asc' }, { place: 'asc' }] })).map(page);
    },
    remove: (id) => rows.erase([id]),
    async eraseCase(id) {
      await rows.erase((await rows.find({ selector: { case: id } })).map((row) => row.id));
    },
  };
}

export function createItems(rows: Rows<ItemRow>): Items {
  const idOf = (code: string, version: number) => `${code}@${version}`;
  return {
    async put(items) {
      await rows.put(items.map((item) => ({ id: idOf(item.code, item.version), effectiveFrom: item.effectiveFrom, item })));
    },
    async get(code, version) {
      return (await rows.get(idOf(code, version)))?.item ?? null;
    },
    async current(date) {
      const newest = new Map<string, ItemRow['item']>();
      for (const { item } of await rows.find({ selector: { effectiveFrom: { $lte: date } } })) {
        const known = newest.get(item.code);
        if (known === undefined || known.version < item.version) newest.set(item.code, item);
      }
      return [...newest.values()]
        .filter(({ state, effectiveTo }) => state !== 'cancelled' && (effectiveTo === null || date <= effectiveTo))
        .sort((left, right) => (left.code < right.code ? -1 : 1));
    },
  };
}

/** Leases, with what a purge needs: to remember the numbers of actions that are about to go. */
export type StoreLeases = Leases & { rememberUsage(): Promise<void> };

export function createLeases(rows: Rows<LeaseRow>, actions: Rows<ActionRow>, place: () => number): StoreLeases {
  /** Two tickets asked for at once are two numbers. */
  const queue = createQueue();
  const ofKind = (kind: Lease['kind']) => rows.find({ selector: { kind }, sort: [{ kind: 'asc' }, { place: 'asc' }] });

  async function used({ lease, usedBefore }: LeaseRow): Promise<number> {
    if (lease.kind !== 'case-number') return usedBefore;
    const length = leasedNumber(lease, lease.last).length;
    const inRange = { number: { $gte: leasedNumber(lease, lease.first), $lte: leasedNumber(lease, lease.last) } };
    // The text range may hold numbers of another length, from a lease of another width: those are not ours.
    const fitting = ({ number }: ActionRow) => number.length === length;
    const [highest] = await actions.find({ selector: inRange, sort: [{ number: 'desc' }], limit: 1 });
    if (highest === undefined) return usedBefore;
    const last = fitting(highest) ? highest : (await actions.find({ selector: inRange, sort: [{ number: 'desc' }] })).find(fitting);
    return last === undefined ? usedBefore : Math.max(usedBefore, Number(last.number.slice(lease.prefix.length)) - lease.first + 1);
  }

  async function state(kind: Lease['kind']): Promise<{ leases: Lease[]; usage: Map<string, number> }> {
    const leases: Lease[] = [];
    const usage = new Map<string, number>();
    for (const row of await ofKind(kind)) {
      leases.push(row.lease);
      usage.set(row.lease.id, await used(row));
    }
    return { leases, usage };
  }

  return {
    async add(lease) {
      if ((await rows.get(lease.id)) === null) await rows.put([{ id: lease.id, kind: lease.kind, place: place(), lease, usedBefore: 0 }]);
    },
    async list(kind) {
      return (await ofKind(kind)).map(({ lease }) => lease);
    },
    async usage(kind) {
      return (await state(kind)).usage;
    },
    async next(kind) {
      const { leases, usage } = await state(kind);
      return nextNumber(leases, usage);
    },
    take: (kind) => queue.run(async () => {
      const { leases, usage } = await state(kind);
      const next = nextNumber(leases, usage);
      if (next === null) return null;
      await rows.change([next.lease.id], (row) => ({ ...row, usedBefore: row.usedBefore + 1 }));
      return next.number;
    }),
    async left(kind) {
      const { leases, usage } = await state(kind);
      return numbersLeft(leases, usage);
    },
    async retire() {
      const blocks = await rows.find({ selector: {} });
      await rows.change(blocks.map(({ id }) => id), (row) => ({ ...row, usedBefore: row.lease.last - row.lease.first + 1 }));
    },
    async rememberUsage() {
      const { usage } = await state('case-number');
      await rows.change([...usage.keys()], (row) => {
        const now = usage.get(row.id) ?? 0;
        return now > row.usedBefore ? { ...row, usedBefore: now } : null;
      });
    },
  };
}

export function createBlankBook({ database }: SqliteFile): BlankBook {
  const read = database.prepare<[], { event: string }>('SELECT event FROM blanks ORDER BY place');
  const write = database.prepare<[string]>('INSERT INTO blanks (event) VALUES (?)');
  return {
    all: async () => read.all().map(({ event }) => parse(event)),
    async add(events) {
      database.transaction(() => {
        for (const event of events) write.run(JSON.stringify(event));
      }).immediate();
    },
  };
}

export function createNeighbours({ database }: SqliteFile): Neighbours {
  const read = database.prepare<[], { neighbour: string }>('SELECT neighbour FROM neighbours ORDER BY machine');
  const write = database.prepare<[string, string]>('INSERT INTO neighbours (machine, neighbour) VALUES (?, ?) ON CONFLICT (machine) DO UPDATE SET neighbour = excluded.neighbour');
  const remove = database.prepare<[string]>('DELETE FROM neighbours WHERE machine = ?');
  return {
    async put(neighbour) {
      if (neighbour.place === null) remove.run(neighbour.machine);
      else write.run(neighbour.machine, JSON.stringify(neighbour));
    },
    all: async () => read.all().map((row) => Neighbour.parse(parse(row.neighbour))),
  };
}

export function createCursors({ database }: SqliteFile): Cursors {
  const read = database.prepare<[string], { value: string }>('SELECT value FROM cursors WHERE name = ?');
  const write = database.prepare<[string, string]>('INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  return {
    async get(name) {
      const row = read.get(name);
      return row === undefined ? undefined : parse(row.value);
    },
    async set(name, value) {
      write.run(name, JSON.stringify(value));
    },
  };
}

function parse(text: string): Json {
  return JSON.parse(text);
}
