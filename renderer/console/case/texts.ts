/** What the console says of the steps of a case beside the commonest ones. */
export const CASE_TEXTS = {
  'paper.open': '打开文书', 'paper.large': '大字',
  'paper.materials-receipt': '材料接收凭证', 'paper.acceptance-notice': '受理通知书', 'paper.lacking-commitment': '容缺受理承诺书', 'paper.joint-acceptance': '并联审批受理单', 'paper.correction-notice': '补正告知书',
  'paper.refusal-notice': '不予受理通知书', 'paper.approval-decision': '准予决定书', 'paper.denial-decision': '不予决定书', 'paper.withdrawal-confirmation': '撤回确认书', 'paper.special-procedure-notice': '特别程序告知书',
  'paper.resumption-notice': '恢复计算期限告知书', 'paper.extension-notice': '延长办理期限告知书', 'paper.return-notice': '退件通知书', 'paper.lapse-notice': '逾期未补正终止办理告知书', 'paper.hand-over-receipt': '材料交接单', 'paper.delivery-receipt': '送达回执',
  'history.pre-reviewed': '部门预审', 'history.survey-appointed': '约定联合踏勘', 'history.survey-held': '踏勘完成', 'history.paused': '办理时限暂停', 'history.resumed': '办理时限恢复',
  'history.extended': '延长办理期限', 'history.extended.words': '延长 {days} 个工作日，{who} 批准，承诺 {date} 前办结', 'history.limits-set': '期限重新计算', 'history.staff-corrected': '工作人员更正', 'history.originals-seen': '核验原件',
  'history.handed-over': '材料移交', 'history.taken-over': '材料接收', 'history.delivered': '送达', 'history.archived': '归档',
  'history.survey': '{date} {time}，{place}，联系 {contact}', 'history.pause.allowed': '告知申请人需要 {days} {unit}', 'history.corrected': '更正 {fields} 项，申请人可以看到', 'history.originals': '核验 {count} 份材料',
  'history.handed-over.to': '交 {to}：{papers}', 'history.taken-over.missing': '没有收到：{papers}', 'history.delivered.to': '{way}，签收人 {collector}',
  'verdict.fits': '材料符合要求', 'verdict.lacks': '材料需要补正', 'verdict.not-ours': '不属于本部门', 'outcome.agrees': '同意', 'outcome.objects': '不同意', 'outcome.absent': '到期未答复，按规则视为同意',
  'pause.special-procedure': '特别程序：', 'pause.transfer': '转报上级', 'pause.hold': '挂起', 'unit.working': '个工作日', 'unit.natural': '天',
  'delivery.window': '窗口领取', 'delivery.terminal': '自助机打印', 'delivery.post': '邮寄', 'delivery.electronic': '电子送达',
  'act.paused': '办理时限正在暂停，请先恢复。', 'act.steps-open': '还有部门没有答复，现在不能办这一步。', 'act.objected': '有部门不同意，不能准予。', 'act.not-your-step': '这一步不归您的部门，或者还没有轮到。',
  'act.over-law': '超过法律允许的期限。',
} as const;
