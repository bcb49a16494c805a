/** Puts a made-up county into a hall before its story begins: items, accounts, and machines that are enrolled and stand somewhere. Through the hall's own doors, all of it. */
import { hashPassword } from '../../crypto/passwords.ts';
import { createSigner, signingKeyOf } from '../../crypto/node.ts';
import type { ActionSigner } from '../../domain/action/types.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { County } from '../../domain/seed/county.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { publishItems } from '../catalogue/publish.ts';
import { keepPlaces } from '../fleet/places.ts';
import { type Ground, nowOf } from '../ground.ts';
import { newAccount } from '../identity/accounts.ts';
import { addMachine, enrol, type KnownMachine } from '../identity/machines.ts';
import type { Derive } from './papers.ts';

/** A machine of the story, with the key that it signs with. */
export type Player = KnownMachine & { signer: ActionSigner };

/** The password of every account of a story. It is public: a practice hall has nothing to hide. */
export const PRACTICE_PASSWORD = 'jinban-practice';

export async function putOnStage(ground: Ground, county: County, items: readonly Item[], derive: Derive): Promise<Map<MachineId, Player>> {
  const published = await publishItems(ground, items);
  if (!published.ok) throw new Error(`item ${published.error.code} was published otherwise`);
  await openAccounts(ground, county);
  const players = new Map<MachineId, Player>();
  for (const machine of county.sites.flatMap(({ machines }) => machines)) {
    const { publicKey, privateKey } = signingKeyOf(derive(`machine/${machine}`).toString('base64'));
    const code = await addMachine(ground, machine);
    const enrolled = code.ok ? await enrol(ground, { machine, publicKey, code: code.value }) : code;
    if (!enrolled.ok) throw new Error(`${machine}: ${enrolled.error.kind}`);
    players.set(machine, { machine, publicKey, signer: createSigner(machine, privateKey) });
  }
  const kept = await keepPlaces(ground, county.sites.flatMap(({ machines, place }) => machines.map((machine) => ({ machine, place }))));
  if (!kept.ok) throw new Error(`places: ${JSON.stringify(kept.error.faults)}`);
  return players;
}

async function openAccounts(ground: Ground, { staff }: County): Promise<void> {
  // Hashed once: it is one password, and each hash takes as long as a sign-in.
  const password = await hashPassword(PRACTICE_PASSWORD);
  const rows = staff.map(({ body, ...who }) => ({
    ...newAccount(ground, who), password, granted_at: nowOf(ground), scope: body === null ? null : JSON.stringify({ ...COUNTY, departments: [body] }),
  }));
  await ground.db.write((write) => write.insertInto('account').values(rows).execute());
}
