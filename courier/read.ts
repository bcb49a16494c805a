import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Decrypter } from 'age-encryption';
import { z } from 'zod';
import { MAX_HEAD, type ParcelContent, type ParcelFault, ParcelHead, type ParcelManifest, type StickFault } from '../domain/contracts/courier.ts';
import { codeOf, err, ok, type Result } from '../domain/result.ts';
import { openToRead, stickFaultOf } from './stick.ts';
import { MAGIC } from './write.ts';

export type ReadFailure = { kind: Extract<ParcelFault, 'foreign-file' | 'other-receiver' | 'newer-format' | 'damaged'> } | { kind: StickFault };

/** Bytes in which age's own header must end: for one receiver it has some two hundred. A file without one would be read to its end in memory. */
const AGE_HEADER = 4096;
const AGE_START = 'age-encryption.org/v1\n-> X25519 ';
/** age cuts its plain text into pieces of this size and adds a tag to each; the whole begins with a nonce. */
const AGE_PIECE = 64 * 1024;
const AGE_TAG = 16;
const AGE_NONCE = 16;
/** Bytes read from the stick at once. */
const READ = 256 * 1024;

/** Why reading stopped; thrown inside this file only. */
class Stop extends Error {
  readonly failure: ReadFailure;
  constructor(kind: ReadFailure['kind']) {
    super(kind);
    this.failure = { kind };
  }
}

/** Takes the bytes of one content in pieces. They are proven only when the last piece was taken without an exception. */
export type TakeContent = (content: ParcelContent, pieces: AsyncGenerator<Uint8Array>) => Promise<void>;

/** How a part is read beyond its head. `isExpected`: false for a head that the caller has not checked before; the file is then `damaged`. */
export type PartReader = { isExpected(head: ParcelHead): boolean; take: TakeContent };

/**
 * Reads one file of a parcel from beginning to end: every length is checked before memory is taken for it, every content against its hash.
 * The manifest's signature is the caller's to check, who knows the sender's key.
 * @param identity age's own form of the receiver's private key
 * @param reader called for each content in its order; without it only the head is read
 */
export async function readPart(path: string, identity: string, reader?: PartReader): Promise<Result<ParcelHead, ReadFailure>> {
  let handle: FileHandle | null = null;
  try {
    handle = await ofStick(openToRead(path));
    return ok(await read(handle, identity, reader));
  } catch (cause) {
    // What the reader throws of its own is not the stick's fault, even when it is a full disk.
    if (cause instanceof Stop) return err(cause.failure);
    throw cause;
  } finally {
    await handle?.close();
  }
}

/** Something that only the stick can fail at. */
async function ofStick<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (cause) {
    // A link in place of the file.
    if (codeOf(cause) === 'ELOOP') throw new Stop('foreign-file');
    const kind = stickFaultOf(cause);
    throw kind === null ? cause : new Stop(kind);
  }
}

/** All bytes of a small content. Rejects when they are not what the manifest says, as `pieces` does. */
export async function gather(pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  return new Uint8Array(Buffer.concat(all));
}

async function read(handle: FileHandle, identity: string, reader: PartReader | undefined): Promise<ParcelHead> {
  const stat = await ofStick(handle.stat());
  if (!stat.isFile()) throw new Stop('foreign-file');
  const ageHeader = await ageHeaderOf(handle);
  const plain = createSource(await decrypted(handle, identity));
  const start = await plain.exactly(MAGIC.length + 4);
  if (!Buffer.from(start.subarray(0, MAGIC.length)).equals(MAGIC)) throw new Stop('foreign-file');
  const length = new DataView(start.buffer, start.byteOffset).getUint32(MAGIC.length);
  if (length > MAX_HEAD) throw new Stop('foreign-file');
  const head = parseHead(await plain.exactly(length));
  const contents = contentsOf(head.manifest, head.part);
  const whole = start.length + length + contents.reduce((sum, { size }) => sum + size, 0);
  if (stat.size !== ageHeader + AGE_NONCE + whole + AGE_TAG * Math.max(1, Math.ceil(whole / AGE_PIECE))) throw new Stop('damaged');
  if (reader === undefined) {
    await plain.close();
    return head;
  }
  if (!reader.isExpected(head)) throw new Stop('damaged');
  for (const content of contents) await reader.take(content, checked(plain, content));
  await plain.end();
  return head;
}

