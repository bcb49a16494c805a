import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burstsOf, type Opened } from './bursts.ts';

const HOUR = 3_600_000;

test('counts different cases within an hour, as counting each hour by itself does', () => {
  const opened = fc.array(fc.record<Opened>({ account: fc.constantFrom('wang', 'li'), at: fc.integer({ min: 0, max: 3 * HOUR }), case: fc.constantFrom('a', 'b', 'c', 'd', 'e') }), { maxLength: 40 });
  fc.assert(fc.property(opened, fc.integer({ min: 0, max: 4 }), (all, limit) => {
    const most = (account: string) => Math.max(0, ...all.filter((each) => each.account === account).map(({ at }) => new Set(all.filter((each) => each.account === account && each.at > at - HOUR && each.at <= at).map((each) => each.case)).size));
    expect(Object.fromEntries(burstsOf(all, limit).map(({ account, cases }) => [account, cases]))).toEqual(Object.fromEntries(['wang', 'li'].map((account) => [account, most(account)] as const).filter(([, count]) => count > limit)));
  }));
});

test('says when the hour began', () => {
  expect(burstsOf([0, 1, 2, 3].map((index) => ({ account: 'li', at: index * 60_000 + 2 * HOUR, case: String(index) })).concat({ account: 'li', at: 0, case: 'x' }), 3)).toEqual([{ account: 'li', cases: 4, from: 2 * HOUR }]);
});
