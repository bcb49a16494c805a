import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import water from '../../packs/xinchang/items/water-permit.json' with { type: 'json' };
import business from '../../packs/xinchang/items/business-registration.json' with { type: 'json' };
import type { FormValues } from '../action/payload.ts';
import { computeForm } from './computed.ts';
import { checkWords } from './cross-checks.ts';
import { checkForm, computedForm, visibleFields, withFollowing } from './form.ts';
import { askedSections, fieldAt, keptValue, placeOf, rowKey, rowsIn, withoutRow, withRow } from './rows.ts';
import { type Computation, type FormCheck, type FormField, type FormSection, Item, ItemForm } from './types.ts';
import { checkItem } from './validate.ts';

function field(name: string, widget: FormField['widget'] = 'number', more: Partial<FormField> = {}): FormField {
  return { name, label: name, help: '', example: '', widget, prefill: 'none', shownWhen: null, options: [], ...more };
}
/** A list of parts, each with a price and a count, before two dates and a total. */
function formOf(checks: FormCheck[] = [], computed: Computation = { kind: 'sum', of: ['cost'] }): ItemForm {
  const fields = [field('part', 'text'), field('price'), field('pieces'), field('cost', 'number', { computed: { kind: 'product', of: ['price', 'pieces'] } })];
  const rest = [field('from', 'date'), field('to', 'date'), field('total', computed.kind === 'join' ? 'text' : 'number', { computed })];
  const number = { type: 'number' };
  return ItemForm.parse({
    schema: { type: 'object', additionalProperties: false, properties: { part: { type: 'string' }, price: number, pieces: number, cost: number, from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' }, total: computed.kind === 'join' ? { type: 'string' } : number }, required: ['part'] },
    sections: [{ title: '零件', repeat: { title: '零件', least: 1, most: 4 }, fields }, { title: '其他', fields: rest }],
    ...(checks.length === 0 ? {} : { checks }),
  });
}
const section = formOf().sections[0] as FormSection;
const errorsOf = (form: ItemForm, values: FormValues) => {
  const checked = checkForm(form, values);
  return checked.ok ? {} : checked.error.errors;
};
const rule = (check: FormCheck['rule'], at: string[], when: FormCheck['when'] = []): FormCheck => ({ key: 'rule', rule: check, at, when, words: '这样不行，请检查。' });
const BROKEN = 'form.check.rule';

const rows = fc.array(fc.record({ part: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''), price: fc.integer({ min: 0, max: 9999 }), pieces: fc.integer({ min: 0, max: 99 }) }), { minLength: 1, maxLength: 4 });
const valuesOf = (all: readonly { part: string; price: number; pieces: number }[]): FormValues => Object.fromEntries(all.flatMap((row, at) => Object.entries(row).map(([name, value]) => [rowKey(name, at + 1), value])));

describe('rows', () => {
  test('keys and places are each other’s inverse', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,40}$/), fc.integer({ min: 1, max: 20 }), (name, row) => {
      expect(placeOf(rowKey(name, row))).toEqual({ name, row });
    }));
    expect(placeOf('part')).toEqual({ name: 'part', row: 0 });
    expect([fieldAt(formOf(), 'part-2')?.label, fieldAt(formOf(), 'part'), fieldAt(formOf(), 'from-1'), fieldAt(formOf(), 'part-02'), fieldAt(formOf(), 'part-21'), fieldAt(formOf(), 'total')?.label]).toEqual(['零件 2 · part', null, null, null, null, 'total']);
  });
  test('a row that goes leaves the others as they were, in their order', () => {
    fc.assert(fc.property(rows.filter(({ length }) => length > 1), fc.nat(), (all, pick) => {
      const at = pick % all.length;
      const left = { ...valuesOf(all), ...withoutRow(section, valuesOf(all), at + 1) };
      expect(Object.fromEntries(Object.entries(left).filter(([, value]) => value !== null))).toEqual(valuesOf(all.filter((_row, index) => index !== at)));
      expect(rowsIn(section, left)).toBe(all.length - 1);
    }));
  });
  test('a begun row is there while it is empty, and an emptied one stays', () => {
    const begun = { ...valuesOf([{ part: 'a', price: 1, pieces: 1 }]), ...withRow(section, { 'part-1': 'a' }) };
    expect([rowsIn(section, begun), errorsOf(formOf(), begun)]).toEqual([2, { 'part-2': 'form.error.required' }]);
    expect([keptValue('part-2', null), keptValue('part', null), keptValue('part-2', 'x')]).toEqual(['', null, 'x']);
  });
  test('no more than there may be, no fewer than there must be; more by hand are said', () => {
    const four = valuesOf(Array.from({ length: 4 }, (_, at) => ({ part: `p${at}`, price: 1, pieces: 1 })));
    expect([withRow(section, four), withoutRow(section, valuesOf([]), 1), withoutRow(section, four, 5)]).toEqual([null, null, null]);
    expect(errorsOf(formOf(), { ...four, 'part-5': 'x' })).toEqual({ 'part-5': 'form.error.too-many-rows' });
  });
  test('a condition of a row looks at its own row', () => {
    const form = formOf();
    const [one, two] = [field('kind', 'yes-no'), field('why', 'text', { shownWhen: { field: 'kind', in: [true] } })];
    const own: ItemForm = { ...form, sections: [{ ...section, fields: [one, two] }] };
    expect(visibleFields(own, { 'kind-1': true, 'kind-2': false }).map(({ name }) => name)).toEqual(['kind-1', 'why-1', 'kind-2']);
    const none: ItemForm = { ...form, sections: [{ ...section, repeat: { title: '零件', least: 0, most: 2 } }] };
    expect(askedSections(none, {}).map(({ groups }) => groups)).toEqual([[]]);
  });
});

