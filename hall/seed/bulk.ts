/**
 * Writes a story's rows as `replay` would leave them, without asking the hall about each: the same signed chains, the same folded cases, in statements of many rows. For the hundreds of
 * thousands of cases that figures and large screens are measured with. A test compares the two, table by table.
 */
import type { ChainHead } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { CaseId, MachineId } from '../../domain/ids.ts';
import { ulid } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { StoryAction, StoryEvent, Summary } from '../../domain/seed/world.ts';
import { filesRowOf, type NamedFile } from '../cases/files.ts';
import { tasksOf } from '../cases/tasks.ts';
import { caseRowOf, dutyBy, NO_DUTY } from '../cases/view.ts';
import { calendarOf, type NamedCalendar } from '../clock/calendar.ts';
import type { ActionRow, BlobRow, CaseFilesRow, CaseRow, CaseTaskRow, FeedRow, LeaseRow, Write } from '../db/schema.ts';
import { onApplied } from '../cases/applied.ts';
import { type Ground, instant } from '../ground.ts';
import { WIDTH } from '../leases/leases.ts';
import { chained, closeCounty, filesOf, type Stage, TOLD_EVERY } from './stage.ts';

/** Actions in one transaction: some megabytes. */
const BATCH = 2000;
/** Rows in one statement: PostgreSQL takes 65 535 values, and the widest of these has 19. */
const ROWS = 1000;

/** `applied`: what was said of the cases among these rows, each with the time at which the hall heard it. */
type Rows = { applied: { at: number; action: Action }[]; case_task: CaseTaskRow[]; action: ActionRow[]; case_view: CaseRow[]; case_files: CaseFilesRow[]; blob: BlobRow[]; feed: FeedRow[]; lease: LeaseRow[] };
/** A case that more may happen to. `first`: the columns that its hand-in alone decides. */
type Open = { machine: MachineId; first: Pick<CaseRow, 'handed_in_at' | 'received_at'>; state: CaseState; item: Item; last: Action; receivedAt: number; actions: number; files: CaseFilesRow; dutyBefore: string | null; calendar: NamedCalendar; log: { at: number; action: Action }[] };

export async function writeBulk(stage: Stage): Promise<Summary> {
  const { ground, story, keepScans, told } = stage;
  const counter = await ground.db.read.selectFrom('counter').select('value').where('division', '=', ground.division).where('name', '=', 'feed').executeTakeFirst();
  const press = createPress(stage, counter?.value ?? 0);
  let writing: Promise<void> = Promise.resolve();
  for (let count = 0; ; count += 1) {
    const next = story.events.next();
    const isLast = next.done === true;
    if (isLast) press.closeAll();
    else {
      if (next.value.kind === 'closure') await closeCounty(stage, next.value);
      press.take(next.value);
    }
    if (isLast || press.rows.action.length >= BATCH) {
      const rows = press.turn();
      // One batch is written while the next is made.
      await writing;
      await keepScans();
      writing = ground.db.write(async (write) => {
        await insert(write, rows);
        await follow(ground, write, rows.applied);
      });
    }
    if (count % TOLD_EVERY === 0) told(count);
    if (next.done !== true) continue;
    await writing;
    await ground.db.write((write) => press.finish(write));
    return next.value;
  }
}

