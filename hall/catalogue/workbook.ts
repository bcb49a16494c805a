import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { strFromU8, strToU8, Unzip, UnzipInflate, type Zippable, zipSync } from 'fflate';
import type { Cell } from '../../domain/item/cells.ts';
import { columnLetter, type Sheet } from '../../domain/item/exchange.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/**
 * Sheets as an Office Open XML workbook (ECMA-376, part 1, §18) and back: texts, numbers and truth values, nothing else. Every text is written as a text
 * in a column of texts, so that no cell is ever taken for a formula, a number with 31 digits, or a date.
 */
export type WorkbookFault =
  | { kind: 'too-large'; what: 'file' | 'content' | 'sheets' | 'rows' | 'columns' | 'cell'; sheet: string }
  /** No workbook at all, or one that is damaged. */
  | { kind: 'not-a-workbook' }
  /** What it reckons is not what somebody wrote. */
  | { kind: 'formula'; sheet: string; row: number; column: string }
  | { kind: 'error-value'; sheet: string; row: number; column: string };

/** What an editor is told. */
export function workbookFaultWords(fault: WorkbookFault): string {
  const place = 'row' in fault ? `工作表“${fault.sheet}”第${fault.row}行${fault.column}列` : '';
  switch (fault.kind) {
    case 'not-a-workbook': return '这不是 xlsx 工作簿，或者文件已损坏。请用 Excel 或 WPS 另存为 .xlsx。';
    case 'formula': return `${place}是公式。请改成文字或数字（复制后“选择性粘贴—数值”）。`;
    case 'error-value': return `${place}是错误值（如 #N/A）。请填写内容。`;
    case 'too-large': return { file: `文件太大（最多${FILE_LIMIT / 1024 / 1024} MB）。`, content: '文件展开后太大，不予读取。', sheets: '工作表太多。', rows: `工作表“${fault.sheet}”行数太多（最多${ROW_LIMIT}行）。`, columns: `工作表“${fault.sheet}”列数太多。`, cell: `工作表“${fault.sheet}”里有单元格内容太长（最多${CELL_LIMIT}字）。` }[fault.what];
  }
}

/** A library of 100 items takes about 0.3 MB. */
export const FILE_LIMIT = 4 * 1024 * 1024;
/** A file of `FILE_LIMIT` may unfold to a thousand times as much; an honest one to some ten times. */
const CONTENT_LIMIT = 32 * 1024 * 1024;
/** Each becomes an object of some 200 bytes in memory; a library of 100 items has about 200 000. */
const TAG_LIMIT = 1_000_000;
/** Bytes given to the inflater at a time: at deflate's most, 1032 times, they unfold to 8 MB before the limit is looked at. */
const SLICE = 8 * 1024;
const SHEET_LIMIT = 32;
const ROW_LIMIT = 20_000;
const COLUMN_LIMIT = 200;
/** Excel's own limit of a cell. */
const CELL_LIMIT = 32_767;

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Files of a workbook carry this date, so that the same items make the same bytes. */
const MADE = new Date(1980, 0, 2);

