import { z } from 'zod';
import { CivilDate } from '../time.ts';

/**
 * The rules of 电子监察 as data. A rule's meaning is code (`judge.ts`, `accounts.ts`, `card.ts`); whether it holds, how grave it is and its numbers are a version of
 * it. The program brings version 1 of each; a county publishes further versions with two pairs of eyes. A case is judged by the versions in force on the day the hall had it: what
 * is published later changes nothing that is under way, so that judging the same log again gives the same cards.
 */
export const RULE_IDS = [
  'promise-tomorrow', 'promise-near', 'promise-over', 'statutory-over', 'step-over', 'answer-late', 'deemed-accepted', 'pause-over', 'pause-endless',
  'order-broken', 'reason-missing', 'correction-repeated', 'material-absent', 'process-skipped', 'late-entry-late', 'late-entry-unfounded', 'unanswered',
  'instant-finish', 'back-dated', 'finish-burst', 'own-rating', 'own-case', 'same-person',
] as const;
export const RuleId = z.enum(RULE_IDS);
export type RuleId = z.infer<typeof RuleId>;

/** 时限, 程序, 异常情况: the three kinds of 电子监察. */
export const RuleKind = z.enum(['limit', 'procedure', 'anomaly']);
export type RuleKind = z.infer<typeof RuleKind>;

/** 提示, 预警, 黄牌, 红牌. The first two ask for no answer. */
export const Level = z.enum(['hint', 'warn', 'yellow', 'red']);
export type Level = z.infer<typeof Level>;

/** A rule's numbers by name; `PARAMETERS` says what each counts. */
export const Parameters = z.record(z.string().max(20), z.int().min(0).max(400));

export const Rule = z.strictObject({
  id: RuleId,
  version: z.int().min(1),
  /** false: the county does not use it. */
  on: z.boolean(),
  level: Level,
  parameters: Parameters,
  /** First day it holds; it holds until a newer version does. */
  from: CivilDate,
});
export type Rule = z.infer<typeof Rule>;

/** What every version of a rule has in common. `basis`: where it comes from. */
export type RuleMeaning = { kind: RuleKind; name: string; words: string; basis: string };

/** What a parameter counts, for people who change it. */
export const PARAMETERS: Readonly<Record<string, string>> = { days: '个工作日', minutes: '分钟', count: '件', letters: '个字', times: '次', months: '个自然月' };

export const MEANINGS: Readonly<Record<RuleId, RuleMeaning>> = {
  'promise-tomorrow': { kind: 'limit', name: '承诺期限将到', words: '距承诺期限最后一天还有 {days} 个工作日。', basis: '地方电子监察办法：到期前一个工作日提示' },
  'promise-near': { kind: 'limit', name: '临近承诺期限', words: '距承诺期限最后一天还有 {days} 个工作日，仍未办结。', basis: '省级监察程序通行阈值：剩余 2 个工作日预警' },
  'promise-over': { kind: 'limit', name: '超过承诺期限', words: '超过承诺期限没有办结。', basis: '地方电子监察办法；服务承诺制' },
  'statutory-over': { kind: 'limit', name: '超过法定期限', words: '超过法定期限没有办结。', basis: '行政许可法第四十二条、第四十三条' },
  'step-over': { kind: 'limit', name: '环节超时', words: '一个环节超过了自己的时限，不论总时限到没到。', basis: '地方电子监察办法：总时限未到、环节超时的同样监察' },
  'answer-late': { kind: 'limit', name: '逾期未答复', words: '收件（或者收到补正）后 {days} 个工作日内没有受理、不予受理或者告知补正。', basis: '行政许可法第三十二条第一款第四项' },
  'deemed-accepted': { kind: 'limit', name: '视为受理', words: '大厅收到后 {days} 个工作日内没有告知，按法律自收到申请材料之日起即为受理。', basis: '行政许可法第三十二条第一款第四项' },
  'pause-over': { kind: 'limit', name: '特别程序超时', words: '听证、检验、鉴定等特别程序或者转报，超过了告知申请人的时间。', basis: '行政许可法第四十五条' },
  'pause-endless': { kind: 'limit', name: '挂起没有期限', words: '挂起时没有写明所需时间，已经 {days} 个工作日没有恢复。', basis: '行政许可法第四十五条：应当将所需时间书面告知申请人' },
  'order-broken': { kind: 'procedure', name: '程序倒置', words: '前后日期颠倒：受理晚于办结、补正早于告知、结果早于申请等。', basis: '省级监察程序通行规则' },
  'reason-missing': { kind: 'procedure', name: '缺少理由', words: '不予受理、不予许可、退件、挂起没有写明理由（少于 {letters} 个字）。', basis: '行政许可法第三十二条、第三十八条' },
  'correction-repeated': { kind: 'procedure', name: '多次补正', words: '补正应当一次告知；告知了 {times} 次还要求补正，或者补正之后又退件。', basis: '行政许可法第三十二条第一款第四项' },
  'material-absent': { kind: 'procedure', name: '缺件受理', words: '受理时缺少必要材料，又没有容缺承诺。', basis: '省级监察程序通行规则' },
  'process-skipped': { kind: 'procedure', name: '流程不符', words: '还有环节没有办理就作出决定或者办结。', basis: '省级监察程序通行规则：实际流程与公布流程不符' },
  'late-entry-late': { kind: 'procedure', name: '补录过迟', words: '故障恢复后超过 {days} 个工作日才补录应急纸表。', basis: '双轨办理规则' },
  'late-entry-unfounded': { kind: 'procedure', name: '补录无据', words: '补录写的收件时间，不在任何登记的故障之内；补录后 {days} 个工作日内也没有人登记故障。', basis: '双轨办理规则' },
  'unanswered': { kind: 'procedure', name: '逾期不答复监察', words: '黄牌发出 {days} 个工作日内没有说明、整改或者申诉，黄牌变红牌。', basis: '地方电子监察办法：不纠正的黄牌升为红牌' },
  'instant-finish': { kind: 'anomaly', name: '瞬时办结', words: '承诺件受理后不到 {minutes} 分钟就办结，可能是体外办理、事后补录。', basis: '异常监察' },
  'back-dated': { kind: 'anomaly', name: '倒签日期', words: '写的日期与操作的日子相差超过 {days} 个自然日，或者写在将来。', basis: '异常监察' },
  'finish-burst': { kind: 'anomaly', name: '集中办结', words: '一个账号在 {minutes} 分钟内办结 {count} 件以上。', basis: '异常监察' },
  'own-rating': { kind: 'anomaly', name: '自评', words: '好差评由工作人员账号提交。', basis: '国办发〔2019〕51号：不得强迫、诱导、干预评价' },
  'own-case': { kind: 'anomaly', name: '办理同名办件', words: '经办人与申请人同名，请核实是否应当回避。', basis: '公务员回避规定' },
  'same-person': { kind: 'anomaly', name: '同人多件', words: '一个账号一个自然月内为同一人办结 {count} 件以上。', basis: '异常监察' },
};

