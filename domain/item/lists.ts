import { BYTE_ORDER_MARK, csvLine } from '../csv.ts';
import { HANDLINGS, ITEM_TYPES, ONLINE_DEPTHS, ONLINE_WHOLE, POWER_SOURCES, USE_LEVELS } from './dictionaries.ts';
import { diffItems } from './diff.ts';
import { limitWords } from './surfaces.ts';
import type { Item } from './types.ts';
import { itemsInForce } from './versions.ts';

/**
 * The lists that a county keeps open (国发〔2022〕5号; 国办函〔2016〕108号): read off the items in force on a day, never kept by hand, so that a list and a guide
 * cannot differ.
 */
export const LIST_NAMES = ['powers', 'fees', 'certificates', 'agencies', 'one-visit', 'online'] as const;
export type ListName = (typeof LIST_NAMES)[number];

export type OpenList = {
  name: ListName;
  /** 权责清单 */
  title: string;
  /** What stands in it, in one sentence. */
  about: string;
  columns: readonly string[];
  /** Each row names its item, so that it leads to the guide. */
  rows: readonly ListRow[];
  /** How many items are in it; an item may have several rows. */
  items: number;
};
export type ListRow = { code: string; cells: readonly string[]; changed: boolean };

type Recipe = { title: string; about: string; columns: readonly string[]; rowsOf(item: Item): readonly (readonly string[])[] };

/** Each law once, with its articles. */
function basisOf({ legalBasis }: Item): string {
  const laws = [...new Set(legalBasis.map(({ law }) => law))];
  return laws.map((law) => {
    const named = legalBasis.filter((one) => one.law === law);
    const number = named.find((one) => one.number !== undefined)?.number;
    return law + (number === undefined ? '' : `（${number}）`) + named.map(({ article }) => article).filter((article) => article !== '').join('、');
  }).join('；');
}
/** 公共服务 is no power. */
const PUBLIC_SERVICE = '20';

const RECIPES: Readonly<Record<ListName, Recipe>> = {
  powers: {
    title: '权责清单', about: '本县依申请行使的行政权力：谁行使、凭什么行使、多久办完、到哪里投诉。',
    columns: ['事项名称', '事项类型', '实施编码', '实施主体', '行使层级', '权力来源', '设定依据', '法定时限', '承诺时限', '投诉电话'],
    rowsOf: (item) => (item.type === PUBLIC_SERVICE ? [] : [[
      item.name, ITEM_TYPES[item.type] ?? item.type, item.code, item.body.name, item.body.useLevel === undefined ? '' : USE_LEVELS[item.body.useLevel],
      item.body.powerSourceCode === undefined ? item.body.powerSource : POWER_SOURCES[item.body.powerSourceCode], basisOf(item), limitWords(item.statutory), limitWords(item.promised), item.complaints.phone,
    ]]),
  },
  fees: {
    title: '收费清单', about: '办事要交的钱：不在这张清单里的，一律不收费。',
    columns: ['事项名称', '收费单位', '收费项目', '收费标准', '减免', '收费依据', '依据有效期至'],
    rowsOf: ({ name, body, fee }) => (!fee.charged ? [] : fee.rows.map((row) => [
      name, body.name, row.name, row.standard, row.reduction === undefined ? '' : row.reduction.allowed ? row.reduction.reason : '不减免', fee.basis, fee.basisUntil ?? '',
    ])),
  },
  certificates: {
    title: '证明事项清单', about: '办事要由别人出具的材料：谁要、由谁开、凭什么要。不在这张清单里的证明，可以拒绝提供。',
    columns: ['材料名称', '索要单位', '用于事项', '开具单位', '需要的情形', '索要依据', '政府掌握情况', '为什么还要'],
    rowsOf: (item) => item.materials.filter(({ source, notBrought }) => source !== 'applicant' && notBrought !== true).map((material) => [
      material.name, item.body.name, item.name, material.issuer, material.required ? '都需要' : material.condition, material.basis,
      material.holder === undefined ? '' : `${material.holder.body}（${material.holder.register}）`, reasonsOf(item, `materials.${material.key}`),
    ]),
  },
  agencies: {
    title: '中介服务清单', about: '办事前必须请第三方做的事：不在这张清单里的，不得要求申请人去做。',
    columns: ['中介服务', '用于事项', '审批部门', '服务机构', '设定依据', '收费'],
    rowsOf: ({ name, body, agencies = [] }) => agencies.map(({ service, by, basis, fee }) => [service, name, body.name, by, basis, fee]),
  },
  'one-visit': {
    title: '最多跑一次清单', about: '一次不用跑，或者只跑一次就能办成的事项。',
    columns: ['事项名称', '实施主体', '办件类型', '到现场次数', '必须到现场的原因', '承诺时限'],
    rowsOf: (item) => (item.visits.count > 1 ? [] : [[item.name, item.body.name, HANDLINGS[item.handling].words, String(item.visits.count), item.visits.reason, limitWords(item.promised)]]),
  },
  online: {
    title: '全程网办清单', about: '从申请到拿结果都不用到现场的事项。',
    columns: ['事项名称', '实施主体', '网办深度', '网上办理地址', '承诺时限'],
    rowsOf: (item) => (item.online.depth < ONLINE_WHOLE || item.visits.count > 0 ? [] : [[item.name, item.body.name, ONLINE_DEPTHS[item.online.depth] ?? '', item.online.url ?? '', limitWords(item.promised)]]),
  },
};

/**
 * @param items all published versions: what is in force on `day` counts
 * @param since a civil date; rows of items that are new or read differently since then are marked. null marks none
 */
export function openList(name: ListName, items: readonly Item[], day: string, since: string | null = null): OpenList {
  const { title, about, columns, rowsOf } = RECIPES[name];
  const changed = since === null ? new Set<string>() : changedSince(items, day, since);
  const listed = itemsInForce(items, day).filter(({ state }) => state === 'active').map((item) => ({ code: item.code, rows: rowsOf(item) })).filter(({ rows }) => rows.length > 0);
  return { name, title, about, columns, items: listed.length, rows: listed.flatMap(({ code, rows }) => rows.map((cells) => ({ code, cells, changed: changed.has(code) }))) };
}

/** The codes of items that are new on `day` or read differently from what was in force on `since`; what only raised its number or dates does not. */
export function changedSince(items: readonly Item[], day: string, since: string): Set<string> {
  const before = new Map(itemsInForce(items, since).map((item) => [item.code, item]));
  return new Set(itemsInForce(items, day).filter((item) => {
    const earlier = before.get(item.code);
    return earlier === undefined || diffItems(earlier, item).some(({ path }) => !['version', 'effectiveFrom', 'effectiveTo'].includes(path));
  }).map(({ code }) => code));
}

function reasonsOf(item: Item, path: string): string {
  return (item.reasons ?? []).filter((reason) => reason.path === path || reason.path.startsWith(`${path}.`)).map(({ words }) => words).join('；');
}

/**
 * A list as CSV (RFC 4180) for spreadsheet programs: with the mark of UTF-8 that they look for, and nothing that they would take for a formula.
 */
export function listCsv({ columns, rows }: OpenList): string {
  return BYTE_ORDER_MARK + [[...columns, '有变化'], ...rows.map(({ cells, changed }) => [...cells, changed ? '是' : ''])].map(csvLine).join('');
}
