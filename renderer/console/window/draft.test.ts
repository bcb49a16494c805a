import { describe, expect, test } from 'vitest';
import { Hash } from '../../../domain/ids.ts';
import { elderCard } from '../../../test/screens/console/cases.ts';
import { type Draft, handInOf, newDraft, SIGNED } from './draft.ts';

const hash = Hash.parse('a'.repeat(64));
const page = { key: 1, name: '', picture: '', hash, fault: '' };
const whole: Draft = {
  ...newDraft(Date.UTC(2026, 10, 23), new Uint8Array(10)), itemCode: elderCard.code, number: '330624196603010011', name: ' 张月仙 ', phone: '13800001234',
  form: { town: '330624001', address: '大市聚村 8 号', localHousehold: true, phone: '13800001234', emergencyName: '张小明', emergencyRelation: 'child', emergencyPhone: '13900001234' }, scans: { [SIGNED]: [page], 'household-or-id': [page] },
};

describe('what is typed and scanned at a window', () => {
  test('is a hand-in when nothing lacks; late times are China\'s', () => {
    const made = handInOf({ ...whole, late: { paper: 'YJ-1', happenedAt: '2026-11-19T10:30', outage: '停电' } }, elderCard);
    expect(made).toMatchObject({ ok: true, value: { applicant: { name: '张月仙', birth: null }, materials: [{ key: 'household-or-id', trust: 'B', pages: [hash] }], signed: hash, late: { happenedAt: '2026-11-19T02:30:00.000Z' } } });
  });
  test.each([
    ['.number', { number: '330624196603010012' }], ['.name', { name: ' ' }], ['emergencyPhone', { form: { ...whole.form, emergencyPhone: '1' } }], [SIGNED, { scans: {} }],
    ['.scans', { scans: { ...whole.scans, 'household-or-id': [{ ...page, hash: null }] } }], ['.late', { late: { paper: '', happenedAt: '', outage: '' } }],
  ] as const)('%s is told when it is wrong', (name, change) => {
    const made = handInOf({ ...whole, ...change } as Draft, elderCard);
    expect(made.ok ? [] : Object.keys(made.error.wrongs)).toEqual([name]);
  });
  test('a page that did not arrive is left out and does not hold the rest up', () => {
    expect(handInOf({ ...whole, scans: { ...whole.scans, 'household-or-id': [{ ...page, hash: null, fault: 'away' }] } }, elderCard)).toMatchObject({ ok: true, value: { materials: [] } });
  });
});
