import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import business from '../../packs/xinchang/items/business-registration.json' with { type: 'json' };
import elder from '../../packs/xinchang/items/elder-card.json' with { type: 'json' };
import water from '../../packs/xinchang/items/water-permit.json' with { type: 'json' };
import type { FormValues } from '../action/payload.ts';
import { CardHolder } from '../identity/card-holder.ts';
import { checkForm, FIELD_KEYWORDS, fieldsOf, FORM_ERRORS, legalName, prefill, requiredNames, visibleFields } from './form.ts';
import { type FormField, Item, type ItemForm } from './types.ts';

const form = { elder: Item.parse(elder).form, business: Item.parse(business).form, water: Item.parse(water).form };

const resident = CardHolder.parse({ card: 'resident', name: '张测试', sex: 'male', birth: '1951-03-02', number: '330624195103020016', validFrom: '2010-01-01', validTo: null, ethnicity: '01', address: '浙江省新昌县沃洲镇样板村1号', authority: '新昌县公安局' });
const foreigner = CardHolder.parse({ card: 'foreigner-2023', name: '', sex: 'unstated', birth: '1985-01-01', number: '932682198501010017', validFrom: '2024-01-01', validTo: '2034-01-01', englishName: 'SAMPLE, TEST', nationality: 'SAU', reissues: '00', formerNumberLink: '011' });

const filled: FormValues = {
  town: '330624112', address: '浙江省新昌县沃洲镇样板村1号', localHousehold: true,
  phone: '138 0000 1234', emergencyName: '李样本', emergencyRelation: 'child', emergencyPhone: '0575-86001234',
};

/** A form of one field, to try one widget. */
function formOf(field: Partial<FormField>, schema: Record<string, unknown>, required = true): ItemForm {
  const whole: FormField = { name: 'one', label: '一', help: '', example: '', widget: 'text', prefill: 'none', shownWhen: null, options: [], ...field };
  return { schema: { type: 'object', additionalProperties: false, properties: { one: schema }, required: required ? ['one'] : [] }, sections: [{ title: '一', fields: [whole] }] };
}
function errorOf(widget: FormField['widget'], value: FormValues[string], schema: Record<string, unknown> = { type: 'string' }, options: FormField['options'] = []): string {
  const answer = checkForm(formOf({ widget, options }, schema), { one: value });
  return answer.ok ? 'ok' : (answer.error.errors['one'] ?? '');
}

