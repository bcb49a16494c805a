import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identityOf, isRecipient } from '../../courier/age.ts';
import { checkParcel, findParcels, type FoundParcel, openParcel, type Parcel, readPartOf, readText, type RefusedFiles } from '../../courier/find.ts';
import { gather } from '../../courier/read.ts';
import { verifier } from '../../crypto/node.ts';
import { NO_PARCEL, type ParcelContent, type ParcelFault, type ParcelMark, ParcelOutcomes, type ParcelRequest, placeOf, StickFault } from '../../domain/contracts/courier.ts';
import { Letter } from '../../domain/contracts/letters.ts';
import { ActionId, type MachineId, NO_HASH } from '../../domain/ids.ts';
import { codeOf, err, ok, type Result } from '../../domain/result.ts';
import { keepBlob, namedSize } from '../blobs/arrive.ts';
import { missingBlobs } from '../blobs/missing.ts';
import type { BlobStore } from '../blobs/store.ts';
import { type CourierRow, storedHash } from '../db/schema.ts';
import { holdFolder } from '../db/folder-lock.ts';
import { type Ground, nowOf } from '../ground.ts';
import { belongsHere, enrol, type KnownMachine, machineRow } from '../identity/machines.ts';
import { takeBatch } from '../intake/take.ts';
import { takeLetter } from '../letters/take.ts';
import { answerEach } from '../intake/words.ts';

/** `folder`: where pages lie until they are whole. One import at a time uses it, and empties it at its beginning. */
export type HallCourier = { ground: Ground; blobs: BlobStore; folder: string };

export type TakenParcel = { machine: MachineId; serial: number; enrolled: boolean; actions: number; quarantined: number; pages: number };
export type HallImport = { taken: TakenParcel[]; repeated: number; refused: RefusedFiles };

type Failure = { kind: ParcelFault } | { kind: StickFault };

/** `busy`: another process imports into this hall's folder. `full`: the hall's disk, or its database's, has no room; what was taken stays taken. */
export type ImportFailure = { kind: StickFault } | { kind: 'busy' | 'full' };
/** What Node, and PostgreSQL (appendix A of its manual), call it. */
const FULL = ['ENOSPC', 'EDQUOT', '53100'];

/**
 * Takes the parcels of terminals from a stick. Each is read through before anything of it is taken, and then goes the way that HTTP requests go: the same
 * intake, the same rule for pages. An import that was cut goes on at the first file that was not taken; a whole one changes nothing a second time.
 */
export async function importParcels(courier: HallCourier, stick: string): Promise<Result<HallImport, ImportFailure>> {
  const release = await holdFolder(courier.folder);
  if (!release.ok) return err({ kind: 'busy' });
  const pages = join(courier.folder, 'pages');
  try {
    // What an import left that was cut off.
    await rm(pages, { recursive: true, force: true });
    await mkdir(pages, { mode: 0o700 });
    return await takeParcels({ ...courier, folder: pages }, stick);
  } catch (cause) {
    if (FULL.includes(codeOf(cause))) return err({ kind: 'full' });
    throw cause;
  } finally {
    await rm(pages, { recursive: true, force: true });
    await release.value();
  }
}

async function takeParcels(courier: HallCourier, stick: string): Promise<Result<HallImport, { kind: StickFault }>> {
  const { ground } = courier;
  const identity = identityOf(ground.wrapping.privateKey);
  const found = await findParcels(stick, ground.hall, identity);
  if (!found.ok) return found;
  const refused = new Map(found.value.refused);
  const report: HallImport = { taken: [], repeated: 0, refused };
  for (const parcel of found.value.parcels) {
    const taken = await takeParcel(courier, parcel, identity);
    if (taken.ok && taken.value === null) report.repeated += 1;
    else if (taken.ok && taken.value !== null) report.taken.push(taken.value);
    else if (!taken.ok) {
      const stickFault = StickFault.safeParse(taken.error.kind);
      if (stickFault.success) return err({ kind: stickFault.data });
      const kind = taken.error.kind as ParcelFault;
      refused.set(kind, (refused.get(kind) ?? 0) + 1);
      ground.log({ event: 'parcel-refused', machine: parcel.sender, why: kind });
    }
  }
  return ok(report);
}

