import { err, ok, type Result } from '../result.ts';
import { type Cell, type CellFault, NONE, readCell, writeCell } from './cells.ts';
import { type Element, FIELD_ELEMENTS, ITEM_ELEMENTS, ITEM_LISTS, type ItemList, valueAt } from './elements.ts';
import { Item } from './types.ts';

/** A sheet of a workbook: its first row are headings. */
export type Sheet = { name: string; rows: readonly (readonly Cell[])[] };

/** Where a workbook is wrong, for the person who filled it: `row` counts from 1, `column` is a letter. 0 and an empty letter mean the whole sheet. */
export type SheetFault = { sheet: string; row: number; column: string; kind: SheetFaultKind; label: string };
export type SheetFaultKind = CellFault['kind'] | 'sheet-missing' | 'sheet-unknown' | 'heading-missing' | 'heading-unknown' | 'heading-repeated' | 'item-repeated' | 'item-unknown' | 'section-differs' | 'not-a-right-value' | 'value-missing';

/** What is wrong, in words for an editor. */
export const SHEET_FAULT_WORDS: Readonly<Record<SheetFaultKind, string>> = {
  'not-a-number': '这里要填数字', 'not-yes-or-no': '这里填“是”或“否”', 'not-json': '这里要填 JSON', 'not-a-text': '这里要填文字', 'not-pairs': '每行写“值=名称”',
  'sheet-missing': '缺少这张工作表', 'sheet-unknown': '不认识的工作表', 'heading-missing': '缺少这一列', 'heading-unknown': '不认识的列', 'heading-repeated': '这一列出现了两次',
  'item-repeated': '同一编码和版本写了两次', 'item-unknown': '“事项”表里没有这个编码和版本', 'section-differs': '同一章节序号的章节名称不一致', 'not-a-right-value': '填写的内容不合要求', 'value-missing': '这里必须填写',
};

const ITEMS = '事项';
const FIELDS = '表单字段';
export const GUIDE_SHEET = '填写说明';
const CODE = '实施编码';
const VERSION = '版本号';
const SECTION = '章节序号';
const SECTION_TITLE = '章节名称';
const RULE = '字段规则';
const FORM_RULES = '表单总则';
const CHECKS = '表单核对规则';
const REPEAT = '章节重复';
/** `form.schema` without the properties that have a field: those stand beside their field. */
const JSON_CELL: Omit<Element, 'label'> = { path: [], kind: 'json', optional: true, nullable: false, words: {} };
const optionalLists = ITEM_LISTS.filter(({ optional }) => optional);
/** An optional list without entries: there and empty, or not there. */
const emptyList = (list: ItemList) => `${list.name}（没有的写“${NONE}”）`;

/** Items as sheets, without loss: `fromSheets` gives them back equal. */
export function toSheets(items: readonly Item[]): Sheet[] {
  const rows = items.map((item) => [
    ...ITEM_ELEMENTS.map((element) => writeCell(element, valueAt(item, element.path))),
    ...optionalLists.map(({ path }) => (Array.isArray(valueAt(item, path)) && (valueAt(item, path) as unknown[]).length === 0 ? NONE : '')),
    JSON.stringify(formRules(item)), item.form.checks === undefined ? '' : JSON.stringify(item.form.checks),
  ]);
  return [
    { name: GUIDE_SHEET, rows: explained() },
    { name: ITEMS, rows: [itemHeadings(), ...rows] },
    ...ITEM_LISTS.map((list) => ({
      name: list.name,
      rows: [listHeadings(list), ...items.flatMap((item) => ((valueAt(item, list.path) ?? []) as unknown[]).map((entry) => [item.code, item.version, ...list.elements.map((element) => writeCell(element, valueAt(entry, element.path)))]))],
    })),
    { name: FIELDS, rows: [fieldHeadings(), ...items.flatMap(fieldRows)] },
  ];
}

const itemHeadings = () => [...ITEM_ELEMENTS.map(({ label }) => label), ...optionalLists.map(emptyList), FORM_RULES, CHECKS];
const listHeadings = ({ elements }: ItemList) => [CODE, VERSION, ...elements.map(({ label }) => label)];
const fieldHeadings = () => [CODE, VERSION, SECTION, SECTION_TITLE, REPEAT, ...FIELD_ELEMENTS.map(({ label }) => label), RULE];

function propertiesOf({ form: { schema } }: Item): Record<string, unknown> {
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? (properties as Record<string, unknown>) : {};
}
const namesOf = ({ form }: Item) => new Set(form.sections.flatMap(({ fields }) => fields.map(({ name }) => name)));

function formRules(item: Item): unknown {
  const names = namesOf(item);
  const properties = propertiesOf(item);
  const left = Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name)));
  return Object.keys(left).length === Object.keys(properties).length ? item.form.schema : { ...item.form.schema, properties: left };
}

