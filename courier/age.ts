import { wrapKey, type WrappingKeyPair, wrappingKeyFrom } from '../crypto/seal.ts';
import { bech32 } from './bech32.ts';

/** X25519 keys as age (age-encryption.org/v1) writes them. @param publicKey X25519, 32 bytes, base64 */
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

/** The key that a terminal's answers are encrypted to. @param storeKey 32 bytes: whoever could open the answers could read the store they are for */
export function terminalCourierKey(storeKey: Uint8Array): WrappingKeyPair {
  return wrappingKeyFrom(storeKey, 'jinban-courier-1');
}