describe('what follows from other answers', () => {
  test('products of rows, and their sum, whatever was sent in their place', () => {
    fc.assert(fc.property(rows, (all) => {
      const sum = all.reduce((so, { price, pieces }) => so + price * pieces, 0);
      const checked = checkForm(formOf(), { ...valuesOf(all), 'cost-1': 7, total: 7 });
      expect(checked).toMatchObject({ ok: true, value: { 'cost-1': (all[0]?.price ?? 0) * (all[0]?.pieces ?? 0), total: sum } });
    }));
  });
  test.each<[Computation, FormValues, unknown]>([
    [{ kind: 'sum', of: ['price'] }, {}, undefined],
    [{ kind: 'sum', of: ['price'] }, { 'price-1': '0.1', 'price-2': '0.2' }, 0.3],
    [{ kind: 'count', of: 'part' }, { 'part-1': 'a', 'part-2': 'b', 'part-3': '' }, 2],
    [{ kind: 'days', from: 'from', to: 'to' }, { from: '2024-02-28', to: '2024-03-01' }, 2],
    [{ kind: 'days', from: 'from', to: 'to' }, { from: '2024-03-01', to: '2024-02-28' }, -2],
    [{ kind: 'years', from: 'from', to: 'to' }, { from: '2004-02-29', to: '2026-02-28' }, 21],
    [{ kind: 'years', from: 'from', to: 'to' }, { from: '2004-02-29' }, undefined],
    [{ kind: 'join', of: ['part', 'from'], between: '、' }, { 'part-1': '甲', 'part-2': '乙', from: '2024-03-01' }, '甲、乙、2024-03-01'],
  ])('%j of %j is %j', (computed, values, wanted) => {
    const form = formOf([], computed);
    expect(computedForm(form, values)['total'] ?? undefined).toBe(wanted);
  });
  test('what is hidden does not count, and a correction takes what follows along', () => {
    const form = formOf([], { kind: 'sum', of: ['price'] });
    expect(computeForm(form, { 'price-1': 2, total: 9 })['total']).toBe(2);
    expect(withFollowing(formOf(), { 'part-1': 'a', 'price-1': 2, 'pieces-1': 3, 'cost-1': 6, total: 6 }, { 'pieces-1': 5 })).toEqual({ 'pieces-1': 5, 'cost-1': 10, total: 10 });
    expect(withFollowing(formOf(), { 'part-1': 'a', 'price-1': 2, 'pieces-1': 3, 'cost-1': 6, total: 6 }, { 'part-1': 'b' })).toEqual({ 'part-1': 'b' });
  });
});

