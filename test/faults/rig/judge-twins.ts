import { expect } from 'vitest';
import { verifier } from '../../../crypto/node.ts';
import { verifyChain } from '../../../domain/action/chain.ts';
import type { Action } from '../../../domain/action/types.ts';
import type { Ground } from '../../../hall/ground.ts';
import { dutyEvents } from '../../../hall/ratings/duty-log.ts';
import type { Clerk, Mark, SentDeed } from './clerks.ts';

/**
 * Of all deeds: how many the hall says it did; how many were answered after they had been sent in vain, and how many of those had been done the first time (`lostAnswers`); how many were given up
 * without an answer, and how many of those were done all the same.
 */
export type Judged = { deeds: number; done: number; again: number; lostAnswers: number; givenUp: number; givenUpDone: number };

/** Counts how often what a deed would leave is there. */
async function readMarks(ground: Ground): Promise<(mark: Mark) => Promise<number>> {
  const { db: { read } } = ground;
  const rows = await read.selectFrom('action').select(['case_id', 'kind', 'body']).execute();
  const words = new Map<string, number>();
  for (const { kind, body } of rows) for (const found of new Set(body.match(/事由-\d+-完/g))) words.set(`${kind} ${found}`, (words.get(`${kind} ${found}`) ?? 0) + 1);
  const ofCase = (kind: string, id: string) => rows.filter((row) => row.kind === kind && row.case_id === id).length;
  const messages = (await read.selectFrom('message').select('id').execute()).map(({ id }) => id);
  return async (mark) => {
    switch (mark?.in) {
      case undefined:
        return 0;
      case 'action':
        return words.get(`${mark.kind} ${mark.words}`) ?? 0;
      case 'duty':
        return (await dutyEvents(ground, read, mark.case)).filter((event) => event.kind === 'called' && event.said === mark.words).length;
      case 'case':
        return ofCase('handed-in', mark.id);
      case 'acceptance':
        return ofCase('accepted', mark.id);
      case 'message':
        return messages.filter((id) => id === mark.id).length;
    }
  };
}

/** Whether an answer says that the deed was done. A message's answer is the message. */
function saidYes({ told }: SentDeed): boolean {
  return told !== null && told.status === 200 && told.body.ok !== false;
}

/**
 * What must be so of every deed: answered yes, it is there once; answered no, it is not there; not answered, once or not at all. Sent again under its id it is answered as it was, and is there as often
 * as that answer says.
 */
export async function judgeDeeds(ground: Ground, clerks: readonly (Clerk & { sent: SentDeed[] })[]): Promise<Judged> {
  const deeds = clerks.flatMap((clerk) => clerk.sent.map((deed) => ({ clerk, deed })));
  const before = await readMarks(ground);
  let givenUpDone = 0;
  const answered = deeds.filter(({ deed }) => deed.told !== null);
  const again = answered.filter(({ deed }) => deed.cut > 0);
  const lostAnswers = again.filter(({ deed }) => deed.told?.replayed === true).length;
  for (const { deed } of deeds) {
    if (deed.told !== null) expect([deed.path, deed.told.status]).toEqual([deed.path, 200]);
    const count = await before(deed.mark);
    if (deed.told === null) {
      expect(count, deed.path).toBeLessThanOrEqual(1);
      givenUpDone += count;
    } else if (deed.mark !== null) expect([deed.path, count]).toEqual([deed.path, saidYes(deed) ? 1 : acceptedBefore(deed, count)]);
  }
  for (const { clerk, deed } of deeds) {
    const said = await clerk.request('POST', deed.path, deed.input, { id: deed.id });
    if (said === null) throw new Error('a server is away that should be there');
    if (deed.told === null) deed.told = { status: said.status, body: said.body, replayed: said.replayed };
    else expect(said).toMatchObject({ status: deed.told.status, body: deed.told.body, replayed: true });
  }
  const after = await readMarks(ground);
  for (const { deed } of deeds) if (deed.mark !== null) expect([deed.path, await after(deed.mark)]).toEqual([deed.path, saidYes(deed) ? 1 : acceptedBefore(deed, await before(deed.mark))]);
  return { deeds: deeds.length, done: deeds.filter(({ deed }) => saidYes(deed)).length, again: again.length, lostAnswers, givenUp: deeds.length - answered.length, givenUpDone };
}

/** A refused acceptance of a case that another press had accepted leaves that one where it was. */
function acceptedBefore({ mark }: SentDeed, count: number): number {
  return mark?.in === 'acceptance' ? count : 0;
}

/** What must be so of the hall's log and cases, whoever wrote them. */
export async function judgeHallLog(ground: Ground): Promise<void> {
  const { db: { read }, division, hall, publicKeys } = ground;
  const rows = await read.selectFrom('action').select('body').where('division', '=', division).where('machine', '=', hall).orderBy('sequence').execute();
  const actions = rows.map(({ body }) => JSON.parse(body) as Action);
  expect(verifyChain(actions, hall, publicKeys.signing, verifier)).toMatchObject({ entries: rows.length, faults: [] });
  const cases = await read.selectFrom('case_view').select(['id', 'number', 'actions']).execute();
  expect(new Set(cases.map(({ number }) => number)).size, 'an official number was given twice').toBe(cases.length);
  const placed = await read.selectFrom('action').select(['case_id', 'case_position']).where('case_position', 'is not', null).orderBy('case_id').orderBy('case_position').execute();
  const positions = new Map<string | null, (number | null)[]>();
  for (const { case_id, case_position } of placed) positions.set(case_id, [...positions.get(case_id) ?? [], case_position]);
  for (const { id, actions: count } of cases) expect(positions.get(id), `places in case ${id}`).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  const once = actions.filter(({ payload }) => ['handed-in', 'accepted', 'decided', 'finished', 'rated'].includes(payload.kind)).map((action) => `${action.case} ${action.payload.kind}`);
  expect(once.filter((step, index) => once.indexOf(step) !== index), 'steps that were taken twice').toEqual([]);
  const messages = (await read.selectFrom('message').select('number').execute()).map(({ number }) => number);
  expect(new Set(messages).size, 'a message number was given twice').toBe(messages.length);
}
