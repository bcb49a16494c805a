import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { generateSigningKey, type SigningKeyPair } from '../../crypto/node.ts';
import { generateWrappingKey, type WrappingKeyPair } from '../../crypto/seal.ts';
import { codeOf, err, ok, type Result } from '../../domain/result.ts';
import { syncDirectory } from '../db/journal.ts';

/** The hall's two key pairs: Ed25519 signs, X25519 opens case keys. */
export type HallKeyRing = { signing: SigningKeyPair; wrapping: WrappingKeyPair };

const Pair = z.strictObject({ publicKey: z.base64().length(44), privateKey: z.base64().length(44) });
const KeyFile = z.strictObject({ format: z.string(), signing: Pair, wrapping: Pair });

/** What a key ring is for. A practice hall has another file of another format, so that neither is ever taken for the other. */
export type KeyPurpose = 'hall' | 'practice';
const FILES: Readonly<Record<KeyPurpose, { name: string; format: string }>> = {
  hall: { name: 'hall-keys.json', format: 'jinban-hall-keys-1' },
  practice: { name: 'practice-keys.json', format: 'jinban-practice-keys-1' },
};

/** Where a hall's keys are kept under its folder. */
export function keyFile(folder: string, purpose: KeyPurpose): string {
  return join(folder, FILES[purpose].name);
}

export function generateKeyRing(): HallKeyRing {
  return { signing: generateSigningKey(), wrapping: generateWrappingKey() };
}

/** `open-to-others`: other users may read the file, and may have. `other-purpose`: the folder is a practice hall's where a real one was asked for, or the other way round. */
export type KeyRingFailure = { kind: 'damaged' | 'open-to-others' | 'other-purpose'; path: string };

/**
 * Reads the key file under `folder`, or makes it on the first start. A file of mode 0600 is for development only: in production the
 * keys belong in an HSM or a sealed service, and losing this file makes every scan that is already here unreadable.
 */
export async function loadKeyRing(folder: string, purpose: KeyPurpose = 'hall'): Promise<Result<HallKeyRing, KeyRingFailure>> {
  const { format } = FILES[purpose];
  const path = keyFile(folder, purpose);
  const other = keyFile(folder, purpose === 'hall' ? 'practice' : 'hall');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await exists(other)) return err({ kind: 'other-purpose', path: other });
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return null;
    throw cause;
  });
  if (text !== null) {
    if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) return err({ kind: 'open-to-others', path });
    const kept = parseKeyFile(text, format);
    return kept === null ? err({ kind: 'damaged', path }) : ok(kept);
  }
  const ring = generateKeyRing();
  // Written beside and renamed, so that a cut leaves no half key.
  await writeFile(`${path}.new`, JSON.stringify({ format, ...ring }), { mode: 0o600, flush: true });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
  // Terminals bind themselves to these keys: a power cut must not take back the name of the file that holds them.
  await syncDirectory(folder);
  return ok(ring);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, (cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return false;
    throw cause;
  });
}

function parseKeyFile(text: string, format: string): HallKeyRing | null {
  let candidate: unknown = null;
  try {
    candidate = JSON.parse(text);
  } catch {
    // The parser's message would quote the file, which holds keys.
  }
  const parsed = KeyFile.safeParse(candidate);
  if (!parsed.success || parsed.data.format !== format) return null;
  const { signing, wrapping } = parsed.data;
  return { signing, wrapping };
}
