import type { BlobReference } from '../../domain/action/payload.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import type { CaseFilesRow, Read, Write } from '../db/schema.ts';

/**
 * A sealed file that a case names.
 * @property size of the sealed file, bytes
 * @property material the key of the material whose page it is; `signature` for the hand signature's image, `THUMBNAIL` for a small picture of a page
 * @property current part of what the case holds now, not replaced by a supplement
 */
export type NamedFile = { hash: Hash; size: number; mediaType: string; material: string; current: boolean };

/** Stands for a material where a thumbnail is meant. No item can name a material so: its keys begin with a letter. */
export const THUMBNAIL = '.thumbnail';

/** Every sealed file a case names now, with the material it belongs to. */
export function blobsOf(state: CaseState): { material: string; blob: BlobReference }[] {
  return [
    // First, so that a file which is also named as a page counts as one.
    ...state.materials.flatMap(({ pages }) => pages.flatMap(({ thumbnail }) => (thumbnail === undefined ? [] : [{ material: THUMBNAIL, blob: thumbnail }]))),
    ...state.materials.flatMap(({ key, pages }) => pages.map((blob) => ({ material: key, blob }))),
    ...(state.handedIn.signature.image === undefined ? [] : [{ material: 'signature', blob: state.handedIn.signature.image }]),
  ];
}

/** The sealed files of cases. A case that is not there has none. */
export async function namedFiles(read: Read, division: string, ids: readonly string[]): Promise<Map<string, NamedFile[]>> {
  if (ids.length === 0) return new Map();
  const rows = await read.selectFrom('case_files').select(['case_id', 'files']).where('division', '=', division).where('case_id', '=', ({ fn, val }) => fn.any(val(ids))).execute();
  return new Map(rows.map((row) => [row.case_id, JSON.parse(row.files) as NamedFile[]]));
}

/** One sealed file of a case; null when the case does not name it. */
export async function namedFile(read: Read, division: string, id: CaseId, hash: Hash): Promise<NamedFile | null> {
  return (await namedFiles(read, division, [id])).get(id)?.find((file) => file.hash === hash) ?? null;
}

/** Which of these sealed files are here. */
export async function filesHere(read: Read, division: string, hashes: readonly Hash[]): Promise<Set<Hash>> {
  if (hashes.length === 0) return new Set();
  const rows = await read.selectFrom('blob').select('hash').where('division', '=', division).where('hash', '=', ({ fn, val }) => fn.any(val(hashes))).execute();
  return new Set(rows.map(({ hash }) => hash as Hash));
}

/** Writes what new cases name, in the transaction that hands them in. */
export async function addFiles(write: Write, division: string, states: readonly CaseState[]): Promise<void> {
  if (states.length === 0) return;
  await write.insertInto('case_files').values(states.map((state) => filesRowOf(division, state, []))).execute();
}

/** Writes what cases name after a supplement, in the transaction that holds them. What was replaced stays named, so that it can be opened. */
export async function replaceFiles(write: Write, division: string, states: readonly CaseState[]): Promise<void> {
  const before = await namedFiles(write, division, states.map(({ id }) => id));
  for (const state of states) {
    const { files } = filesRowOf(division, state, before.get(state.id) ?? []);
    await write.updateTable('case_files').set({ files }).where('division', '=', division).where('case_id', '=', state.id).execute();
  }
}

/** The row of what a case names now. @param before what it named until now */
export function filesRowOf(division: string, state: CaseState, before: readonly NamedFile[]): CaseFilesRow {
  // One file may stand for two pages; it is named once.
  const files = new Map<Hash, NamedFile>(before.map((file) => [file.hash, { ...file, current: false }]));
  for (const { material, blob } of blobsOf(state)) files.set(blob.hash, { hash: blob.hash, size: blob.size, mediaType: blob.mediaType, material, current: true });
  return { division, case_id: state.id, files: JSON.stringify([...files.values()]) };
}
