import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { sha256Bytes } from '../../crypto/node.ts';
import type { Action } from '../../domain/action/types.ts';
import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { closedOn } from '../../domain/archive/metadata.ts';
import { isClosed } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { CaseId, type Hash } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { createBlobStore } from '../blobs/store.ts';
import { type Deed, doByRule, doOnCase, itemOf, sayOnly } from '../cases/acts/deed.ts';
import { withinScope } from '../cases/scope.ts';
import { syncDirectory } from '../db/journal.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { madePapers } from '../papers/documents.ts';
import { makePackage, packagePlace } from './package.ts';

export type ArchiveFailure = { kind: 'unknown-case' | 'wrong-stage' | 'claimed-by-other' | 'materials-missing' | 'not-printable' | 'no-archive-key' };

/** Cases archived in one round; a package of a hundred pages takes seconds. */
const ROUND = 5;
/** Cases looked at in one round, those that cannot be archived among them. */
const LOOKED_AT = 500;

/** The very words of the index `case_to_archive`, bound to nothing, so that it is used: it holds what is closed and not archived, and no others. */
export const TO_ARCHIVE = sql<boolean>`stage in ('finished', 'refused', 'withdrawn') and state not like '%"archive":{%'`;

/**
 * 归档: the package first, on disk for good, then the case's own word that it is archived, with the package's hash. A hall that is killed in between leaves a
 * file that no case names. @param staff null: by the rule of `archive.after`
 */
export async function archiveCase(ground: Ground, staff: Staff | null, id: CaseId): Promise<Result<{ package: Hash }, ArchiveFailure>> {
  const { db: { read }, division } = ground;
  if (ground.archive.recipient === '') return err({ kind: 'no-archive-key' });
  const row = await read.selectFrom('case_view').selectAll('case_view').where('division', '=', division).where('id', '=', id).where(withinScope(staff?.scope ?? COUNTY)).executeTakeFirst();
  if (row === undefined) return err({ kind: 'unknown-case' });
  const state = JSON.parse(row.state) as CaseState;
  if (!isClosed(state.stage) || state.archive !== null) return err({ kind: 'wrong-stage' });
  const actions = await actionsOf(ground, id);
  const made = await makePackage(ground, createBlobStore(join(ground.data, 'blobs')), { actions, state, item: await itemOf(read, division, row), papers: await madePapers(ground, read, id) });
  if (!made.ok) return made;
  const hash = sha256Bytes(made.value);
  const on = civilDate(ground.clock.now());
  const path = join(archiveFolder(ground), packagePlace(on.slice(0, 4), id, hash));
  await keep(path, made.value);
  const deed: Deed = {
    name: 'archive', keepsClaim: false,
    // A rating that came meanwhile would not be in the package.
    make: (loaded) => (loaded.row.actions === actions.length ? sayOnly(loaded.state, { kind: 'archived', package: hash, on }) : err({ kind: 'wrong-stage' })),
  };
  const acted = staff === null ? await doByRule(ground, id, deed) : await doOnCase(ground, staff, id, deed);
  if (acted === true || (acted !== false && acted.ok)) return ok({ package: hash });
  await rm(path, { force: true });
  return err({ kind: acted !== false && (acted.error.kind === 'unknown-case' || acted.error.kind === 'claimed-by-other') ? acted.error.kind : 'wrong-stage' });
}

/** Archives cases that were closed long enough ago, where the hall's settings say after how many days. @returns how many */
export async function sweepArchive(ground: Ground): Promise<number> {
  const { db: { read }, division, archive: { after, recipient } } = ground;
  if (after === null || recipient === '') return 0;
  const until = addNaturalDays(civilDate(ground.clock.now()), -after);
  const rows = await read.selectFrom('case_view').select(['id', 'state']).where('division', '=', division).where(TO_ARCHIVE).orderBy('id').limit(LOOKED_AT).execute();
  let archived = 0;
  for (const { id, state } of rows) {
    if (archived === ROUND) break;
    const closed = closedOn(JSON.parse(state) as CaseState);
    if (closed !== null && closed <= until && (await archiveCase(ground, null, CaseId.parse(id))).ok) archived += 1;
  }
  return archived;
}

export function archiveFolder({ data }: Pick<Ground, 'data'>): string {
  return join(data, 'archive');
}

async function actionsOf({ db: { read }, division }: Ground, id: string): Promise<Action[]> {
  const rows = await read.selectFrom('action').select('body').where('division', '=', division).where('case_id', '=', id).where('case_position', 'is not', null).orderBy('case_position').execute();
  return rows.map(({ body }) => JSON.parse(body) as Action);
}

/** On disk for good when it resolves. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
  // A new year's folder is a name in the one above it.
  for (const folder of [dirname(path), dirname(dirname(path)), dirname(dirname(dirname(path)))]) await syncDirectory(folder);
}
