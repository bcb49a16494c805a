import { describe, expect, test } from 'vitest';
import business from '../../packs/xinchang/items/business-registration.json' with { type: 'json' };
import elder from '../../packs/xinchang/items/elder-card.json' with { type: 'json' };
import water from '../../packs/xinchang/items/water-permit.json' with { type: 'json' };
import { handedIn } from '../../test/fixtures/actions.ts';
import { Certificate, type FormValues } from '../action/payload.ts';
import type { DeviceStates, DeviceStatus } from '../contracts/devices.ts';
import { creditCode } from '../numbers/credit-code.ts';
import { licenceIdentifier } from '../numbers/licence-identifier.ts';
import { availability } from './availability.ts';
import { buildCertificate, templateFields } from './certificate.ts';
import { buildIndex, searchItems } from './search.ts';
import { Item } from './types.ts';
import { checkBundle, checkItem } from './validate.ts';
import { itemInForce, itemsInForce } from './versions.ts';

/** As a first version: what follows it here is the second. */
const first = (item: unknown): Item => ({ ...Item.parse(item), version: 1 });
const items = { elder: first(elder), business: first(business), water: first(water) };

/** The faults of the elder card's item after a change to a copy of it. */
function faultsAfter(change: (item: Item) => void): string[] {
  const copy = structuredClone(items.elder);
  change(copy);
  const checked = checkItem(copy);
  return checked.ok ? [] : checked.error.faults.map(({ kind, path }) => `${kind} ${path}`);
}
const fieldOf = (item: Item, name: string) => {
  const field = item.form.sections.flatMap(({ fields }) => fields).find((one) => one.name === name);
  if (field === undefined) throw new Error('no such field');
  return field;
};
const properties = (item: Item) => item.form.schema['properties'] as Record<string, Record<string, unknown>>;
const materialOf = (item: Item, at: number) => {
  const material = item.materials[at];
  if (material === undefined) throw new Error('no such material');
  return material;
};

