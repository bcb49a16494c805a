import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import { wrapKey, type WrappingKeyPair } from '../crypto/seal.ts';
import { bech32 } from './bech32.ts';

/** X25519 keys as age (age-encryption.org/v1) writes them. */
const PUBLIC_PREFIX_LENGTH = 12;
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** @param publicKey X25519, 32 bytes, base64 */
export function recipientOf(publicKey: string): string {
  return bech32('age', new Uint8Array(Buffer.from(publicKey, 'base64')));
}

/** Whether something can be encrypted for the key at all: not of another length, and no point of small order (RFC 7748, section 6.1), for which age throws. */
export function isRecipient(publicKey: string): boolean {
  if (Buffer.from(publicKey, 'base64').length !== 32) return false;
  try {
    wrapKey(publicKey, 'probe', new Uint8Array(32));
    return true;
  } catch {
    return false;
  }
}

/** @param privateKey X25519, 32 bytes, base64 */
export function identityOf(privateKey: string): string {
  return bech32('age-secret-key-', new Uint8Array(Buffer.from(privateKey, 'base64'))).toUpperCase();
}

/**
 * The key that a terminal's answers are encrypted to, drawn from its store key by HKDF-SHA-256 (RFC 5869): nothing more to keep or to lose,
 * and whoever could open it could read the store it is for.
 * @param storeKey 32 bytes
 */
export function terminalCourierKey(storeKey: Uint8Array): WrappingKeyPair {
  const secret = Buffer.from(hkdfSync('sha256', storeKey, new Uint8Array(0), 'jinban-courier-1', 32));
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, secret]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return { publicKey: spki.subarray(PUBLIC_PREFIX_LENGTH).toString('base64'), privateKey: secret.toString('base64') };
}
