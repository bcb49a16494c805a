/** Fictional papers for tests, the technician's test page and the command line. Nobody here exists. */
import type { AcceptanceNotice, ApprovalDecision, CorrectionNotice, DenialDecision, RefusalNotice, Remedies, WithdrawalConfirmation } from '../../domain/documents/legal.ts';
import { LITIGATION_MONTHS, RECONSIDERATION_DAYS } from '../../domain/documents/legal.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';

type Receipt = Extract<PaperDocument, { kind: 'hand-in-receipt' }>;
type CertificatePaper = Extract<PaperDocument, { kind: 'certificate' }>;

export const sampleReceipt: Receipt = {
  kind: 'hand-in-receipt',
  hall: '示例县政务服务中心',
  site: '漹城街道便民服务中心',
  machine: 'T330624-0001',
  item: '老年人优待证办理',
  itemCode: '11330624MB0327169902000141001',
  number: '3306242611230000017',
  provisional: false,
  person: '欧阳*𬭛',
  maskedNumber: '330624********0017',
  at: '2026-11-23T07:33:20.000Z',
  materials: [
    { name: '居民身份证（正、反面）', pages: 2 },
    { name: '居民户口簿首页及本人页', pages: 2 },
    { name: '近期二寸免冠照片', pages: 1 },
  ],
  promisedDays: 1,
  statutoryDays: 20,
  dayUnit: 'working',
  token: '7K3M-Q9TX-2WPD-4H8R',
  actionHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  phone: '0575-00000000',
  complaintPhone: '12345',
};

export const sampleProvisionalReceipt: Receipt = {
  ...sampleReceipt,
  number: '临-T330624-0001-000017-K',
  provisional: true,
};

const check = 'JINBAN1:1.2.156.3005.2.11100000000013338W009.11330624002500287C.2026112301.001.0:' + 'q83vEjRWeJq83vEjRWeJ+/'.repeat(8);

export const sampleTestPage: PaperDocument = { kind: 'test-page', hall: sampleReceipt.hall, site: sampleReceipt.site, machine: sampleReceipt.machine, at: sampleReceipt.at };

export const sampleElderCard: CertificatePaper = {
  kind: 'certificate',
  certificate: {
    template: 'elder-card',
    title: '老年人优待证',
    licence: '1.2.156.3005.2.11100000000013338W009.11330624002500287C.2026112301.001.0',
    number: '浙示老优字第 2026-000017 号',
    holder: '欧阳漹㛃𬭛',
    fields: [
      { label: '性别', value: '女' },
      { label: '民族', value: '汉族' },
      { label: '出生日期', value: '1951年3月5日' },
      { label: '证件号码', value: '330624********0017' },
      { label: '住址', value: '示例省示例县漹城街道㛃河社区𬭛湖路118号3幢2单元501室' },
      { label: '优待类别', value: '七十周岁以上' },
      { label: '紧急联系', value: '' },
    ],
    issuer: '示例县民政局',
    issuedOn: '2026-11-23',
    validTo: null,
  },
  check,
};

export const sampleBusinessLicence: CertificatePaper = {
  kind: 'certificate',
  certificate: {
    template: 'business-licence',
    title: '营业执照（个体工商户）',
    licence: '1.2.156.3005.2.11100000MB03271699022.330624.000000016.001.9',
    number: '92330624MA2EXAMPLE',
    holder: '示例县漹城街道㛃记豆制品加工店',
    fields: [
      { label: '统一社会信用代码', value: '92330624MA2EXAMPLE' },
      { label: '类型', value: '个体工商户' },
      { label: '经营者', value: '买买提·阿不都热依木' },
      { label: '组成形式', value: '个人经营' },
      { label: '注册日期', value: '2026年11月23日' },
      { label: '经营场所', value: '示例省示例县漹城街道𬭛湖路118号一层（自主申报）' },
      { label: '经营范围', value: '许可项目：豆制品制造；食品销售（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）。一般项目：初级农产品收购；农副产品销售；日用百货销售（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）。' },
    ],
    issuer: '示例县市场监督管理局',
    issuedOn: '2026-11-23',
    validTo: null,
  },
  check,
};

export const sampleWaterPermit: CertificatePaper = {
  kind: 'certificate',
  certificate: {
    template: 'water-permit',
    title: '取水许可证',
    licence: '1.2.156.3005.2.11100000000013338W011.11330624006122244L.20260000403.001.U',
    number: '取水（示例）字〔2026〕第 0403 号',
    holder: '示例县漹水农业用水合作社',
    fields: [
      { label: '取水权人类别', value: '农民专业合作社' },
      { label: '法定代表人', value: '陈㛃' },
      { label: '取水地点', value: '示例县漹溪右岸㛃口闸上游120米' },
      { label: '水源类型', value: '地表水' },
      { label: '取水方式', value: '提水' },
      { label: '取水量', value: '12.6 万立方米／年' },
      { label: '取水用途', value: '农业灌溉' },
      { label: '退水地点', value: '漹溪支渠' },
      { label: '退水方式', value: '渠道自流' },
      { label: '计量设施', value: '电磁流量计一台，编号 DN300-0017，须按期检定并如实记录取水量' },
    ],
    issuer: '示例县水利局',
    issuedOn: '2026-11-23',
    validTo: '2031-11-22',
  },
  check,
};

