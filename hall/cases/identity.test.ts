import { expect, test } from 'vitest';
import { ELDER_CARD, elderCardHandIn, PGLITE, signInAt } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';

const served = hallOfSuite(PGLITE);

test('what was typed is looked at before acceptance: listed, asked for with a reason, written into the log, and told to terminals that can read it', async () => {
  const terminal = await served.freshTerminal();
  const clerk = await signInAt(served.hall, 'wang', 'clerk');
  const id = served.freshCase();
  const typed = { card: 'typed' as const, name: '李测试', number: '330624199001010026', birth: '1990-01-01', sex: 'female' as const, address: '' };
  await terminal.intake([terminal.maker.make(elderCardHandIn(terminal.nextNumber(), { applicant: typed, assurance: 'typed', toCheck: [{ party: 'applicant', why: 'typed' }] }), { code: ELDER_CARD, case: id })]);

  const listed = async () => {
    const { rows, counts } = (await clerk.call('POST', '/inbox', { stage: 'identity', query: '', order: 'duty', after: '', limit: 50 })).body as { rows: { id: string }[]; counts: Record<string, number> };
    return [rows.map((row) => row.id), counts['identity']];
  };
  const check = (said: object) => clerk.call('POST', `/cases/${id}/identity`, { party: 'applicant', words: '', ...said });
  const accepted = async () => (await clerk.call('POST', `/cases/${id}/accept`, { lacking: [] })).body.error?.kind as string | undefined;
  expect(await listed()).toEqual([[id], 1]);
  expect(await accepted()).toBe('identity-open');
  expect((await check({ outcome: 'not-same' })).status).toBe(400);
  expect((await check({ party: 'acting', outcome: 'same' })).body.error).toEqual({ kind: 'wrong-stage' });
  expect((await check({ outcome: 'not-same', words: '不是同一个人' })).body.ok).toBe(true);
  expect(await accepted()).toBe('identity-open');
  expect((await check({ outcome: 'same' })).body.ok).toBe(true);
  expect(await listed()).toEqual([[], 0]);
  // Nothing but its scans, which never came, stands in the way now.
  expect(await accepted()).toBe('materials-missing');

  const told = async (protocol: number) => ((await terminal.call('GET', `/feed?after=0&limit=500&protocol=${protocol}`)).body.entries as { kind: string; action?: { payload: { kind: string; outcome?: string } } }[]).flatMap(({ action }) => (action === undefined ? [] : [action.payload.outcome]));
  expect([await told(5), await told(4)]).toEqual([['not-same', 'same'], []]);
});
