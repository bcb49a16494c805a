import { sha256, verifier } from '../../crypto/node.ts';
import { CHAIN_START } from '../../domain/action/chain.ts';
import type { Introduction } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { isPractice } from '../../domain/practice/mark.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { MachineRow, Read, Write } from '../db/schema.ts';
import { tellAnew } from '../fleet/tell.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import { enrolmentCode, hashSpokenCode, hashSecret, randomSecret } from './secrets.ts';

/** A challenge is answered at once by a program; two minutes let a very bad line through. */
const CHALLENGE_LIFE = 2 * 60_000;
/** The contract's 15 minutes. */
export const TOKEN_LIFE = 15 * 60_000;
/** County IT makes a code when a machine is about to be set up. */
const CODE_LIFE = 7 * 24 * 3_600_000;
/** `last_contact` is for the fleet list: once a minute is exact enough and spares a write a request. */
const CONTACT_STEP = 60_000;

/** A machine that proved itself with a token. */
export type KnownMachine = { machine: MachineId; publicKey: string };

export function belongsHere(ground: Pick<Ground, 'division'>, machine: MachineId): boolean {
  return machine.slice(1, 7) === ground.division;
}

/**
 * Registers a machine and makes a one-time code to enrol it. Earlier unused codes of the machine end.
 * @returns the code, which is stored nowhere in the clear
 */
export async function addMachine(ground: Ground, machine: MachineId): Promise<Result<string, { kind: 'already-enrolled' } | { kind: 'being-replaced' } | { kind: 'retired' } | { kind: 'other-division' }>> {
  if (!belongsHere(ground, machine)) return err({ kind: 'other-division' });
  const code = enrolmentCode();
  return ground.db.write(async (write) => {
    await insertMachine(write, ground.division, machine);
    const row = await findMachine(write, ground.division, machine);
    if (row?.retired_at != null) return err({ kind: 'retired' as const });
    if (row?.public_key != null) return err({ kind: 'already-enrolled' as const });
    // Its chain goes on with a spare; a machine that began it anew would be one the hall cannot believe.
    if (row !== undefined && row.generation > 0) return err({ kind: 'being-replaced' as const });
    await keepCode(ground, write, machine, code, false);
    return ok(code);
  });
}

/** Keeps a code's hash in the place of those that were made for the machine and not used. */
export async function keepCode(ground: Ground, write: Write, machine: MachineId, code: string, replaces: boolean): Promise<void> {
  const { division } = ground;
  await write.deleteFrom('enrolment_code').where('division', '=', division).where('machine', '=', machine).where('used_at', 'is', null).execute();
  await write.insertInto('enrolment_code').values({
    division, code_hash: hashSpokenCode(code), machine, created_at: nowOf(ground), expires_at: instant(ground.clock.now() + CODE_LIFE), used_at: null, replaces,
  }).execute();
}

/** Ends a machine for good: its tokens stop at once and it never enrols again. Its log stays. @returns whether there is such a machine */
export async function retireMachine(ground: Ground, machine: MachineId): Promise<boolean> {
  return ground.db.write(async (write) => {
    const retired = await write.updateTable('machine').set({ retired_at: nowOf(ground) }).where('division', '=', ground.division).where('machine', '=', machine).where('retired_at', 'is', null).executeTakeFirst();
    await write.deleteFrom('token').where('division', '=', ground.division).where('machine', '=', machine).execute();
    await tellAnew(ground, write, machine);
    return retired.numUpdatedRows > 0n;
  });
}

/**
 * The hall's own row, whose chain its decisions hang on. A database that belongs to another key is refused, and so is one in which a practice hall and a real one would
 * meet: counties may share a database, and practice may share none.
 */
export async function registerHall(ground: Ground): Promise<Result<null, { kind: 'other-hall-key' | 'practice-and-real' }>> {
  return ground.db.write(async (write) => {
    const divisions = await write.selectFrom('machine').select('division').distinct().execute();
    if (divisions.some(({ division }) => isPractice(division) !== isPractice(ground.division))) return err({ kind: 'practice-and-real' as const });
    await insertMachine(write, ground.division, ground.hall);
    const { signing } = ground.publicKeys;
    await write.updateTable('machine').set({ public_key: signing, enrolled_at: nowOf(ground) }).where('division', '=', ground.division).where('machine', '=', ground.hall).where('public_key', 'is', null).execute();
    const row = await findMachine(write, ground.division, ground.hall);
    return row?.public_key === signing ? ok(null) : err({ kind: 'other-hall-key' as const });
  });
}

export async function enrol(ground: Ground, request: { machine: MachineId; publicKey: string; code: string }): Promise<Result<null, { kind: 'wrong-code' } | { kind: 'already-enrolled' } | { kind: 'retired' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const row = await write.selectFrom('machine').selectAll().where('division', '=', division).where('machine', '=', request.machine).forUpdate().executeTakeFirst();
    const code = await write.selectFrom('enrolment_code').selectAll().where('division', '=', division).where('code_hash', '=', hashSpokenCode(request.code)).where('machine', '=', request.machine).where('replaces', '=', false).executeTakeFirst();
    if (row === undefined || code === undefined) return err({ kind: 'wrong-code' as const });
    if (row.retired_at !== null) return err({ kind: 'retired' as const });
    // The answer may have been lost on the way: the same key with the same code is told the same again.
    if (row.public_key !== null) return row.public_key === request.publicKey ? ok(null) : err({ kind: 'already-enrolled' as const });
    if (code.used_at !== null || Date.parse(code.expires_at) < ground.clock.now()) return err({ kind: 'wrong-code' as const });
    await write.updateTable('enrolment_code').set({ used_at: nowOf(ground) }).where('division', '=', division).where('code_hash', '=', code.code_hash).execute();
    await write.updateTable('machine').set({ public_key: request.publicKey, enrolled_at: nowOf(ground) }).where('division', '=', division).where('machine', '=', request.machine).execute();
    return ok(null);
  });
}