describe('rules over several fields', () => {
  const base = { 'part-1': 'a' };
  test('dates, numbers and constants, for every way to compare', () => {
    const results = { less: [true, false, false], 'at-most': [true, true, false], equal: [false, true, false], different: [true, false, true], 'at-least': [false, true, true], more: [false, false, true] } as const;
    fc.assert(fc.property(fc.constantFrom(...(Object.keys(results) as (keyof typeof results)[])), fc.integer({ min: -50, max: 50 }), (is, days) => {
      const form = formOf([rule({ kind: 'compare', left: 'from', is, right: { field: 'to' } }, ['to'])]);
      const day = (number: number) => new Date(Date.UTC(2026, 5, 15) + number * 86_400_000).toISOString().slice(0, 10);
      expect(errorsOf(form, { ...base, from: day(days), to: day(0) })).toEqual(results[is][Math.sign(days) + 1] ? {} : { to: BROKEN });
    }));
    const form = formOf([rule({ kind: 'compare', left: 'price', is: 'at-least', right: { value: 10 } }, ['price'])]);
    expect(errorsOf(form, { 'part-1': 'a', 'price-1': 10, 'part-2': 'b', 'price-2': 9 })).toEqual({ 'price-2': BROKEN });
  });
  test('what is missing, or wrong by itself, breaks no rule', () => {
    const form = formOf([rule({ kind: 'compare', left: 'from', is: 'less', right: { field: 'to' } }, ['from', 'to'])]);
    expect(errorsOf(form, { ...base, to: '2026-01-01' })).toEqual({});
    expect(errorsOf(form, { ...base, from: 'x', to: '2026-01-01' })).toEqual({ from: 'form.error.date' });
  });
  test('a sum over all rows, said at the last of them', () => {
    const form = formOf([rule({ kind: 'total', of: ['price'], is: 'equal', right: { value: 100 } }, ['price'])]);
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 }), (shares) => {
      const values = Object.fromEntries(shares.flatMap((share, at) => [[rowKey('part', at + 1), `p${at}`], [rowKey('price', at + 1), share]]));
      expect(errorsOf(form, values)).toEqual(shares.reduce((sum, share) => sum + share, 0) === 100 ? {} : { [rowKey('price', shares.length)]: BROKEN });
    }));
    expect(errorsOf(form, { 'part-1': 'a', 'price-1': 33.3, 'part-2': 'b', 'price-2': 33.3, 'part-3': 'c', 'price-3': 33.4 })).toEqual({});
  });
  test('one of several, nobody twice, and only while its condition holds', () => {
    expect(errorsOf(formOf([rule({ kind: 'some', of: ['from', 'to'] }, ['from'])]), base)).toEqual({ from: BROKEN });
    expect(errorsOf(formOf([rule({ kind: 'some', of: ['from', 'to'] }, ['from'])]), { ...base, to: '2026-01-01' })).toEqual({});
    expect(errorsOf(formOf([rule({ kind: 'distinct', of: 'part' }, ['part'])]), { 'part-1': 'a', 'part-2': 'b', 'part-3': 'a' })).toEqual({ 'part-3': BROKEN });
    expect(errorsOf(formOf([rule({ kind: 'some', of: ['from', 'to'] }, ['from'], [{ field: 'part', in: ['b'] }])]), base)).toEqual({});
  });
  test('the words are the item’s own', () => {
    const form = formOf([rule({ kind: 'some', of: ['from', 'to'] }, ['from'])]);
    expect([checkWords(form, BROKEN), checkWords(form, 'form.error.required'), checkWords(form, 'form.check.other')]).toEqual(['这样不行，请检查。', null, null]);
  });
});

