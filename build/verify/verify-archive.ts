import { open, readFile } from 'node:fs/promises';
import { Decrypter } from 'age-encryption';
import { strFromU8, unzipSync } from 'fflate';
import { sha256Bytes, verifier } from '../../crypto/node.ts';
import { checkAction } from '../../domain/action/chain.ts';
import { ArchiveKeys, ArchiveManifest, manifestIsGenuine, MOST_PACKAGE_BYTES } from '../../domain/archive/manifest.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';

/**
 * What is wrong with a package.
 * - `manifest-forged`: not signed by the hall's key.
 * - `sealed-differs`: the sealed part is not what the hall sealed.
 * - `cannot-open`: the given key does not open it.
 * - `missing`, `differs`, `extra`: a file of the sealed part.
 * - `action`: an entry of the case's log was edited, or nobody's key made it.
 */
export type ArchiveFault = { kind: 'manifest-forged' | 'sealed-differs' | 'cannot-open' } | { kind: 'missing' | 'differs' | 'extra'; file: string } | { kind: 'action'; line: number };
/** `files`: how many were looked into; null: the package stayed closed. */
export type ArchiveVerified = { manifest: ArchiveManifest; keyFrom: 'given' | 'file'; files: number | null; faults: ArchiveFault[] };

/** Checks a package of an archived case. @param hall its registered key, base64; null takes the file's own word. @param identity the archive's secret key (`AGE-SECRET-KEY-…`); null leaves it closed */
export async function verifyArchive(file: string, hall: string | null, identity: string | null): Promise<Result<ArchiveVerified, { kind: 'not-a-package' }>> {
  const bytes = await isZip(file) ? await readFile(file) : null;
  const outer = bytes === null ? null : unzipped(bytes);
  const sealed = outer?.['content.zip.age'];
  const manifest = ArchiveManifest.safeParse(outer === null ? null : parsed(outer['manifest.json']));
  if (!manifest.success || sealed === undefined) return err({ kind: 'not-a-package' });
  const faults: ArchiveFault[] = [];
  if (!manifestIsGenuine(manifest.data, hall ?? manifest.data.publicKey, verifier)) faults.push({ kind: 'manifest-forged' });
  if (sealed.length !== manifest.data.sealed.size || sha256Bytes(sealed) !== manifest.data.sealed.sha256) faults.push({ kind: 'sealed-differs' });
  const keyFrom = hall === null ? 'file' : 'given';
  if (identity === null) return ok({ manifest: manifest.data, keyFrom, files: null, faults });
  const content = await opened(sealed, identity);
  if (content === null) return ok({ manifest: manifest.data, keyFrom, files: null, faults: [...faults, { kind: 'cannot-open' }] });
  faults.push(...filesOf(content, manifest.data), ...actionsOf(content, manifest.data));
  return ok({ manifest: manifest.data, keyFrom, files: Object.keys(content).length, faults });
}

/** By its first bytes: an exported log may be larger than memory. */
async function isZip(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await handle.close();
  }
}

function filesOf(content: Readonly<Record<string, Uint8Array>>, { files }: ArchiveManifest): ArchiveFault[] {
  const listed = files.flatMap(({ name, size, sha256 }): ArchiveFault[] => {
    const bytes = content[name];
    if (bytes === undefined) return [{ kind: 'missing', file: name }];
    return bytes.length === size && sha256Bytes(bytes) === sha256 ? [] : [{ kind: 'differs', file: name }];
  });
  const names = new Set(files.map(({ name }) => name));
  return [...listed, ...Object.keys(content).filter((name) => !names.has(name)).map((file): ArchiveFault => ({ kind: 'extra', file }))];
}

function actionsOf(content: Readonly<Record<string, Uint8Array>>, { actions, case: id }: ArchiveManifest): ArchiveFault[] {
  const keys = ArchiveKeys.safeParse(parsed(content['keys.json']));
  const log = content['actions.ndjson'];
  const lines = log === undefined ? [] : strFromU8(log).split('\n').filter((line) => line !== '');
  const wrong = lines.flatMap((line, index): ArchiveFault[] => {
    const entry = parseText(line) as { machine?: unknown; sequence?: number; case?: unknown } | null;
    const machine = keys.success ? keys.data.find((one) => one.machine === entry?.machine) : undefined;
    const publicKey = machine?.former.find(({ through }) => Number(entry?.sequence) <= through)?.publicKey ?? machine?.publicKey ?? '';
    return publicKey !== '' && entry?.case === id && checkAction(entry, publicKey, verifier).ok ? [] : [{ kind: 'action', line: index + 1 }];
  });
  return lines.length === actions ? wrong : [...wrong, { kind: 'action', line: Math.min(lines.length, actions) + 1 }];
}

async function opened(sealed: Uint8Array, identity: string): Promise<Record<string, Uint8Array> | null> {
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return unzipped(await decrypter.decrypt(sealed));
  } catch {
    return null;
  }
}

/** @returns null for what is no ZIP, or grows past what any case has */
function unzipped(bytes: Uint8Array): Record<string, Uint8Array> | null {
  let left = MOST_PACKAGE_BYTES;
  try {
    return unzipSync(bytes, { filter: ({ originalSize }) => (left -= originalSize) >= 0 });
  } catch {
    return null;
  }
}

function parsed(bytes: Uint8Array | undefined): unknown {
  return bytes === undefined ? null : parseText(strFromU8(bytes));
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One sentence a fault, for people. */
export function archiveFaultText(fault: ArchiveFault): string {
  switch (fault.kind) {
    case 'manifest-forged':
      return 'manifest.json: was not signed by this hall, or was edited';
    case 'sealed-differs':
      return 'content.zip.age: is not what the hall sealed';
    case 'cannot-open':
      return 'content.zip.age: this key does not open it';
    case 'missing':
      return `${fault.file}: is missing`;
    case 'differs':
      return `${fault.file}: was edited`;
    case 'extra':
      return `${fault.file}: was added; the hall did not put it there`;
    case 'action':
      return `actions.ndjson, line ${fault.line}: was edited, is missing, or nobody's key made it`;
    default:
      return never(fault);
  }
}