export async function makeChallenge(ground: Ground, machine: MachineId): Promise<Result<string, { kind: 'not-enrolled' } | { kind: 'retired' }>> {
  const row = await findMachine(ground.db.read, ground.division, machine);
  if (row === undefined || row.public_key === null || machine === ground.hall) return err({ kind: 'not-enrolled' });
  if (row.retired_at !== null) return err({ kind: 'retired' });
  const challenge = randomSecret();
  await ground.db.writeBrief(async (write) => {
    await write.deleteFrom('challenge').where('division', '=', ground.division).where('expires_at', '<', nowOf(ground)).execute();
    await write.insertInto('challenge').values({ division: ground.division, challenge_hash: hashSecret(challenge), machine, expires_at: instant(ground.clock.now() + CHALLENGE_LIFE) }).execute();
  });
  return ok(challenge);
}

/** The text whose SHA-256 a machine signs to answer a challenge. */
export function challengeText(machine: MachineId, challenge: string): string {
  return `jinban-challenge-1\n${machine}\n${challenge}`;
}

/** A challenge is used up by the attempt, whatever comes of it. What the machine says of itself is kept once it has proved to be itself. */
export async function makeToken(ground: Ground, answer: { machine: MachineId; challenge: string; signature: string; introduction?: Introduction | undefined }): Promise<Result<{ token: string; expiresAt: string }, { kind: 'refused' }>> {
  const { division, clock } = ground;
  const { machine } = answer;
  const token = randomSecret();
  const expiresAt = instant(clock.now() + TOKEN_LIFE);
  return ground.db.writeBrief(async (write) => {
    const used = await write.deleteFrom('challenge').where('division', '=', division).where('challenge_hash', '=', hashSecret(answer.challenge)).where('machine', '=', machine).returning('expires_at').executeTakeFirst();
    const row = await findMachine(write, division, machine);
    const fresh = used !== undefined && Date.parse(used.expires_at) >= clock.now();
    const proven = row?.public_key != null && row.retired_at === null && verifier.verify(row.public_key, sha256(challengeText(machine, answer.challenge)), answer.signature);
    if (!fresh || !proven) return err({ kind: 'refused' as const });
    await write.deleteFrom('token').where('division', '=', division).where('expires_at', '<', nowOf(ground)).execute();
    await write.insertInto('token').values({ division, token_hash: hashSecret(token), machine, expires_at: expiresAt }).execute();
    await touch(ground, write, row, introduced(answer.introduction, clock.now()));
    return ok({ token, expiresAt });
  });
}

/** Whose token this is, or null: unknown, over, or its machine was retired. */
export async function machineOfToken(ground: Ground, token: string): Promise<KnownMachine | null> {
  const row = await ground.db.read.selectFrom('token')
    .innerJoin('machine', (join) => join.onRef('machine.division', '=', 'token.division').onRef('machine.machine', '=', 'token.machine'))
    .selectAll('machine').select('token.expires_at')
    .where('token.division', '=', ground.division).where('token.token_hash', '=', hashSecret(token)).executeTakeFirst();
  if (row === undefined || row.public_key === null || row.retired_at !== null || Date.parse(row.expires_at) < ground.clock.now()) return null;
  if (row.last_contact === null || ground.clock.now() - Date.parse(row.last_contact) >= CONTACT_STEP) await ground.db.writeBrief((write) => touch(ground, write, row));
  return { machine: row.machine as MachineId, publicKey: row.public_key };
}

/** How the fleet list shows it. A machine that says nothing, or no longer does, is not known. @param now when it came, milliseconds since 1970 */
function introduced(said: Introduction | undefined, now: number): Pick<MachineRow, 'clock_offset' | 'protocol' | 'program'> {
  if (said === undefined) return { clock_offset: null, protocol: null, program: null };
  return { clock_offset: Date.parse(said.wall) - now, protocol: said.protocol, program: said.program };
}

async function touch(ground: Ground, write: Write, row: Pick<MachineRow, 'machine'>, change: Partial<MachineRow> = {}): Promise<void> {
  await write.updateTable('machine').set({ last_contact: nowOf(ground), ...change }).where('division', '=', ground.division).where('machine', '=', row.machine).execute();
}

async function insertMachine(write: Write, division: string, machine: MachineId): Promise<void> {
  await write.insertInto('machine').values({
    division, machine, public_key: null, enrolled_at: null, retired_at: null, last_contact: null, head_sequence: CHAIN_START.sequence, head_hash: CHAIN_START.hash, generation: 0, clock_offset: null, protocol: null, program: null,
  }).onConflict((conflict) => conflict.doNothing()).execute();
}

/** A machine as the fleet list knows it, enrolled or not. */
export function machineRow(ground: Ground, machine: MachineId): Promise<MachineRow | undefined> {
  return findMachine(ground.db.read, ground.division, machine);
}

async function findMachine(read: Read, division: string, machine: MachineId): Promise<MachineRow | undefined> {
  return read.selectFrom('machine').selectAll().where('division', '=', division).where('machine', '=', machine).executeTakeFirst();
}