/** @returns the bytes of an .xlsx file; a text too long for a cell is refused, since a cut one would come back changed */
export function writeWorkbook(sheets: readonly Sheet[]): Result<Uint8Array, Extract<WorkbookFault, { kind: 'too-large' }>> {
  for (const { name, rows } of sheets) if (rows.some((row) => row.some((cell) => typeof cell === 'string' && cell.length > CELL_LIMIT))) return err({ kind: 'too-large', what: 'cell', sheet: name });
  const files: Zippable = {
    '[Content_Types].xml': xml(`<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${sheets.map((_sheet, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`),
    '_rels/.rels': xml(`<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    'xl/workbook.xml': xml(`<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATIONS}"><sheets>${sheets.map(({ name }, index) => `<sheet name="${quoted(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': xml(`<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_sheet, index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`),
    // Style 1: text, wrapped, at the top; style 2: a heading. 49 is the number format `@`, text.
    'xl/styles.xml': xml(`<styleSheet xmlns="${NAMESPACE}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF5"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs></styleSheet>`),
  };
  sheets.forEach((sheet, index) => {
    files[`xl/worksheets/sheet${index + 1}.xml`] = xml(sheetXml(sheet));
  });
  return ok(zipSync(files, { mtime: MADE }));
}

function xml(body: string): Uint8Array {
  return strToU8(HEAD + body);
}

function sheetXml({ rows }: Sheet): string {
  const width = Math.max(1, ...rows.map((row) => row.length));
  const written = rows.map((row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, columnLetter(column) + String(at + 1), at === 0 ? 2 : 1)).join('')}</row>`);
  // The headings stay in sight, and new rows are columns of text too.
  return `<worksheet xmlns="${NAMESPACE}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${width}" width="18" style="1" customWidth="1"/></cols><sheetData>${written.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, place: string, style: number): string {
  if (cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}" s="${style}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}" s="${style}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${quoted(cell)}</t></is></c>`;
}

/** What XML cannot say or would change is written `_xHHHH_` (ECMA-376, part 1, §22.9.2.19 ST_Xstring), and so is what reads like that already. */
function quoted(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    // oxlint-disable-next-line no-control-regex -- these are what must not stand in XML
    .replace(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The five entities of XML and numbered characters; the library counts and limits them, which is meant for entities that expand. */
function resolved(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
function unquoted(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Reads what anybody may have sent: never more than the limits into memory, no document types, no entities of its own. */
export function readWorkbook(file: Uint8Array): Result<Sheet[], WorkbookFault> {
  const unfolded = unfold(file);
  if (!unfolded.ok) return unfolded;
  const parts = unfolded.value;
  if ([...parts.values()].reduce((count, bytes) => count + tagsIn(bytes), 0) > TAG_LIMIT) return err({ kind: 'too-large', what: 'content', sheet: '' });
  const [workbook, relations] = [parsed(parts, 'xl/workbook.xml'), parsed(parts, 'xl/_rels/workbook.xml.rels')];
  if (workbook === null || relations === null) return err({ kind: 'not-a-workbook' });
  const targets = new Map(each(at(relations, 'Relationships', 'Relationship')).map((relation) => [attribute(relation, 'Id'), attribute(relation, 'Target')]));
  const shared = each(at(parsed(parts, 'xl/sharedStrings.xml') ?? {}, 'sst', 'si')).map(textOf);
  const named = each(at(workbook, 'workbook', 'sheets', 'sheet'));
  if (named.length > SHEET_LIMIT) return err({ kind: 'too-large', what: 'sheets', sheet: '' });
  const sheets: Sheet[] = [];
  for (const sheet of named) {
    const name = attribute(sheet, 'name');
    const target = targets.get(attribute(sheet, 'id')) ?? '';
    const part = parsed(parts, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    if (part === null) return err({ kind: 'not-a-workbook' });
    const rows = rowsOf(name, part, shared);
    if (!rows.ok) return rows;
    sheets.push({ name, rows: rows.value });
  }
  return ok(sheets);
}

/** Unzips in small pieces and counts as it goes: what a file says of its own size is not believed. */
function unfold(file: Uint8Array): Result<Map<string, Uint8Array>, WorkbookFault> {
  if (file.length > FILE_LIMIT) return err({ kind: 'too-large', what: 'file', sheet: '' });
  const parts = new Map<string, Uint8Array[]>();
  let size = 0;
  let damaged = false;
  const unzip = new Unzip((part) => {
    // Pictures, themes and macros are nothing to us.
    if (!/^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/.test(part.name) || parts.has(part.name)) return;
    const pieces: Uint8Array[] = [];
    parts.set(part.name, pieces);
    part.ondata = (failure, piece) => {
      if (failure !== null) damaged = true;
      else if ((size += piece.length) <= CONTENT_LIMIT) pieces.push(piece);
    };
    part.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let from = 0; from < file.length && size <= CONTENT_LIMIT && !damaged; from += SLICE) unzip.push(file.subarray(from, from + SLICE), from + SLICE >= file.length);
  } catch {
    // The library throws what it cannot read.
    damaged = true;
  }
  if (size > CONTENT_LIMIT) return err({ kind: 'too-large', what: 'content', sheet: '' });
  if (damaged) return err({ kind: 'not-a-workbook' });
  return ok(new Map([...parts].map(([name, pieces]) => [name, new Uint8Array(Buffer.concat(pieces))])));
}

function tagsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let from = bytes.indexOf(0x3c); from !== -1; from = bytes.indexOf(0x3c, from + 1)) count += 1;
  return count;
}

/** Attributes as `@name`, texts as they stand. Prefixes are dropped: writers differ in them. */
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true, trimValues: false, parseTagValue: false, parseAttributeValue: false, alwaysCreateTextNode: true, processEntities: false });

function parsed(parts: ReadonlyMap<string, Uint8Array>, name: string): Node | null {
  const bytes = parts.get(name);
  if (bytes === undefined) return null;
  const source = strFromU8(bytes);
  // Document types and their entities expand or load; workbooks have none.
  return /<!(?!--|\[CDATA\[)/.test(source) || XMLValidator.validate(source) !== true ? null : (parser.parse(source) as Node);
}

type Node = { [name: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

function at(node: Node, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isNode(inner) ? inner[name] : undefined), node);
}
function each(value: unknown): Node[] {
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}
function attribute(node: Node, name: string): string {
  const value = node[`@${name}`];
  return typeof value === 'string' ? resolved(value) : '';
}

/** What stands between an element's tags. */
function wordsOf(node: Node): string {
  return typeof node['#text'] === 'string' ? resolved(node['#text']) : '';
}

/** A text may be cut into runs with looks of their own; phonetic guides are no part of it. */
function textOf(node: Node): string {
  const texts = [...each(node['t']), ...each(node['r']).flatMap((run) => each(run['t']))];
  return unquoted(texts.map(wordsOf).join(''));
}

function rowsOf(sheet: string, part: Node, shared: readonly string[]): Result<Cell[][], WorkbookFault> {
  const rows: Cell[][] = [];
  let number = 0;
  for (const row of each(at(part, 'worksheet', 'sheetData', 'row'))) {
    number = Number(attribute(row, 'r') || number + 1);
    if (!Number.isInteger(number) || number < 1 || number > ROW_LIMIT) return err({ kind: 'too-large', what: 'rows', sheet });
    const cells: Cell[] = [];
    let column = -1;
    for (const cell of each(row['c'])) {
      const letters = /^[A-Z]{1,3}/.exec(attribute(cell, 'r'))?.[0];
      column = letters === undefined ? column + 1 : indexOf(letters);
      if (column >= COLUMN_LIMIT) return err({ kind: 'too-large', what: 'columns', sheet });
      const place = { sheet, row: number, column: columnLetter(column) };
      if ('f' in cell) return err({ kind: 'formula', ...place });
      const type = attribute(cell, 't');
      if (type === 'e') return err({ kind: 'error-value', ...place });
      const value = valueOf(cell, type, shared);
      if (typeof value === 'string' && value.length > CELL_LIMIT) return err({ kind: 'too-large', what: 'cell', sheet });
      while (cells.length < column) cells.push('');
      cells[column] = value;
    }
    while (rows.length < number - 1) rows.push([]);
    rows[number - 1] = cells;
  }
  return ok(rows);
}

function valueOf(cell: Node, type: string, shared: readonly string[]): Cell {
  if (type === 'inlineStr') return each(cell['is']).map(textOf).join('');
  const text = each(cell['v']).map(wordsOf).join('');
  switch (type) {
    case 's': return shared[Number(text)] ?? '';
    case 'b': return text === '1';
    case 'str': return unquoted(text);
    default: return text === '' || !Number.isFinite(Number(text)) ? text : Number(text);
  }
}

/** `A` is 0, `AA` is 26. */
function indexOf(letters: string): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
