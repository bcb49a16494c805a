import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { generateSealKey, seal, unseal, wrapKey } from '../../crypto/seal.ts';
import type { CaseId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SqliteFile } from '../store/index.ts';
import type { CaseKeys } from './types.ts';

/** Keys of the store, each for one purpose, drawn from the store's root by HKDF-SHA-256 (RFC 5869). They stay in this folder. */
export type Secrets = { personKey(identityNumber: string): string; caseKeyWrap: Uint8Array };

export function deriveSecrets(root: Uint8Array): Secrets {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', root, new Uint8Array(0), purpose, 32));
  // A key object: from bytes, Node makes one at each call, which takes longer than the HMAC.
  const person = createSecretKey(derive('jinban-person-key-1'));
  return {
    // The number's last character may be a lower-case x when it was typed.
    personKey: (identityNumber) => createHmac('sha256', person).update(identityNumber.toUpperCase()).digest('hex'),
    caseKeyWrap: derive('jinban-case-key-wrap-1'),
  };
}

/** The keys of cases, wrapped by a key of the store, for the rest of the store. */
export type KeyRing = CaseKeys & {
  keyOf(id: CaseId): Result<Uint8Array, { kind: 'no-case-key' }>;
  /** Removes the key and, by their foreign key, the case's sealed files. */
  destroy(id: CaseId): void;
};

export function createKeyRing({ database }: SqliteFile, secrets: Pick<Secrets, 'caseKeyWrap'>): KeyRing {
  const read = database.prepare<[string], { sealed: Uint8Array }>('SELECT sealed FROM case_keys WHERE case_id = ?');
  const insert = database.prepare<[string, Uint8Array]>('INSERT INTO case_keys (case_id, sealed) VALUES (?, ?)');
  const destroy = database.prepare<[string]>('DELETE FROM case_keys WHERE case_id = ?');
  const context = (id: CaseId) => `case-key ${id}`;

  function keyOf(id: CaseId): Result<Uint8Array, { kind: 'no-case-key' }> {
    const row = read.get(id);
    if (row === undefined) return err({ kind: 'no-case-key' });
    const opened = unseal(secrets.caseKeyWrap, context(id), row.sealed);
    if (!opened.ok) throw new Error(`the stored key of case ${id} does not open under the key that opened the file`);
    return opened;
  }

  return {
    keyOf,
    async create(id) {
      if (read.get(id) === undefined) insert.run(id, seal(secrets.caseKeyWrap, context(id), generateSealKey()));
    },
    async wrapFor(id, hall) {
      const key = keyOf(id);
      return key.ok ? ok(wrapKey(hall.wrapping, id, key.value)) : key;
    },
    destroy: (id) => void destroy.run(id),
  };
}
