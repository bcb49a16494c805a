import { z } from 'zod';
import { digest } from '../crypto/node.ts';
import { LETTERS_AT_ONCE, ParcelFeed, type ParcelFault, parcelHash, type ParcelHead, type ParcelManifest, ParcelOutcomes, type StickFault } from '../domain/contracts/courier.ts';
import { MAX_BATCH } from '../domain/contracts/hall.ts';
import type { Hash, MachineId } from '../domain/ids.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { gather, readPart, type TakeContent } from './read.ts';
import { filesOn, onStick } from './stick.ts';

/**
 * A parcel on a stick whose head was read; nothing of it is proven yet. `files`: by their part, from 1. The manifest itself, which may be megabytes, is not kept: anybody can put
 * thousands of them on a stick.
 */
export type FoundParcel = { sender: MachineId; serial: number; hash: Hash; signature: string; files: ReadonlyMap<number, string> };
/** A parcel whose manifest is here, to be judged and read. */
export type Parcel = FoundParcel & { manifest: ParcelManifest };
/** Counts of files that are not for this side, by reason. Their names are not repeated: they may be anything. */
export type RefusedFiles = ReadonlyMap<ParcelFault, number>;

/** Looks at every file of a stick and puts the parts for `receiver` together, in the order of senders and serials. */
export async function findParcels(stick: string, receiver: MachineId, identity: string): Promise<Result<{ parcels: FoundParcel[]; refused: RefusedFiles }, { kind: StickFault }>> {
  const listed = await onStick(() => filesOn(stick, '.age'));
  if (!listed.ok) return listed;
  const parcels = new Map<string, Omit<FoundParcel, 'files'> & { files: Map<number, string> }>();
  const refused = new Map<ParcelFault, number>();
  const refuse = (kind: ParcelFault) => refused.set(kind, (refused.get(kind) ?? 0) + 1);
  for (const path of listed.value) {
    const head = await readPart(path, identity);
    if (!head.ok) {
      switch (head.error.kind) {
        case 'no-stick':
        case 'stick-gone':
        case 'stick-full':
          return err({ kind: head.error.kind });
        // One file that may not be read is not the stick's fault.
        case 'write-protected':
          refuse('foreign-file');
          break;
        default:
          refuse(head.error.kind);
      }
      continue;
    }
    const { manifest, signature, part } = head.value;
    if (manifest.receiver !== receiver) {
      refuse('other-receiver');
      continue;
    }
    const hash = parcelHash(manifest, digest);
    const name = `${hash} ${signature}`;
    const { sender, serial } = manifest;
    const parcel = parcels.get(name) ?? { sender, serial, hash, signature, files: new Map<number, string>() };
    // A copy of a part changes nothing.
    if (!parcel.files.has(part)) parcel.files.set(part, path);
    parcels.set(name, parcel);
  }
  const order = ({ sender, serial }: Pick<FoundParcel, 'sender' | 'serial'>) => `${sender} ${String(serial).padStart(16, '0')}`;
  return ok({ parcels: [...parcels.values()].sort((left, right) => (order(left) < order(right) ? -1 : 1)), refused });
}

export type CheckFailure = { kind: ParcelFault } | { kind: StickFault };

/** Reads a found parcel's manifest again; what stands there now must be what was found, else it is `damaged`. */
export async function openParcel(found: FoundParcel, identity: string): Promise<Result<Parcel, CheckFailure>> {
  const [path] = found.files.values();
  const head = await readPart(path ?? '', identity);
  if (!head.ok) return head;
  const { manifest } = head.value;
  return parcelHash(manifest, digest) === found.hash ? ok({ ...found, manifest }) : err({ kind: 'damaged' });
}

/**
 * Reads a parcel through, from part `first` on, before anything of it is taken: every part is there, every byte is what the manifest says, every text
 * can be understood.
 */
export async function checkParcel(parcel: Parcel, identity: string, first = 1): Promise<Result<null, CheckFailure>> {
  let isReadable = true;
  for (let part = first; part <= parcel.manifest.parts.length; part += 1) {
    const read = await readPartOf(parcel, identity, part, async (content, pieces) => {
      if (content.kind === 'blob') for await (const _piece of pieces) continue;
      else isReadable = readText(content.kind, await gather(pieces)) !== null && isReadable;
    });
    if (!read.ok) return read;
  }
  // Its sender signed it: a program that says more than this one knows.
  return isReadable ? ok(null) : err({ kind: 'newer-format' });
}

const TEXTS = { actions: z.array(z.unknown()).max(MAX_BATCH), outcomes: ParcelOutcomes, feed: ParcelFeed, letters: z.array(z.unknown()).max(LETTERS_AT_ONCE) };
type Texts = { [Kind in keyof typeof TEXTS]: { kind: Kind; value: z.infer<(typeof TEXTS)[Kind]> } }[keyof typeof TEXTS];

/** A content that is text, by its schema; null when it is something else. */
export function readText(kind: Texts['kind'], bytes: Uint8Array): Texts | null {
  try {
    const parsed = TEXTS[kind].safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return parsed.success ? ({ kind, value: parsed.data } as Texts) : null;
  } catch {
    return null;
  }
}

/** Reads one part of a parcel; a file that was put in its place since it was found is refused. */
export async function readPartOf(parcel: Parcel, identity: string, part: number, take: TakeContent): Promise<Result<null, CheckFailure>> {
  const path = parcel.files.get(part);
  if (path === undefined) return err({ kind: 'parts-missing' });
  const isExpected = (head: ParcelHead) => head.part === part && parcelHash(head.manifest, digest) === parcel.hash;
  const read = await readPart(path, identity, { isExpected, take });
  return read.ok ? ok(null) : read;
}
