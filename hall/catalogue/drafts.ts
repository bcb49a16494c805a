/** Drafts of the catalogue while they are written: begun, held, saved. What was typed is kept, right or wrong. */
import { randomBytes } from 'node:crypto';
import { blankItem, renamed } from '../../domain/catalogue/blank.ts';
import { type Adjusted, DRAFT_SHAPES } from '../../domain/catalogue/publication.ts';
import { type OwnedCode, reachesCodes } from '../../domain/catalogue/reach.ts';
import { afterDeed, type DraftDeed, type DraftState, OPEN_STATES } from '../../domain/catalogue/states.ts';
import type { Draft, DraftRow, ItemText } from '../../domain/contracts/catalogue.ts';
import { ulid } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ItemReference } from '../../domain/action/types.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { ItemDraftRow, Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { judgeTexts, memberOf } from './judge.ts';
import { lockCatalogue } from './publish.ts';
import { newestItems, today } from './versions.ts';

/** How long a draft stays in the hands of whoever saved it last, milliseconds: as long as a claimed case does. */
const HELD = 30 * 60_000;
/** Drafts in a list: those an office works on at one time. */
const LISTED = 500;

export type DraftFailure = { kind: 'unknown-draft' } | { kind: 'wrong-state' } | { kind: 'stale'; by: string };

/** Begins a draft from the newest versions of these codes; while it is open no other draft starts from one of them. */
export async function beginDraft(ground: Ground, staff: Staff, { kind, codes }: { kind: Adjusted; codes: readonly string[] }): Promise<Result<{ id: string }, { kind: 'unknown-item' } | { kind: 'wrong-shape' } | { kind: 'cancelled' } | { kind: 'drafted'; id: string }>> {
  const [least, most] = DRAFT_SHAPES[kind].bases;
  if (codes.length < least || codes.length > most || new Set(codes).size < codes.length) return err({ kind: 'wrong-shape' });
  return ground.db.write(async (write) => {
    await lockCatalogue(ground, write);
    const bases = await newestItems(write, ground.division, codes);
    if (bases.length < codes.length || !reachesCodes(staff.scope, bases.map(ownedCode))) return err({ kind: 'unknown-item' as const });
    if (bases.some(({ state }) => state === 'cancelled')) return err({ kind: 'cancelled' as const });
    const other = codes.length === 0 ? undefined : await write.selectFrom('item_draft_code').select('draft').where('division', '=', ground.division).where('locks', '=', true).where('code', 'in', [...codes]).executeTakeFirst();
    if (other !== undefined) return err({ kind: 'drafted' as const, id: other.draft });
    return ok({ id: await makeDraft(ground, write, staff, { kind, bases, bodies: firstTexts(kind, bases, today(ground)), reason: '' }) });
  });
}

/** What a draft holds before anybody wrote in it. */
function firstTexts(kind: Adjusted, bases: readonly Item[], date: string): ItemText[] {
  const [first] = bases;
  switch (kind) {
    case 'new':
      return [blankItem(date)];
    case 'changed':
      return [...bases];
    case 'split':
      return first === undefined ? [] : [renamed(first, date), renamed(first, date)];
    case 'merged':
      return first === undefined ? [] : [renamed(first, date)];
    case 'suspended':
    case 'cancelled':
      return [];
  }
}

/** Writes a new draft down. The caller holds the catalogue's lock and has seen that no open draft starts from one of the bases. */
export async function makeDraft(ground: Ground, write: Write, staff: Staff, { kind, bases, bodies, reason }: { kind: Adjusted; bases: readonly Item[]; bodies: readonly ItemText[]; reason: string }): Promise<string> {
  const { division } = ground;
  const id = ulid(ground.clock.now(), randomBytes(10));
  const at = nowOf(ground);
  const codes = codesOf(bases, bodies);
  await write.insertInto('item_draft').values({
    division, id, kind, state: 'draft', revision: 1, ...headOf(bases, bodies), bases: JSON.stringify(bases.map(({ code, version }): ItemReference => ({ code, version }))), bodies: JSON.stringify(bodies), reason,
    authors: JSON.stringify([staff.account]), created_by: staff.account, changed_by: staff.account, changed_at: at, holder: staff.account, held_at: at,
  }).execute();
  await writeCodes(ground, write, id, codes, bases);
  await recordDeed(ground, write, staff, { what: 'catalogue.draft', subject: id, body: { kind, codes: codes.map(({ code }) => code) } });
  return id;
}

