import type { Write } from './schema.ts';

/**
 * Takes the next `count` numbers of a counter that starts at 1; they are never given again once the transaction commits.
 * The counter's row is locked until then, so whoever takes after us also commits after us.
 * @returns the first of them
 */
export async function takeNumbers(write: Write, division: string, name: string, count: number): Promise<number> {
  const { value } = await write.insertInto('counter').values({ division, name, value: count })
    .onConflict((conflict) => conflict.columns(['division', 'name']).doUpdateSet(({ eb, ref }) => ({ value: eb(ref('counter.value'), '+', count) })))
    .returning('value').executeTakeFirstOrThrow();
  return value - count + 1;
}