function fieldRows(item: Item): Cell[][] {
  const properties = propertiesOf(item);
  return item.form.sections.flatMap(({ title, fields, repeat }, index) => fields.map((field): Cell[] => [
    item.code, item.version, index + 1, title, repeat === undefined ? '' : JSON.stringify(repeat), ...FIELD_ELEMENTS.map((element) => writeCell(element, valueAt(field, element.path))), Object.hasOwn(properties, field.name) ? JSON.stringify(properties[field.name]) : '',
  ]));
}

/** The first sheet: what each column of each sheet takes. It is not read back. */
function explained(): Cell[][] {
  const takes: Readonly<Record<Element['kind'], string>> = { text: '文字', number: '数字', 'yes-no': '是 / 否', list: '一行一条', pairs: '一行一个“值=名称”', json: 'JSON' };
  const explain = (sheet: string, prefix: string, elements: readonly Element[]) => elements.map((element): Cell[] => [
    sheet, element.label, takes[element.kind], element.optional ? '可以不填' : '', Object.values(element.words).join('、'), prefix + element.path.join('.'),
  ]);
  return [
    ['工作表', '列', '填什么', '必填', '可选值', '要素路径'],
    ...explain(ITEMS, '', ITEM_ELEMENTS), ...ITEM_LISTS.flatMap(({ name, path, elements }) => explain(name, `${path.join('.')}[].`, elements)), ...explain(FIELDS, 'form.sections[].fields[].', FIELD_ELEMENTS),
  ];
}

/** `A` … `Z`, `AA` … @param index from 0 */
export function columnLetter(index: number): string {
  return index < 26 ? String.fromCodePoint(65 + index) : columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26);
}

/** One row under its headings; remembers which cell each value came from. */
type Row = { sheet: string; number: number; cell(label: string): Cell; at(label: string): string };
type Draft = { item: Record<string, unknown>; row: Row; cells: Map<string, { row: Row; label: string }> };

/** Sheets as items; every fault of every cell at once. */
export function fromSheets(sheets: readonly Sheet[]): Result<Item[], { kind: 'sheet-faults'; faults: SheetFault[] }> {
  const reader = new Reader(sheets);
  const drafts = reader.drafts();
  const items: Item[] = [];
  // What the sheets themselves have wrong comes first: the schema would only say the same again.
  if (reader.faults.length === 0) {
    for (const draft of drafts) {
      const parsed = Item.safeParse(draft.item);
      if (parsed.success) items.push(parsed.data);
      else reader.faults.push(...parsed.error.issues.map(({ path }) => faultOf(draft, path.map(String))));
    }
  }
  return reader.faults.length === 0 ? ok(items) : err({ kind: 'sheet-faults', faults: reader.faults });
}

/** The cell that a place in the item came from: its own, or that of what it stands in, or that of what stands in it. */
function faultOf({ row, cells, item }: Draft, path: readonly string[]): SheetFault {
  for (let length = path.length; length > 0; length -= 1) {
    const place = path.slice(0, length).join('.');
    const found = cells.get(place) ?? [...cells].find(([known]) => known.startsWith(`${place}.`))?.[1];
    if (found !== undefined) return { sheet: found.row.sheet, row: found.row.number, column: found.row.at(found.label), label: found.label, kind: valueAt(item, path) === undefined ? 'value-missing' : 'not-a-right-value' };
  }
  return { sheet: row.sheet, row: row.number, column: '', label: path.join('.'), kind: 'not-a-right-value' };
}

class Reader {
  readonly faults: SheetFault[] = [];
  readonly #sheets: readonly Sheet[];

  constructor(sheets: readonly Sheet[]) {
    this.#sheets = sheets;
    const known = [GUIDE_SHEET, ITEMS, FIELDS, ...ITEM_LISTS.map(({ name }) => name)];
    for (const { name } of sheets) if (!known.includes(name)) this.#fault(name, 0, '', 'sheet-unknown');
  }