/** A day before any case: the program's own versions hold from the start. */
const ALWAYS = '2020-01-01';

function first(id: RuleId, level: Level, parameters: Rule['parameters'] = {}): Rule {
  return { id, version: 1, on: true, level, parameters, from: ALWAYS };
}

/** The versions that the program brings. Thresholds without a national value are the county's to change. */
export const DEFAULT_RULES: readonly Rule[] = [
  first('promise-tomorrow', 'hint', { days: 1 }),
  first('promise-near', 'warn', { days: 2 }),
  first('promise-over', 'yellow'),
  first('statutory-over', 'red'),
  first('step-over', 'yellow'),
  first('answer-late', 'yellow', { days: 5 }),
  first('deemed-accepted', 'red', { days: 5 }),
  first('pause-over', 'yellow'),
  first('pause-endless', 'yellow', { days: 20 }),
  first('order-broken', 'yellow'),
  first('reason-missing', 'yellow', { letters: 4 }),
  first('correction-repeated', 'yellow', { times: 1 }),
  first('material-absent', 'yellow'),
  first('process-skipped', 'yellow'),
  first('late-entry-late', 'warn', { days: 2 }),
  first('late-entry-unfounded', 'yellow', { days: 1 }),
  first('unanswered', 'red', { days: 5 }),
  first('instant-finish', 'yellow', { minutes: 10 }),
  first('back-dated', 'yellow', { days: 1 }),
  first('finish-burst', 'warn', { count: 20, minutes: 10 }),
  first('own-rating', 'red'),
  first('own-case', 'warn'),
  first('same-person', 'warn', { count: 5 }),
];

/** The version of each rule that holds on a day and is on. */
export function rulesOn(rules: readonly Rule[], date: string): Rule[] {
  const newest = new Map<RuleId, Rule>();
  for (const rule of rules) {
    const before = newest.get(rule.id);
    if (rule.from <= date && (before === undefined || rule.version > before.version)) newest.set(rule.id, rule);
  }
  return RULE_IDS.flatMap((id) => {
    const rule = newest.get(id);
    return rule === undefined || !rule.on ? [] : [rule];
  });
}

export function ruleOn(rules: readonly Rule[], id: RuleId, date: string): Rule | null {
  return rulesOn(rules, date).find((rule) => rule.id === id) ?? null;
}

/** A rule's number. One that a version does not name is 0. */
export function numberOf(rule: Pick<Rule, 'parameters'>, name: string): number {
  return rule.parameters[name] ?? 0;
}

/** What is wrong with a proposed version; null: nothing. The names of the numbers are the rule's own, and a version never reaches back. */
export function ruleFault(proposed: Rule, known: readonly Rule[], today: string): 'not-next' | 'other-parameters' | 'reaches-back' | null {
  const own = known.filter(({ id }) => id === proposed.id);
  const names = (rule: Rule) => Object.keys(rule.parameters).toSorted().join();
  const [origin] = own;
  if (origin === undefined || proposed.version !== Math.max(...own.map(({ version }) => version)) + 1) return 'not-next';
  if (names(origin) !== names(proposed)) return 'other-parameters';
  return proposed.from <= today || own.some(({ from }) => from > proposed.from) ? 'reaches-back' : null;
}

/** A rule's words with its numbers in them. */
export function ruleWords(rule: Pick<Rule, 'id' | 'parameters'>): string {
  return MEANINGS[rule.id].words.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(rule.parameters[name] ?? whole));
}
