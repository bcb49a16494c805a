import { appendAction } from '../../domain/action/chain.ts';
import type { Payload } from '../../domain/action/payload.ts';
import type { Action, Actor } from '../../domain/action/types.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { ActionId, ulid } from '../../domain/ids.ts';
import { storedHash, type Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';

/**
 * Hangs one of the hall's own actions on its chain. The chain's row stays locked until the transaction ends, so two servers never give one place twice.
 * @param position place among the case's applied actions
 */
export async function appendHallAction(ground: Ground, write: Write, about: { of: Pick<CaseState, 'id' | 'item'>; actor: Actor; payload: Payload; position: number }): Promise<Action> {
  const { division, hall, clock, boot } = ground;
  const head = await write.selectFrom('machine').select(['head_sequence', 'head_hash']).where('division', '=', division).where('machine', '=', hall).forUpdate().executeTakeFirstOrThrow();
  // Read behind the lock: along the chain the counter never goes back within a boot.
  const now = clock.now();
  const action = appendAction({ sequence: head.head_sequence, hash: storedHash(head.head_hash) }, {
    id: ActionId.parse(ulid(now, ground.random(10))),
    case: about.of.id,
    item: about.of.item,
    actor: about.actor,
    time: { wall: nowOf(ground), monotonic: clock.monotonic(), boot, trusted: null, drift: null },
    payload: about.payload,
  }, ground.signer);
  await write.insertInto('action').values({
    division, machine: hall, sequence: action.sequence, id: action.id, hash: action.hash, case_id: action.case, kind: action.payload.kind, case_position: about.position,
    body: JSON.stringify(action), received_at: action.time.wall, quarantine_reason: null,
  }).execute();
  await write.updateTable('machine').set({ head_sequence: action.sequence, head_hash: action.hash, last_contact: action.time.wall }).where('division', '=', division).where('machine', '=', hall).execute();
  return action;
}
