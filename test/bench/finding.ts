/**
 * Finding an item among a thousand: what a citizen waits for behind every letter typed. Ours is `searchItems`, and `searchClose` where nothing matches; the limit is
 * one look at every text for the query as it stands, which finds neither pinyin nor what is misspelt.
 */
import { randomFrom } from '../../domain/seed/random.ts';
import { buildIndex, searchClose, searchItems } from '../../domain/item/search.ts';
import type { Item } from '../../domain/item/types.ts';
import { packItem } from '../fixtures/pack-item.ts';
import { report, rounds, row } from './rig/measure.ts';

const ITEMS = 1000;
/** Queries of one run, whose mean is its figure. */
const QUERIES = 20;
/** Letters of which names of items are made. */
const LETTERS = [...'办理登记许可变更注销延续补备案审批认定证明企业个人公司农民残疾老年生育医疗社保养住房积金车辆驾驶道路运输食品药卫环境水利林渔教育学校民培训文化旅游体广播建设工程施规划土地不动产消防全族宗殡葬婚姻收户口居身份护照律师公法援助档退役军'];

function county(): Item[] {
  const random = randomFrom(30);
  const word = (least: number, most: number) => Array.from({ length: random.between(least, most) }, () => random.pick(LETTERS)).join('');
  const own = [packItem('elder-card'), packItem('business-registration'), packItem('water-permit')];
  return [...own, ...Array.from({ length: ITEMS - own.length }, (_, index): Item => {
    const base = own[index % own.length] as Item;
    return { ...base, code: String(index).padStart(31, '0'), name: word(6, 20), words: Array.from({ length: 13 }, () => word(2, 6)), summary: word(20, 40), topics: [word(4, 4), word(4, 4)], body: { ...base.body, name: `新昌县${word(3, 6)}局` } };
  })];
}

export async function main(args: string[]): Promise<number> {
  const items = county();
  const index = buildIndex(items);
  const texts = items.flatMap((item) => [item.name, ...item.words, ...item.topics, item.body.name, item.summary]);
  const plain = (query: string) => () => texts.filter((text) => text.includes(query)).length;
  const build = await rounds({ ours: timed(() => buildIndex(items), 1), plain: timed(plain('证'), 1) }, 5);
  const rows = [row('index of 1000 items', 'ms', { ours: build.ours, limit: build.plain })];
  for (const [name, query, search] of [
    ['one letter: z', 'z', searchItems], ['initials: lnz', 'lnz', searchItems], ['pinyin: yingyezhizhao', 'yingyezhizhao', searchItems], ['a word: 老年证', '老年证', searchItems], ['a sentence', '我想给我妈办个老年证怎么办', searchItems],
    ['close, sounds: laolianzen', 'laolianzen', searchClose], ['close, a slip: yinyezhizhap', 'yinyezhizhap', searchClose], ['close, a character: 老年正', '老年正', searchClose],
  ] as const) {
    const runs = await rounds({ ours: timed(() => search(index, query), QUERIES), plain: timed(plain(query), QUERIES) });
    rows.push(row(name, 'ms', { ours: runs.ours, limit: runs.plain }));
  }
  return report('finding', rows, args);
}

function timed(work: () => unknown, times: number): () => Promise<number> {
  return async () => {
    const begun = performance.now();
    for (let time = 0; time < times; time += 1) work();
    return (performance.now() - begun) / times;
  };
}
