/** The catalogue in files: out as JSON or as a workbook, and in again as drafts. */
import type { ImportRow, ItemText } from '../../domain/contracts/catalogue.ts';
import { reachesCodes } from '../../domain/catalogue/reach.ts';
import { fromSheets, SHEET_FAULT_WORDS, toSheets } from '../../domain/item/exchange.ts';
import { Item } from '../../domain/item/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { isShallow } from '../http/sound.ts';
import type { Staff } from '../identity/accounts.ts';
import { makeDraft, ownedCode } from './drafts.ts';
import { changesBetween } from './flow.ts';
import { judgeTexts, memberOf } from './judge.ts';
import { lockCatalogue } from './publish.ts';
import { newestItems, publishedItems, today } from './versions.ts';
import { readWorkbook, workbookFaultWords, writeWorkbook } from './workbook.ts';

type Format = 'json' | 'workbook';
type ImportFault = { kind: 'unreadable'; where: string };
/** Places of a file that are told at once: what an editor mends in one go. */
const TOLD = 20;

/** The items in force today as one file. @param request `codes`: these alone; none: all */
export async function exportItems(ground: Ground, { format, codes }: { format: Format; codes: readonly string[] }): Promise<{ name: string; mediaType: string; bytes: string }> {
  const wanted = new Set(codes);
  const items = (await publishedItems(ground)).filter(({ code }) => wanted.size === 0 || wanted.has(code));
  const name = `items-${ground.division}-${today(ground)}`;
  if (format === 'json') return { name: `${name}.json`, mediaType: 'application/json', bytes: Buffer.from(`${JSON.stringify(items, null, 2)}\n`).toString('base64') };
  const written = writeWorkbook(toSheets(items));
  // An item's longest element is a tenth of what a cell holds.
  if (!written.ok) throw new Error(`items do not fit a workbook: ${written.error.what}`);
  return { name: `${name}.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes: Buffer.from(written.value).toString('base64') };
}

/** What taking a file would change. Nothing is written. */
export async function previewImport(ground: Ground, file: { format: Format; bytes: string }): Promise<Result<ImportRow[], ImportFault>> {
  const texts = readFile(file);
  return texts.ok ? ok((await judge(ground, ground.db.read, texts.value)).map(({ row }) => row)) : texts;
}

/** Makes a draft of each named item: of a known code a change of its newest version, else a new item. What somebody drafts already is passed over. */
export async function takeImport(ground: Ground, staff: Staff, { codes, ...file }: { format: Format; bytes: string; codes: readonly string[] }): Promise<Result<{ drafts: string[]; passedOver: string[] }, ImportFault>> {
  const texts = readFile(file);
  if (!texts.ok) return texts;
  return ground.db.write(async (write) => {
    await lockCatalogue(ground, write);
    const drafts: string[] = [];
    const passedOver: string[] = [];
    const wanted = new Set(codes);
    for (const { row, text, base } of await judge(ground, write, texts.value)) {
      if (!wanted.has(row.code)) continue;
      wanted.delete(row.code);
      const owned = base === null ? { code: row.code, creditCode: creditCodeOf(text) } : ownedCode(base);
      const takes = (row.what === 'new' || row.what === 'changed') && reachesCodes(staff.scope, [owned]);
      if (takes) drafts.push(await makeDraft(ground, write, staff, { kind: base === null ? 'new' : 'changed', bases: base === null ? [] : [base], bodies: [text], reason: '' }));
      else passedOver.push(row.code);
    }
    return ok({ drafts, passedOver: [...passedOver, ...wanted] });
  });
}

function readFile({ format, bytes }: { format: Format; bytes: string }): Result<ItemText[], ImportFault> {
  const content = Buffer.from(bytes, 'base64');
  if (format === 'json') {
    try {
      const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
      const texts = Array.isArray(value) ? value : [value];
      if (!isShallow(texts)) return err({ kind: 'unreadable', where: '文件里的内容嵌套太深，不予读取。' });
      return texts.every(isText) ? ok(texts) : err({ kind: 'unreadable', where: '文件里要么是一个事项，要么是事项的数组。' });
    } catch {
      return err({ kind: 'unreadable', where: '这不是 UTF-8 编码的 JSON 文件。' });
    }
  }
  const sheets = readWorkbook(content);
  if (!sheets.ok) return err({ kind: 'unreadable', where: workbookFaultWords(sheets.error) });
  const items = fromSheets(sheets.value);
  if (items.ok) return ok(items.value);
  return err({ kind: 'unreadable', where: items.error.faults.slice(0, TOLD).map(({ sheet, row, column, kind, label }) => `工作表“${sheet}”第${row}行${column}列（${label}）：${SHEET_FAULT_WORDS[kind]}`).join('\n') });
}

function isText(value: unknown): value is ItemText {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Each text of a file beside the newest version of its code. */
async function judge(ground: Ground, read: Read, texts: readonly ItemText[]): Promise<{ row: ImportRow; text: ItemText; base: Item | null }[]> {
  const { division } = ground;
  const codeOf = (text: ItemText) => (typeof text['code'] === 'string' ? text['code'].slice(0, 50) : '');
  const codes = [...new Set(texts.map(codeOf))].filter((code) => code !== '');
  const bases = new Map((await newestItems(read, division, codes)).map((item) => [item.code, item]));
  const open = codes.length === 0 ? [] : await read.selectFrom('item_draft_code').select('code').where('division', '=', division).where('locks', '=', true).where('code', 'in', codes).execute();
  const drafted = new Set(open.map(({ code }) => code));
  const findings = await judgeTexts(ground, read, texts);
  return texts.map((text, index) => {
    const code = codeOf(text);
    const base = bases.get(code) ?? null;
    const parsed = Item.safeParse(text);
    const changes = base === null || !parsed.success ? 0 : changesBetween(base, { ...parsed.data, state: base.state });
    const what = code === '' ? 'unreadable' : drafted.has(code) ? 'drafted' : base === null ? 'new' : parsed.success && changes === 0 ? 'same' : 'changed';
    return { row: { code, name: typeof text['name'] === 'string' ? text['name'].slice(0, 100) : '', what, changes, findings: findings[index] ?? [] }, text, base };
  });
}

function creditCodeOf(text: ItemText): string {
  const code = memberOf(text['body'], 'creditCode');
  return typeof code === 'string' ? code : '';
}
