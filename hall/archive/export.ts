import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Bytes } from '../../crypto/node.ts';
import type { Action } from '../../domain/action/types.ts';
import type { Hash } from '../../domain/ids.ts';
import type { Ground } from '../ground.ts';
import { archiveFolder } from './make.ts';
import { packagePlace } from './package.ts';

/** @property faulty cases whose package is not here, or is not what the case says it was */
export type Exported = { copied: number; there: number; faulty: string[] };

/** Copies every package that a case names to a folder, for the archive's own import; one that is there whole already is left. */
export async function exportPackages(ground: Ground, to: string): Promise<Exported> {
  const { db: { read }, division } = ground;
  const rows = await read.selectFrom('action').select('body').where('division', '=', division).where('kind', '=', 'archived').where('case_position', 'is not', null).orderBy('received_at').execute();
  const done: Exported = { copied: 0, there: 0, faulty: [] };
  for (const { body } of rows) {
    const { case: id, payload } = JSON.parse(body) as Action;
    if (payload.kind !== 'archived') throw new Error('an action of another kind than its row');
    const place = packagePlace(payload.on.slice(0, 4), id, payload.package);
    const [from, target] = [join(archiveFolder(ground), place), join(to, place)];
    if (await isWhole(target, payload.package)) done.there += 1;
    else if (await isWhole(from, payload.package)) {
      await mkdir(dirname(target), { recursive: true });
      await rm(`${target}.part`, { force: true });
      await copyFile(from, `${target}.part`, constants.COPYFILE_EXCL);
      await rename(`${target}.part`, target);
      done.copied += 1;
    } else done.faulty.push(id);
  }
  return done;
}

async function isWhole(path: string, hash: Hash): Promise<boolean> {
  const bytes = await readFile(path).catch(() => null);
  return bytes !== null && sha256Bytes(bytes) === hash;
}
