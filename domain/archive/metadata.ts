import { civilDate } from '../calendar/civil-date.ts';
import { isClosed } from '../case/fold.ts';
import type { CaseState } from '../case/types.ts';
import { legalName } from '../item/form.ts';
import type { Item } from '../item/types.ts';

/** What the county's archive rules set and no case knows. `security`: 密级. `retention`: 保管期限. */
export type ArchiveRules = { fonds: string; security: string; retention: string };

/** An element of the metadata: its Chinese name, as archives ask for it, and its value; empty where the case has none. */
export type Element = { name: string; value: string };

const RESULTS = { granted: '准予', denied: '不予', withdrawn: '撤回', returned: '退件', lapsed: '补正不来', transferred: '转报' } as const;

/** The day on which a case was closed; null while it is open. */
export function closedOn({ stage, history }: Pick<CaseState, 'stage' | 'history'>): string | null {
  const last = history.findLast(({ kind }) => kind === 'finished' || kind === 'refused' || kind === 'withdrawn');
  return last === undefined || !isClosed(stage) ? null : civilDate(Date.parse(last.at));
}

/**
 * The description of a closed case for the archive. The names are those that record keeping asks for everywhere (题名, 责任者, 文号, 日期, 密级, 保管期限) and the
 * item's and the case's own; they are not taken from the tables of GB/T 42727-2023.
 */
export function describeCase({ state, item, hall, papers }: { state: CaseState; item: Item; hall: string; papers: readonly string[] }, rules: ArchiveRules): Element[] {
  const holder = legalName(state.handedIn.applicant);
  return [
    { name: '全宗', value: rules.fonds },
    { name: '题名', value: `${holder}${item.name}` },
    { name: '责任者', value: item.body.name },
    { name: '责任者统一社会信用代码', value: item.body.creditCode },
    { name: '文号', value: papers.join('；') },
    { name: '日期', value: closedOn(state) ?? '' },
    { name: '密级', value: rules.security },
    { name: '保管期限', value: rules.retention },
    { name: '含个人信息', value: '是' },
    { name: '事项名称', value: item.name },
    { name: '事项编码', value: item.code },
    { name: '事项版本', value: String(item.version) },
    { name: '办件编号', value: state.number },
    { name: '申请人', value: holder },
    { name: '申请人证件号码', value: state.handedIn.applicant.number },
    { name: '收件日期', value: civilDate(Date.parse(state.handedIn.late?.happenedAt ?? state.handedIn.signature.signedAt)) },
    { name: '受理日期', value: state.accepted?.acceptedOn ?? '' },
    { name: '办结日期', value: closedOn(state) ?? '' },
    { name: '办理结果', value: resultOf(state) },
    { name: '证照编号', value: state.certificate?.number ?? '' },
    { name: '电子证照标识', value: state.certificate?.licence ?? '' },
    { name: '形成单位', value: hall },
  ];
}

function resultOf({ stage, finish }: CaseState): string {
  if (finish !== null) return RESULTS[finish.result];
  return stage === 'refused' ? '不予受理' : stage === 'withdrawn' ? '撤回' : '';
}