describe('checking an item', () => {
  test('a right one passes; what is no item says where', () => {
    expect(faultsAfter(() => {})).toEqual([]);
    expect(checkItem({})).toMatchObject({ ok: false, error: { kind: 'item-faults' } });
    expect(faultsAfter((item) => { item.version = 0; })).toEqual(['schema version']);
  });
  test.each<[string, (item: Item) => void]>([
    ['code-differs-from-body code', (item) => { item.basicCode = '332001001002'; }],
    ['bad-code code', (item) => { item.code = `${item.code.slice(0, 17)}0${item.code.slice(18)}`; }],
    ['bad-handling-code handlingCode', (item) => { item.handlingCode = items.water.handlingCode; }],
    ['bad-credit-code body.creditCode', (item) => { item.body.creditCode = '11330624002600018Q'; }],
    ['ends-before-start effectiveTo', (item) => { item.effectiveTo = '2025-12-31'; }],
    ['ends-before-start plannedCancellation', (item) => { item.plannedCancellation = '2025-12-31'; }],
    ['promise-over-law promised.days', (item) => { item.statutory.days = 0; }],
    ['limit-units-differ promised.unit', (item) => { item.promised.unit = 'natural'; }],
    ['not-on-the-spot promised.days', (item) => { item.promised.days = 2; }],
    ['steps-over-promise steps', (item) => { item.promised.days = 0; }],
    ['fee-without-basis fee.basis', (item) => { item.fee.charged = true; }],
    ['fee-rows-without-fee fee.rows', (item) => { item.fee.rows = [{ name: '工本费', standard: '5元' }]; }],
    ['reason-missing visits.reason', (item) => { item.visits.count = 1; }],
    ['reason-missing online.whyNot', (item) => { item.online.depth = 4; }],
    ['template-without-certificate result.template', (item) => { item.result.kind = 'notice'; }],
    ['template-field-missing form.unitName', (item) => { item.result.template = 'water-permit'; }],
    ['device-missing devices', (item) => { item.devices.optional = []; }],
    ['catch-all-material materials.residence-permit', (item) => { materialOf(item, 1).name = '其他需要提供的材料'; }],
    ['catch-all-material materials.residence-permit', (item) => { materialOf(item, 1).name = '法律、法规规定的其它证明'; }],
    ['condition-missing materials.residence-permit', (item) => { materialOf(item, 1).condition = ''; }],
    ['no-copies materials.residence-permit', (item) => { Object.assign(materialOf(item, 1), { format: 'paper', copies: 0 }); }],
    ['repeated materials.residence-permit', (item) => { materialOf(item, 0).key = 'residence-permit'; }],
    ['repeated steps.accept', (item) => { item.steps[0]!.key = 'accept'; }],
    ['field-without-schema form.phone', (item) => { delete properties(item)['phone']; }],
    ['schema-without-field form.schema.extra', (item) => { properties(item)['extra'] = { type: 'string' }; }],
    ['required-without-field form.schema.extra', (item) => { item.form.schema['required'] = ['extra']; }],
    ['schema-not-object form.schema', (item) => { delete item.form.schema['additionalProperties']; }],
    ['schema-keyword form.schema.allOf', (item) => { item.form.schema['allOf'] = []; }],
    ['schema-keyword form.phone.not', (item) => { properties(item)['phone'] = { type: 'string', not: {} }; }],
    ['schema-keyword form.phone.format', (item) => { properties(item)['phone'] = { type: 'string', format: 'email' }; }],
    ['schema-type form.phone', (item) => { properties(item)['phone'] = { type: 'number' }; }],
    ['bad-pattern form.phone', (item) => { properties(item)['phone'] = { type: 'string', pattern: '(' }; }],
    ['shown-when-unknown form.householdPlace', (item) => { fieldOf(item, 'householdPlace').shownWhen = { field: 'nothing', in: [true] }; }],
    ['shown-when-unknown form.address', (item) => { fieldOf(item, 'address').shownWhen = { field: 'localHousehold', in: [true] }; }],
    ['shown-when-impossible form.householdPlace', (item) => { fieldOf(item, 'householdPlace').shownWhen = { field: 'localHousehold', in: ['no'] }; }],
    ['shown-when-impossible form.householdPlace', (item) => { fieldOf(item, 'householdPlace').shownWhen = { field: 'town', in: ['330624999'] }; }],
    ['options-missing form.town', (item) => { fieldOf(item, 'town').options = []; }],
    ['options-unused form.phone', (item) => { fieldOf(item, 'phone').options = [{ value: 'a', label: '甲' }]; }],
    ['repeated form.town.options', (item) => { fieldOf(item, 'town').options.push({ value: '330624112', label: '沃洲' }); }],
    ['prefill-widget form.phone', (item) => { fieldOf(item, 'phone').prefill = 'card-birth'; }],
  ])('%s', (fault, change) => {
    expect(faultsAfter(change)).toContain(fault);
  });
  test('a bundle: two versions of one code never share a day', () => {
    const next = { ...items.elder, version: 2, effectiveFrom: '2026-07-01' };
    expect(checkBundle([items.elder, next])).toEqual({ ok: false, error: { kind: 'item-faults', faults: [{ kind: 'repeated', path: '1.code' }] } });
    expect(checkBundle([{ ...items.elder, effectiveTo: '2026-06-30' }, next]).ok).toBe(true);
    expect(checkBundle([items.elder, items.elder]).ok).toBe(false);
    expect(checkBundle([items.elder, { ...items.water, version: 0 }])).toMatchObject({ error: { faults: [{ kind: 'schema', path: '1.version' }] } });
  });
});

describe('versions', () => {
  const earlier = { ...items.elder, effectiveTo: '2026-06-30' };
  const second = { ...items.elder, version: 2, effectiveFrom: '2026-07-01' };
  test('the day decides', () => {
    expect(['2025-12-31', '2026-06-30', '2026-07-01'].map((date) => itemInForce([earlier, second], items.elder.code, date)?.version)).toEqual([undefined, 1, 2]);
    expect(itemsInForce([items.water, earlier, second], '2026-08-01').map(({ code, version }) => [code, version])).toEqual([[items.water.code, items.water.version], [items.elder.code, 2]]);
  });
  test('cancelled is not listed, suspended is', () => {
    expect(itemsInForce([{ ...items.elder, state: 'cancelled' }, { ...items.water, state: 'suspended' }], '2026-08-01').map(({ code }) => code)).toEqual([items.water.code]);
  });
});