/** @returns null when it was taken before */
async function takeParcel(courier: HallCourier, found: FoundParcel, identity: string): Promise<Result<TakenParcel | null, Failure>> {
  const { ground } = courier;
  const opened = await openParcel(found, identity);
  if (!opened.ok) return opened;
  const parcel = opened.value;
  const { manifest, hash, signature } = parcel;
  const { sender, word } = manifest;
  const row = belongsHere(ground, sender) && sender !== ground.hall ? await machineRow(ground, sender) : undefined;
  if (row === undefined || word.kind !== 'request') return err({ kind: 'unknown-sender' });
  if (row.retired_at !== null) return err({ kind: 'retired' });
  const publicKey = row.public_key ?? word.enrolment?.publicKey ?? null;
  if (publicKey === null) return err({ kind: 'unknown-sender' });
  if (!verifier.verify(publicKey, hash, signature)) {
    const isOfAnother = word.enrolment !== null && verifier.verify(word.enrolment.publicKey, hash, signature);
    return err({ kind: isOfAnother ? 'already-enrolled' : 'bad-signature' });
  }
  // Nothing could be answered, and an export that tried would end before it came to the machines behind.
  if (!isRecipient(word.replyTo)) return err({ kind: 'damaged' });
  const before = await courierRow(ground, sender);
  const place = placeOf(markOf(before, publicKey), manifest, hash);
  if (place === 'older' || place === 'forked') return err({ kind: place });
  const first = place === 'repeated' ? (before?.parts_taken ?? 0) + 1 : 1;
  if (first > manifest.parts.length) return ok(null);
  const checked = await checkParcel(parcel, identity, first);
  if (!checked.ok) return checked;
  if (row.public_key === null) {
    const enrolled = await enrol(ground, { machine: sender, publicKey, code: word.enrolment?.code ?? '' });
    if (!enrolled.ok) return enrolled;
    ground.log({ event: 'machine-enrolled', machine: sender });
  }
  if (place === 'next') await beginParcel(ground, parcel, word, publicKey);
  const report: TakenParcel = { machine: sender, serial: manifest.serial, enrolled: row.public_key === null, actions: 0, quarantined: 0, pages: 0 };
  for (let part = first; part <= manifest.parts.length; part += 1) {
    const taken = await takePart(courier, { parcel, identity, part, from: { machine: sender, publicKey } }, report);
    if (!taken.ok) return taken;
  }
  return ok(report);
}

export async function courierRow(ground: Ground, machine: MachineId): Promise<CourierRow | undefined> {
  return ground.db.read.selectFrom('courier').selectAll().where('division', '=', ground.division).where('machine', '=', machine).executeTakeFirst();
}

/** A spare that took the machine's place counts its own parcels. */
function markOf(row: CourierRow | undefined, publicKey: string): ParcelMark {
  return row === undefined || row.machine_key !== publicKey ? NO_PARCEL : { serial: row.taken_serial, hash: storedHash(row.taken_hash) };
}

/** From here on this is the machine's newest parcel, whatever becomes of the import; unless another server has begun a newer one since. */
async function beginParcel(ground: Ground, { manifest, hash }: Parcel, request: ParcelRequest, publicKey: string): Promise<void> {
  const blobs = manifest.contents.flatMap((content) => (content.kind === 'blob' ? [content.hash] : []));
  // The code has done its work and is kept nowhere.
  const asked: ParcelRequest = { ...request, enrolment: null };
  const newest = { machine_key: publicKey, taken_serial: manifest.serial, taken_hash: hash, taken_at: nowOf(ground), parts: manifest.parts.length, parts_taken: 0, request: JSON.stringify(asked), blobs: JSON.stringify(blobs), outcomes: '[]' };
  await ground.db.write((write) => write.insertInto('courier').values({ division: ground.division, machine: manifest.sender, ...newest, made_serial: 0, made_hash: NO_HASH })
    .onConflict((conflict) => conflict.columns(['division', 'machine']).doUpdateSet(newest).where(({ eb, or }) => or([eb('courier.taken_serial', '<', manifest.serial), eb('courier.machine_key', '<>', publicKey)]))).execute());
}

