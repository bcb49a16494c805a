import type { Writable } from 'node:stream';
import { exportFrame } from '../../domain/action/export.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { storedHash } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { formerKeys } from '../identity/takeover.ts';

/** Actions read at once: some megabytes. */
const PAGE = 500;

/**
 * Writes a machine's whole chain as the hall holds it, applied or not, for an auditor who checks it with `jinban verify`. The end carries
 * the hall's word. @param machine a terminal, or the hall itself
 */
export async function exportLog(ground: Ground, machine: MachineId, to: Writable): Promise<Result<null, { kind: 'unknown-machine' }>> {
  const { division, db } = ground;
  const row = await db.read.selectFrom('machine').select(['public_key', 'head_sequence', 'head_hash']).where('division', '=', division).where('machine', '=', machine).executeTakeFirst();
  const former = (await formerKeys(ground, machine)).map(({ public_key: publicKey, through }) => ({ publicKey, through }));
  // A lost machine that waits for its spare has only keys of before.
  const publicKey = row?.public_key ?? former.pop()?.publicKey;
  if (row === undefined || publicKey === undefined) return err({ kind: 'unknown-machine' });
  const head = { sequence: row.head_sequence, hash: storedHash(row.head_hash) };
  const { header, end } = exportFrame({ machine, publicKey, former, head }, nowOf(ground), { signer: ground.signer, publicKey: ground.publicKeys.signing });
  to.write(header);
  for (let after = 0; after < head.sequence; after += PAGE) {
    const page = await db.read.selectFrom('action').select('body').where('division', '=', division).where('machine', '=', machine)
      .where('sequence', '>', after).where('sequence', '<=', Math.min(after + PAGE, head.sequence)).orderBy('sequence').execute();
    for (const { body } of page) to.write(`${body}\n`);
  }
  to.write(end);
  return ok(null);
}
