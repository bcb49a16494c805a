import { Encrypter } from 'age-encryption';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { sha256Bytes } from '../../crypto/node.ts';
import { unseal, unwrapKey } from '../../crypto/seal.ts';
import type { BlobReference } from '../../domain/action/payload.ts';
import type { Action } from '../../domain/action/types.ts';
import { type ArchivedFile, type ArchiveKeys, signManifest } from '../../domain/archive/manifest.ts';
import { describeCase } from '../../domain/archive/metadata.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { certificatePaper } from '../../domain/documents/certificate-paper.ts';
import { LegalPaper } from '../../domain/documents/legal.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import type { Hash, MachineId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { renderDocument } from '../../printers/papers/render.ts';
import type { BlobStore } from '../blobs/store.ts';
import { namedFiles, THUMBNAIL } from '../cases/files.ts';
import type { PaperRow } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { formerKeys } from '../identity/takeover.ts';
import { indexPage, metadataXml } from './index-page.ts';

export type ArchivedCase = { actions: readonly Action[]; state: CaseState; item: Item; papers: readonly PaperRow[] };
export type PackageFailure = { kind: 'materials-missing' | 'not-printable' };

const ENDINGS: Readonly<Record<BlobReference['mediaType'], string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' };

/**
 * The package of a case: `manifest.json`, open and signed by the hall, beside `content.zip.age`, sealed for the archive. Scans are opened for it: the hall's key,
 * which sealed them, is not the archive's. A case of a hundred pages is in memory whole, three times over.
 */
export async function makePackage(ground: Ground, blobs: BlobStore, one: ArchivedCase): Promise<Result<Uint8Array, PackageFailure>> {
  const { state, item, actions } = one;
  const scans = await openScans(ground, blobs, state);
  if (!scans.ok) return scans;
  const papers = await drawPapers(one);
  if (!papers.ok) return papers;
  const elements = describeCase({ state, item, hall: ground.name, papers: one.papers.map(({ number }) => number) }, ground.archive);
  const contents = new Map<string, Uint8Array>([
    ['metadata.json', jsonBytes(elements)],
    ['metadata.xml', strToU8(metadataXml(elements))],
    ['actions.ndjson', strToU8(actions.map((action) => `${JSON.stringify(action)}\n`).join(''))],
    ['keys.json', jsonBytes(await keysOf(ground, actions))],
    ['item.json', jsonBytes(item)],
    ...papers.value,
    ...scans.value,
  ]);
  // The page lists what is beside it, and is itself listed in the manifest alone.
  contents.set('index.html', strToU8(indexPage(elements, filesOf(contents))));
  const content = zipOf(contents, ground.clock.now());
  const encrypter = new Encrypter();
  encrypter.addRecipient(ground.archive.recipient);
  const sealed = await encrypter.encrypt(content);
  const manifest = signManifest({
    format: 'jinban-archive-1', hall: ground.hall, publicKey: ground.publicKeys.signing, case: state.id, number: state.number, madeAt: nowOf(ground), actions: actions.length,
    sealed: { size: sealed.length, sha256: sha256Bytes(sealed), recipient: ground.archive.recipient }, files: filesOf(contents),
  }, ground.signer);
  return ok(zipOf(new Map([['manifest.json', jsonBytes(manifest)], ['content.zip.age', sealed]]), ground.clock.now()));
}

function filesOf(contents: ReadonlyMap<string, Uint8Array>): ArchivedFile[] {
  return [...contents].map(([name, bytes]) => ({ name, size: bytes.length, sha256: sha256Bytes(bytes) }));
}

/** Pictures, PDFs and what is sealed do not grow smaller. */
function zipOf(contents: ReadonlyMap<string, Uint8Array>, mtime: number): Uint8Array {
  const files: Zippable = {};
  for (const [name, bytes] of contents) files[name] = [bytes, { level: /\.(jpg|png|pdf|age)$/.test(name) ? 0 : 6, mtime }];
  return zipSync(files);
}

function jsonBytes(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`);
}

/** Every page that the case ever named, those that a supplement replaced among them, and the signature. Small pictures of pages are left out. */
async function openScans(ground: Ground, blobs: BlobStore, state: CaseState): Promise<Result<[string, Uint8Array][], PackageFailure>> {
  const named = ((await namedFiles(ground.db.read, ground.division, [state.id])).get(state.id) ?? []).filter(({ material }) => material !== THUMBNAIL);
  const key = unwrapKey(ground.wrapping, state.id, state.handedIn.caseKey);
  const counts = new Map<string, number>();
  const opened: [string, Uint8Array][] = [];
  for (const { hash, material, mediaType, current } of named) {
    const sealed = await blobs.read(hash);
    const plain = sealed === null || !key.ok ? null : unseal(key.value, state.id, sealed);
    if (plain === null || !plain.ok) return err({ kind: 'materials-missing' });
    const stem = `scans/${material}${current ? '' : '-replaced'}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    opened.push([`${stem}-${count}.${ENDINGS[mediaType as BlobReference['mediaType']]}`, plain.value]);
  }
  return ok(opened);
}

/** The papers that were made, as they were made, and the certificate. */
async function drawPapers({ papers, state, actions }: ArchivedCase): Promise<Result<[string, Uint8Array][], PackageFailure>> {
  const finished = actions.find(({ payload }) => payload.kind === 'finished');
  const documents: [string, PaperDocument][] = [
    ...papers.map(({ number, facts }): [string, PaperDocument] => [`papers/${number.replaceAll(/[/\\]/g, '-')}.pdf`, LegalPaper.parse(JSON.parse(facts))]),
    ...(state.certificate === null || finished === undefined ? [] : [['papers/certificate.pdf', certificatePaper(state.certificate, finished)] as [string, PaperDocument]]),
  ];
  const drawn: [string, Uint8Array][] = [];
  for (const [name, document] of documents) {
    const pdf = await renderDocument(document);
    if (!pdf.ok) return err({ kind: 'not-printable' });
    drawn.push([name, pdf.value]);
  }
  return ok(drawn);
}

/** The keys that an archive needs to check the actions without the hall. */
async function keysOf(ground: Ground, actions: readonly Action[]): Promise<ArchiveKeys> {
  const machines = [...new Set(actions.map(({ machine }) => machine))];
  return Promise.all(machines.map(async (machine: MachineId) => {
    const row = await ground.db.read.selectFrom('machine').select('public_key').where('division', '=', ground.division).where('machine', '=', machine).executeTakeFirst();
    return { machine, publicKey: row?.public_key ?? null, former: (await formerKeys(ground, machine)).map(({ public_key: publicKey, through }) => ({ publicKey, through })) };
  }));
}

/** A package's place below the archive's folder: by year, by case, and by what it hashes to, so that a second try never writes over a first. */
export function packagePlace(year: string, id: string, hash: Hash): string {
  return `${year}/${id}-${hash.slice(0, 16)}.zip`;
}