export const commonFacts = {
  hall: '示例县政务服务中心',
  department: '示例县水利局',
  item: '取水许可（新办）',
  itemCode: '11330624MB0327169902000119003',
  power: 'licence',
  number: '3306242611230000403',
  person: '欧阳*𬭛',
  maskedNumber: '330624********0017',
  token: 'JB-01JBXQ5Z-6W3N8V-2K7M4T-9R0ABC',
  actionHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  place: { name: '示例县政务服务中心二楼水利窗口', address: '示例县漹城街道𬭛湖路1号', hours: '工作日 8:30—12:00，14:00—17:30' },
  phone: '0575-00000000',
  complaintPhone: '12345',
} as const;

export const licensingLaw = '《中华人民共和国行政许可法》';
export const waterLaw = { law: '《中华人民共和国水法》', article: '第四十八条' };

export const sampleAcceptance: AcceptanceNotice = {
  ...commonFacts,
  kind: 'acceptance-notice',
  paperNumber: '示水许受〔2026〕403号',
  date: '2026-11-25',
  basis: [{ law: licensingLaw, article: '第三十二条第一款第五项、第二款' }, { law: licensingLaw, article: '第四十二条' }, waterLaw],
  receivedOn: '2026-11-23',
  acceptedOn: '2026-11-25',
  materials: [
    { name: '取水许可申请书', pages: 4 },
    { name: '取水口设置方案和取水设施照片', pages: 6 },
    { name: '与第三者利害关系的说明', pages: 1 },
  ],
  promised: { days: 15, unit: 'working' },
  promisedBy: '2026-12-16',
  statutory: { days: 20, unit: 'working' },
  statutoryBy: '2026-12-23',
  provisional: false,
  excluded: ['听证', '公告', '专家审查'],
};

export const sampleCorrection: CorrectionNotice = {
  ...commonFacts,
  kind: 'correction-notice',
  paperNumber: '示水许补〔2026〕403号',
  date: '2026-11-25',
  basis: [{ law: licensingLaw, article: '第三十二条第一款第四项' }],
  receivedOn: '2026-11-23',
  asks: [
    { target: '取水许可申请书', words: '第三页没有签名，请本人签名。' },
    { target: '取水口设置方案', words: '缺少取水口上下游各500米的位置图，请补一张，手绘也可以，但要标出距离。' },
    { target: '取水量', words: '申请书写的是12.6万立方米，方案里写的是16.2万立方米，请改成一致。' },
  ],
  within: '2026-12-25',
  ifLate: '逾期没有补正的，本次申请退回，您可以重新申请。',
};

export const remedies: Remedies = {
  reconsideration: { authority: '示例县人民政府', days: RECONSIDERATION_DAYS, first: false },
  litigation: { court: '示例县人民法院', within: LITIGATION_MONTHS, unit: 'months' },
};

export const sampleRefusal: RefusalNotice = {
  ...commonFacts,
  kind: 'refusal-notice',
  paperNumber: '示水许不受〔2026〕403号',
  date: '2026-11-25',
  basis: [{ law: licensingLaw, article: '第三十二条第一款第二项、第二款' }],
  receivedOn: '2026-11-23',
  reason: '申请的取水口位于省际边界河流漹江干流，日取水量超过5万立方米，依照《取水许可和水资源费征收管理条例》第十四条，由流域管理机构审批，不属于本机关职权范围。',
  applyTo: '示例流域水利委员会',
  remedies,
};

export const sampleApproval: ApprovalDecision = {
  ...commonFacts,
  kind: 'approval-decision',
  paperNumber: '示水许准〔2026〕403号',
  date: '2026-12-14',
  basis: [{ law: licensingLaw, article: '第三十八条第一款、第四十四条' }, waterLaw],
  acceptedOn: '2026-11-25',
  content: '准予在漹溪右岸㛃口闸上游120米处取用地表水，每年不超过12.6万立方米，用于农业灌溉。\n取水前应当装好计量设施，并按期检定、如实记录取水量。',
  result: '取水许可证',
  deliverBy: '2026-12-28',
};

export const sampleDenial: DenialDecision = {
  ...commonFacts,
  kind: 'denial-decision',
  paperNumber: '示水许不准〔2026〕403号',
  date: '2026-12-14',
  basis: [{ law: licensingLaw, article: '第三十八条第二款' }, waterLaw],
  acceptedOn: '2026-11-25',
  reason: '漹溪㛃口闸以上河段本年度取水总量已达到控制指标，再增加12.6万立方米会影响下游已有取水户的合法用水，不符合《取水许可和水资源费征收管理条例》第二十条规定的条件。',
  remedies,
};

export const sampleWithdrawal: WithdrawalConfirmation = {
  ...commonFacts,
  kind: 'withdrawal-confirmation',
  paperNumber: '示水许撤〔2026〕403号',
  date: '2026-12-02',
  basis: [],
  receivedOn: '2026-11-23',
  withdrawnOn: '2026-12-02',
  reason: '取水地点还要再商量，先不办了。',
};

/** Every paper that is set in several looks, by the name of its golden files. */
export const LOOKED = {
  receipt: sampleReceipt,
  acceptance: sampleAcceptance,
  correction: sampleCorrection,
  refusal: sampleRefusal,
  approval: sampleApproval,
  denial: sampleDenial,
  withdrawal: sampleWithdrawal,
} as const;

export const LOOKS = {
  normal: { text: 'normal', languages: 'zh' },
  large: { text: 'large', languages: 'zh' },
  bilingual: { text: 'normal', languages: 'zh-en' },
} as const;