  drafts(): Draft[] {
    const drafts = new Map<string, Draft>();
    for (const row of this.#rows(ITEMS, itemHeadings())) {
      const draft: Draft = { item: {}, row, cells: new Map() };
      this.#fill(draft, draft.item, [], ITEM_ELEMENTS, row);
      // Required lists are there with or without rows; an optional one only if a row or the mark says so.
      for (const list of ITEM_LISTS) if (!list.optional || row.cell(emptyList(list)) === NONE) put(draft.item, list.path, []);
      const checks = this.#value(row, CHECKS, { ...JSON_CELL, label: CHECKS });
      draft.item['form'] = { schema: this.#value(row, FORM_RULES, { ...JSON_CELL, label: FORM_RULES }), sections: [], ...(checks === undefined ? {} : { checks }) };
      draft.cells.set('form.checks', { row, label: CHECKS });
      const key = keyOf(row);
      if (drafts.has(key)) this.#fault(ITEMS, row.number, row.at(CODE), 'item-repeated', CODE);
      drafts.set(key, draft);
    }
    for (const list of ITEM_LISTS) {
      for (const row of this.#rows(list.name, listHeadings(list))) {
        const draft = this.#draftOf(drafts, row);
        if (draft === null) continue;
        const entries = (valueAt(draft.item, list.path) ?? []) as Record<string, unknown>[];
        const entry: Record<string, unknown> = {};
        this.#fill(draft, entry, [...list.path, String(entries.length)], list.elements, row);
        entries.push(entry);
        put(draft.item, list.path, entries);
      }
    }
    for (const row of this.#rows(FIELDS, fieldHeadings())) {
      const draft = this.#draftOf(drafts, row);
      if (draft !== null) this.#field(draft, row);
    }
    return [...drafts.values()];
  }

  #field(draft: Draft, row: Row): void {
    const form = draft.item['form'] as { schema: Record<string, unknown>; sections: { title: string; fields: Record<string, unknown>[]; repeat?: unknown }[] };
    const title = String(row.cell(SECTION_TITLE));
    const number = Number(row.cell(SECTION));
    if (number !== form.sections.length && number !== form.sections.length + 1) {
      this.#fault(FIELDS, row.number, row.at(SECTION), 'not-a-right-value', SECTION);
      return;
    }
    const repeat = this.#value(row, REPEAT, { ...JSON_CELL, label: REPEAT });
    const section = form.sections[number - 1] ?? { title, fields: [], ...(repeat === undefined ? {} : { repeat }) };
    form.sections[number - 1] = section;
    if (section.title !== title) this.#fault(FIELDS, row.number, row.at(SECTION_TITLE), 'section-differs', SECTION_TITLE);
    const field: Record<string, unknown> = {};
    const place = ['form', 'sections', String(number - 1)];
    draft.cells.set([...place, 'title'].join('.'), { row, label: SECTION_TITLE });
    draft.cells.set([...place, 'repeat'].join('.'), { row, label: REPEAT });
    this.#fill(draft, field, [...place, 'fields', String(section.fields.length)], FIELD_ELEMENTS, row);
    section.fields.push(field);
    const rule = this.#value(row, RULE, { ...JSON_CELL, label: RULE });
    if (rule === undefined || typeof form.schema !== 'object' || form.schema === null) return;
    form.schema['properties'] = { ...(form.schema['properties'] as object | undefined), [String(field['name'])]: rule };
  }

  #fill(draft: Draft, target: Record<string, unknown>, place: readonly string[], elements: readonly Element[], row: Row): void {
    for (const element of elements) {
      draft.cells.set([...place, ...element.path].join('.'), { row, label: element.label });
      const value = this.#value(row, element.label, element);
      if (value !== undefined) put(target, element.path, value);
    }
  }

  #value(row: Row, label: string, element: Element): unknown {
    const read = readCell(element, row.cell(label));
    if (read.ok) return read.value;
    this.#fault(row.sheet, row.number, row.at(label), read.error.kind, label);
    return undefined;
  }

  #draftOf(drafts: ReadonlyMap<string, Draft>, row: Row): Draft | null {
    const draft = drafts.get(keyOf(row)) ?? null;
    if (draft === null) this.#fault(row.sheet, row.number, row.at(CODE), 'item-unknown', CODE);
    return draft;
  }

  /** The rows of a sheet by heading, in any order of columns. Rows without a word are left out. */
  #rows(name: string, headings: readonly string[]): Row[] {
    const sheet = this.#sheets.find((one) => one.name === name);
    if (sheet === undefined) {
      this.#fault(name, 0, '', 'sheet-missing');
      return [];
    }
    const written = (sheet.rows[0] ?? []).map(String);
    const places = new Map<string, number>();
    written.forEach((heading, index) => {
      if (heading === '') return;
      if (!headings.includes(heading)) this.#fault(name, 1, columnLetter(index), 'heading-unknown', heading);
      if (places.has(heading)) this.#fault(name, 1, columnLetter(index), 'heading-repeated', heading);
      places.set(heading, index);
    });
    for (const heading of headings) if (!places.has(heading)) this.#fault(name, 1, '', 'heading-missing', heading);
    return sheet.rows.flatMap((cells, index) => (index === 0 || cells.every((cell) => cell === '') ? [] : [{
      sheet: name, number: index + 1, cell: (label: string) => cells[places.get(label) ?? -1] ?? '', at: (label: string) => (places.has(label) ? columnLetter(places.get(label) ?? 0) : ''),
    }]));
  }

  #fault(sheet: string, row: number, column: string, kind: SheetFaultKind, label = ''): void {
    this.faults.push({ sheet, row, column, kind, label });
  }
}

const keyOf = (row: Row) => `${row.cell(CODE)}@${row.cell(VERSION)}`;

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) target[first] = value;
  else put((target[first] ??= {}) as Record<string, unknown>, rest, value);
}
