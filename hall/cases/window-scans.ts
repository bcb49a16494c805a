import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSealKey, seal, unwrapKey, wrapKey } from '../../crypto/seal.ts';
import { sha256Bytes } from '../../crypto/node.ts';
import type { BlobReference, Material, WrappedKey } from '../../domain/action/payload.ts';
import { takesSupplement } from '../../domain/case/fold.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import type { Scanned } from '../../domain/contracts/window.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { keepBlob } from '../blobs/arrive.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { lockCase } from './acts/deed.ts';

/** Largest scan of one page that a window sends, bytes. */
export const LARGEST_SCAN = 20 * 1024 * 1024;

/** `not-a-scan`: neither JPEG, PNG nor PDF by its first bytes, whatever it is called. `another-desk`: a colleague's draft, or a case that waits for nothing from this window. */
export type ScanFailure = { kind: 'not-a-scan' | 'another-desk' };

/** The first bytes of what may be shown in a viewer. */
const SIGNATURES: readonly { mediaType: BlobReference['mediaType']; bytes: readonly number[] }[] = [
  { mediaType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
];

/**
 * Takes one scan for a case that a window is about to hand in or to supplement: sealed under the case's key at once, as a terminal would, and named by its sealed
 * bytes. The same page sent again is another file; a draft that is never handed in goes after a day with its scans.
 * @param folder where a file waits until it is whole
 */
export async function takeScan(ground: Ground, store: BlobStore, folder: string, { staff, id, bytes }: { staff: Staff; id: CaseId; bytes: Uint8Array }): Promise<Result<BlobReference, ScanFailure>> {
  const mediaType = SIGNATURES.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte))?.mediaType;
  if (mediaType === undefined) return err({ kind: 'not-a-scan' });
  const key = await draftKey(ground, staff, id);
  if (!key.ok) return key;
  const sealed = seal(key.value, id, bytes);
  const hash = sha256Bytes(sealed);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  await writeFile(path, sealed, { mode: 0o600 });
  const kept = await keepBlob(ground, store, { machine: ground.hall, path, hash });
  if (!kept.ok) throw new Error('a file is not what was written');
  await ground.db.write((write) => write.insertInto('window_scan').values({ division: ground.division, case_id: id, hash, size: sealed.length, media_type: mediaType }).onConflict((conflict) => conflict.doNothing()).execute());
  return ok({ hash, size: sealed.length, mediaType });
}

/**
 * The key of a draft: a new case's is made with its first scan, and one that waits for a correction has its own. Whoever scans last for a correction has its draft. Several scans that are chosen
 * at once are all the first: the key of whichever was faster is the draft's.
 */
async function draftKey(ground: Ground, staff: Staff, id: CaseId): Promise<Result<Uint8Array, ScanFailure>> {
  const { division } = ground;
  return ground.db.write(async (write): Promise<Result<Uint8Array, ScanFailure>> => {
    if (await write.selectFrom('case_view').select('id').where('division', '=', division).where('id', '=', id).executeTakeFirst() !== undefined) return correctionKey(ground, write, staff, id);
    const draft = write.selectFrom('window_draft').selectAll().where('division', '=', division).where('case_id', '=', id).forUpdate();
    let known = await draft.executeTakeFirst();
    if (known === undefined) {
      const wrapped = JSON.stringify(wrapKey(ground.publicKeys.wrapping, id, generateSealKey()));
      await write.insertInto('window_draft').values({ division, case_id: id, account: staff.account, case_key: wrapped, begun_at: nowOf(ground) }).onConflict((conflict) => conflict.doNothing()).execute();
      known = await draft.executeTakeFirstOrThrow();
    }
    if (known.account !== staff.account) return err({ kind: 'another-desk' });
    return ok(unwrapped(ground, id, JSON.parse(known.case_key) as WrappedKey));
  });
}

async function correctionKey(ground: Ground, write: Write, staff: Staff, id: CaseId): Promise<Result<Uint8Array, ScanFailure>> {
  const loaded = await lockCase(ground, write, id, staff.scope);
  if (!loaded.ok || !takesSupplement(loaded.value.state)) return err({ kind: 'another-desk' });
  const { caseKey } = loaded.value.state.handedIn;
  const row = { division: ground.division, case_id: id, account: staff.account, case_key: JSON.stringify(caseKey), begun_at: nowOf(ground) };
  await write.insertInto('window_draft').values(row).onConflict((conflict) => conflict.columns(['division', 'case_id']).doUpdateSet(row)).execute();
  return ok(unwrapped(ground, id, caseKey));
}

function unwrapped(ground: Ground, id: CaseId, key: WrappedKey): Uint8Array {
  const opened = unwrapKey(ground.wrapping, id, key);
  if (!opened.ok) throw new Error('the key of a case cannot be opened');
  return opened.value;
}

/** What an account scanned for a case. @returns null without a draft of its own */
export async function readDraft(write: Write, division: string, id: CaseId, account: string): Promise<{ caseKey: WrappedKey; scans: ReadonlyMap<Hash, BlobReference> } | null> {
  const draft = await write.selectFrom('window_draft').selectAll().where('division', '=', division).where('case_id', '=', id).where('account', '=', account).forUpdate().executeTakeFirst();
  if (draft === undefined) return null;
  const scans = await write.selectFrom('window_scan').selectAll().where('division', '=', division).where('case_id', '=', id).execute();
  return { caseKey: JSON.parse(draft.case_key) as WrappedKey, scans: new Map(scans.map(({ hash, size, media_type: mediaType }) => [hash, { hash, size, mediaType }])) };
}

/** The materials that a window hands in, with their scans. @returns null when one of them is not in the draft */
export function scannedMaterials(materials: readonly Scanned[], scans: ReadonlyMap<Hash, BlobReference>): Material[] | null {
  const found = materials.map(({ key, trust, pages }) => ({ key, trust, pages: pages.flatMap((hash) => scans.get(hash) ?? []) }));
  return found.every(({ pages }, index) => pages.length === materials[index]?.pages.length) ? found : null;
}

/** A draft whose scans stand in the case. */
export async function endDraft(write: Write, division: string, id: CaseId): Promise<void> {
  await write.deleteFrom('window_draft').where('division', '=', division).where('case_id', '=', id).execute();
}

/** Forgets drafts that nobody handed in within a day; their sealed files stay unnamed and unopenable. @returns how many */
export async function forgetDrafts(ground: Ground): Promise<number> {
  const before = new Date(ground.clock.now() - 24 * 3_600_000).toISOString();
  const gone = await ground.db.write((write) => write.deleteFrom('window_draft').where('division', '=', ground.division).where('begun_at', '<', before).executeTakeFirst());
  return Number(gone.numDeletedRows);
}