describe('search', () => {
  const index = buildIndex([items.elder, items.business, items.water]);
  const found = (query: string) => searchItems(index, query).map((code) => Object.entries(items).find(([, item]) => item.code === code)?.[0]);
  test.each([
    ['老年人优待证办理', 'elder'], ['优待证', 'elder'], ['老人证', 'elder'], ['lnryd', 'elder'], ['laonianrenyoudaizheng', 'elder'], ['laonianr', 'elder'], ['老nianz', 'elder'], ['LNZ', 'elder'], ['６０岁', 'elder'], ['我想给我妈办个老年证', 'elder'],
    ['营业执照', 'business'], ['zhizhao', 'business'], ['zz', 'business'], ['个体商户', 'business'], ['kaidian', 'business'], ['gtgsh', 'business'], ['chuangye', 'business'],
    ['取水 许可', 'water'], ['qsxk', 'water'], ['shuiliju', 'water'], ['抽水', 'water'], ['chayuan', 'water'],
  ])('%s finds %s first', (query, wanted) => {
    expect(found(query)[0]).toBe(wanted);
  });
  test('a name stands before a summary; nothing matches nothing; empty gives all in order', () => {
    expect(found('办理')[0]).toBe('elder');
    expect(found('火星移民')).toEqual([]);
    expect(found('xyzzy')).toEqual([]);
    expect(found('  ')).toEqual(['elder', 'business', 'water']);
  });
  test('another reading of a character works: 重 as zhong and chong', () => {
    const renamed = buildIndex([{ ...items.elder, name: '重新办理' }]);
    expect(searchItems(renamed, 'chongxin')).toHaveLength(1);
    expect(searchItems(renamed, 'zhongxin')).toHaveLength(1);
  });
  test('forty letters of the worst kind are answered at once', () => {
    const nasty = buildIndex([{ ...items.elder, name: '啊'.repeat(100) }]);
    expect(searchItems(nasty, `${'a'.repeat(39)}z`)).toEqual([]);
  });
});

describe('availability', () => {
  const online: DeviceStatus = { kind: 'online', warnings: [] };
  const all: DeviceStates = { 'id-card-reader': online, 'code-scanner': online, 'document-scanner': online, 'ticket-printer': online, 'document-printer': online, board: online, ups: online };
  const kiosk = { camera: true, online: true, room: 'enough', hasBlank: () => true, offShelf: null } as const;
  test('works with everything, and with paper running low', () => {
    expect(availability(items.elder, all, kiosk)).toEqual({ kind: 'works' });
    expect(availability(items.elder, { ...all, 'document-printer': { kind: 'online', warnings: ['paper-low'] } }, kiosk)).toEqual({ kind: 'works' });
    expect(availability(items.elder, { ...all, 'ticket-printer': { kind: 'blocked', reason: 'paper-out' } }, kiosk)).toEqual({ kind: 'works' });
  });
  test('each required device, pulled in turn, takes away exactly the items that need it', () => {
    const noReader = { ...all, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } } satisfies DeviceStates;
    expect(availability(items.elder, noReader, kiosk)).toEqual({ kind: 'not-here', reason: 'id-card-reader.offline' });
    expect(availability({ ...items.elder, devices: { required: [], optional: [] } }, noReader, kiosk)).toEqual({ kind: 'works' });
    expect(availability(items.elder, all, { ...kiosk, camera: false })).toEqual({ kind: 'not-here', reason: 'missing.camera' });
    const needsPrinter: Item = { ...items.elder, devices: { required: ['document-printer'], optional: [] } };
    expect(availability(needsPrinter, { ...all, 'document-printer': { kind: 'out-of-service', reason: 'maintenance' } }, kiosk)).toEqual({ kind: 'not-here', reason: 'document-printer.maintenance' });
    expect(availability(needsPrinter, { ...all, 'document-printer': { kind: 'out-of-service', reason: 'maintenance-unfinished' } }, kiosk)).toEqual({ kind: 'not-here', reason: 'document-printer.out-of-service' });
    expect(availability(needsPrinter, { ...all, 'document-printer': { kind: 'out-of-service', reason: 'self-test' } }, kiosk)).toEqual({ kind: 'not-here', reason: 'document-printer.out-of-service' });
    expect(availability(needsPrinter, all, { ...kiosk, hasBlank: () => false })).toEqual({ kind: 'not-here', reason: 'document-printer.blocked' });
  });
  test('the result comes later without the certificate printer, or without a line for an on-the-spot answer', () => {
    expect(availability(items.water, { ...all, 'document-printer': { kind: 'blocked', reason: 'paper-out' } }, kiosk)).toEqual({ kind: 'works-result-later' });
    expect(availability(items.water, all, { ...kiosk, hasBlank: (template) => template !== items.water.result.template })).toEqual({ kind: 'works-result-later' });
    expect(availability(items.elder, all, { ...kiosk, online: false })).toEqual({ kind: 'works-result-later' });
    expect(availability(items.water, all, { ...kiosk, online: false })).toEqual({ kind: 'works' });
  });
  test('ends with the room on the disk: first for items that need scans, then for all', () => {
    const bare: Item = { ...items.elder, materials: items.elder.materials.map((material) => ({ ...material, required: false })) };
    expect(availability(items.elder, all, { ...kiosk, room: 'no-scans' })).toEqual({ kind: 'not-here', reason: 'storage.no-scans' });
    expect(availability(bare, all, { ...kiosk, room: 'no-scans' })).toEqual({ kind: 'works' });
    expect(availability(bare, all, { ...kiosk, room: 'full' })).toEqual({ kind: 'not-here', reason: 'storage.full' });
  });
  test('a suspended item says so', () => {
    expect(availability({ ...items.elder, state: 'suspended' }, all, { ...kiosk, offShelf: '周末不办' })).toEqual({ kind: 'not-here', reason: 'suspended' });
    expect(availability(items.elder, all, { ...kiosk, offShelf: '周末不办' })).toEqual({ kind: 'not-here', reason: 'off-shelf', words: '周末不办' });
  });
});

