import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { type BundleFault, openBundle } from '../../domain/item/bundle.ts';
import { checkBundle } from '../../domain/item/validate.ts';
import type { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { sha256, verifier } from '../../crypto/node.ts';
import type { Write } from '../db/schema.ts';
import { announceItem } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';

/** Where a pack is wrong: the file, and the field and rule within it. */
export type PackFault = { file: string; field: string; rule: string };

type Candidates = { candidates: { file: string; value: unknown }[]; faults: PackFault[] };

/**
 * Reads the packs of a folder. All faults of all files are told at once.
 * @param publishers public keys in base64. Where there is one, only `<packs>/<pack>/pack.jinban` counts, signed by it; otherwise `<packs>/<pack>/items/*.json`
 */
export async function readPacks(folder: string, publishers: readonly string[] = []): Promise<Result<Item[], { kind: 'pack-faults'; faults: PackFault[] }>> {
  const { candidates, faults } = publishers.length === 0 ? await looseItems(folder) : await signedItems(folder, publishers);
  const checked = checkBundle(candidates.map(({ value }) => value));
  if (!checked.ok) {
    faults.push(...checked.error.faults.map(({ kind, path }) => {
      const [index = '', ...rest] = path.split('.');
      return { file: candidates[Number(index)]?.file ?? '', field: rest.join('.'), rule: kind };
    }));
  }
  return checked.ok && faults.length === 0 ? ok(checked.value) : err({ kind: 'pack-faults', faults });
}

/** What each refusal means, for the one who runs the hall. */
const BUNDLE_FAULTS: Readonly<Record<BundleFault | 'unsigned', string>> = {
  unsigned: 'not signed, and this hall only takes packs that a publisher signed; sign it: ./jinban pack sign DIR --key FILE',
  'not-a-bundle': 'no signed pack, or one of a newer program; sign it again: ./jinban pack sign DIR --key FILE',
  'not-canonical': 'written by something else than ./jinban pack sign, or edited after it was signed',
  'unknown-publisher': 'signed with a key that this hall does not know; give its public key with --pack-key if its publisher is to be trusted',
  'bad-signature': 'the signature does not fit: it was changed after it was signed',
  'item-hash-differs': 'an item does not fit the hash that was signed for it',
};

async function signedItems(folder: string, publishers: readonly string[]): Promise<Candidates> {
  const read: Candidates = { candidates: [], faults: [] };
  for (const pack of await packFolders(folder)) {
    const file = join(pack, 'pack.jinban');
    const refuse = (fault: BundleFault | 'unsigned') => void read.faults.push({ file, field: '', rule: BUNDLE_FAULTS[fault] });
    const text = await readFile(file, 'utf8').catch(whenMissing(null));
    if (text === null) {
      // A folder without items is no pack.
      if ((await namesIn(join(pack, 'items'))).length > 0) refuse('unsigned');
      continue;
    }
    const opened = openBundle(text, publishers, sha256, verifier.verify);
    if (opened.ok) read.candidates.push(...opened.value.items.map(({ item }) => ({ file, value: item })));
    else refuse(opened.error.kind);
  }
  return read;
}

async function looseItems(folder: string): Promise<Candidates> {
  const files = await itemFiles(folder);
  const faults: PackFault[] = [];
  const candidates: Candidates['candidates'] = [];
  for (const file of files) {
    try {
      candidates.push({ file, value: JSON.parse(await readFile(file, 'utf8')) });
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      faults.push({ file, field: '', rule: 'not JSON' });
    }
  }
  return { candidates, faults };
}

async function packFolders(folder: string): Promise<string[]> {
  return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)).sort();
}

async function itemFiles(folder: string): Promise<string[]> {
  const files = await Promise.all((await packFolders(folder)).map(async (pack) => (await namesIn(join(pack, 'items'))).map((name) => join(pack, 'items', name))));
  return files.flat();
}

async function namesIn(items: string): Promise<string[]> {
  const names = await readdir(items).catch(whenMissing<string[]>([]));
  return names.filter((name) => name.endsWith('.json')).sort();
}

/** What stands for a file or folder that is not there; any other failure goes on. */
function whenMissing<Value>(value: Value): (cause: unknown) => Value {
  return (cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return value;
    throw cause;
  };
}

/**
 * Publishes what is new in packs of files and tells every terminal. A published version is what cases are bound to, so it never changes: an item that reads
 * differently under a known version is refused, and its editor raises the version. A code that was ever published at the console belongs to the console from then
 * on: what a pack says of it is passed over and logged, and county IT imports it there as a draft.
 * @returns how many were new
 */
export async function publishItems(ground: Ground, items: readonly Item[]): Promise<Result<number, { kind: 'version-changed'; code: string; version: number }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    await lockCatalogue(ground, write);
    const rows = await write.selectFrom('item').select(['code', 'version', 'body_hash']).where('division', '=', division).execute();
    const known = new Map(rows.map((row) => [`${row.code}@${row.version}`, row.body_hash]));
    const own = await write.selectFrom('item_publication').select('code').distinct().where('division', '=', division).where('account', 'is not', null).execute();
    const ours = new Set(own.map(({ code }) => code));
    let published = 0;
    for (const item of items) {
      const before = known.get(`${item.code}@${item.version}`);
      if (before === sha256(canonicalJson(item))) continue;
      if (ours.has(item.code)) {
        ground.log({ event: 'pack-item-passed-over', code: item.code, version: item.version });
        continue;
      }
      if (before !== undefined) return err({ kind: 'version-changed' as const, code: item.code, version: item.version });
      await insertVersion(ground, write, item, { account: null, draft: null, reviewers: [], successors: [], changes: null });
      published += 1;
    }
    return ok(published);
  });
}

/** Until the transaction ends nobody else changes what is published or drafted: servers that start together publish one after the other. */
export async function lockCatalogue(ground: Ground, write: Write): Promise<void> {
  await write.selectFrom('machine').select('machine').where('division', '=', ground.division).where('machine', '=', ground.hall).forUpdate().execute();
}

/** Where a version came from, for the adjust log. */
export type Origin = { account: string | null; draft: string | null; reviewers: readonly string[]; /** Codes that take its place. */ successors: readonly string[]; changes: number | null };

/** Adds a version, its line in the adjust log, and tells every terminal. */
export async function insertVersion(ground: Ground, write: Write, item: Item, origin: Origin): Promise<void> {
  const { division } = ground;
  const at = nowOf(ground);
  const { code, version, adjustment } = item;
  await write.insertInto('item').values({ division, code, version, body: JSON.stringify(item), body_hash: sha256(canonicalJson(item)), published_at: at }).execute();
  await write.insertInto('item_publication').values({
    division, code, version, name: item.name, type: item.type, body_name: item.body.name, credit_code: item.body.creditCode, state: item.state,
    effective_from: item.effectiveFrom, effective_to: item.effectiveTo, kind: adjustment?.kind ?? (version === 1 ? 'new' : 'changed'), at,
    account: origin.account, draft: origin.draft, reviewers: JSON.stringify(origin.reviewers), reason: adjustment?.note ?? '',
    origin: JSON.stringify(adjustment?.from ?? []), successors: JSON.stringify(origin.successors), changes: origin.changes,
  }).execute();
  await announceItem(write, division, item);
}

/** `packs/xinchang/items/elder-card.json: limits.days promise-over-law`, for the one who edits the pack. */
export function describePackFault({ file, field, rule }: PackFault): string {
  return `${basename(file) === 'pack.jinban' ? `${basename(dirname(file))}/pack.jinban` : basename(file)} ${field === '' ? '(whole file)' : field}: ${rule}`;
}
