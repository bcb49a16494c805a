import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkItem } from '../../../domain/item/validate.ts';
import { ITEM_ELEMENTS, ITEM_LISTS } from '../../../domain/item/elements.ts';
import { packItem } from '../../../test/fixtures/hall.ts';
import { entriesOf, findingsByPlace, moved, newEntry, placeOf, reasonFor, setElement, withEntries, withReason, withValue } from './editing.ts';
import { addField, addSection, moveField, removeField, rowsOf, sectionsOf, withField } from './form-editing.ts';

const elder = packItem('elder-card');
const element = (path: string) => ITEM_ELEMENTS.find((one) => one.path.join('.') === path) as (typeof ITEM_ELEMENTS)[number];
const set = (text: Record<string, unknown>, path: string, value: unknown) => setElement(text, ITEM_ELEMENTS, element(path), value);
const materials = ITEM_LISTS.find(({ path }) => path.join('.') === 'materials') as (typeof ITEM_LISTS)[number];

describe('elements', () => {
  test('are set in place and leave everything else as it was', () => {
    expect(set(elder, 'promised.days', 3)).toEqual({ ...elder, promised: { ...elder.promised, days: 3 } });
    fc.assert(fc.property(fc.constantFrom(...ITEM_ELEMENTS.filter(({ kind, optional }) => kind === 'text' && !optional)), fc.string(), (one, words) => {
      expect(Object.keys(setElement(elder, ITEM_ELEMENTS, one, words))).toEqual(Object.keys(elder));
    }));
  });

  test('of a group come and go together; an optional one that is emptied is absent', () => {
    const { services: _services, ...bare } = elder;
    const begun = set(bare, 'services.express', true);
    expect(begun['services']).toEqual({ appointment: false, express: true, payOnline: false, terminal: false, hall: false });
    expect(set(begun, 'services.express', undefined)).not.toHaveProperty('services');
    const noted = set(set(bare, 'quantityLimit.note', '每年 10 户'), 'quantityLimit.limited', true);
    expect(noted['quantityLimit']).toEqual({ limited: true, note: '每年 10 户' });
    expect(set({ ...elder, online: { ...elder.online, url: 'https://x.example' } }, 'online.url', '')['online']).not.toHaveProperty('url');
  });

  test('of something that is no object at all can be set, too', () => {
    expect(withValue({ body: 'nonsense' }, ['body', 'name'], '民政局')).toEqual({ body: { name: '民政局' } });
    expect(entriesOf({ materials: [1, null, { key: 'a' }] }, materials)).toEqual([{}, {}, { key: 'a' }]);
  });
});

describe('entries', () => {
  test('are added with a key of their own, moved, and taken away', () => {
    const entries = entriesOf(elder, materials);
    const added = newEntry(materials, [...entries, { key: 'material-2' }], 'material-');
    expect(added['key']).not.toBe('material-2');
    expect(checkItem({ ...elder, materials: [...elder.materials, { ...added, name: '照片', issuer: '本人', acceptance: '清楚', condition: '补办时', copies: 1 }] }).ok).toBe(true);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a'], 0, -1)).toEqual(['a']);
    const agencies = ITEM_LISTS.find(({ path }) => path.join('.') === 'agencies') as (typeof ITEM_LISTS)[number];
    expect(withEntries({ ...elder, agencies: [] }, agencies, [])).not.toHaveProperty('agencies');
  });
});

describe('findings', () => {
  test('are told at what they are about: an element, an entry by key or number, a field, the form', () => {
    const key = elder.materials[0]?.key ?? '';
    expect(['promised.days', `materials.${key}.issuer`, 'materials.0.name', 'materials', 'form.phone', 'form.schema.x', 'legalBasis.1', 'conditions.0', 'place', 'nowhere'].map((path) => placeOf(elder, path))).toEqual([
      'el-promised.days', 'el-materials.0', 'el-materials.0', 'el-materials', 'field-phone', 'section-form', 'el-legalBasis.1', 'el-conditions', 'el-place.name', 'section-basics',
    ]);
    const finding = { kind: 'vague-words', path: 'summary', severity: 'needs-reason' as const, words: '', answered: false };
    expect(findingsByPlace(elder, [finding]).get('el-summary')).toEqual([finding]);
    const answered = withReason(elder, finding, '法律原文如此');
    expect([reasonFor(answered, finding), reasonFor(elder, finding), withReason(answered, finding, '')['reasons']]).toEqual(['法律原文如此', '', elder.reasons]);
  });
});

describe('the form as a table', () => {
  const row = (text: Record<string, unknown>, name: string) => rowsOf(text).find(({ field }) => field['name'] === name) as ReturnType<typeof rowsOf>[number];

  test('read and written unchanged is unchanged', () => {
    for (const item of [elder, packItem('business-registration'), packItem('water-permit')]) {
      for (const one of rowsOf(item)) expect(checkItem(withField(item, one, {})).ok, String(one.field['name'])).toBe(true);
    }
    expect(withField(elder, row(elder, 'phone'), {})).toEqual(elder);
  });

  test('a new name goes wherever the old one stood', () => {
    const changed = withField(elder, row(elder, 'localHousehold'), { field: { name: 'isLocal' } });
    expect(checkItem(changed).ok).toBe(true);
    expect(row(changed, 'householdPlace').field['shownWhen']).toMatchObject({ field: 'isLocal' });
    expect(row(changed, 'isLocal').required).toBe(true);
    const [shop, water] = [packItem('business-registration'), packItem('water-permit')];
    for (const [item, name] of [[shop, 'memberShare'], [shop, 'memberName'], [water, 'pumpFlow'], [water, 'pumpTotal'], [water, 'endsOn'], [water, 'startsOn']] as const) expect(checkItem(withField(item, row(item, name), { field: { name: 'other' } })), name).toMatchObject({ ok: true });
  });

  test('a rule follows its widget, its limits and its options', () => {
    const number = withField(elder, row(elder, 'householdPlace'), { field: { widget: 'number' } });
    const limited = withField(number, row(number, 'householdPlace'), { least: 1, most: 9, required: false });
    expect(checkItem(limited).ok).toBe(true);
    expect(row(limited, 'householdPlace')).toMatchObject({ least: 1, most: 9, required: false });
    const options = [{ value: 'child', label: '子女' }];
    const chosen = withField(elder, row(elder, 'emergencyRelation'), { field: { options } });
    expect(checkItem(chosen).ok).toBe(true);
    expect(JSON.stringify(chosen['form'])).toContain('"enum":["child"]');
  });

  test('fields are added, moved over sections, and removed with their rules', () => {
    const added = addField(addSection(elder), 0);
    expect(sectionsOf(added)).toHaveLength(sectionsOf(elder).length + 1);
    const fresh = rowsOf(added).filter(({ field }) => field['label'] === '');
    expect(fresh).toHaveLength(2);
    const removed = fresh.reduceRight<Record<string, unknown>>((text, one) => removeField(text, one), added);
    expect(removed).toEqual(elder);
    const last = rowsOf(elder).filter(({ section }) => section === 0).at(-1) as ReturnType<typeof rowsOf>[number];
    expect(sectionsOf(moveField(elder, last, 1))[1]?.fields[0]?.['name']).toBe(last.field['name']);
    expect(moveField(moveField(elder, last, 1), { ...last, section: 1, index: 0 }, -1)).toEqual(elder);
    const first = rowsOf(elder)[0] as ReturnType<typeof rowsOf>[number];
    expect(moveField(elder, first, -1)).toEqual(elder);
  });
});