function createPress({ ground: { division, signer, hall }, story, players }: Stage, feedBefore: number) {
  const heads = new Map<MachineId, ChainHead>();
  const open = new Map<CaseId, Open>();
  let calendar = calendarOf([], []);
  let feed = feedBefore;
  let lastDeed: string | null = null;
  let rows = noRows();

  function act(event: StoryAction): void {
    const { at, machine, payload, state, item, position } = event;
    const by = machine === hall ? signer : players.get(machine)?.signer;
    if (by === undefined) throw new Error('an action of nobody');
    const action = chained(heads, by, event);
    const received_at = instant(at);
    rows.action.push({
      division, machine, sequence: action.sequence, id: action.id, hash: action.hash, case_id: action.case, kind: payload.kind, case_position: position, body: JSON.stringify(action), received_at, quarantine_reason: null,
    });
    rows.blob.push(...filesOf(payload).map(({ hash, size }) => ({ division, hash, size, received_at })));
    keepCase(action, state, item, at);
    if (machine !== hall) return;
    lastDeed = received_at;
    const to = open.get(state.id)?.machine ?? hall;
    if (to !== hall) rows.feed.push({ division, position: (feed += 1), audience: to, kind: 'action', subject: action.id, version: 0 });
  }

  function keepCase(action: Action, state: CaseState, item: Item, receivedAt: number): void {
    const known = open.get(state.id);
    const actions = (known?.actions ?? 0) + 1;
    const now = { machine: known?.machine ?? action.machine, state, item, last: action, receivedAt, actions, dutyBefore: known?.dutyBefore ?? null, calendar };
    if (known === undefined) {
      const { handed_in_at, received_at } = caseRowOf(division, { ...now, isNew: true }, calendar);
      open.set(state.id, { ...now, dutyBefore: dutyBy({ ...now, isNew: true }, calendar), log: [{ at: receivedAt, action }], first: { handed_in_at, received_at }, files: filesRowOf(division, state, []) });
      return;
    }
    Object.assign(known, now, { dutyBefore: dutyBy({ ...now, isNew: false }, calendar) });
    known.log.push({ at: receivedAt, action });
    if (action.payload.kind === 'supplemented') known.files = filesRowOf(division, state, JSON.parse(known.files.files) as NamedFile[]);
  }

  function close(id: CaseId): void {
    const last = open.get(id);
    if (last === undefined) throw new Error('a case ends that never began');
    open.delete(id);
    rows.case_view.push({ ...caseRowOf(division, { ...last, isNew: false }, last.calendar), ...last.first, duty_by: last.dutyBefore ?? NO_DUTY });
    rows.applied.push(...last.log);
    rows.case_task.push(...tasksOf(division, last.state, last.item, last.calendar));
    rows.case_files.push(last.files);
  }

  return {
    get rows(): Rows {
      return rows;
    },
    take(event: StoryEvent): void {
      if (event.kind === 'action') act(event);
      else if (event.kind === 'over') close(event.case);
      else if (event.kind === 'closure') {
        calendar = calendarOf([], [event.day]);
        for (const moved of event.moved) act(moved);
      }
      else {
        const { machine, request, prefix, first, want, at } = event;
        rows.lease.push({ division, id: ulid(at, event.entropy), machine, request, kind: 'case-number', prefix, first, last: first + want - 1, width: WIDTH, granted_at: instant(at), generation: 0 });
      }
    },
    closeAll(): void {
      for (const id of open.keys()) close(id);
    },
    /** What is to be written; the next rows begin anew. */
    turn(): Rows {
      const made = rows;
      rows = noRows();
      return made;
    },
    /** Where chains and counters stand in the end. */
    async finish(write: Write): Promise<void> {
      for (const [machine, { sequence, hash }] of heads) {
        await write.updateTable('machine').set({ head_sequence: sequence, head_hash: hash, ...(machine === hall ? { last_contact: lastDeed } : {}) }).where('division', '=', division).where('machine', '=', machine).execute();
      }
      const counters = [...story.counters, ['feed', feed] as const].map(([name, value]) => ({ division, name, value }));
      await write.insertInto('counter').values(counters).onConflict((conflict) => conflict.columns(['division', 'name']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') }))).execute();
    },
  };
}

function noRows(): Rows {
  return { applied: [], case_task: [], action: [], case_view: [], case_files: [], blob: [], feed: [], lease: [] };
}

async function insert(write: Write, rows: Rows): Promise<void> {
  for (const part of parts(rows.action)) await write.insertInto('action').values(part).execute();
  for (const part of parts(rows.case_view)) await write.insertInto('case_view').values(part).execute();
  for (const part of parts(rows.case_task)) await write.insertInto('case_task').values(part).execute();
  for (const part of parts(rows.case_files)) await write.insertInto('case_files').values(part).execute();
  for (const part of parts(rows.blob)) await write.insertInto('blob').values(part).execute();
  for (const part of parts(rows.feed)) await write.insertInto('feed').values(part).execute();
  for (const part of parts(rows.lease)) await write.insertInto('lease').values(part).execute();
}

/** What follows from the actions of cases that are written, as if it had followed on each day. Figures and duties hold days, so a day's actions go together. */
async function follow(ground: Ground, write: Write, applied: Rows['applied']): Promise<void> {
  const days = new Map<string, Rows['applied']>();
  for (const one of applied) {
    const day = civilDate(one.at);
    const said = days.get(day);
    if (said === undefined) days.set(day, [one]);
    else said.push(one);
  }
  for (const [, said] of [...days].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const now = Math.max(...said.map(({ at }) => at));
    await onApplied({ ...ground, clock: { ...ground.clock, now: () => now } }, write, said.map(({ action }) => action));
  }
}

function parts<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) => rows.slice(part * ROWS, (part + 1) * ROWS));
}
