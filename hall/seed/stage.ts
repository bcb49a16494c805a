/** What both writers of a story stand on. */
import { appendAction, CHAIN_START, type ChainHead, headOf } from '../../domain/action/chain.ts';
import type { BlobReference, Payload } from '../../domain/action/payload.ts';
import type { Action, ActionSigner } from '../../domain/action/types.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Story } from '../../domain/seed/story.ts';
import type { StoryAction, StoryEvent } from '../../domain/seed/world.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { setLocalDay } from '../clock/notices.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import type { Player } from './cast.ts';

/** `keepScans`: puts the pages that were made since away. `told`: called now and then with how many events are written. */
export type Stage = { ground: Ground; story: Story; players: ReadonlyMap<MachineId, Player>; keepScans: () => Promise<void>; told: (events: number) => void };

/** Events between two words to whoever waits. */
export const TOLD_EVERY = 2000;

/** Whose account an action names, as the console's session would have it. */
export function staffOf({ county }: Story, account: string): Staff {
  const known = county.staff.find((staff) => staff.account === account);
  if (known === undefined) throw new Error('an account that the county does not have');
  const { name, role, body } = known;
  return { account, name, role, scope: body === null ? COUNTY : { ...COUNTY, departments: [body] } };
}

/** The county closes for a day, by its keeper of the calendar. */
export async function closeCounty({ ground, story }: Pick<Stage, 'ground' | 'story'>, { at, day }: Extract<StoryEvent, { kind: 'closure' }>): Promise<number> {
  const keeper = story.county.staff.find(({ role }) => role === 'editor');
  if (keeper === undefined) throw new Error('a county without an editor');
  const set = await setLocalDay({ ...ground, clock: { ...ground.clock, now: () => at } }, staffOf(story, keeper.account), { ...day, running: true });
  if (!set.ok) throw new Error('the county was closed already');
  return set.value.moved;
}

/** Hangs an action of the story on its machine's chain. */
export function chained(heads: Map<MachineId, ChainHead>, signer: ActionSigner, event: StoryAction): Action {
  const { id, state, item, actor, time, payload } = event;
  const action = appendAction(heads.get(signer.machine) ?? CHAIN_START, { id, case: state.id, item: { code: item.code, version: item.version }, actor, time, payload }, signer);
  heads.set(signer.machine, headOf(action));
  return action;
}



/** The sealed files that an action brings. */
export function filesOf(payload: Payload): BlobReference[] {
  if (payload.kind !== 'handed-in' && payload.kind !== 'supplemented') return [];
  const pages = payload.materials.flatMap((material) => material.pages);
  return payload.kind === 'handed-in' && payload.signature.image !== undefined ? [...pages, payload.signature.image] : pages;
}
