import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { makeCard, writeCard } from '../../courier/card.ts';
import { jsonSource, type ParcelSource, writeParcel } from '../../courier/write.ts';
import { type ParcelMark, ParcelOutcomes, ParcelRequest, type StickFault } from '../../domain/contracts/courier.ts';
import { MAX_BODY, PROTOCOL } from '../../domain/contracts/hall.ts';
import { Hash, type MachineId, ulid } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { missingBlobs } from '../blobs/missing.ts';
import { type CourierRow, storedHash } from '../db/schema.ts';
import { readFeed } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import { grantLease } from '../leases/leases.ts';

/** Answers in one piece: some 400 bytes each. */
const OUTCOMES = 1000;
/** Feed entries in one piece; an item has some 20 KB. */
const ENTRIES = 100;
/** Pages asked about at once. */
const ASKED = 500;

export type MadeParcel = { machine: MachineId; serial: number; outcomes: number; entries: number };

/**
 * Puts on a stick the hall's card, and for every machine that ever sent a parcel the answer to its newest one.
 * @returns what is wrong with the stick; answers that were written before are whole and stay there
 */
export async function exportParcels(ground: Ground, stick: string): Promise<Result<MadeParcel[], { kind: StickFault }>> {
  const card = await writeCard(stick, makeCard(ground.name, ground.publicKeys, ground.signer));
  if (!card.ok) return card;
  const rows = await ground.db.read.selectFrom('courier')
    .innerJoin('machine', (join) => join.onRef('machine.division', '=', 'courier.division').onRef('machine.machine', '=', 'courier.machine'))
    // A machine whose place was taken is answered again when its spare has sent a parcel.
    .whereRef('machine.public_key', '=', 'courier.machine_key')
    .selectAll('courier')
    .where('courier.division', '=', ground.division).where('machine.retired_at', 'is', null).orderBy('courier.machine').execute();
  const made: MadeParcel[] = [];
  for (const row of rows) {
    const answered = await answer(ground, stick, row);
    if (!answered.ok) return answered;
    made.push(answered.value);
  }
  return ok(made);
}

async function answer(ground: Ground, stick: string, row: CourierRow): Promise<Result<MadeParcel, { kind: StickFault }>> {
  const machine = row.machine as MachineId;
  const request = ParcelRequest.parse(JSON.parse(row.request));
  const outcomes = ParcelOutcomes.parse(JSON.parse(row.outcomes));
  const leases = [];
  for (const wanted of request.leases) leases.push({ request: wanted.request, lease: await grantLease(ground, machine, wanted) });
  const protocol = Math.min(request.protocol, PROTOCOL);
  const feed = await feedPages(ground, machine, request.feedAfter, protocol);
  const sources = [...inPieces(outcomes, OUTCOMES).map((piece) => jsonSource('outcomes', piece)), ...feed.pages];
  const last: ParcelMark = request.taken.serial > row.made_serial ? request.taken : { serial: row.made_serial, hash: storedHash(row.made_hash) };
  const serial = last.serial + 1;
  const written = await writeParcel({
    stick, sources, recipient: request.replyTo, signer: ground.signer,
    draft: {
      sender: ground.hall, receiver: machine, parcel: ulid(ground.clock.now(), randomBytes(10)), serial, previous: last.hash, madeAt: nowOf(ground),
      word: { kind: 'answer', to: row.taken_serial, keys: ground.publicKeys, protocol, machineKey: row.machine_key, leases, arrived: await arrived(ground, z.array(Hash).parse(JSON.parse(row.blobs))) },
    },
    commit: (mark) => keepMark(ground, machine, mark),
  });
  if (!written.ok) return written;
  ground.log({ event: 'parcel-made', machine, serial });
  return ok({ machine, serial, outcomes: outcomes.length, entries: feed.entries });
}

async function keepMark(ground: Ground, machine: MachineId, { serial, hash }: ParcelMark): Promise<void> {
  await ground.db.write((write) => write.updateTable('courier').set({ made_serial: serial, made_hash: hash }).where('division', '=', ground.division).where('machine', '=', machine).execute());
}

/** What the machine has not heard yet, a page a piece; a page too large for one piece is read again in halves. */
async function feedPages(ground: Ground, machine: MachineId, from: number, protocol: number): Promise<{ pages: ParcelSource[]; entries: number }> {
  const pages: ParcelSource[] = [];
  let entries = 0;
  let limit = ENTRIES;
  for (let after = from; ; ) {
    const page = await readFeed(ground, machine, { after, limit, protocol });
    if (page.checkpoint === after) return { pages, entries };
    const source = jsonSource('feed', { after, entries: page.entries, checkpoint: page.checkpoint });
    if (source.content.size > MAX_BODY && limit > 1) {
      limit = Math.ceil(limit / 2);
      continue;
    }
    pages.push(source);
    entries += page.entries.length;
    after = page.checkpoint;
    if (!page.more) return { pages, entries };
  }
}

async function arrived(ground: Ground, hashes: readonly Hash[]): Promise<Hash[]> {
  const here: Hash[] = [];
  for (const piece of inPieces(hashes, ASKED)) {
    const missing = new Set<string>(await missingBlobs(ground, piece.map((hash) => ({ hash }))));
    here.push(...piece.filter((hash) => !missing.has(hash)));
  }
  return here;
}

function inPieces<Value>(values: readonly Value[], most: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / most) }, (_, index) => values.slice(index * most, (index + 1) * most));
}
