import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, sha256Bytes } from '../crypto/node.ts';
import type { WrappingKeyPair } from '../crypto/seal.ts';
import { CaseId, MachineId, NO_HASH, Ulid } from '../domain/ids.ts';
import { FOLDER } from './stick.ts';
import { jsonSource, type ParcelOrder, type ParcelSource } from './write.ts';

/** Parcels of fixed contents and keys for the tests of this folder. */
export const SENDER = MachineId.parse('T330624-0001');
export const HALL = MachineId.parse('H330624');
export const signer = createSigner(SENDER, Buffer.alloc(32, 9).toString('base64'));
const CASE = CaseId.parse('01M82YNFM160R30C9G60R30C1G');

export function blobSource(fill: number, size: number): ParcelSource {
  const bytes = new Uint8Array(size).fill(fill);
  return { content: { kind: 'blob', case: CASE, hash: sha256Bytes(bytes), size }, bytes: () => Promise.resolve(bytes) };
}

export function newStick(): string {
  const stick = mkdtempSync(join(tmpdir(), 'stick-'));
  mkdirSync(join(stick, FOLDER));
  return stick;
}

export function orderOf(stick: string, receiver: Pick<WrappingKeyPair, 'publicKey'>, change: Partial<ParcelOrder> = {}): ParcelOrder {
  return {
    stick, recipient: receiver.publicKey, signer,
    sources: [jsonSource('actions', [{ made: 'up' }]), blobSource(1, 3000), blobSource(2, 70_000)],
    draft: {
      sender: SENDER, receiver: HALL, parcel: Ulid.parse('01M82YNFM060R30C9G60R30C1G'), serial: 1, previous: NO_HASH, madeAt: '2026-11-23T01:00:00.000Z',
      word: { kind: 'request', protocol: 2, replyTo: Buffer.alloc(32, 3).toString('base64'), feedAfter: 0, taken: { serial: 0, hash: NO_HASH }, leases: [], enrolment: null },
    },
    commit: () => Promise.resolve(),
    ...change,
  };
}

/** Every file of the courier's folder by its name. */
export function filesOf(stick: string): Map<string, Buffer> {
  return new Map(readdirSync(join(stick, FOLDER)).toSorted().map((name) => [name, readFileSync(join(stick, FOLDER, name))]));
}