async function writeCodes(ground: Ground, write: Write, draft: string, codes: readonly OwnedCode[], bases: readonly Item[]): Promise<void> {
  const { division } = ground;
  const locked = new Set(bases.map(({ code }) => code));
  await write.deleteFrom('item_draft_code').where('division', '=', division).where('draft', '=', draft).execute();
  if (codes.length > 0) await write.insertInto('item_draft_code').values(codes.map(({ code, creditCode }) => ({ division, draft, code, credit_code: creditCode, locks: locked.has(code) }))).execute();
}

export function ownedCode({ code, body }: Item): OwnedCode {
  return { code, creditCode: body.creditCode };
}

/** The codes a draft is about: those it starts from, and those its texts name. */
function codesOf(bases: readonly Item[], bodies: readonly ItemText[]): OwnedCode[] {
  const owned = [...bases.map(ownedCode), ...bodies.map((body) => ({ code: textOf(body['code']), creditCode: textOf(memberOf(body['body'], 'creditCode')) }))];
  return owned.filter(({ code }, index) => code !== '' && owned.findIndex((other) => other.code === code) === index);
}

function headOf(bases: readonly Item[], bodies: readonly ItemText[]): { name: string; body_name: string } {
  const [body] = bodies;
  const [base] = bases;
  const name = bodies.map((one) => textOf(one['name'])).filter((one) => one !== '').join('、');
  return { name: (name === '' ? base?.name ?? '' : name).slice(0, 300), body_name: textOf(memberOf(body?.['body'], 'name')) || (base?.body.name ?? '') };
}

/** A text for a column: PostgreSQL takes neither a NUL nor half a character. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : '';
}

/** The drafts that an account reaches, those that changed last first. */
export async function listDrafts(ground: Ground, staff: Staff, filter: { state: DraftState | 'open' } | { code: string }): Promise<DraftRow[]> {
  const { division, db: { read } } = ground;
  let wanted = read.selectFrom('item_draft').selectAll().where('division', '=', division);
  if ('state' in filter) wanted = wanted.where('state', 'in', filter.state === 'open' ? [...OPEN_STATES] : [filter.state]);
  else wanted = wanted.where('id', 'in', read.selectFrom('item_draft_code').select('draft').where('division', '=', division).where('code', '=', filter.code));
  const rows = await wanted.orderBy('changed_at', 'desc').orderBy('id', 'desc').limit(LISTED).execute();
  const codes = await codesByDraft(read, division, rows.map(({ id }) => id));
  return rows.filter(({ id }) => reachesCodes(staff.scope, codes.get(id) ?? [])).map((row) => draftRow(row, codes.get(row.id) ?? []));
}

async function codesByDraft(read: Read, division: string, drafts: readonly string[]): Promise<Map<string, OwnedCode[]>> {
  const found = new Map<string, OwnedCode[]>();
  if (drafts.length === 0) return found;
  const rows = await read.selectFrom('item_draft_code').select(['draft', 'code', 'credit_code']).where('division', '=', division).where('draft', 'in', [...drafts]).orderBy('code').execute();
  for (const { draft, code, credit_code } of rows) found.set(draft, [...(found.get(draft) ?? []), { code, creditCode: credit_code }]);
  return found;
}

function draftRow(row: ItemDraftRow, codes: readonly OwnedCode[]): DraftRow {
  return { id: row.id, kind: row.kind, state: row.state, name: row.name, codes: codes.map(({ code }) => code), body: row.body_name, createdBy: row.created_by, changedAt: row.changed_at, changedBy: row.changed_by };
}

/** A draft whole; null when there is none within the account's scope. */
export async function openDraft(ground: Ground, staff: Staff, id: string): Promise<Draft | null> {
  const { division, db: { read } } = ground;
  const row = await read.selectFrom('item_draft').selectAll().where('division', '=', division).where('id', '=', id).executeTakeFirst();
  const codes = (await codesByDraft(read, division, [id])).get(id) ?? [];
  if (row === undefined || !reachesCodes(staff.scope, codes)) return null;
  const drafted = referencesOf(row);
  const bases = await newestItems(read, division, drafted.map(({ code }) => code));
  const reviews = await read.selectFrom('item_review').selectAll().where('division', '=', division).where('draft', '=', id).orderBy('id').execute();
  const bodies = textsOf(row);
  const open = OPEN_STATES.includes(row.state);
  return {
    row: draftRow(row, codes), revision: row.revision, bases, bodies, reason: row.reason, authors: authorsOf(row),
    reviews: reviews.map(({ at, account, verdict, words, revision }) => ({ at, account, verdict, words, revision })),
    findings: await judgeTexts(ground, read, bodies),
    holder: holderOf(row, ground.clock.now()),
    stale: open && bases.some(({ code, version }) => drafted.some((one) => one.code === code && one.version !== version)),
  };
}

export function textsOf({ bodies }: Pick<ItemDraftRow, 'bodies'>): ItemText[] {
  return JSON.parse(bodies) as ItemText[];
}

