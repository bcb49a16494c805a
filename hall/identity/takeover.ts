import { unwrapKey, wrapKey } from '../../crypto/seal.ts';
import type { WrappedKey } from '../../domain/action/payload.ts';
import type { ChainHead } from '../../domain/action/chain.ts';
import { type Backup, backupContext } from '../../domain/contracts/backup.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type FormerKeyRow, type MachineRow, storedHash, type Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { KeyAt } from '../intake/entry.ts';
import { keepCode, type KnownMachine } from './machines.ts';
import { enrolmentCode, hashSpokenCode } from './secrets.ts';

/**
 * Revokes a lost machine's key, with its tokens, and makes a one-time code with which a spare takes its place. Said again before a spare came, it
 * makes another code.
 * @returns the code, which is stored nowhere in the clear
 */
export async function replaceMachine(ground: Ground, machine: MachineId): Promise<Result<string, { kind: 'not-enrolled' } | { kind: 'retired' }>> {
  const { division } = ground;
  const code = enrolmentCode();
  return ground.db.write(async (write) => {
    const row = await lock(write, division, machine);
    if (row === undefined || machine === ground.hall || (row.public_key === null && row.generation === 0)) return err({ kind: 'not-enrolled' as const });
    if (row.retired_at !== null) return err({ kind: 'retired' as const });
    if (row.public_key !== null) {
      await write.insertInto('former_key').values({
        division, machine, generation: row.generation, public_key: row.public_key, through: row.head_sequence, replaced_at: nowOf(ground), taken_over_at: null,
        hall_sequence: row.head_sequence, backup_sequence: null, backup_at: null,
      }).execute();
      await write.updateTable('machine').set({ public_key: null, generation: row.generation + 1 }).where('division', '=', division).where('machine', '=', machine).execute();
      await write.deleteFrom('token').where('division', '=', division).where('machine', '=', machine).execute();
      await write.deleteFrom('challenge').where('division', '=', division).where('machine', '=', machine).execute();
      ground.log({ event: 'machine-replaced', machine, generation: row.generation + 1 });
    }
    await keepCode(ground, write, machine, code, true);
    return ok(code);
  });
}

export type TakeoverRequest = { machine: MachineId; publicKey: string; code: string; backup: Backup | null; reader: string };
export type Takeover = { head: ChainHead; generation: number; key: WrappedKey | null };
export type TakeoverFailure =
  | { kind: 'wrong-code' }
  /** The key is one that was taken from this machine, or another spare came first, or this one has begun its work: it lost its store since. */
  | { kind: 'already-enrolled' }
  | { kind: 'retired' }
  /** The backup's key was not wrapped for this hall, or its header was altered. */
  | { kind: 'backup-unreadable' }
  /** The backup is another machine's, or continues a past that the hall does not know. */
  | { kind: 'other-chain' };

/**
 * Puts a spare in the place of a lost machine. Nothing is changed unless the code, the backup and the chain all fit. Until the spare has begun its work it
 * may say the same again, since the answer may have been lost on the way, and with another backup too: the last one counts.
 */
export async function takeOver(ground: Ground, request: TakeoverRequest): Promise<Result<Takeover, TakeoverFailure>> {
  const { division } = ground;
  const { machine, backup, publicKey } = request;
  return ground.db.write(async (write) => {
    const row = await lock(write, division, machine);
    const code = await write.selectFrom('enrolment_code').selectAll().where('division', '=', division).where('code_hash', '=', hashSpokenCode(request.code)).where('machine', '=', machine).where('replaces', '=', true).executeTakeFirst();
    if (row === undefined || code === undefined) return err({ kind: 'wrong-code' as const });
    if (row.retired_at !== null) return err({ kind: 'retired' as const });
    if (row.public_key === null) {
      if (code.used_at !== null || Date.parse(code.expires_at) < ground.clock.now()) return err({ kind: 'wrong-code' as const });
      if (await wasTaken(write, division, request)) return err({ kind: 'already-enrolled' as const });
    } else if (row.public_key !== publicKey || (await hasBegun(write, division, row))) return err({ kind: 'already-enrolled' as const });
    const key = backup === null ? ok(null) : openBackup(ground, backup, request);
    if (!key.ok) return key;
    if (backup !== null && !(await continues(write, division, row, backup))) return err({ kind: 'other-chain' as const });
    const through = Math.max(row.head_sequence, backup?.head.sequence ?? 0);
    await write.updateTable('enrolment_code').set({ used_at: nowOf(ground) }).where('division', '=', division).where('code_hash', '=', code.code_hash).execute();
    await write.updateTable('former_key').set({ through, taken_over_at: nowOf(ground), backup_sequence: backup?.head.sequence ?? null, backup_at: backup?.takenAt ?? null })
      .where('division', '=', division).where('machine', '=', machine).where('generation', '=', row.generation - 1).execute();
    await write.updateTable('machine').set({ public_key: publicKey, enrolled_at: nowOf(ground) }).where('division', '=', division).where('machine', '=', machine).execute();
    ground.log({ event: 'machine-taken-over', machine, generation: row.generation, head: row.head_sequence, through });
    return ok({ head: { sequence: row.head_sequence, hash: storedHash(row.head_hash) }, generation: row.generation, key: key.value });
  });
}

