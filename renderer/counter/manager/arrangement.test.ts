import { expect, test } from 'vitest';
import type { ArrangementView } from '../../../domain/contracts/site.ts';
import { siteRules } from '../../../domain/queue/test-site.ts';
import { differenceOf, type Draft, draftOf, readDraft, rebased, warningsOf } from './arrangement.ts';

const { windows, businesses } = siteRules({ windows: [{ number: 1, businesses: ['social-security'] }, { number: 2, businesses: ['registration', 'housing'] }, { number: 3, businesses: ['housing'] }] });
const known: Pick<ArrangementView, 'settings' | 'staff' | 'businesses'> = {
  businesses, staff: [{ account: 'wang.li', name: '王丽' }, { account: 'chen.jie', name: '陈杰' }],
  settings: { windows, hours: [{ days: [1, 2, 3, 4, 5], from: '08:30', until: '16:45' }], assigned: [{ account: 'wang.li', windows: [1] }], alarms: { waitMinutes: 30, waiting: 30 } },
};
const settled = draftOf(known, null);
const withWindow = (draft: Draft, number: number, own: string[]): Draft => ({ ...draft, windows: [...draft.windows.filter((window) => window.number !== number), { number, businesses: own }].toSorted((one, other) => one.number - other.number) });
const withPerson = (draft: Draft, account: string, own: number[]): Draft => ({ ...draft, assigned: draft.assigned.map((one) => (one.account === account ? { account, windows: own } : one)) });

test('what is changed stands there in words, and nothing where nothing is', () => {
  const hours = [{ days: [6, 1, 3], from: '9:00', until: '1130' }];
  const changed = withPerson(withPerson(withWindow(withWindow(withWindow(withWindow(settled, 1, ['social-security', 'housing']), 2, ['registration', 'social-security']), 3, []), 12, ['housing']), 'wang.li', []), 'chen.jie', [12, 2]);
  expect(differenceOf(known, settled, { ...changed, hours, alarms: { waitMinutes: '20', waiting: '30' } })).toEqual([
    '1 号窗口：加 不动产', '2 号窗口：加 社保，减 不动产', '3 号窗口：撤掉', '12 号窗口：新设，办 不动产', '王丽：1 号 → 任何窗口', '陈杰：任何窗口 → 2、12 号', '取号时间：周一至周五 08:30–16:45 → 周一、周三、周六 09:00–11:30', '等候提醒：30 分钟 → 20 分钟',
  ]);
  expect(differenceOf(known, settled, withWindow(settled, 2, ['housing', 'registration']))).toEqual([]);
});

test('a draft that nobody changed is the arrangement that it came from; whoever is as in the settings is not named', () => {
  const { arrangement } = readDraft(known, settled, []);
  expect(arrangement).toEqual({ ...known.settings, assigned: [] });
  const other = readDraft(known, withPerson(withPerson(settled, 'wang.li', []), 'chen.jie', [3]), []).arrangement;
  expect(other?.assigned).toEqual([{ account: 'wang.li', windows: [] }, { account: 'chen.jie', windows: [3] }]);
  expect(readDraft(known, draftOf(known, other), []).arrangement).toEqual(other);
  // A window of the settings that was taken away stands there, to be taken back.
  expect(draftOf(known, readDraft(known, withWindow(settled, 2, []), []).arrangement).windows[1]).toEqual({ number: 2, businesses: [] });
});

test('nobody is left with a window that there is no more, and who then may open any stands among the changes', () => {
  expect(readDraft(known, withWindow(withPerson(settled, 'chen.jie', [2, 3]), 2, []), []).arrangement?.assigned).toEqual([{ account: 'chen.jie', windows: [3] }]);
  const gone = withWindow(settled, 1, []);
  expect(differenceOf(known, settled, gone)).toEqual(['1 号窗口：撤掉', '王丽：1 号 → 任何窗口']);
  expect(readDraft(known, gone, []).arrangement?.assigned).toEqual([{ account: 'wang.li', windows: [] }]);
});

test.each<[string, Draft, number[], string]>([
  ['an open window is taken away', withWindow(settled, 2, []), [2], '2 号窗口还开着'],
  ['no window stays', { ...settled, windows: [] }, [], '至少留一个窗口'],
  ['a time has no day', { ...settled, hours: [{ days: [], from: '8:30', until: '12:00' }] }, [], '至少选一天'],
  ['a time ends before it begins', { ...settled, hours: [{ days: [1], from: '12:00', until: '8:30' }] }, [], '08:30'],
  ['a time is none', { ...settled, hours: [{ days: [1], from: '25:00', until: '26:00' }] }, [], '08:30'],
  ['a threshold is no number', { ...settled, alarms: { waitMinutes: '', waiting: '30' } }, [], '1 到 600'],
  ['it is too large to be agreed on', { ...settled, windows: Array.from({ length: 99 }, (_, index) => ({ number: index + 1, businesses: Array.from({ length: 23 }, (__, at) => `business-${at}`) })) }, [], '太长'],
])('is not saved when %s', (_, draft, inUse, words) => {
  const { arrangement, faults } = readDraft(known, draft, inUse);
  expect([arrangement, faults.length]).toEqual([null, 1]);
  expect(faults[0]).toContain(words);
});

test('a business that no window serves, and tickets all day long, are warned of', () => {
  const { arrangement } = readDraft(known, { ...withWindow(settled, 1, ['housing']), hours: [] }, []);
  expect(arrangement === null ? [] : warningsOf(known, arrangement)).toEqual([expect.stringContaining('社保'), expect.stringContaining('全天')]);
  expect(warningsOf(known, known.settings)).toEqual([]);
});

test('when somebody else arranges meanwhile, what was changed here is changed in what they made', () => {
  const mine = withPerson(withWindow(settled, 1, ['housing']), 'chen.jie', [3]);
  const theirs: Draft = { ...withPerson(withWindow(withWindow(settled, 2, ['registration']), 9, ['housing']), 'wang.li', [2]), hours: [], alarms: { waitMinutes: '10', waiting: '30' } };
  const both = rebased(settled, mine, theirs);
  expect(differenceOf(known, theirs, both)).toEqual(['1 号窗口：加 不动产，减 社保', '陈杰：任何窗口 → 3 号']);
  expect(differenceOf(known, settled, both)).toHaveLength(7);
  // Both changed window 1: it has what each of them gave it.
  const against = rebased(settled, mine, withWindow(settled, 1, ['registration']));
  expect(differenceOf(known, withWindow(settled, 1, ['registration']), against)[0]).toBe('1 号窗口：加 不动产');
  expect(rebased(settled, { ...settled, hours: [], alarms: { waitMinutes: '5', waiting: '6' } }, theirs)).toMatchObject({ hours: [], alarms: { waitMinutes: '5', waiting: '6' } });
});
