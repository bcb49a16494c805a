import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import { CaseId } from '../ids.ts';
import { commitmentText, deferralText, deferredUntil, promiseText } from './promises.ts';
import { stampNumber, stampText } from './stamp.ts';
import { materialTrust, pageTrust } from './trust.ts';

const business = packItem('business-registration');
const materialOf = (key: string) => business.materials.find((material) => material.key === key)!;
const shownText = '0'.repeat(64) as never;
const agreedAt = '2026-11-27T02:00:00.000Z';

describe('promises', () => {
  test('a commitment says for which paper, what is promised, what follows and by what right', () => {
    const { commitment } = materialOf('premises-village');
    const text = commitmentText(business, materialOf('premises-village'));
    for (const words of [business.name, '村（居）民委员会出具的场所证明', commitment!.words, commitment!.consequence, commitment!.basis]) expect(text).toContain(words);
    expect(commitmentText(business, materialOf('premises'))).toBeNull();
  });
  test('a deferral names its day in words, and what follows', () => {
    expect(deferralText(business, materialOf('premises'), '2026-12-07')).toContain('最晚在2026年12月7日补交');
    expect(deferralText(business, materialOf('premises-village'), '2026-12-07')).toBeNull();
    expect(deferredUntil('2026-11-27', materialOf('premises-village'))).toBeNull();
  });
  test('the last day is so many natural days away, over every month and year', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2025-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }), fc.integer({ min: 1, max: 90 }), (date, days) => {
      const today = date.toISOString().slice(0, 10);
      expect(deferredUntil(today, { deferrable: { days, consequence: '', basis: '' } })).toBe(addNaturalDays(today, days));
    }));
  });
  test('whoever has the item can make the words again', () => {
    expect(promiseText(business, { kind: 'deferral', key: 'premises', by: '2026-12-07', shownText, agreedAt })).toBe(deferralText(business, materialOf('premises'), '2026-12-07'));
    expect(promiseText(business, { kind: 'commitment', key: 'premises-village', shownText, agreedAt })).toBe(commitmentText(business, materialOf('premises-village')));
    expect(promiseText(business, { kind: 'commitment', key: 'nothing', shownText, agreedAt })).toBeNull();
  });
});

describe('trust', () => {
  test('what this machine copied is C, a file of one\'s own is D, and a material is as its weakest page', () => {
    expect((['camera', 'scanner', 'phone', 'stick'] as const).map((from) => pageTrust({ from }))).toEqual(['C', 'C', 'D', 'D']);
    expect(pageTrust({})).toBe('C');
    expect([materialTrust([{ from: 'camera' }, {}]), materialTrust([{ from: 'camera' }, { from: 'phone' }])]).toEqual(['C', 'D']);
  });
});

test('the stamp says for what, when and which case', () => {
  const id = CaseId.parse('01J5CASE000000000007K3MQ9T'.slice(0, 26));
  expect(stampNumber(id)).toBe(`${id.slice(18, 22)}-${id.slice(22)}`);
  expect(stampText({ itemName: '甲事项', id, at: Date.parse('2026-11-27T16:30:00.000Z') })).toBe(`仅用于《甲事项》申请 2026-11-28 编号${stampNumber(id)} 他用无效`);
});