/** Length of age's header, when it looks like one for a single X25519 key. */
async function ageHeaderOf(handle: FileHandle): Promise<number> {
  const { bytesRead, buffer } = await ofStick(handle.read(Buffer.alloc(AGE_HEADER), 0, AGE_HEADER, 0));
  const text = buffer.subarray(0, bytesRead).toString('latin1');
  const last = text.indexOf('\n--- ');
  const end = text.indexOf('\n', last + 1);
  if (!text.startsWith(AGE_START) || last === -1 || end === -1) throw new Stop('foreign-file');
  return end + 1;
}

async function decrypted(handle: FileHandle, identity: string): Promise<AsyncIterator<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  let at = 0;
  const sealed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(READ), 0, READ, at);
      at += bytesRead;
      if (bytesRead === 0) controller.close();
      else controller.enqueue(new Uint8Array(buffer.buffer, buffer.byteOffset, bytesRead));
    },
  });
  try {
    return ((await decrypter.decrypt(sealed)) as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  } catch (cause) {
    throw refusalOf(cause);
  }
}

/** age says what is wrong with a file in words only. */
function refusalOf(cause: unknown): Stop {
  const kind = stickFaultOf(cause);
  if (kind !== null) return new Stop(kind);
  return new Stop(cause instanceof Error && cause.message.startsWith('no identity matched') ? 'other-receiver' : 'damaged');
}

/** Reads exact lengths out of pieces of any length. */
function createSource(pieces: AsyncIterator<Uint8Array>) {
  let held: Uint8Array = new Uint8Array(0);

  async function more(): Promise<boolean> {
    try {
      const next = await pieces.next();
      if (next.done === true) return false;
      held = next.value;
      return true;
    } catch (cause) {
      throw refusalOf(cause);
    }
  }

  async function some(most: number): Promise<Uint8Array> {
    while (held.length === 0) if (!(await more())) throw new Stop('damaged');
    const piece = held.subarray(0, most);
    held = held.subarray(piece.length);
    return piece;
  }

  return {
    some,
    /** The caller has checked that `length` is small. */
    async exactly(length: number): Promise<Uint8Array> {
      const all = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const piece = await some(length - filled);
        all.set(piece, filled);
        filled += piece.length;
      }
      return all;
    },
    /** Nothing may follow; only here has age seen its last piece, without which a cut file would look whole. */
    async end(): Promise<void> {
      do if (held.length > 0) throw new Stop('damaged'); while (await more());
    },
    async close(): Promise<void> {
      // What was read ahead of what is wanted may be damaged; whoever wants it will find out.
      await pieces.return?.().catch(() => undefined);
    },
  };
}

async function* checked(plain: ReturnType<typeof createSource>, { hash, size }: ParcelContent): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256');
  for (let left = size; left > 0; ) {
    const piece = await plain.some(left);
    sum.update(piece);
    left -= piece.length;
    yield piece;
  }
  if (sum.digest('hex') !== hash) throw new Stop('damaged');
}

/** The contents that a part holds. */
export function contentsOf({ parts, contents }: ParcelManifest, part: number): ParcelContent[] {
  const first = parts.slice(0, part - 1).reduce((sum, count) => sum + count, 0);
  return contents.slice(first, first + (parts[part - 1] ?? 0));
}

const AnyHead = z.looseObject({ manifest: z.looseObject({ format: z.string() }) });

function parseHead(bytes: Uint8Array): ParcelHead {
  let candidate: unknown = null;
  try {
    candidate = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Stop('damaged');
  }
  const parsed = ParcelHead.safeParse(candidate);
  if (parsed.success && parsed.data.part <= parsed.data.manifest.parts.length) return parsed.data;
  const known = AnyHead.safeParse(candidate);
  const newer = known.success && /^jinban-parcel-\d+$/.test(known.data.manifest.format) && known.data.manifest.format !== 'jinban-parcel-1';
  throw new Stop(newer ? 'newer-format' : 'damaged');
}
