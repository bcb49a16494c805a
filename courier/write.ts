import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { sha256Bytes } from '../crypto/node.ts';
import { canonicalJson } from '../domain/action/canonical.ts';
import type { ActionSigner } from '../domain/action/types.ts';
import { FILE_SIZE, MAX_HEAD, parcelHash, type ParcelContent, type ParcelHead, type ParcelManifest, type ParcelMark, type StickFault } from '../domain/contracts/courier.ts';
import type { Hash } from '../domain/ids.ts';
import type { Result } from '../domain/result.ts';
import { recipientOf } from './age.ts';
import { courierFolder, createFile, onStick, parcelFileName, syncFolder, tidy } from './stick.ts';

export const MAGIC = new TextEncoder().encode('JBP1');
/** Bytes handed on at once. */
const PIECE = 1024 * 1024;
/** Most bytes of a content's line in the manifest: kind, case, hash and size, with their names. */
const LINE = 160;
/** Most bytes of a head beside its contents' lines, of a terminal's parcel. */
const BESIDE_LINES = 16 * 1024;
/** What a file takes beside its plain bytes: age's header, and the rest of the largest piece that sticks hand out. */
const PER_FILE = 64 * 1024;
/** age adds 16 bytes to each 64 KB; a thousandth is more than that. */
const SEALED = 1.001;

/** A content and where its bytes come from when it is its turn: a large page is in memory only while it is written. */
export type ParcelSource = { content: ParcelContent; bytes(): Promise<Uint8Array> };

/** A content that is text: made at once, since it is small. @param value must have a JSON form */
export function jsonSource(kind: Exclude<ParcelContent['kind'], 'blob'>, value: unknown): ParcelSource {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { content: { kind, hash: sha256Bytes(bytes), size: bytes.length }, bytes: () => Promise.resolve(bytes) };
}

export type ParcelOrder = {
  /** The stick's own folder. */
  stick: string;
  draft: Omit<ParcelManifest, 'format' | 'parts' | 'contents'>;
  sources: readonly ParcelSource[];
  /** X25519 public key of the receiver, base64. */
  recipient: string;
  signer: ActionSigner;
  /** A file is closed before it grows past this, bytes. One content is never split, so the largest page (64 MB) and its head must fit. */
  fileSize?: number;
  /** Keeps that this serial is used, before any file gets its name: a cut leaves a gap, never two parcels of one serial. */
  commit(mark: ParcelMark): Promise<void>;
  progress?(done: number, total: number): void;
};

/**
 * Writes a parcel: each file under a name that nobody reads, synced, and renamed when all of them are there. A cut leaves no file that looks whole, or
 * a parcel that lacks parts, which nobody takes.
 * @returns what is wrong with the stick; rejects with what `sources` or `commit` reject with, unless it is a word for a broken stick
 */
export function writeParcel(order: ParcelOrder): Promise<Result<{ hash: Hash; files: number; bytes: number }, { kind: StickFault }>> {
  const { draft, sources, signer } = order;
  const contents = sources.map(({ content }) => content);
  const manifest: ParcelManifest = { format: 'jinban-parcel-1', ...draft, parts: splitInto(contents, order.fileSize ?? FILE_SIZE), contents };
  const hash = parcelHash(manifest, signer);
  const signature = signer.sign(hash);
  const total = contents.reduce((sum, { size }) => sum + size, 0);
  return onStick(async () => {
    const folder = await courierFolder(order.stick);
    await tidy(folder, draft);
    const names: string[] = [];
    let done = 0;
    let first = 0;
    for (const [index, count] of manifest.parts.entries()) {
      const name = join(folder, parcelFileName(draft, index + 1));
      const head = headBytes({ manifest, part: index + 1, signature });
      await writeFile(`${name}.part`, order.recipient, pieces(head, sources.slice(first, first + count), (bytes) => order.progress?.(done += bytes, total)));
      names.push(name);
      first += count;
    }
    await order.commit({ serial: draft.serial, hash });
    for (const name of names) await rename(`${name}.part`, name);
    await syncFolder(folder);
    await tidy(folder, draft, draft.serial);
    return { hash, files: names.length, bytes: total };
  });
}

/** Magic, length of the head as four bytes with the highest first, the head in canonical JSON. @throws RangeError for one that no reader takes; `MAX_CONTENTS` keeps it smaller */
export function headBytes(head: ParcelHead): Uint8Array {
  const text = Buffer.from(canonicalJson(head));
  if (text.length > MAX_HEAD) throw new RangeError('a parcel with a head larger than a reader takes');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return new Uint8Array(Buffer.concat([MAGIC, length, text]));
}

/** How many of the contents, from the first on, make a terminal's parcel that takes no more than `room` bytes on a stick. Each of its files repeats the head. */
export function howManyFit(contents: readonly ParcelContent[], room: number, fileSize: number): number {
  let [fit, most] = [0, contents.length];
  while (fit < most) {
    const tried = Math.ceil((fit + most) / 2);
    if (bytesOnStick(contents.slice(0, tried), fileSize) <= room) fit = tried;
    else most = tried - 1;
  }
  return fit;
}

function bytesOnStick(contents: readonly ParcelContent[], fileSize: number): number {
  const plain = contents.reduce((sum, { size }) => sum + size, 0);
  const head = BESIDE_LINES + LINE * contents.length;
  return plain * SEALED + splitInto(contents, fileSize).length * (head * SEALED + PER_FILE);
}

/** How many contents go into each file. */
export function splitInto(contents: readonly ParcelContent[], fileSize: number): number[] {
  const room = (fileSize - MAX_HEAD) / SEALED;
  const parts = [0];
  let filled = 0;
  for (const { size } of contents) {
    if (filled > 0 && filled + size > room) {
      parts.push(0);
      filled = 0;
    }
    filled += size;
    parts[parts.length - 1] = (parts.at(-1) ?? 0) + 1;
  }
  return parts;
}

async function* pieces(head: Uint8Array, sources: readonly ParcelSource[], wrote: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  yield head;
  for (const { content, bytes } of sources) {
    const all = await bytes();
    if (all.length !== content.size) throw new Error(`a ${content.kind} of a parcel has ${all.length} bytes, not ${content.size}`);
    for (let at = 0; at < all.length; at += PIECE) {
      const piece = all.subarray(at, at + PIECE);
      yield piece;
      wrote(piece.length);
    }
  }
}

async function writeFile(path: string, recipient: string, plain: AsyncGenerator<Uint8Array>): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipientOf(recipient));
  const handle = await createFile(path);
  try {
    const sealed = await encrypter.encrypt(new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = await plain.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    }));
    for await (const piece of sealed as unknown as AsyncIterable<Uint8Array>) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
