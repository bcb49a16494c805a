import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryItem } from '../../test/fixtures/arbitrary-item.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import type { Cell } from './cells.ts';
import { diffItems } from './diff.ts';
import { FIELD_ELEMENTS, ITEM_ELEMENTS, ITEM_LISTS, labelOf } from './elements.ts';
import { columnLetter, fromSheets, SHEET_FAULT_WORDS, type Sheet, toSheets } from './exchange.ts';
import type { Item } from './types.ts';

const elder = packItem('elder-card');
const water = packItem('water-permit');

/** Faults after a change of the rows of one sheet, as `材料 3B not-a-number`. */
function faultsAfter(name: string, change: (rows: Cell[][]) => void): string[] {
  const sheets: Sheet[] = toSheets([elder, water]).map((sheet) => {
    const rows = sheet.rows.map((row) => [...row]);
    if (sheet.name === name) change(rows);
    return { name: sheet.name, rows };
  });
  const read = fromSheets(sheets);
  return read.ok ? [] : read.error.faults.map(({ sheet, row, column, kind }) => `${sheet} ${row}${column} ${kind}`);
}
const at = (rows: Cell[][], label: string) => rows[0]?.indexOf(label) ?? -1;

describe('the table of elements', () => {
  test('every element has a Chinese name, once in its sheet', () => {
    for (const elements of [ITEM_ELEMENTS, FIELD_ELEMENTS, ...ITEM_LISTS.map((list) => list.elements)]) {
      const labels = elements.map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
      for (const { label, path } of elements) expect(label, path.join('.')).toMatch(/\p{Script=Han}/u);
    }
  });
  test('places are called by their element', () => {
    expect(['materials.identity.issuer', 'materials.0.issuer', 'fee.rows.2.standard', 'conditions.3', 'form.phone', 'materials.identity', 'nowhere'].map(labelOf)).toEqual(['出具单位', '出具单位', '收费标准', '受理条件', '表单', '材料', 'nowhere']);
  });
});

