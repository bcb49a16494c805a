import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import type { WrappedKey } from '../domain/action/payload.ts';
import { err, ok, type Result } from '../domain/result.ts';

/**
 * Sealing at rest and on the way: AES-256-GCM (NIST SP 800-38D) under a case key, and case keys wrapped for one reader
 * by X25519 (RFC 7748) with HKDF-SHA-256 (RFC 5869).
 *
 * A sealed blob is `JB1` ‖ 12 bytes nonce ‖ ciphertext ‖ 16 bytes tag. The nonce is random: a case key seals far fewer than
 * 2^32 blobs, so the chance of a repeat is negligible.
 */
const MAGIC = Buffer.from('JB1');
const NONCE = 12;
const TAG = 16;
const X25519_PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');
const X25519_PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** 32 random bytes. */
export function generateSealKey(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/** @param context binds the seal to its purpose (a case id, a table name): opening under another context fails */
export function seal(key: Uint8Array, context: string, plain: Uint8Array): Uint8Array {
  return sealWith(randomBytes(NONCE), key, context, plain);
}

/** The same with a nonce of the caller's, who never gives one twice under a key: two texts under one nonce open each other. Only made-up cases are sealed so, to be the same each time. */
export function sealWith(nonce: Uint8Array, key: Uint8Array, context: string, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  // Put together in place: a page may be 64 MB, and each way of joining pieces copies it once more.
  const sealed = new Uint8Array(MAGIC.length + NONCE + plain.length + TAG);
  sealed.set(MAGIC);
  sealed.set(nonce, MAGIC.length);
  sealed.set(cipher.update(plain), MAGIC.length + NONCE);
  // GCM holds nothing back.
  cipher.final();
  sealed.set(cipher.getAuthTag(), MAGIC.length + NONCE + plain.length);
  return sealed;
}

/** Wrong key, wrong context or changed bytes: all the same to the reader. */
export function unseal(key: Uint8Array, context: string, sealed: Uint8Array): Result<Uint8Array, { kind: 'cannot-open' }> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < MAGIC.length + NONCE + TAG || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return err({ kind: 'cannot-open' });
  const nonce = bytes.subarray(MAGIC.length, MAGIC.length + NONCE);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG));
  try {
    const plain = decipher.update(bytes.subarray(MAGIC.length + NONCE, -TAG));
    // Nothing of it is given out before this has checked the tag.
    decipher.final();
    return ok(new Uint8Array(plain.buffer, plain.byteOffset, plain.length));
  } catch {
    return err({ kind: 'cannot-open' });
  }
}

export type WrappingKeyPair = { publicKey: string; privateKey: string };

export function generateWrappingKey(): WrappingKeyPair {
  const pair = generateKeyPairSync('x25519');
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(X25519_PUBLIC_PREFIX.length).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(X25519_PRIVATE_PREFIX.length).toString('base64'),
  };
}

/**
 * A pair drawn from a secret that is kept already, by HKDF-SHA-256 (RFC 5869): nothing more to keep or to lose, and whoever has the secret has what it is for.
 * @param purpose a name of its own for each use of the secret
 */
export function wrappingKeyFrom(secret: Uint8Array, purpose: string): WrappingKeyPair {
  const privateKey = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), purpose, 32)).toString('base64');
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

function sharedKey(privateKey: string, publicKey: string, ephemeral: string, reader: string): Uint8Array {
  const secret = diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.concat([X25519_PRIVATE_PREFIX, Buffer.from(privateKey, 'base64')]), format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: Buffer.concat([X25519_PUBLIC_PREFIX, Buffer.from(publicKey, 'base64')]), format: 'der', type: 'spki' }),
  });
  const salt = Buffer.concat([Buffer.from(ephemeral, 'base64'), Buffer.from(reader, 'base64')]);
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'jinban-case-key-1', 32));
}

/** Wraps a case key so that only the holder of `reader`'s private key opens it, bound to `context`. */
export function wrapKey(reader: string, context: string, key: Uint8Array): WrappedKey {
  return wrapKeyWith({ privateKey: generateWrappingKey().privateKey, nonce: randomBytes(NONCE) }, reader, context, key);
}

/** The same with what is otherwise drawn anew for each case; see `sealWith`. @param drawn an X25519 private key, base64, and a nonce */
export function wrapKeyWith(drawn: { privateKey: string; nonce: Uint8Array }, reader: string, context: string, key: Uint8Array): WrappedKey {
  const ephemeral = publicKeyOf(drawn.privateKey);
  const shared = sharedKey(drawn.privateKey, reader, ephemeral, reader);
  return { ephemeral, sealed: Buffer.from(sealWith(drawn.nonce, shared, context, key)).toString('base64') };
}

function publicKeyOf(privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.concat([X25519_PRIVATE_PREFIX, Buffer.from(privateKey, 'base64')]), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(X25519_PUBLIC_PREFIX.length).toString('base64');
}

export function unwrapKey(reader: WrappingKeyPair, context: string, wrapped: WrappedKey): Result<Uint8Array, { kind: 'cannot-open' }> {
  if (Buffer.from(wrapped.ephemeral, 'base64').length !== 32) return err({ kind: 'cannot-open' });
  try {
    const shared = sharedKey(reader.privateKey, wrapped.ephemeral, wrapped.ephemeral, reader.publicKey);
    return unseal(shared, context, new Uint8Array(Buffer.from(wrapped.sealed, 'base64')));
  } catch {
    // A small-order public point is refused by the X25519 implementation: hostile, and just as unopenable.
    return err({ kind: 'cannot-open' });
  }
}
