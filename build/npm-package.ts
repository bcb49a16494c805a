/**
 * Fetches one published npm package as a folder, checked against a pinned hash. For things that are needed on some
 * machines only, so that the others do not install them: see electron-runtime.ts and native.ts.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { err, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { describeRunFailure, run } from './run.ts';

/** `integrity` is what `npm view NAME@VERSION dist.integrity` prints: the tarball's SHA-512, in base64. */
export type PinnedPackage = { name: string; version: string; integrity: string };

/**
 * - `unreachable`: npm could not fetch it.
 * - `tampered`: what came has another hash than the pinned one; it is deleted, never opened.
 * - `unpack-failed`: the disk is full, or `tar` is missing.
 */
export type FetchFailure =
  | { kind: 'unreachable'; reason: string }
  | { kind: 'tampered'; name: string }
  | { kind: 'unpack-failed'; reason: string };

/** Long enough for 200 MB on a 4 Mbit/s line. */
const fetchTimeout = 10 * 60_000;

/**
 * Fetches and unpacks a package into a new folder inside `parent` and answers that folder; the caller removes it.
 * @param parent an existing folder, on the disk where the result will be kept, so that it can be renamed into place
 */
export async function fetchNpmPackage(wanted: PinnedPackage, parent: string): Promise<Result<string, FetchFailure>> {
  const directory = await mkdtemp(path.join(parent, 'fetch-'));
  const failed = async (failure: FetchFailure): Promise<Result<string, FetchFailure>> => {
    await rm(directory, { recursive: true, force: true });
    return err(failure);
  };
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const packed = await run(npm, ['pack', `${wanted.name}@${wanted.version}`, '--silent', '--pack-destination', directory], {
    cwd: directory,
    timeoutMilliseconds: fetchTimeout,
  });
  if (!packed.ok) return failed({ kind: 'unreachable', reason: describeRunFailure(packed.error) });
  const tarball = (await readdir(directory)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) return failed({ kind: 'unreachable', reason: 'npm pack left no file' });
  const file = path.join(directory, tarball);
  if ((await integrityOf(file)) !== wanted.integrity) return failed({ kind: 'tampered', name: wanted.name });
  const unpacked = await run('tar', ['-xzf', file, '-C', directory]);
  if (!unpacked.ok) return failed({ kind: 'unpack-failed', reason: describeRunFailure(unpacked.error) });
  await rm(file);
  return ok(directory);
}

/** The hash of a file in npm's notation (W3C Subresource Integrity, section 3.1): `sha512-` and base64. */
export async function integrityOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** One sentence for a person about a package that could not be had. */
export function describeFetchFailure(failure: FetchFailure): string {
  switch (failure.kind) {
    case 'unreachable':
      return `npm could not fetch it (${failure.reason})`;
    case 'tampered':
      return `what npm fetched for ${failure.name} is not what was published when this version was chosen`;
    case 'unpack-failed':
      return `it could not be unpacked (${failure.reason})`;
  }
}
