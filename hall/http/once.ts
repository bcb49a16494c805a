import { ORPCError } from '@orpc/server';
import { sha256 } from '../../crypto/node.ts';
import type { ConsoleCall } from '../../domain/contracts/console.ts';
import { type Ground, nowOf } from '../ground.ts';

/** A deed as its console names it. `input`: what the call was sent with. */
export type NamedDeed = { id: string; account: string; call: ConsoleCall; input: unknown };

/**
 * Does a deed, or answers what was answered when it was done before, at whichever server. Deed and answer are one transaction: there is never the one without the other. One that comes again while
 * it is under way waits for that, in the database.
 * @param work the whole of the deed; what it reads and writes becomes part of the transaction
 * @returns `before`: it had been done
 * @throws ORPCError UNPROCESSABLE_CONTENT when the id was another deed's
 */
export async function doOnce<Answer>(ground: Ground, { id, account, call, input }: NamedDeed, work: () => Promise<Answer>): Promise<{ answer: Answer; before: boolean }> {
  const { division } = ground;
  const said = sha256(JSON.stringify(input) ?? '');
  return ground.db.whole(async (write) => {
    const first = await write.insertInto('deed_answer').values({ division, account, id, call, said, at: nowOf(ground), answer: null }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
    if (first === undefined) {
      const kept = await write.selectFrom('deed_answer').select(['call', 'said', 'answer']).where('division', '=', division).where('account', '=', account).where('id', '=', id).executeTakeFirstOrThrow();
      if (kept.call !== call || kept.said !== said || kept.answer === null) throw new ORPCError('UNPROCESSABLE_CONTENT');
      return { answer: JSON.parse(kept.answer) as Answer, before: true };
    }
    const answer = await work();
    await write.updateTable('deed_answer').set({ answer: JSON.stringify(answer) }).where('division', '=', division).where('account', '=', account).where('id', '=', id).execute();
    return { answer, before: false };
  });
}

/** Forgets deeds that nobody sends again. @param since instant; older ones go @returns how many */
export async function forgetDeeds({ db, division }: Ground, since: string): Promise<number> {
  const gone = await db.writeBrief((write) => write.deleteFrom('deed_answer').where('division', '=', division).where('at', '<', since).executeTakeFirst());
  return Number(gone.numDeletedRows);
}
