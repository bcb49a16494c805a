import { createHmac, hkdfSync } from 'node:crypto';
import { generateSealKey, seal, unseal, wrapKey } from '../../crypto/seal.ts';
import type { CaseId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Rows } from './rows.ts';
import type { CaseKeyRow } from './schemas.ts';
import type { CaseKeys } from './types.ts';

/** Keys of the store, each for one purpose, drawn from the terminal key by HKDF-SHA-256 (RFC 5869). They stay in this folder. */
export type Secrets = { personKey(identityNumber: string): string; caseKeyWrap: Uint8Array };

export function deriveSecrets(key: Uint8Array): Secrets {
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), purpose, 32));
  const person = derive('jinban-person-key-1');
  return {
    // The number's last character may be a lower-case x when it was typed.
    personKey: (identityNumber) => createHmac('sha256', person).update(identityNumber.toUpperCase()).digest('hex'),
    caseKeyWrap: derive('jinban-case-key-wrap-1'),
  };
}

/** The keys of cases, wrapped by the terminal key, for the rest of the store. */
export type KeyRing = CaseKeys & {
  keyOf(id: CaseId): Promise<Result<Uint8Array, { kind: 'no-case-key' }>>;
  destroy(id: CaseId): Promise<void>;
};

export function createKeyRing(rows: Rows<CaseKeyRow>, secrets: Pick<Secrets, 'caseKeyWrap'>): KeyRing {
  const context = (id: CaseId) => `case-key ${id}`;
  async function keyOf(id: CaseId): Promise<Result<Uint8Array, { kind: 'no-case-key' }>> {
    const row = await rows.get(id);
    if (row === null) return err({ kind: 'no-case-key' });
    const opened = unseal(secrets.caseKeyWrap, context(id), new Uint8Array(Buffer.from(row.sealed, 'base64')));
    if (!opened.ok) throw new Error(`the stored key of case ${id} does not open under the key that opened the file`);
    return opened;
  }
  return {
    keyOf,
    async create(id) {
      if ((await rows.get(id)) !== null) return;
      await rows.insert({ id, sealed: Buffer.from(seal(secrets.caseKeyWrap, context(id), generateSealKey())).toString('base64') });
    },
    async wrapFor(id, hall) {
      const key = await keyOf(id);
      return key.ok ? ok(wrapKey(hall.wrapping, id, key.value)) : key;
    },
    destroy: (id) => rows.erase([id]),
  };
}