describe('items as sheets', () => {
  test('come back whatever the order of columns and however many rows are empty', () => {
    const turned = toSheets([elder, water]).map(({ name, rows }) => ({ name, rows: [...rows.map((row, index) => (index === 0 ? [...row] : Array.from({ length: rows[0]?.length ?? 0 }, (_cell, column) => row[column] ?? ''))).map((row) => row.toReversed()), ['', '']] }));
    expect(fromSheets(turned)).toEqual({ ok: true, value: [elder, water] });
  });
  test.each<[string, string, (rows: Cell[][]) => void]>([
    ['材料 2H not-yes-or-no', '材料', (rows) => { rows[1]![at(rows, '是否必要')] = '也许'; }],
    ['材料 3J not-a-number', '材料', (rows) => { rows[2]![at(rows, '份数')] = '一份'; }],
    ['表单字段 2K not-json', '表单字段', (rows) => { rows[1]![at(rows, '显示条件')] = '{'; }],
    ['表单字段 2L not-pairs', '表单字段', (rows) => { rows[1]![at(rows, '选项')] = '沃洲镇'; }],
    ['表单字段 3D section-differs', '表单字段', (rows) => { rows[2]![at(rows, '章节名称')] = '别的'; }],
    ['表单字段 3C not-a-right-value', '表单字段', (rows) => { rows[2]![at(rows, '章节序号')] = 7; }],
    ['材料 1D heading-unknown', '材料', (rows) => { rows[0]![3] = '名字'; }],
    ['材料 1 heading-missing', '材料', (rows) => { rows[0]![3] = '名字'; }],
    ['材料 1D heading-repeated', '材料', (rows) => { rows[0]![3] = '材料标识'; }],
    ['材料 2A item-unknown', '材料', (rows) => { rows[1]![0] = 'x'; }],
    ['事项 3B item-repeated', '事项', (rows) => { rows[2]![at(rows, '实施编码')] = elder.code; rows[2]![at(rows, '版本号')] = elder.version; }],
    ['事项 2G not-a-right-value', '事项', (rows) => { rows[1]![at(rows, '事项状态')] = '在用中'; }],
    ['事项 2N value-missing', '事项', (rows) => { rows[1]![at(rows, '事项名称')] = ''; rows[1]![at(rows, '调整类型')] = ''; }],
  ])('%s', (fault, sheet, change) => {
    const found = faultsAfter(sheet, change);
    // The columns of the sheet grow with the elements: what matters is that the right one is named.
    expect(found.map((one) => one.replace(/(\d)[A-Z]+ /, '$1 '))).toContain(fault.replace(/(\d)[A-Z]+ /, '$1 '));
  });
  test('a wrong value is told by the cell it stands in', () => {
    const sheets = toSheets([elder]);
    const read = fromSheets(sheets.map((sheet) => (sheet.name !== '材料' ? sheet : { ...sheet, rows: sheet.rows.map((row, index) => (index === 2 ? row.map((cell, column) => (sheet.rows[0]?.[column] === '份数' ? 21 : cell)) : row)) })));
    const column = columnLetter(sheets.find(({ name }) => name === '材料')?.rows[0]?.indexOf('份数') ?? -1);
    expect(read).toEqual({ ok: false, error: { kind: 'sheet-faults', faults: [{ sheet: '材料', row: 3, column, label: '份数', kind: 'not-a-right-value' }] } });
    expect(SHEET_FAULT_WORDS['not-a-right-value']).toContain('不合要求');
  });
  test('a sheet that is missing or unknown is told', () => {
    const sheets = toSheets([elder]);
    expect(fromSheets([...sheets.filter(({ name }) => name !== '环节'), { name: 'Sheet1', rows: [] }])).toMatchObject({ ok: false, error: { faults: [{ sheet: 'Sheet1', kind: 'sheet-unknown' }, { sheet: '环节', kind: 'sheet-missing' }] } });
  });
  test('columns by letter', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('two versions', () => {
  const changed = (change: (item: Item) => void) => {
    const copy = structuredClone(elder);
    change(copy);
    return diffItems(elder, copy);
  };
  test('an element, in the words of its dictionary', () => {
    expect(changed((item) => { item.promised.days = 3; item.handling = 'promised'; })).toEqual([
      { path: 'handling', label: '办件类型', before: '即办件', after: '承诺件' }, { path: 'promised.days', label: '承诺办结时限', before: '1', after: '3' },
    ]);
    expect(changed((item) => { item.effectiveTo = '2027-01-01'; delete item.adjustment; })).toEqual([
      { path: 'effectiveTo', label: '失效日期', before: null, after: '2027-01-01' },
      ...['kind', 'from', 'note'].map((name) => expect.objectContaining({ path: `adjustment.${name}`, after: null }) as unknown),
    ]);
  });
  test('materials and steps by key: changed, new, gone and moved', () => {
    expect(changed((item) => { item.materials[1]!.condition = '外地户口的'; })).toEqual([{ path: 'materials.residence-permit.condition', label: '材料“浙江省居住证”：需要的情形', before: '户籍不在新昌县的才需要', after: '外地户口的' }]);
    expect(changed((item) => { item.materials.pop(); item.steps.unshift({ ...item.steps[0]!, key: 'ask', name: '咨询' }); })).toEqual([
      { path: 'materials.authority', label: '材料“授权委托书或监护证明”', before: '授权委托书或监护证明', after: null }, { path: 'steps.ask', label: '环节“咨询”', before: null, after: '咨询' },
    ]);
    expect(changed((item) => { item.materials.reverse(); })).toEqual([{ path: 'materials', label: '材料的顺序', before: '居民户口簿或居民身份证、浙江省居住证、损坏的老年人优待证、授权委托书或监护证明', after: '授权委托书或监护证明、损坏的老年人优待证、浙江省居住证、居民户口簿或居民身份证' }]);
  });
  test('the situation: a question, its answers, and for whom a material is', () => {
    expect(changed((item) => { item.situations!.pop(); })).toEqual([{ path: 'situations.household', label: '情形“您的户口在新昌县吗？”', before: '您的户口在新昌县吗？', after: null }]);
    expect(changed((item) => { item.situations![1]!.options.pop(); })).toEqual([{ path: 'situations.why.options', label: '情形“您为什么来办？”：可选回答', before: 'first=第一次办\nlost=证丢了，要补\ndamaged=证坏了，要换', after: 'first=第一次办\nlost=证丢了，要补' }]);
    expect(changed((item) => { delete item.materials[1]!.neededWhen; }).map(({ path, label }) => [path, label])).toEqual([['materials.residence-permit.neededWhen', '材料“浙江省居住证”：需要的情形（回答）']]);
  });
  test('the form: a field, its rule and its place', () => {
    expect(changed((item) => { item.form.sections[0]!.fields[0]!.help = '选一个'; })).toEqual([expect.objectContaining({ path: 'form.town.help', label: '表单字段“现在居住的乡镇（街道）”：填写提示', after: '选一个' })]);
    expect(changed((item) => { item.form.schema['required'] = []; }).map(({ path }) => path)).toEqual(['form.schema']);
    expect(changed((item) => { item.form.sections[0]!.title = '住处'; }).map(({ path }) => path)).toEqual(['form.sections']);
  });
  test('nothing between an item and itself; something between two that differ, and the same backwards', () => {
    fc.assert(fc.property(arbitraryItem, arbitraryItem, (one, other) => {
      expect(diffItems(one, structuredClone(one))).toEqual([]);
      const there = diffItems(one, other);
      expect(there.length).toBeGreaterThan(0);
      expect(diffItems(other, one).length).toBe(there.length);
    }), { numRuns: 25 });
  });
});
