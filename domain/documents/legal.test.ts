import { expect, test } from 'vitest';
import { mod11Check } from '../numbers/check/mod-11-2.ts';
import { DenialDecision, LITIGATION_MONTHS, RECONSIDERATION_DAYS } from './legal.ts';
import { PaperDocument } from './types.ts';

const denial: DenialDecision = {
  kind: 'denial-decision',
  hall: '示例县政务服务中心',
  department: '示例县水利局',
  item: '取水许可（新办）',
  itemCode: '11330624MB0327169902000119003',
  power: 'licence',
  paperNumber: '示水许不准〔2026〕403号',
  number: '3306242611230000403',
  person: '欧＊＊',
  maskedNumber: '3****************7',
  date: '2026-12-14',
  basis: [{ law: '《中华人民共和国行政许可法》', article: '第三十八条第二款' }],
  token: 'JB-01JBXQ5Z-6W3N8V-2K7M4T-9R0ABC',
  actionHash: '0'.repeat(64),
  place: { name: '二楼水利窗口', address: '示例县湖路1号', hours: '' },
  phone: '0575-00000000',
  complaintPhone: '12345',
  acceptedOn: '2026-11-25',
  reason: '取水总量已达到控制指标。',
  remedies: { reconsideration: { authority: '示例县人民政府', days: RECONSIDERATION_DAYS, first: false }, litigation: { court: '示例县人民法院', within: LITIGATION_MONTHS, unit: 'months' } },
};
/** Nobody's: the sequence 000 is never given out. */
const identity = `33062419510305000${mod11Check('33062419510305000')}`;
const valid = (document: unknown) => PaperDocument.safeParse(document).success;

test('a denial is a paper, in any look', () => {
  expect(PaperDocument.parse(denial)).toEqual(denial);
  expect(valid({ ...denial, look: { text: 'large', languages: 'zh-en' } })).toBe(true);
  expect(valid({ ...denial, look: { text: 'huge', languages: 'zh' } })).toBe(false);
});

test('no full identity number gets onto a paper', () => {
  expect(valid({ ...denial, person: '欧阳漹' })).toBe(false);
  expect(valid({ ...denial, maskedNumber: identity })).toBe(false);
  expect(valid({ ...denial, reason: `申请人${identity}不符合条件。` })).toBe(false);
  expect(valid({ ...denial, reason: `申请人${identity.toLowerCase()}不符合条件。` })).toBe(false);
});

test('other long numbers may stand in a reason', () => {
  const unlike = `${identity.slice(0, 17)}${identity.endsWith('X') ? '1' : 'X'}`;
  expect(valid({ ...denial, reason: `编号${unlike}、${identity}0、11330624MB0327169902000119003。` })).toBe(true);
});

test('a denial has its reasons, and no shorter time for reconsideration than the law gives', () => {
  expect(valid({ ...denial, reason: '' })).toBe(false);
  const { remedies, ...without } = denial;
  expect(valid(without)).toBe(false);
  expect(valid({ ...denial, remedies: { ...remedies, reconsideration: { ...remedies.reconsideration, days: 15 } } })).toBe(false);
});

test('what is not a fact of the paper is refused', () => {
  expect(valid({ ...denial, mobile: '13800000000' })).toBe(false);
});