describe('certificates', () => {
  const applied = (form: FormValues) => ({ handedIn: { ...handedIn(), form }, form });
  const forms: Record<keyof typeof items, FormValues> = {
    elder: { town: '330624112', emergencyName: '李样本', emergencyPhone: '13900005678' },
    business: { tradeName: '新昌县沃洲镇样本小吃店', formation: 'personal', premises: '沃洲镇样板路8号', scope: '餐饮服务', capital: 5 },
    water: { unitName: '样本茶叶合作社', source: 'river', place: '样板溪右岸', means: 'pump', amount: 6000, use: 'irrigation', returnPlace: '无' },
  };
  test.each(['elder', 'business', 'water'] as const)('%s: whole, checked by its contract, without a full number', (key) => {
    const built = buildCertificate(items[key], applied(forms[key]), { serial: 12, issuedOn: '2026-11-24' });
    if (!built.ok) return expect.unreachable();
    expect(Certificate.parse(built.value)).toEqual(built.value);
    expect(licenceIdentifier(built.value.licence)).toMatchObject({ ok: true, value: { issuer: items[key].body.creditCode, serial: '20260000012', version: '001' } });
    expect(JSON.stringify(built.value)).not.toContain(handedIn().applicant.number);
    expect(built.value.fields.map(({ value }) => value)).not.toContain('—');
    expect(built.value.issuer).toBe(items[key].body.name);
  });
  test('elder card: words instead of codes, no end', () => {
    expect(buildCertificate(items.elder, applied(forms.elder), { serial: 12, issuedOn: '2026-11-24' })).toMatchObject({
      ok: true, value: { number: '3306242026000012', validTo: null, holder: handedIn().applicant.name, fields: expect.arrayContaining([{ label: '居住地', value: '沃洲镇' }]) },
    });
  });
  test('business licence: its number is a valid credit code of an individual business', () => {
    const built = buildCertificate(items.business, applied(forms.business), { serial: 31, issuedOn: '2026-11-24' });
    expect(built.ok && creditCode(built.value.number)).toMatchObject({ ok: true, value: { kind: '92', division: '330624', warnings: [] } });
    expect(built.ok && built.value.number.slice(8, 16)).toBe('MA000010');
  });
  test('water permit: five years, held by the unit', () => {
    expect(buildCertificate(items.water, applied(forms.water), { serial: 12, issuedOn: '2026-11-24' })).toMatchObject({ ok: true, value: { number: 'D330624-2026-0012', validTo: '2031-11-23', holder: '样本茶叶合作社' } });
    expect(buildCertificate(items.water, applied(forms.water), { serial: 12, issuedOn: '2028-02-29' })).toMatchObject({ ok: true, value: { validTo: '2033-02-28' } });
  });
  test('what was not filled in prints as a dash; no template, no certificate; a bad serial is a bug', () => {
    expect(buildCertificate(items.elder, applied({}), { serial: 1, issuedOn: '2026-11-24' })).toMatchObject({ ok: true, value: { fields: expect.arrayContaining([{ label: '居住地', value: '—' }]) } });
    expect(buildCertificate({ ...items.elder, result: { kind: 'notice', name: '通知', template: null } }, applied({}), { serial: 1, issuedOn: '2026-11-24' })).toEqual({ ok: false, error: { kind: 'no-template' } });
    expect(() => buildCertificate(items.elder, applied({}), { serial: 0, issuedOn: '2026-11-24' })).toThrow(RangeError);
    expect(templateFields('elder-card')).toEqual(['town', 'emergencyName', 'emergencyPhone']);
  });
});
