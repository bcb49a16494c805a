import { ORPCError } from '@orpc/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DATABASE_AWAY } from '../../domain/contracts/away.ts';
import { DEED_HEADER, REPLAYED_HEADER } from '../../domain/staff/deeds.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { answerOf, createHall, failureOfStatus } from './hall.ts';
import { createRepeats } from './repeats.ts';

afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const ACCEPTED = { ok: true, value: { stage: 'accepted' } };

/** A hall that gives these answers one after the other, the last one again and again; null: none. */
function hallWith(...answers: (Response | null)[]) {
  const clock = testClock(0);
  const repeats = createRepeats((milliseconds, call) => clock.after(milliseconds, call));
  const ids: (string | null)[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    ids.push(request.headers.get(DEED_HEADER));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer === null || answer === undefined ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(answer.clone());
  });
  const id = caseId(1);
  const refuse = (reason = '不属于') => answerOf(createHall('http://hall', repeats).refuse({ id, reason }));
  /** Lets time go on until so many requests were made. */
  const until = (count: number) => expect.poll(() => {
    if (ids.length < count) clock.advance(5000);
    return ids.length;
  }).toBeGreaterThanOrEqual(count);
  return { repeats, ids, refuse, until, hall: createHall('http://hall', repeats) };
}

describe('answers of the hall', () => {
  test.each([[401, 'signed-out'], [403, 'not-allowed'], [400, 'broken'], [404, 'broken'], [429, 'too-fast'], [500, 'broken']] as const)('status %i means %s', async (status, kind) => {
    expect(failureOfStatus(status)).toBe(kind);
    expect(await answerOf(Promise.reject(new ORPCError('FAILED', { status })))).toEqual({ ok: false, error: { kind } });
  });
  test.each([[502, {}, 'no-answer'], [503, {}, 'no-answer'], [503, { data: DATABASE_AWAY }, 'database'], [504, {}, 'no-answer']] as const)('status %i with %j is away: %s', async (status, body, why) => {
    expect(await answerOf(hallWith(json(status, body)).hall.me())).toEqual({ ok: false, error: { kind: 'away', why } });
  });
  test('no answer is away; a fault of ours is not', async () => {
    expect(await answerOf(hallWith(null).hall.me())).toEqual({ ok: false, error: { kind: 'away', why: 'no-answer' } });
    await expect(answerOf(Promise.reject(new TypeError('a fault')))).rejects.toThrow('a fault');
  });
});

describe('a deed without an answer', () => {
  test('is sent again under the same id until there is one, and what became of it is said', async () => {
    const { repeats, ids, refuse, until } = hallWith(null, json(503, { data: DATABASE_AWAY }), null, json(200, ACCEPTED, { [REPLAYED_HEADER]: 'true' }));
    const answer = refuse();
    await until(2);
    await expect.poll(repeats.stand).toEqual({ kind: 'waiting', why: 'database', deeds: 1 });
    await until(4);
    expect(await answer).toEqual({ ok: true, value: ACCEPTED });
    expect(new Set(ids).size).toBe(1);
    expect(repeats.stand()).toEqual({ kind: 'settled', outcome: 'before' });
    // Answered: the same press is another deed from now on.
    await refuse();
    expect(new Set(ids).size).toBe(2);
  });
  test('that the other server answers at once is not spoken of', async () => {
    const { repeats, refuse, until } = hallWith(null, json(200, ACCEPTED));
    const answer = refuse();
    await until(2);
    expect(await answer).toEqual({ ok: true, value: ACCEPTED });
    expect(repeats.stand()).toEqual({ kind: 'none' });
  });
  test.each([[ACCEPTED, 'now'], [{ ok: false, error: { kind: 'wrong-stage' } }, 'refused']] as const)('and is then answered %j was done: %s', async (body, outcome) => {
    const { repeats, refuse, until } = hallWith(null, null, json(200, body));
    const answer = refuse();
    await until(3);
    expect(await answer).toEqual({ ok: true, value: body });
    expect(repeats.stand()).toEqual({ kind: 'settled', outcome });
  });
  test('may be given up; the next press is the same deed when it asks for the same, and another when not', async () => {
    const { repeats, ids, refuse, until } = hallWith(null);
    const answer = refuse();
    await until(2);
    await expect.poll(() => repeats.stand().kind).toBe('waiting');
    repeats.giveUp();
    expect(await answer).toEqual({ ok: false, error: { kind: 'away', why: 'no-answer' } });
    expect(repeats.stand()).toEqual({ kind: 'none' });
    const sent = ids.length;
    for (const reason of ['不属于', '另一个理由']) {
      const next = refuse(reason);
      await expect.poll(() => ids.length).toBeGreaterThan(sent + (reason === '不属于' ? 0 : 1));
      repeats.giveUp();
      await next;
    }
    expect(ids[sent]).toBe(ids[0]);
    expect(ids[sent + 1]).not.toBe(ids[0]);
  });
  test('keeps its id over a session that ended meanwhile', async () => {
    const { ids, refuse, until } = hallWith(null, json(401, {}), json(200, ACCEPTED));
    const answer = refuse();
    await until(2);
    expect(await answer).toEqual({ ok: false, error: { kind: 'signed-out' } });
    expect(await refuse()).toEqual({ ok: true, value: ACCEPTED });
    expect(new Set(ids).size).toBe(1);
  });
  test('that is none, or saves itself, is not sent again', async () => {
    const { ids, hall } = hallWith(null);
    await answerOf(hall.me());
    await answerOf(hall.holdDraft({ id: caseId(1), takeOver: false }));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(null);
    expect(ids[1]).not.toBe(null);
  });
});