describe('what is shown', () => {
  test('a conditional field comes and goes with its cause', () => {
    const names = (values: FormValues) => visibleFields(form.elder, values).map(({ name }) => name);
    expect(names({})).not.toContain('householdPlace');
    expect(names({ localHousehold: true })).not.toContain('householdPlace');
    expect(names({ localHousehold: false })).toContain('householdPlace');
    expect(visibleFields(form.business, { premisesRight: 'lent' }).map(({ name }) => name)).toContain('landlord');
  });
  test('what hangs on a hidden field is hidden, though its cause holds an old value', () => {
    const [first, second, third] = ['a', 'b', 'c'].map((name) => formOf({ name }, {}).sections[0]?.fields[0]);
    if (first === undefined || second === undefined || third === undefined) return expect.unreachable();
    const chain: ItemForm = { schema: {}, sections: [{ title: '一', fields: [first, { ...second, shownWhen: { field: 'a', in: ['yes'] } }, { ...third, shownWhen: { field: 'b', in: ['yes'] } }] }] };
    expect(visibleFields(chain, { a: 'no', b: 'yes' }).map(({ name }) => name)).toEqual(['a']);
    expect(visibleFields(chain, { a: 'yes', b: 'yes' }).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('first values from the card', () => {
  test('a resident', () => {
    expect(prefill(form.elder, resident)).toEqual({ values: { address: '浙江省新昌县沃洲镇样板村1号' }, sources: { address: 'card-address' } });
    expect(prefill(form.water, resident)).toEqual({ values: { unitName: '张测试' }, sources: { unitName: 'card-name' } });
  });
  test('a foreigner has no address and maybe no Chinese name', () => {
    expect(prefill(form.elder, foreigner)).toEqual({ values: {}, sources: {} });
    expect(legalName(foreigner)).toBe('SAMPLE, TEST');
    expect(prefill(formOf({ prefill: 'card-sex' }, {}), foreigner).values).toEqual({});
  });
  test.each([['card-number', '330624195103020016'], ['card-birth', '1951-03-02'], ['card-sex', 'male']] as const)('%s', (source, value) => {
    expect(prefill(formOf({ prefill: source }, {}), resident)).toEqual({ values: { one: value }, sources: { one: source } });
  });
});

describe('checking', () => {
  test('what is handed in is in its normal spelling and holds nothing hidden or empty', () => {
    expect(checkForm(form.elder, { ...filled, householdPlace: '嵊州市黄泽镇', stray: 'x' })).toEqual({ ok: true, value: { ...filled, phone: '13800001234', emergencyPhone: '057586001234' } });
  });
  test('a hidden field is not required; a shown one is', () => {
    expect(checkForm(form.elder, filled).ok).toBe(true);
    expect(checkForm(form.elder, { ...filled, localHousehold: false })).toEqual({ ok: false, error: { kind: 'form-errors', errors: { householdPlace: 'form.error.required' } } });
    expect(checkForm(form.elder, { ...filled, localHousehold: false, householdPlace: '  ' })).toMatchObject({ error: { errors: { householdPlace: 'form.error.required' } } });
  });
  test('an empty form: every shown required field, and no other', () => {
    const answer = checkForm(form.water, {});
    if (answer.ok) return expect.unreachable();
    const required = requiredNames(form.water);
    expect(Object.keys(answer.error.errors).sort()).toEqual(visibleFields(form.water, {}).map(({ name }) => name).filter((name) => required.has(name)).sort());
    expect(new Set(Object.values(answer.error.errors))).toEqual(new Set(['form.error.required']));
  });
  test('an optional field may stay empty but not be wrong', () => {
    expect(checkForm(formOf({ widget: 'phone' }, { type: 'string' }, false), { one: '' })).toEqual({ ok: true, value: {} });
    expect(checkForm(formOf({ widget: 'phone' }, { type: 'string' }, false), { one: '123' }).ok).toBe(false);
  });
  test.each([
    ['citizen-id', '330624195103020016', 'ok'], ['citizen-id', '330624195103020010', 'form.error.citizen-id'], ['citizen-id', '932682198501010017', 'ok'],
    ['credit-code', '1133062400260000xr', 'ok'], ['credit-code', '1133062400260000XQ', 'form.error.credit-code'],
    ['phone', '13800001234', 'ok'], ['phone', '1380000123', 'form.error.phone'],
    ['date', '2026-02-28', 'ok'], ['date', '2026-02-30', 'form.error.date'], ['date', '今天', 'form.error.date'],
    ['text', '张', 'ok'], ['text', 7, 'form.error.type'], ['long-text', true, 'form.error.type'],
    ['choice', 'a', 'form.error.choice'], ['town', '330624112', 'form.error.choice'], ['yes-no', 'yes', 'form.error.choice'],
  ] as const)('%s %s: %s', (widget, value, error) => {
    expect(errorOf(widget, value)).toBe(error);
  });
  test.each([
    ['number', '12', 'ok'], ['number', '１２', 'ok'], ['number', '12.5', 'form.error.type'], ['number', '十二', 'form.error.number'], ['number', '0', 'form.error.too-small'], ['number', '501', 'form.error.too-large'], ['number', '-1', 'form.error.too-small'],
  ] as const)('whole number from 1 to 500: %s %s %s', (widget, value, error) => {
    expect(errorOf(widget, value, { type: 'integer', minimum: 1, maximum: 500 })).toBe(error);
  });
  test.each([['5', 'ok'], ['5.25', 'ok'], ['0.1', 'ok'], ['5.255', 'form.error.money'], ['-5', 'form.error.money'], ['五', 'form.error.money']])('money %s: %s', (value, error) => {
    expect(errorOf('money', value, { type: 'number' })).toBe(error);
  });
  test('lengths count characters, not code units; patterns and choices of the schema hold', () => {
    expect(errorOf('text', '𠮷', { type: 'string', minLength: 2 })).toBe('form.error.too-short');
    expect(errorOf('text', '𠮷𠮷', { type: 'string', maxLength: 2 })).toBe('ok');
    expect(errorOf('text', '𠮷𠮷𠮷', { type: 'string', maxLength: 2 })).toBe('form.error.too-long');
    expect(errorOf('text', 'b', { type: 'string', pattern: '^a' })).toBe('form.error.pattern');
    expect(errorOf('choice', 'b', { type: 'string', enum: ['a'] }, [{ value: 'a', label: '甲' }, { value: 'b', label: '乙' }])).toBe('form.error.choice');
    expect(errorOf('text', 'b', { type: 'string', not: {} })).toBe('form.error.schema');
  });
  test('every reason a keyword gives has a text key', () => {
    for (const error of Object.values(FIELD_KEYWORDS)) expect(FORM_ERRORS).toContain(error);
  });
  test('a name is never rewritten', () => {
    const name = '阿依古丽•\uF9D0𠮷';
    expect(checkForm(formOf({}, { type: 'string' }), { one: ` ${name} ` })).toEqual({ ok: true, value: { one: name } });
  });
  test('whatever is typed: never throws, errors only on shown fields, what passes passes again unchanged', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom('unit', 'pump', '330624112', 'river', '13800001234'));
    const names = fieldsOf(form.water).flatMap(({ name }) => [name, `${name}-1`, `${name}-3`]);
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), value), (values) => {
      const answer = checkForm(form.water, values);
      const shown = visibleFields(form.water, values).map(({ name }) => name);
      if (answer.ok) expect(checkForm(form.water, answer.value)).toEqual(answer);
      else expect(Object.keys(answer.error.errors).every((name) => shown.includes(name) && answer.error.errors[name] !== undefined)).toBe(true);
    }), { numRuns: 200 });
    const right: FormValues = { applicantKind: 'unit', unitName: '样本合作社', creditCode: '93330624ma0te5t08q', phone: '13800001234', source: 'river', town: '330624112', place: '样板溪右岸', means: 'pump', 'pumpPower-1': '7.5', 'pumpFlow-1': '50', 'pumpHours-1': '120', amount: '6000', use: 'irrigation', returnPlace: '无', startsOn: '2027-03-01', endsOn: '2027-03-31' };
    const once = checkForm(form.water, right);
    expect(once).toEqual({ ok: true, value: { ...right, creditCode: '93330624MA0TE5T08Q', 'pumpPower-1': 7.5, 'pumpFlow-1': 50, 'pumpHours-1': 120, 'pumpYear-1': 6000, pumpTotal: 6000, termDays: 30, amount: 6000 } });
    expect(once.ok && checkForm(form.water, once.value)).toEqual(once);
  });
});

test('an address: a town alone is half of one, elsewhere is as good as here', () => {
  const options = [{ value: '浙江省绍兴市新昌县沃洲镇', label: '沃洲镇' }];
  expect(['浙江省绍兴市新昌县沃洲镇', '浙江省绍兴市新昌县沃洲镇大市聚村12号', '江西省南昌市东湖区1号'].map((value) => errorOf('address', value, { type: 'string' }, options))).toEqual(['form.error.too-short', 'ok', 'ok']);
});