/** Whether the key is one that this machine had and lost: whoever found it would speak for the machine again. */
async function wasTaken(write: Write, division: string, { machine, publicKey }: TakeoverRequest): Promise<boolean> {
  return (await write.selectFrom('former_key').select('generation').where('division', '=', division).where('machine', '=', machine).where('public_key', '=', publicKey).executeTakeFirst()) !== undefined;
}

/** Whether the spare has sent an action or was given numbers. What it made since it took over would be gone with its store, and its chain begin anew. */
async function hasBegun(write: Write, division: string, { machine, generation, head_sequence }: MachineRow): Promise<boolean> {
  const former = await write.selectFrom('former_key').select('hall_sequence').where('division', '=', division).where('machine', '=', machine).where('generation', '=', generation - 1).executeTakeFirstOrThrow();
  const lease = await write.selectFrom('lease').select('id').where('division', '=', division).where('machine', '=', machine).where('generation', '=', generation).executeTakeFirst();
  return head_sequence !== former.hall_sequence || lease !== undefined;
}

/** Which key vouches for which of a machine's actions: former ones up to where they were replaced, then the one it has now. */
export async function machineKeys(ground: Pick<Ground, 'db' | 'division'>, { machine, publicKey }: KnownMachine): Promise<KeyAt> {
  const former = await formerKeys(ground, machine);
  return (sequence) => former.find(({ through }) => sequence <= through)?.public_key ?? publicKey;
}

/** The keys that a machine had before it was lost, oldest first. */
export function formerKeys({ db, division }: Pick<Ground, 'db' | 'division'>, machine: MachineId): Promise<FormerKeyRow[]> {
  return db.read.selectFrom('former_key').selectAll().where('division', '=', division).where('machine', '=', machine).orderBy('generation').execute();
}

/** The backup's key, wrapped anew for the spare alone. */
function openBackup(ground: Ground, backup: Backup, { machine, reader }: TakeoverRequest): Result<WrappedKey, { kind: 'backup-unreadable' } | { kind: 'other-chain' }> {
  if (backup.machine !== machine) return err({ kind: 'other-chain' });
  const context = backupContext(backup);
  const key = unwrapKey(ground.wrapping, context, backup.key);
  return key.ok ? ok(wrapKey(reader, context, key.value)) : err({ kind: 'backup-unreadable' });
}

/** Whether the backup's chain is the machine's own as far as the hall knows it. One that is ahead shows that when its actions come. */
async function continues(write: Write, division: string, row: MachineRow, { head }: Backup): Promise<boolean> {
  if (head.sequence === 0 || head.sequence > row.head_sequence) return true;
  const at = await write.selectFrom('action').select('hash').where('division', '=', division).where('machine', '=', row.machine).where('sequence', '=', head.sequence).executeTakeFirst();
  return at?.hash === head.hash;
}

function lock(write: Write, division: string, machine: MachineId): Promise<MachineRow | undefined> {
  return write.selectFrom('machine').selectAll().where('division', '=', division).where('machine', '=', machine).forUpdate().executeTakeFirst();
}