export function referencesOf({ bases }: Pick<ItemDraftRow, 'bases'>): ItemReference[] {
  return JSON.parse(bases) as ItemReference[];
}

export function authorsOf({ authors }: Pick<ItemDraftRow, 'authors'>): string[] {
  return JSON.parse(authors) as string[];
}

/** Who works on a draft, or null when nobody does any more. */
function holderOf({ holder, held_at }: Pick<ItemDraftRow, 'holder' | 'held_at'>, now: number): { account: string; since: string } | null {
  return holder === null || held_at === null || Date.parse(held_at) + HELD < now ? null : { account: holder, since: held_at };
}

/** Takes a draft in hand; from somebody else only when that is asked for. */
export async function holdDraft(ground: Ground, staff: Staff, { id, takeOver }: { id: string; takeOver: boolean }): Promise<Result<{ revision: number }, { kind: 'unknown-draft' } | { kind: 'wrong-state' } | { kind: 'held'; by: string; since: string }>> {
  return ground.db.write(async (write) => {
    const row = await lockedDraft(ground, write, staff, id);
    if (row === null) return err({ kind: 'unknown-draft' as const });
    if (!afterDeed(row.state, 'save').ok) return err({ kind: 'wrong-state' as const });
    const holder = holderOf(row, ground.clock.now());
    if (holder !== null && holder.account !== staff.account && !takeOver) return err({ kind: 'held' as const, by: holder.account, since: holder.since });
    await write.updateTable('item_draft').set({ holder: staff.account, held_at: nowOf(ground) }).where('division', '=', ground.division).where('id', '=', id).execute();
    return ok({ revision: row.revision });
  });
}

/** Keeps what was written. Refused when somebody else saved since `revision`, or has the draft in hand. */
export async function saveDraft(ground: Ground, staff: Staff, { id, revision, bodies, reason }: { id: string; revision: number; bodies: readonly ItemText[]; reason: string }): Promise<Result<{ revision: number; state: DraftState; findings: Draft['findings'] }, DraftFailure>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const step = await stepDraft(ground, write, staff, { id, revision }, 'save');
    if (!step.ok) return step;
    const { row, state } = step.value;
    const bases = await newestItems(write, division, referencesOf(row).map(({ code }) => code));
    const codes = codesOf(bases, bodies);
    await write.updateTable('item_draft').set({
      ...headOf(bases, bodies), bodies: JSON.stringify(bodies), reason: textOf(reason), authors: JSON.stringify([...new Set([...authorsOf(row), staff.account])]), holder: staff.account, held_at: nowOf(ground),
    }).where('division', '=', division).where('id', '=', id).execute();
    await writeCodes(ground, write, id, codes, bases);
    return ok({ revision: revision + 1, state, findings: await judgeTexts(ground, write, bodies) });
  });
}

/** The draft, locked until the transaction ends; null when there is none within the account's scope. */
async function lockedDraft(ground: Ground, write: Write, staff: Staff, id: string): Promise<ItemDraftRow | null> {
  const { division } = ground;
  const row = await write.selectFrom('item_draft').selectAll().where('division', '=', division).where('id', '=', id).forUpdate().executeTakeFirst();
  const codes = (await codesByDraft(write, division, [id])).get(id) ?? [];
  return row === undefined || !reachesCodes(staff.scope, codes) ? null : row;
}

/** Moves a draft by a deed: its state, a new revision, who did it. @returns the row as it was before, and its new state */
export async function stepDraft(ground: Ground, write: Write, staff: Staff, { id, revision }: { id: string; revision: number }, deed: DraftDeed): Promise<Result<{ row: ItemDraftRow; state: DraftState }, DraftFailure>> {
  const row = await lockedDraft(ground, write, staff, id);
  if (row === null) return err({ kind: 'unknown-draft' });
  const state = afterDeed(row.state, deed);
  if (!state.ok) return state;
  if (row.revision !== revision) return err({ kind: 'stale', by: row.changed_by });
  const holder = deed === 'save' ? holderOf(row, ground.clock.now()) : null;
  if (holder !== null && holder.account !== staff.account) return err({ kind: 'stale', by: holder.account });
  await write.updateTable('item_draft').set({ state: state.value, revision: revision + 1, changed_by: staff.account, changed_at: nowOf(ground), ...(deed === 'save' ? {} : { holder: null, held_at: null }) })
    .where('division', '=', ground.division).where('id', '=', id).execute();
  // Its codes are free for the next draft.
  if (!OPEN_STATES.includes(state.value)) await write.updateTable('item_draft_code').set({ locks: false }).where('division', '=', ground.division).where('draft', '=', id).execute();
  return ok({ row, state: state.value });
}
