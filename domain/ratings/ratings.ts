import { err, ok, type Result } from '../result.ts';

/** 好差评: 5 非常满意 … 1 非常不满意. 国办发〔2019〕51号, GB/T 39734-2020. */
export type RatingLevel = 1 | 2 | 3 | 4 | 5;
export type RatingTag = { code: string; text: string };
/** `poor`: 差评, which starts the duty to call back and to put it right. */
export type Rating = { level: RatingLevel; name: string; poor: boolean; tags: readonly RatingTag[] };

/** Code, a space, the words. */
const LEVELS: readonly { level: RatingLevel; name: string; tags: readonly string[] }[] = [
  { level: 5, name: '非常满意', tags: ['510 一窗受理一次办结', '511 可以先受理后补材料', '512 不用提交证明', '513 可以全程网上办理', '514 可以使用手机办理', '515 可以就近办理', '516 无需材料直接办理', '517 服务热情效率高'] },
  { level: 4, name: '满意', tags: ['406 填写一张表单就可完成申报', '407 在线提交材料窗口核验', '408 一张清单告知全部申报材料', '409 用告知承诺减免申报材料', '410 可以在线预约办理', '411 跑大厅一次办完', '412 可以使用自助机办理', '413 服务态度较好'] },
  { level: 3, name: '基本满意', tags: ['307 一次性告知需要补正的材料', '308 提供申报材料样本', '309 在承诺的时间内办结', '310 办事指南指引准确', '311 按办事指南要求的材料即可办理', '312 可以快递送达', '313 跑动次数与承诺的一致', '314 服务态度一般'] },
  { level: 2, name: '不满意', tags: ['207 没有提供材料样本', '208 没有提供材料清单', '209 未在承诺时间内办结', '210 同样内容的证明材料被要求多次提交', '211 承诺网办但无法在线办理', '212 在线预约后到大厅重复取号排队', '213 窗口人员业务不熟练', '214 服务态度生硬'] },
  { level: 1, name: '非常不满意', tags: ['108 在办事指南之外增加新的审批条件', '109 需提供办事指南之外的申报材料', '110 无理由超过法定办理时间', '111 办事指南提供样本有错', '112 承诺在线收取申报材料实际无法收取', '113 多头跑窗口和部门', '114 跑动次数与承诺的不一致', '115 服务态度差效率低'] },
];

/** The five levels, best first, each with its eight national reason tags. */
export const RATINGS: readonly Rating[] = LEVELS.map(({ level, name, tags }) => ({
  level,
  name,
  poor: level <= 2,
  tags: tags.map((tag) => ({ code: tag.slice(0, 3), text: tag.slice(4) })),
}));

/** A level with its tags; null for a number that is no level. */
export function ratingOf(level: number): Rating | null {
  return RATINGS.find((rating) => rating.level === level) ?? null;
}

/** The words of a tag; null for a code that is none. */
export function tagText(code: string): string | null {
  return RATINGS.flatMap(({ tags }) => tags).find((tag) => tag.code === code)?.text ?? null;
}

export type RatingFault = { kind: 'unknown-level' } | { kind: 'foreign-tag'; code: string } | { kind: 'repeated-tag'; code: string };

/** Whether a rating may be handed in: a level, and tags of that level only, each once. No tag is needed: nobody is made to give a reason. */
export function checkRating(level: number, tags: readonly string[]): Result<Rating, RatingFault> {
  const rating = ratingOf(level);
  if (rating === null) return err({ kind: 'unknown-level' });
  for (const [index, code] of tags.entries()) {
    if (!rating.tags.some((tag) => tag.code === code)) return err({ kind: 'foreign-tag', code });
    if (tags.indexOf(code) !== index) return err({ kind: 'repeated-tag', code });
  }
  return ok(rating);
}