describe('forms of the county', () => {
  const shop = Item.parse(business);
  const permit = Item.parse(water);
  test('shares that are no whole, and the same person twice', () => {
    const members = { formation: 'family', 'memberName-1': '王样本', 'memberShare-1': '60', 'memberName-2': '王样本', 'memberShare-2': '30' };
    const errors = errorsOf(shop.form, members);
    expect([errors['memberShare-2'], errors['memberName-2'], errors['memberName-1']]).toEqual(['form.check.shares-whole', 'form.check.members-once', undefined]);
    expect(visibleFields(shop.form, { ...members, formation: 'personal' }).some(({ name }) => name.startsWith('member'))).toBe(false);
  });
  test('pumps that cannot give so much', () => {
    const pumps = { means: 'pump', 'pumpPower-1': 7.5, 'pumpFlow-1': 50, 'pumpHours-1': 100, 'pumpPower-2': 3, 'pumpFlow-2': 20, 'pumpHours-2': 50, startsOn: '2027-03-01', endsOn: '2027-03-01' };
    expect(computedForm(permit.form, pumps)).toMatchObject({ 'pumpYear-1': 5000, 'pumpYear-2': 1000, pumpTotal: 6000, termDays: 0 });
    expect([errorsOf(permit.form, { ...pumps, amount: 6001 })['amount'], errorsOf(permit.form, { ...pumps, amount: 6000 })['amount'], errorsOf(permit.form, { ...pumps, means: 'gravity', amount: 6001 })['amount']]).toEqual(['form.check.pumps-suffice', undefined, undefined]);
    expect(errorsOf(permit.form, pumps)['endsOn']).toBe('form.check.ends-after-start');
  });
  test.each<[string, (form: ItemForm) => unknown, string]>([
    ['a computed field that is demanded', (form) => ({ ...form, schema: { ...form.schema, required: [...(form.schema['required'] as string[]), 'termDays'] } }), 'computed-wrong'],
    ['an operand that stands behind', (form) => changed(form, 'termDays', { computed: { kind: 'difference', of: ['amount', 'termDays'] } }), 'computed-wrong'],
    ['one value of many rows', (form) => changed(form, 'termDays', { computed: { kind: 'product', of: ['pumpFlow', 'amount'] } }), 'computed-wrong'],
    ['a row without a first field that must be', (form) => ({ ...form, schema: { ...form.schema, required: (form.schema['required'] as string[]).filter((name) => name !== 'pumpPower') } }), 'repeat-wrong'],
    ['a rule on a field that is not there', (form) => ({ ...form, checks: [rule({ kind: 'some', of: ['amount', 'nothing'] }, ['amount'])] }), 'check-unknown'],
    ['a date against a number', (form) => ({ ...form, checks: [rule({ kind: 'compare', left: 'startsOn', is: 'less', right: { field: 'amount' } }, ['amount'])] }), 'check-kinds'],
    ['texts by size', (form) => ({ ...form, checks: [rule({ kind: 'compare', left: 'place', is: 'less', right: { field: 'returnPlace' } }, ['place'])] }), 'check-kinds'],
    ['distinct of what is there once', (form) => ({ ...form, checks: [rule({ kind: 'distinct', of: 'place' }, ['place'])] }), 'check-kinds'],
  ])('%s may not be published', (_name, change, kind) => {
    const checked = checkItem({ ...permit, form: change(permit.form) });
    expect(checked.ok ? [] : checked.error.faults.map((fault) => fault.kind)).toContain(kind);
  });
  function changed(form: ItemForm, name: string, more: Partial<FormField>): unknown {
    return { ...form, sections: form.sections.map((one) => ({ ...one, fields: one.fields.map((own) => (own.name === name ? { ...own, ...more } : own)) })) };
  }
});
