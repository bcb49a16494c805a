import { describe, expect, test } from 'vitest';
import type { OpenedSlip } from '../../../domain/contracts/window.ts';
import { elderCard } from '../../../test/screens/console/cases.ts';
import { type Draft, newDraft } from './draft.ts';
import { answerWords, fromSlip, itemOfSlip, looksLikeSlip, scannedText, slipFault, slipLacks, whoWords, withSlip } from './slip.ts';

const CARD = '330624195103020016';
const PRINCIPAL = '330624196603010011';
const text = `JBK1:${'A0$ %*+-/:'.repeat(8)}.`;
const opened: OpenedSlip = { item: { code: elderCard.code, version: elderCard.version }, answers: { age: 'yes', why: 'damaged', household: 'yes' }, who: { way: 'self', values: {} }, form: { emergencyName: '李样本', localHousehold: true }, lost: [] };
const empty = newDraft(Date.UTC(2026, 10, 23), new Uint8Array(10));
const draft = (change: Partial<Draft>): Draft => ({ ...empty, ...change });

describe('what a scanner types', () => {
  test('is a slip, whatever the keyboard made of it', () => {
    for (const typed of [text, ` ${text.toLowerCase()}\r\n`, text.replaceAll('.', '。').replaceAll('$', '￥').replaceAll(':', '：').replaceAll('%', '％').replaceAll(' ', '　')]) expect(scannedText(typed)).toBe(text);
    expect([looksLikeSlip(text), looksLikeSlip('JB-01J5CASE0-000000'), looksLikeSlip(text.slice(0, -1)), looksLikeSlip('JBK1:A.')]).toEqual([true, false, false, false]);
  });
  test('lacks one thing after the other', () => {
    const whole = { text, card: CARD, code: '304958' };
    expect([slipLacks(whole), slipLacks({ ...whole, text: '' }), slipLacks({ ...whole, card: '330624195103020017' }), slipLacks({ ...whole, code: '30495' })]).toEqual([null, 'text', 'card', 'code']);
  });
});

describe('a slip in a draft', () => {
  test('goes before what was known, leaves what the clerk typed beside it, and marks its own until that is changed', () => {
    const before = draft({ itemCode: elderCard.code, number: CARD, name: '张测试', form: { emergencyName: '旧', address: '大市聚村 8 号' }, known: '已按办件填好' });
    const after = { ...before, ...withSlip(before, opened, CARD) };
    expect(after).toMatchObject({ number: CARD, name: '张测试', known: '已按办件填好', form: { emergencyName: '李样本', localHousehold: true, address: '大市聚村 8 号' } });
    expect([[...fromSlip(after.slip, after.form)], [...fromSlip(after.slip, { ...after.form, emergencyName: '李样品' })], [...fromSlip(null, after.form)]]).toEqual([['emergencyName', 'localHousehold'], ['localHousehold'], []]);
    // Of another item nothing stays, and somebody else who is typed already is not put aside.
    const other = draft({ itemCode: 'another', number: PRINCIPAL, form: { phone: '1' } });
    expect(withSlip(other, opened, CARD)).toMatchObject({ itemCode: elderCard.code, number: PRINCIPAL, form: opened.form });
    expect(withSlip(empty, opened, CARD).number).toBe(CARD);
  });
  test('of somebody who acts for another fills that person in, and nothing of its holder stays', () => {
    const acting: OpenedSlip = { ...opened, who: { way: 'agent', values: { name: '王委托', number: PRINCIPAL } } };
    const before = draft({ itemCode: elderCard.code, number: CARD, name: '张测试', address: '样板村 1 号', phone: '13800001234', form: { address: '大市聚村 8 号' }, known: '已按办件填好' });
    expect(withSlip(before, acting, CARD)).toMatchObject({ number: PRINCIPAL, name: '王委托', address: '', phone: '', known: '', form: opened.form });
    expect(withSlip(before, acting, CARD).form).not.toHaveProperty('address');
    expect(withSlip(draft({ number: PRINCIPAL, name: '王委托先生' }), acting, CARD)).not.toHaveProperty('name');
    const slip = { ...acting };
    expect([whoWords(slip), whoWords(opened)]).toEqual([['替别人办（受委托）', '姓名 王委托', `证件号码 ${PRINCIPAL}`], []]);
  });
  test('says what was answered, and asks for the papers of that situation', () => {
    expect(answerWords(opened, elderCard)).toContain('您为什么来办？ 证坏了，要换');
    const required = (slip: OpenedSlip | null) => itemOfSlip(elderCard, slip).materials.filter((material) => material.required).map(({ key }) => key);
    expect([required(null), required(opened).length, itemOfSlip(elderCard, opened).materials.some(({ key }) => key === 'authority'), required({ ...opened, who: { way: 'agent', values: {} } }).includes('authority')]).toEqual([['household-or-id'], 2, false, true]);
  });
  test('that does not open says how many tries are left, and until when to wait', () => {
    const until = '2026-11-23T01:45:00.000Z';
    const now = Date.UTC(2026, 10, 23, 1, 30);
    expect(slipFault({ kind: 'wrong-code', left: 3, until: null }, now)).toContain('3 次');
    for (const error of [{ kind: 'wrong-code', left: 0, until }, { kind: 'locked', until }] as const) expect(slipFault(error, now)).toContain('09:45');
    expect(slipFault({ kind: 'slip-expired' }, now)).toContain('过期');
  });
});
