import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examine, openFindings } from '../../domain/item/doctor.ts';
import { dictionaryFaults, FieldDictionary } from '../../domain/item/dictionary.ts';
import { fieldsOf } from '../../domain/item/form.ts';
import { buildIndex, searchItems } from '../../domain/item/search.ts';
import { Site } from '../../domain/item/site.ts';
import { SurfaceTexts } from '../../domain/item/surfaces.ts';
import { checkBundle } from '../../domain/item/validate.ts';
import { townsOf } from '../../domain/numbers/divisions.ts';

const folder = new URL('./', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const entries = readdirSync(new URL('items/', folder)).sort().map((file) => read(`items/${file}`));

describe('item pack of 新昌县', () => {
  const bundle = checkBundle(entries);
  const items = bundle.ok ? bundle.value : [];

  test('every item passes every check', () => {
    expect(bundle).toMatchObject({ ok: true });
    expect(items.map(({ name }) => name)).toEqual(['个体工商户设立登记', '老年人优待证办理', '取水许可（新办，小型取水）']);
  });
  test('the doctor has nothing open, and the window tells the same', () => {
    const context = { today: '2026-11-27', others: items, surfaces: SurfaceTexts.parse(read('window.json')) };
    expect(items.flatMap((item) => openFindings(item, examine(item, context)))).toEqual([]);
  });
  test('every template is used once, and the elder card is the one on the spot', () => {
    expect(items.map(({ result }) => result.template)).toEqual(['business-licence', 'elder-card', 'water-permit']);
    expect(items.filter(({ handling }) => handling === 'on-the-spot').map(({ result }) => result.template)).toEqual(['elder-card']);
  });
  test('the elder card needs one material of everybody and a short form', () => {
    const elder = items.find(({ result }) => result.template === 'elder-card');
    expect(elder?.materials.filter(({ required }) => required).map(({ key }) => key)).toEqual(['household-or-id']);
    expect(elder === undefined ? 0 : fieldsOf(elder.form).length).toBe(8);
  });
  test('forms stay short: nobody is asked more than 16 questions, each of several counted once, in at most 4 sections; a condition and a card value in each', () => {
    for (const { form } of items) {
      const fields = fieldsOf(form);
      expect(fields.filter(({ computed }) => computed === undefined).length).toBeLessThanOrEqual(16);
      expect(form.sections.length).toBeLessThanOrEqual(4);
      expect(fields.some(({ shownWhen }) => shownWhen !== null)).toBe(true);
      expect(fields.some(({ prefill }) => prefill !== 'none')).toBe(true);
    }
  });
  test('what several items ask for means the same in each', () => {
    expect(dictionaryFaults(FieldDictionary.parse(read('fields.json')), items)).toEqual([]);
    expect(items.flatMap(({ form }) => fieldsOf(form).filter(({ element }) => element === 'contact-phone')).length).toBe(2);
  });
  test('towns are those of the county', () => {
    const towns = townsOf('330624').map(({ code, name }) => ({ value: code, label: name }));
    const asked = items.flatMap(({ form }) => fieldsOf(form).filter(({ widget }) => widget === 'town'));
    expect(asked.map(({ options }) => options)).toEqual([towns, towns, towns]);
  });
  test('phone numbers are fictional ones', () => {
    for (const { place, complaints } of items) for (const number of [place.phone, complaints.phone]) expect(number).toMatch(/^0575-8600\d{4}$/);
  });
  test('people find what they came for', () => {
    const index = buildIndex(items);
    const first = (query: string) => items.find(({ code }) => code === searchItems(index, query)[0])?.result.template;
    for (const query of ['老年证', '老人证', 'lnr', 'laonian', '我想办老年证', '60岁']) expect(first(query)).toBe('elder-card');
    for (const query of ['开店', '营业执照', 'yyzz', 'geti', '个体户', '我要开店']) expect(first(query)).toBe('business-licence');
    for (const query of ['取水', '打井', 'qsxk', 'qushui', '河里抽水']) expect(first(query)).toBe('water-permit');
  });
  test('the site is whole', () => {
    expect(Site.parse(read('site.json')).hall).toBe('新昌县政务服务中心');
  });
});
