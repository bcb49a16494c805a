import { z } from 'zod';
import type { Payload } from '../../domain/action/payload.ts';
import type { Action } from '../../domain/action/types.ts';
import { APPOINTMENTS_SINCE, type FeedEntry, LETTERS_SINCE, PARTIES_SINCE, SIGNED_CATALOGUE_SINCE, WHOLE_LIFECYCLE_SINCE } from '../../domain/contracts/hall.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { type SignedSubject, type SignedText, signedCatalogueText } from '../../domain/catalogue/signed.ts';
import type { Item } from '../../domain/item/types.ts';
import type { ActionId, CaseId, MachineId } from '../../domain/ids.ts';
import { takeNumbers } from '../db/counter.ts';
import { tellCommitted } from '../db/database.ts';
import { type ActionRow, type FeedRow, type Read, storedHash, type Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { itemsByReference } from '../catalogue/items.ts';
import { readShelf } from '../catalogue/shelf.ts';
import { neighbourEntries } from '../fleet/neighbours.ts';
import { acknowledge } from '../intake/words.ts';
import { appointmentEntries } from '../appointments/words.ts';
import { isLetterWord, letterEntries } from '../letters/words.ts';

export const EVERYBODY = 'all';
/** For everybody as well, and never told on a live line: two hundred machines have news every hour, and a minute later is soon enough for them. */
const NEIGHBOURS = 'neighbours';

/** Tells a terminal that the hall did something with a case handed in there. */
export async function announceAction(write: Write, division: string, machine: string, action: Action): Promise<void> {
  await announce(write, division, { audience: machine, kind: 'action', subject: action.id, version: 0 });
}

/** Tells a terminal that an action of its own, kept aside before, is applied. */
export async function announceAcknowledgement(write: Write, division: string, action: Pick<Action, 'id' | 'machine'>): Promise<void> {
  await announce(write, division, { audience: action.machine, kind: 'acknowledgement', subject: action.id, version: 0 });
}

/** Tells every terminal of a published item. */
export async function announceItem(write: Write, division: string, item: Pick<Item, 'code' | 'version'>): Promise<void> {
  await announce(write, division, { audience: EVERYBODY, kind: 'item', subject: item.code, version: item.version });
}

/** Tells every terminal of the shelf as it is now; what was told of it before is no more. @param serial of the shelf */
export async function announceShelf(write: Write, division: string, serial: number): Promise<void> {
  await write.deleteFrom('feed').where('division', '=', division).where('audience', '=', EVERYBODY).where('kind', '=', 'shelf').execute();
  await announce(write, division, { audience: EVERYBODY, kind: 'shelf', subject: '', version: serial });
}

/** Tells every terminal of a machine of the county. @param told where it was told of before; that entry is no more. @returns where it is told of now */
export async function announceNeighbour(write: Write, division: string, machine: MachineId, told: number | null): Promise<number> {
  if (told !== null) await write.deleteFrom('feed').where('division', '=', division).where('position', '=', told).execute();
  return enter(write, division, { audience: NEIGHBOURS, kind: 'neighbour', subject: machine, version: 0 });
}

/** Tells the terminal that a message was written at how it stands. */
export async function announceMessage(write: Write, division: string, machine: string, message: string): Promise<void> {
  await announce(write, division, { audience: machine, kind: 'message', subject: message, version: 0 });
}

/** Tells a terminal what became of a letter that came by stick. */
export async function announceLetter(write: Write, division: string, machine: string, letter: string): Promise<void> {
  await announce(write, division, { audience: machine, kind: 'letter', subject: letter, version: 0 });
}

/** Tells a terminal what staff said to its call for help. */
export async function announceHelp(write: Write, division: string, machine: string, call: string): Promise<void> {
  await announce(write, division, { audience: machine, kind: 'help', subject: call, version: 0 });
}

/** Tells every terminal which surveys may be answered; what was told of them before is no more. */
export async function announceSurveys(write: Write, division: string): Promise<void> {
  await write.deleteFrom('feed').where('division', '=', division).where('audience', '=', EVERYBODY).where('kind', '=', 'surveys').execute();
  await announce(write, division, { audience: EVERYBODY, kind: 'surveys', subject: '', version: 0 });
}

/** Tells a terminal of its site's appointments of a day; what was told it of that day before is no more. */
export async function announceAppointments(write: Write, division: string, machine: string, day: string): Promise<void> {
  await write.deleteFrom('feed').where('division', '=', division).where('audience', '=', machine).where('kind', '=', 'appointments').where('subject', '=', day).execute();
  await announce(write, division, { audience: machine, kind: 'appointments', subject: day, version: 0 });
}

/** Makes an entry and wakes those that it is for. */
async function announce(write: Write, division: string, row: Omit<FeedRow, 'division' | 'position'>): Promise<void> {
  await enter(write, division, row);
  await tellCommitted(write, JSON.stringify({ division, audience: row.audience }));
}

/** The counter's row is locked until the transaction ends, so positions are committed in their order and no reader can pass one by. */
async function enter(write: Write, division: string, row: Omit<FeedRow, 'division' | 'position'>): Promise<number> {
  const position = await takeNumbers(write, division, 'feed', 1);
  await write.insertInto('feed').values({ division, position, ...row }).execute();
  return position;
}

const Announcement = z.object({ division: z.string(), audience: z.string() });

/** Whom an announcement that a database told of is for; null for a word of another program. */
export function readAnnouncement(word: string): z.infer<typeof Announcement> | null {
  try {
    return Announcement.safeParse(JSON.parse(word)).data ?? null;
  } catch {
    return null;
  }
}

/** The last position of a machine's feed; 0 before the first. */
export async function feedPosition({ db, division }: Pick<Ground, 'db' | 'division'>, machine: MachineId): Promise<number> {
  // One look at the end of the index for each: a maximum over both would read them whole.
  const last = await Promise.all([machine, EVERYBODY].map((audience) => db.read.selectFrom('feed').select('position').where('division', '=', division).where('audience', '=', audience).orderBy('position', 'desc').limit(1).executeTakeFirst()));
  return Math.max(...last.map((row) => row?.position ?? 0));
}

/** What a machine is told after `after`, oldest first. @param request `protocol`: the version that the machine speaks; the first knows neither acknowledgements nor neighbours in the feed */
export async function readFeed(ground: Ground, machine: MachineId, { after, limit, protocol }: { after: number; limit: number; protocol: number }): Promise<{ entries: FeedEntry[]; checkpoint: number; more: boolean }> {
  const { division } = ground;
  const { read } = ground.db;
  const audiences = protocol > 1 ? [machine, EVERYBODY, NEIGHBOURS] : [machine, EVERYBODY];
  const rows = (await Promise.all(audiences.map((audience) => read.selectFrom('feed').selectAll()
    .where('division', '=', division).where('audience', '=', audience).where('position', '>', after).orderBy('position').limit(limit + 1).execute())))
    .flat().sort((left, right) => left.position - right.position);
  const page = rows.slice(0, limit);
  const actions = await actionsById(read, division, page);
  const items = await itemsByReference(read, division, page.filter(({ kind }) => kind === 'item').map(({ subject, version }) => ({ code: subject, version })));
  const neighbours = await neighbourEntries(read, division, page.filter(({ kind }) => kind === 'neighbour').map(({ subject }) => subject));
  const letters = protocol >= LETTERS_SINCE ? await letterEntries(ground, page) : new Map<number, FeedEntry>();
  if (protocol >= APPOINTMENTS_SINCE) for (const [position, entry] of await appointmentEntries(ground, machine, page)) letters.set(position, entry);
  const told = page.filter((row) => (isLetterWord(row) || row.kind === 'appointments' ? letters.has(row.position) : isReadable(row, protocol, actions)));
  const shelf = told.some(({ kind }) => kind === 'shelf') ? sign(ground, 'shelf', await readShelf(read, division)) : null;
  return { entries: told.map((row) => entryOf(ground, row, { protocol, actions, items, neighbours, letters, shelf })), checkpoint: page.at(-1)?.position ?? after, more: rows.length > limit };
}

/** What terminals of the second protocol can read of an action's kind. */
const KINDS_BEFORE_3: ReadonlySet<string | null> = new Set<Payload['kind']>(['handed-in', 'supplemented', 'withdrawn', 'rated', 'result-printed', 'accepted', 'refused', 'correction-asked', 'decided', 'finished']);

function isReadable(row: FeedRow, protocol: number, actions: ReadonlyMap<string, StoredAction>): boolean {
  if (row.kind === 'acknowledgement') return protocol > 1;
  if (row.kind === 'shelf') return protocol >= SIGNED_CATALOGUE_SINCE;
  if (row.kind !== 'action') return true;
  const kind = actions.get(row.subject)?.kind ?? null;
  if (kind === 'identity-checked') return protocol >= PARTIES_SINCE;
  return protocol >= WHOLE_LIFECYCLE_SINCE || KINDS_BEFORE_3.has(kind);
}

type StoredAction = Pick<ActionRow, 'id' | 'hash' | 'case_id' | 'kind' | 'body' | 'received_at'>;

async function actionsById(read: Read, division: string, rows: readonly FeedRow[]): Promise<Map<string, StoredAction>> {
  const ids = rows.filter(({ kind }) => kind === 'action' || kind === 'acknowledgement').map(({ subject }) => subject);
  if (ids.length === 0) return new Map();
  const found = await read.selectFrom('action').select(['id', 'hash', 'case_id', 'kind', 'body', 'received_at']).where('division', '=', division).where('id', 'in', ids).execute();
  return new Map(found.map((row) => [row.id, row]));
}

type Told = { protocol: number; actions: ReadonlyMap<string, StoredAction>; items: ReadonlyMap<string, Item>; neighbours: ReadonlyMap<string, FeedEntry>; letters: ReadonlyMap<number, FeedEntry>; shelf: SignedText | null };

function entryOf(ground: Ground, row: FeedRow, { protocol, actions, items, neighbours, letters, shelf }: Told): FeedEntry {
  const letter = letters.get(row.position);
  if (letter !== undefined) return letter;
  const action = actions.get(row.subject);
  if (row.kind === 'action' && action !== undefined) return { kind: 'action', action: JSON.parse(action.body) as Action };
  if (row.kind === 'acknowledgement' && action !== undefined) {
    return { kind: 'acknowledgement', case: action.case_id as CaseId, acknowledgement: acknowledge(ground, { id: action.id as ActionId, hash: storedHash(action.hash) }, action.received_at) };
  }
  const neighbour = neighbours.get(row.subject);
  if (row.kind === 'neighbour' && neighbour !== undefined) return neighbour;
  const item = items.get(`${row.subject}@${row.version}`);
  if (row.kind === 'item' && item !== undefined) return protocol >= SIGNED_CATALOGUE_SINCE ? { kind: 'signed-item', signed: sign(ground, 'item', item) } : { kind: 'item', item };
  if (row.kind === 'shelf' && shelf !== null) return { kind: 'shelf', signed: shelf };
  throw new Error(`feed position ${row.position} names what is not there`);
}

/** What is stored is signed anew on its way out, so that it is under the key that the hall has now. */
function sign({ hall, signer }: Ground, subject: SignedSubject, value: unknown): SignedText {
  const text = canonicalJson(value);
  return { text, signature: signer.sign(signer.sha256(signedCatalogueText(subject, hall, signer.sha256(text)))) };
}
