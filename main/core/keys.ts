import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { generateSigningKey } from '../../crypto/node.ts';
import { generateSealKey } from '../../crypto/seal.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/**
 * The terminal's own secrets: the key of its store and the key it signs with. Kept in a file that only its user may read.
 * The file is for development: a stolen disk is a stolen key. `jinban doctor` says so.
 */
const Keys = z.strictObject({ format: z.literal(1), store: z.base64().length(44), signing: z.strictObject({ publicKey: z.base64().length(44), privateKey: z.base64().length(44) }) });
export type TerminalKeys = { store: Uint8Array; signing: { publicKey: string; privateKey: string } };

export type KeyFailure =
  /** The key file can be read by others, or cannot be read by us. */
  | { kind: 'key-file-open-to-others' }
  | { kind: 'key-file-damaged' }
  /** A store is there but its key is gone: making a new key would lose what citizens handed in. */
  | { kind: 'key-lost' };

/** Opens the keys, or makes them on the first start of a machine that has no store yet. */
export function openKeys(folder: string, storeFile: string): Result<TerminalKeys, KeyFailure> {
  const file = join(folder, 'terminal-keys.json');
  if (!existsSync(file)) return existsSync(storeFile) ? err({ kind: 'key-lost' }) : ok(makeKeys(file));
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) return err({ kind: 'key-file-open-to-others' });
  const parsed = Keys.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) return err({ kind: 'key-file-damaged' });
  return ok({ store: new Uint8Array(Buffer.from(parsed.data.store, 'base64')), signing: parsed.data.signing });
}

function makeKeys(file: string): TerminalKeys {
  const keys: TerminalKeys = { store: generateSealKey(), signing: generateSigningKey() };
  const text = JSON.stringify({ format: 1, store: Buffer.from(keys.store).toString('base64'), signing: keys.signing });
  // Written aside, flushed and renamed: a power cut leaves either no keys or whole ones, before the first case is taken.
  const handle = openSync(`${file}.new`, 'w', 0o600);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${file}.new`, file);
  if (process.platform !== 'win32') {
    const folder = openSync(dirname(file), 'r');
    fsyncSync(folder);
    closeSync(folder);
  }
  return keys;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
