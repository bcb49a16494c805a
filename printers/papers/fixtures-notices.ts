/** Samples of the papers in `notices.ts`. Every person and body is fictional; the dates reckon as the law does. */
import type { LegalPaper } from '../../domain/documents/legal.ts';
import { commonFacts, licensingLaw, remedies, waterLaw } from './fixtures.ts';

const dates = { promisedBy: '2026-12-30', statutoryBy: '2027-01-07', provisional: true };
const materials = [{ name: '取水许可申请书', pages: 4 }, { name: '取水口设置方案和取水设施照片', pages: 6 }, { name: '与第三者利害关系的说明', pages: 1 }];
const article = (words: string) => [{ law: licensingLaw, article: words }, waterLaw];

export const NOTICES = {
  special: {
    ...commonFacts, kind: 'special-procedure-notice', paperNumber: '示水许特〔2026〕12号', date: '2026-12-01', basis: article('第四十五条'), acceptedOn: '2026-11-25',
    procedure: '专家审查', from: '2026-12-01', allowed: { days: 10, unit: 'working' }, reason: '取水口位于㛃口闸上游，是否影响下游灌溉，需要请专家审查取水方案。',
  },
  resumption: {
    ...commonFacts, kind: 'resumption-notice', paperNumber: '示水许复〔2026〕9号', date: '2026-12-15', basis: article('第四十五条'), pause: '专家审查', from: '2026-12-01', resumedOn: '2026-12-15', ...dates,
  },
  extension: {
    ...commonFacts, kind: 'extension-notice', paperNumber: '示水许延〔2026〕3号', date: '2026-12-18', basis: article('第四十二条'), acceptedOn: '2026-11-25',
    extended: { days: 10, unit: 'working' }, approvedBy: '局长 王漹生', reason: '漹溪水量监测数据要到十二月下旬才完整，现在无法判断是否影响下游取水户。', ...dates,
  },
  returned: {
    ...commonFacts, kind: 'return-notice', paperNumber: '示水许退〔2026〕5号', date: '2026-11-26', basis: [], receivedOn: '2026-11-23', materials,
    reason: '申请书写明的取水地点在邻县境内。经与您联系，您同意取回材料，向邻县水利局申请。', remedies,
  },
  lapsed: {
    ...commonFacts, kind: 'lapse-notice', paperNumber: '示水许终〔2026〕2号', date: '2026-12-28', basis: article('第三十二条第一款第四项'), receivedOn: '2026-11-23', askedOn: '2026-11-25', within: '2026-12-25',
    asks: [{ target: '取水许可申请书', words: '第三页没有签名，请本人签名。' }, { target: '取水口设置方案', words: '缺少取水口上下游各500米的位置图。' }], reason: '十二月十日和二十日两次打电话提醒，没有收到补正材料。', remedies,
  },
  materials: {
    ...commonFacts, kind: 'materials-receipt', paperNumber: '示水许收〔2026〕403号', date: '2026-11-23', basis: [], receivedOn: '2026-11-23', occasion: 'hand-in', materials,
  },
  commitment: {
    ...commonFacts, kind: 'lacking-commitment', paperNumber: '示水许容〔2026〕7号', date: '2026-11-25', basis: [], acceptedOn: '2026-11-25',
    lacking: [{ name: '与第三者利害关系的说明', by: '2026-12-09' }, { name: '取水设施照片', by: '2026-12-04' }],
  },
  joint: {
    ...commonFacts, kind: 'joint-acceptance', paperNumber: '示水许联〔2026〕1号', date: '2026-11-25', basis: article('第二十六条第二款'), acceptedOn: '2026-11-25', promisedBy: '2026-12-16', statutoryBy: '2026-12-23', provisional: false,
    steps: [
      { name: '现场踏勘', department: '示例县水利局', days: 3, unit: 'working', after: [] },
      { name: '用地审查', department: '示例县自然资源和规划局', days: 5, unit: 'working', after: [] },
      { name: '生态流量审查', department: '示例县生态环境局', days: 2, unit: 'working', after: ['现场踏勘'] },
      { name: '批准', department: '示例县水利局', days: 2, unit: 'working', after: ['现场踏勘', '用地审查', '生态流量审查'] },
    ],
  },
  'hand-over': {
    ...commonFacts, kind: 'hand-over-receipt', paperNumber: '示水许交〔2026〕31号', date: '2026-11-26', basis: [], from: '综合窗口二号台', to: '水利局审批科', papers: ['取水许可申请书（原件）', '取水口设置方案一册', '身份证复印件'], words: '方案里的图纸是大开本，单独装在图筒里。',
  },
  delivery: {
    ...commonFacts, kind: 'delivery-receipt', paperNumber: '示水许送〔2026〕88号', date: '2026-12-18', basis: article('第四十四条'), deliveredOn: '2026-12-18', way: 'window', collector: '陈＊', relation: 'agent',
    papers: ['准予行政许可决定书', '取水许可证（编号 取水（示例）字〔2026〕第 0403 号）'],
  },
} as const satisfies Record<string, LegalPaper>;
