import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { ActionDigest, ActionSigner, ActionVerifier } from '../domain/action/types.ts';
import { Hash, type MachineId } from '../domain/ids.ts';

/**
 * The cryptography of actions on Node and Electron: SHA-256 and Ed25519 (RFC 8032). Keys travel as their 32 raw bytes in base64;
 * DER framing is put around them here, because Node takes no raw keys.
 */
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export type SigningKeyPair = { publicKey: string; privateKey: string };

export function sha256(text: string): Hash {
  return createHash('sha256').update(text, 'utf8').digest('hex') as Hash;
}

export function sha256Bytes(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('hex') as Hash;
}

export const digest: ActionDigest = { sha256 };

export function generateSigningKey(): SigningKeyPair {
  const pair = generateKeyPairSync('ed25519');
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(PUBLIC_PREFIX.length).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(PRIVATE_PREFIX.length).toString('base64'),
  };
}

/** The pair that 32 bytes of a private key make, base64. */
export function signingKeyOf(privateKey: string): SigningKeyPair {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, Buffer.from(privateKey, 'base64')]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(PUBLIC_PREFIX.length).toString('base64') };
}

/** Signs the 32 bytes of a hash. The private key object stays inside. */
export function createSigner(machine: MachineId, privateKey: string): ActionSigner {
  return { sha256, machine, sign: hashSigner(privateKey) };
}

/** Signs the 32 bytes of a hash for somebody who is no machine. @returns a function that answers the signature in base64 */
export function hashSigner(privateKey: string): (hash: Hash) => string {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, Buffer.from(privateKey, 'base64')]), format: 'der', type: 'pkcs8' });
  return (hash) => sign(null, Buffer.from(hash, 'hex'), key).toString('base64');
}

const publicKeys = new Map<string, KeyObject | null>();
/** Parsed public keys are kept: parsing costs as much as verifying. A county has some hundred machines. */
const MOST_KEYS = 1000;

function publicKeyObject(publicKey: string): KeyObject | null {
  const known = publicKeys.get(publicKey);
  if (known !== undefined) return known;
  const raw = Buffer.from(publicKey, 'base64');
  const key = raw.length === 32 ? createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' }) : null;
  if (publicKeys.size >= MOST_KEYS) publicKeys.clear();
  publicKeys.set(publicKey, key);
  return key;
}

export const verifier: ActionVerifier = {
  sha256,
  verify(publicKey, hash, signature) {
    const signed = signedBytes(publicKey, hash, signature);
    return signed !== null && verify(null, signed.hash, signed.key, signed.signature);
  },
};

/** The same beside the main thread: a hall checks some hundred signatures at once, and meanwhile answers others. */
export function verifyAside(publicKey: string, hash: Hash, signature: string): Promise<boolean> {
  const signed = signedBytes(publicKey, hash, signature);
  if (signed === null) return Promise.resolve(false);
  return new Promise((resolve, reject) => verify(null, signed.hash, signed.key, signed.signature, (failure, right) => (failure === null ? resolve(right) : reject(failure))));
}

/** null for what can be no signature. */
function signedBytes(publicKey: string, hash: Hash, signature: string): { hash: Buffer; key: KeyObject; signature: Buffer } | null {
  const key = publicKeyObject(publicKey);
  const bytes = Buffer.from(signature, 'base64');
  return key !== null && bytes.length === 64 ? { hash: Buffer.from(hash, 'hex'), key, signature: bytes } : null;
}
