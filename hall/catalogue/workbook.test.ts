import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fromSheets, type Sheet, toSheets } from '../../domain/item/exchange.ts';
import { arbitraryItem } from '../../test/fixtures/arbitrary-item.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { readWorkbook, workbookFaultWords, writeWorkbook } from './workbook.ts';

function bytesOf(sheets: readonly Sheet[]): Uint8Array {
  const written = writeWorkbook(sheets);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return written.value;
}
function sheetsOf(bytes: Uint8Array): Sheet[] {
  const read = readWorkbook(bytes);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** A workbook of one sheet from its rows in XML, as another program may write it. */
function workbookOf(rows: string, more: Record<string, string> = {}): Uint8Array {
  const parts = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="x"><x:sheetData>${rows}</x:sheetData></x:worksheet>`.replaceAll('<row', '<x:row').replaceAll('</row', '</x:row'),
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

describe('items as a workbook', () => {
  test('any item comes back equal', () => {
    fc.assert(fc.property(arbitraryItem, (item) => {
      expect(fromSheets(sheetsOf(bytesOf(toSheets([item]))))).toEqual({ ok: true, value: [item] });
    }), { numRuns: 25 });
  });
  test('a library comes back in its order, and the same items make the same bytes', () => {
    const items = [packItem('water-permit'), packItem('elder-card'), { ...packItem('elder-card'), version: 2 }];
    const bytes = bytesOf(toSheets(items));
    expect(fromSheets(sheetsOf(bytes))).toEqual({ ok: true, value: items });
    expect(bytesOf(toSheets(items))).toEqual(bytes);
  });
  test('what looks like a formula is written as a text', () => {
    const cells = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1'];
    expect(sheetsOf(bytesOf([{ name: '甲', rows: [cells] }]))).toEqual([{ name: '甲', rows: [cells] }]);
  });
});

describe('workbooks of other programs', () => {
  test('shared and rich texts, numbers, truth values and gaps', () => {
    const shared = '<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><t xml:space="preserve"> 丙_x000D_</t></r><rPh><t>yi</t></rPh></si></sst>';
    const rows = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2"><v>1.5E3</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" s="1"/><c t="str"><v>&#20108;&amp;</v></c></row>';
    expect(sheetsOf(workbookOf(rows, { 'xl/sharedStrings.xml': shared }))).toEqual([{ name: '甲', rows: [[], ['甲', '', '乙 丙\r', 1500, true, '', '二&']] }]);
  });
  test.each<[string, string]>([
    ['<row r="3"><c r="AB3"><f>1+1</f><v>2</v></c></row>', '工作表“甲”第3行AB列是公式。请改成文字或数字（复制后“选择性粘贴—数值”）。'],
    ['<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', '工作表“甲”第1行A列是错误值（如 #N/A）。请填写内容。'],
    ['<row r="900000"><c r="A900000"/></row>', '工作表“甲”行数太多（最多20000行）。'],
    ['<row r="1"><c r="ZZZ1"/></row>', '工作表“甲”列数太多。'],
    [`<row r="1"><c t="inlineStr"><is><t>${'长'.repeat(32_768)}</t></is></c></row>`, '工作表“甲”里有单元格内容太长（最多32767字）。'],
    ['<c/>'.repeat(1_000_001), '文件展开后太大，不予读取。'],
    ['</row>', '这不是 xlsx 工作簿，或者文件已损坏。请用 Excel 或 WPS 另存为 .xlsx。'],
  ])('refused with the place: %.40s', (rows, words) => {
    const read = readWorkbook(workbookOf(rows));
    expect(read.ok ? 'read' : workbookFaultWords(read.error)).toBe(words);
  });
  test('bombs, entities and what is no workbook', () => {
    const kindOf = (bytes: Uint8Array) => {
      const read = readWorkbook(bytes);
      return read.ok ? 'ok' : read.error;
    };
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(40 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(kindOf(bomb)).toEqual({ kind: 'too-large', what: 'content', sheet: '' });
    expect(kindOf(new Uint8Array(5 * 1024 * 1024))).toEqual({ kind: 'too-large', what: 'file', sheet: '' });
    expect(kindOf(strToU8('code,name\n1,2'))).toEqual({ kind: 'not-a-workbook' });
    expect(kindOf(workbookOf('').subarray(0, 300))).toEqual({ kind: 'not-a-workbook' });
    expect(kindOf(workbookOf('', { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "bb">]><workbook>&b;</workbook>' }))).toEqual({ kind: 'not-a-workbook' });
    expect(kindOf(workbookOf('', { 'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="../../etc/passwd"/></Relationships>' }))).toEqual({ kind: 'not-a-workbook' });
    expect(writeWorkbook([{ name: '甲', rows: [['长'.repeat(32_768)]] }])).toEqual({ ok: false, error: { kind: 'too-large', what: 'cell', sheet: '甲' } });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !readWorkbook(bytes).ok), { numRuns: 50 });
  });
});
