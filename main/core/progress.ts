import type { CaseState } from '../../domain/case/types.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { daysLeft } from '../../domain/calendar/working-days.ts';
import { isClosed, mayFollow } from '../../domain/case/fold.ts';
import type { CaseDetail, CaseSummary, PrintView, Travel } from '../../domain/contracts/kiosk.ts';
import type { Item } from '../../domain/item/types.ts';
import { never } from '../../domain/result.ts';

/** What a summary needs besides the case itself. */
export type Around = {
  item: Item | null;
  travel: Travel;
  travelSince: string | null;
  /** When this machine last heard from the hall. */
  asOf: string | null;
  now: number;
  /** Papers of this case that the ledger knows. */
  prints: readonly Pick<PrintView, 'paper' | 'state'>[];
};

/** A case in the words of the list: where it is, who has it, what the citizen can do now. */
export function summarise(state: CaseState, around: Around): CaseSummary {
  const { limits } = state;
  const running = state.stage === 'accepted' || state.stage === 'decided';
  const unit = around.item?.promised.unit ?? 'working';
  return {
    id: state.id,
    number: state.number,
    provisional: state.accepted === null && state.handedIn.number.provisional,
    itemName: around.item?.name ?? state.item.code,
    stage: state.stage,
    travel: around.travel,
    travelSince: around.travelSince,
    handedInAt: state.history[0]?.at ?? new Date(around.now).toISOString(),
    daysLeft: running && limits !== null ? daysLeft(civilDate(around.now), limits.promisedBy, unit) : null,
    promisedBy: running && limits !== null ? limits.promisedBy : null,
    holder: holderWords(state, around),
    asOf: around.asOf,
    canPrint: state.certificate !== null && !around.prints.some((print) => print.paper === 'certificate' && print.state !== 'not-printed'),
    canRate: state.rating === null && mayFollow(state.stage, 'rated'),
    canSupplement: state.stage === 'correction-asked',
  };
}

export function detail(state: CaseState, around: Around): CaseDetail {
  const { certificate } = state;
  return {
    ...summarise(state, around),
    history: state.history.map(({ kind, at }) => ({ kind, at, words: HISTORY[kind] ?? kind })),
    asks: state.stage === 'correction-asked' ? (state.correction?.asks ?? []) : [],
    reason: state.refusal?.reason ?? state.finish?.words ?? state.decision?.reason ?? '',
    certificate: certificate === null ? null : { title: certificate.title, number: certificate.number, holder: certificate.holder, issuer: certificate.issuer, issuedOn: certificate.issuedOn },
    rating: state.rating?.level ?? null,
  };
}

/** The steps of the time line in the words that citizens know from their papers. */
const HISTORY: Record<string, string> = {
  'handed-in': '提交申请（收件）', supplemented: '补正材料已提交', withdrawn: '申请人撤回', rated: '已评价', 'result-printed': '结果已打印',
  accepted: '受理', refused: '不予受理', 'correction-asked': '一次性告知补正', 'pre-reviewed': '部门预审', reviewed: '部门审查', 'survey-appointed': '约定现场踏勘', 'survey-held': '现场踏勘完成',
  paused: '办理时限暂停计算', resumed: '办理时限恢复计算', extended: '办理时限延长', 'limits-set': '办理时限重新计算', 'staff-corrected': '工作人员更正了填写内容', 'originals-seen': '窗口核验原件', 'identity-checked': '窗口核验身份',
  'handed-over': '材料移交', 'taken-over': '材料已接收', decided: '作出决定', finished: '办结', delivered: '结果已送达', archived: '已归档',
};

function holderWords(state: CaseState, { item, travel }: Around): string {
  const office = item?.body.name ?? '县政务服务中心';
  if (isClosed(state.stage)) return state.stage === 'finished' && state.certificate !== null ? '结果可打印' : '已结束';
  switch (state.stage) {
    case 'handed-in':
    case 'supplemented':
      return travel === 'waiting-to-travel' ? '本机保管，等待送达县政务服务中心' : '县政务服务中心窗口';
    case 'correction-asked':
      return '等您补正';
    case 'accepted':
    case 'decided':
      return office;
    case 'finished':
    case 'refused':
    case 'withdrawn':
      return '已结束';
    default:
      return never(state.stage);
  }
}