async function takePart(courier: HallCourier, at: { parcel: Parcel; identity: string; part: number; from: KnownMachine }, report: TakenParcel): Promise<Result<null, Failure>> {
  const { ground } = courier;
  const { parcel, part, from } = at;
  const outcomes: ParcelOutcomes = [];
  let retired = false;
  const read = await readPartOf(parcel, at.identity, part, async (content, pieces) => {
    if (content.kind === 'blob') {
      report.pages += (await takeBlob(courier, from, content, pieces)) ? 1 : 0;
      return;
    }
    const text = readText(content.kind, await gather(pieces));
    if (text?.kind === 'letters') await takeLetters(ground, from, text.value);
    if (text?.kind !== 'actions' || retired) return;
    const taken = await takeBatch(ground, from, text.value);
    if (taken.ok) outcomes.push(...answersTo(text.value, answerEach(ground, taken.value)));
    else retired = true;
  });
  if (!read.ok) return read;
  if (retired) return err({ kind: 'retired' });
  const isNewest = await ground.db.write(async (write) => {
    const row = await write.selectFrom('courier').select('outcomes').where('division', '=', ground.division).where('machine', '=', from.machine).where('taken_hash', '=', parcel.hash).forUpdate().executeTakeFirst();
    if (row === undefined) return false;
    const all = [...ParcelOutcomes.parse(JSON.parse(row.outcomes)), ...outcomes];
    await write.updateTable('courier').set({ parts_taken: part, outcomes: JSON.stringify(all) }).where('division', '=', ground.division).where('machine', '=', from.machine).execute();
    await write.updateTable('machine').set({ last_contact: nowOf(ground) }).where('division', '=', ground.division).where('machine', '=', from.machine).execute();
    return true;
  });
  // Another server took a newer parcel meanwhile. It holds what this one did, and its places are not this one's to write.
  if (!isNewest) return err({ kind: 'older' });
  report.actions += outcomes.length;
  report.quarantined += outcomes.filter(({ outcome }) => outcome.kind === 'quarantined').length;
  ground.log({ event: 'parcel-taken', machine: from.machine, serial: parcel.manifest.serial, part, of: parcel.manifest.parts.length });
  return ok(null);
}

/** One that cannot be read, as of a newer program, waits at its terminal. */
async function takeLetters(ground: Ground, from: KnownMachine, candidates: readonly unknown[]): Promise<void> {
  for (const candidate of candidates) {
    const letter = Letter.safeParse(candidate);
    if (letter.success) await takeLetter(ground, from, letter.data, 'feed');
  }
}

/** An entry without an id of its own cannot be answered, and its sender does not wait for it. */
function answersTo(candidates: readonly unknown[], outcomes: readonly ParcelOutcomes[number]['outcome'][]): ParcelOutcomes {
  return candidates.flatMap((candidate, index) => {
    const id = ActionId.safeParse(typeof candidate === 'object' && candidate !== null && 'id' in candidate ? candidate.id : null);
    const outcome = outcomes[index];
    return id.success && outcome !== undefined ? [{ action: id.data, outcome }] : [];
  });
}

/** Takes a page that a case of this machine names and that is not here; another is passed over. It goes to the disk in pieces, never whole into memory. */
async function takeBlob({ ground, blobs, folder }: HallCourier, from: KnownMachine, content: Extract<ParcelContent, { kind: 'blob' }>, pieces: AsyncGenerator<Uint8Array>): Promise<boolean> {
  const isWanted = (await namedSize(ground, { machine: from.machine, case: content.case, hash: content.hash })) === content.size
    && (await missingBlobs(ground, [content])).length > 0;
  if (!isWanted) {
    for await (const _piece of pieces) continue;
    return false;
  }
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const piece of pieces) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
  return (await keepBlob(ground, blobs, { machine: from.machine, path, hash: content.hash })).ok;
}
