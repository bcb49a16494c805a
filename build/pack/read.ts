import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Bytes } from '../../crypto/node.ts';
import { examine, type Finding, openFindings } from '../../domain/item/doctor.ts';
import { SurfaceTexts, type SurfaceText } from '../../domain/item/surfaces.ts';
import { type FileReference, Item } from '../../domain/item/types.ts';
import { checkBundle } from '../../domain/item/validate.ts';
import { stop } from '../say.ts';

/** A finding with its file; `open`: it keeps the pack from being signed. */
export type PackFinding = { file: string; path: string; severity: Finding['severity']; kind: string; words: string; open: boolean };
export type PackReport = { items: Item[]; findings: PackFinding[] };

/** Reads a pack's folder and examines everything in it: `items/*.json`, `window.json`, `files/`. @param today civil date */
export async function readPackFolder(folder: string, today: string): Promise<PackReport> {
  const names = existsSync(path.join(folder, 'items')) ? (await readdir(path.join(folder, 'items'))).filter((name) => name.endsWith('.json')).sort() : [];
  if (names.length === 0) stop(`${folder} holds no items.`, 'An item lies in its folder items/; make one with: ./jinban pack new DIR CODE');
  const findings: PackFinding[] = [];
  const candidates: { file: string; value: unknown }[] = [];
  for (const name of names) {
    const file = path.join('items', name);
    const value = await readJson(path.join(folder, file));
    if (value === undefined) findings.push(broken(file));
    else candidates.push({ file, value });
  }
  const surfaces = await readSurfaces(folder, findings);
  const items = candidates.flatMap(({ value }) => {
    const parsed = Item.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  for (const { file, value } of candidates) {
    const found = examine(value, { today, others: items, surfaces });
    const item = Item.safeParse(value);
    const open = item.success ? openFindings(item.data, found) : found;
    findings.push(...found.map((finding) => ({ file, ...finding, open: open.includes(finding) })));
    if (item.success) findings.push(...(await fileFindings(folder, file, item.data)));
  }
  findings.push(...togetherFindings(candidates));
  return { items, findings };
}

/** What only shows between items; what one item has wrong by itself was said of it already. */
function togetherFindings(candidates: readonly { file: string; value: unknown }[]): PackFinding[] {
  const whole = checkBundle(candidates.map(({ value }) => value));
  return whole.ok ? [] : whole.error.faults.filter(({ kind, path: place }) => kind === 'repeated' && /^\d+\.code$/.test(place)).map(({ path: place }) => (
    { file: candidates[Number(place.split('.')[0])]?.file ?? '', path: 'code', severity: 'blocks', kind: 'repeated', words: '同一编码的两个版本在同一天都有效，或者版本号相同。请改日期或版本号。', open: true }
  ));
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

async function readSurfaces(folder: string, findings: PackFinding[]): Promise<SurfaceText[]> {
  if (!existsSync(path.join(folder, 'window.json'))) return [];
  const parsed = SurfaceTexts.safeParse(await readJson(path.join(folder, 'window.json')));
  if (parsed.success) return parsed.data;
  findings.push(...parsed.error.issues.map((issue) => ({ ...broken('window.json'), path: issue.path.join('.'), words: '窗口或网上文本的形式不对，见 docs/items.md。' })));
  return [];
}

function broken(file: string): PackFinding {
  return { file, path: '', severity: 'blocks', kind: 'not-json', words: '不是 JSON 文件。请检查标点和括号。', open: true };
}

/** Every file that an item names must lie in `files/` and be the one it means. */
async function fileFindings(folder: string, file: string, item: Item): Promise<PackFinding[]> {
  const named: [string, FileReference | undefined][] = [
    ['result.sample', item.result.sample],
    ...item.materials.flatMap(({ key, blankForm, sampleFile }): [string, FileReference | undefined][] => [[`materials.${key}.blankForm`, blankForm], [`materials.${key}.sampleFile`, sampleFile]]),
  ];
  const found = await Promise.all(named.map(async ([place, reference]): Promise<PackFinding[]> => {
    if (reference === undefined) return [];
    const at = path.join(folder, 'files', reference.path);
    const words = !existsSync(at) ? `files/${reference.path} 不存在。请放进去。` : sha256Bytes(await readFile(at)) === reference.sha256 ? '' : `files/${reference.path} 与校验值不符。请换成原来的文件，或者改校验值。`;
    return words === '' ? [] : [{ file, path: place, severity: 'blocks', kind: 'file-differs', words, open: true }];
  }));
  return found.flat();
}
