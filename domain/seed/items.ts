/** Items that a story adds to a county's own pack, so that every kind of procedure occurs: departments side by side, one thing over several counters, surveys, natural days. */
import { makeCreditCode } from '../numbers/credit-code.ts';
import { makeItemCode } from '../numbers/item-code.ts';
import type { FormField, Item, StepTask } from '../item/types.ts';

const DIVISION = '330624';

/** Fictional credit codes of the county's bodies: the organisation number is made up, the checks are right. */
const BODIES = {
  planning: ['新昌县自然资源和规划局', '00261001'], housing: ['新昌县住房和城乡建设局', '00261002'], ecology: ['绍兴市生态环境局新昌分局', '00261003'], water: ['新昌县水利局', '00261004'],
  health: ['新昌县卫生健康局', '00261005'], fire: ['新昌县消防救援大队', '00261006'], market: ['新昌县市场监督管理局', '00261007'], labour: ['新昌县人力资源和社会保障局', '00261008'],
  welfare: ['新昌县民政局', '00261009'], enforcement: ['新昌县综合行政执法局', '00261010'],
} as const;
type Body = keyof typeof BODIES;

function creditOf(body: Body): string {
  return makeCreditCode({ kind: '11', division: DIVISION, organisation: BODIES[body][1] });
}

type Step = { key: string; name: string; body: Body; days: number; role: StepTask['role']; after?: string[]; preReview?: boolean; silence?: StepTask['silence'] };
type Wanted = {
  basic: string; weight: number; name: string; summary: string; type: string; body: Body; statutory: number; promised: number; unit?: 'working' | 'natural'; special?: string[]; steps: Step[];
  materials: readonly (readonly [key: string, name: string, required: boolean])[]; audience?: Item['audience']; place: string;
};

const WANTED: readonly Wanted[] = [
  {
    basic: '000198001001', weight: 3, name: '投资项目开工前并联审批', summary: '建厂房开工前的四个部门审批一次申请、一起办。', type: '01', body: 'planning', statutory: 45, promised: 22, special: ['专家评审', '公告'], audience: ['enterprise'], place: '项目地址',
    steps: [
      { key: 'planning', name: '规划许可', body: 'planning', days: 10, role: 'examine', preReview: true },
      { key: 'ecology', name: '环评审查', body: 'ecology', days: 12, role: 'examine', preReview: true },
      { key: 'water', name: '水土保持审查', body: 'water', days: 8, role: 'examine', preReview: true, silence: 'consents' },
      { key: 'survey', name: '联合踏勘', body: 'housing', days: 5, role: 'survey' },
      { key: 'permit', name: '施工许可', body: 'housing', days: 6, role: 'approve', after: ['planning', 'ecology', 'survey'] },
    ],
    materials: [['plan', '总平面图', true], ['land', '用地批准文件', true], ['assessment', '环境影响报告表', true], ['soil', '水土保持方案报告表', false]],
  },
  {
    basic: '000198002001', weight: 5, name: '开餐饮店一件事', summary: '开饭店要办的执照、食品许可、消防检查一次申请。', type: '01', body: 'market', statutory: 20, promised: 9, special: ['检测'], audience: ['person', 'enterprise'], place: '店铺地址',
    steps: [
      { key: 'name', name: '登记审核', body: 'market', days: 2, role: 'examine', preReview: true },
      { key: 'kitchen', name: '食品经营现场核查', body: 'market', days: 3, role: 'survey', after: ['name'] },
      { key: 'fire', name: '消防安全检查', body: 'fire', days: 4, role: 'examine', after: ['name'], preReview: true },
      { key: 'health', name: '公共场所卫生许可', body: 'health', days: 2, role: 'approve', after: ['kitchen'] },
    ],
    materials: [['identity', '经营者身份证', true], ['lease', '场所使用证明', true], ['layout', '厨房布局图', true], ['sign', '招牌设计图', false]],
  },
  {
    basic: '000198003001', weight: 4, name: '公共场所卫生许可', summary: '开理发店、旅馆、浴室前办的卫生许可。', type: '01', body: 'health', statutory: 20, promised: 8, special: ['检测'], place: '场所地址',
    steps: [
      { key: 'handle', name: '承办', body: 'health', days: 2, role: 'handle' },
      { key: 'survey', name: '现场审核', body: 'health', days: 4, role: 'survey', after: ['handle'] },
      { key: 'approve', name: '批准', body: 'health', days: 2, role: 'approve', after: ['survey'] },
    ],
    materials: [['layout', '场所平面图', true], ['test', '卫生检测报告', true]],
  },
  {
    basic: '000198004001', weight: 6, name: '临时占用城市道路审批', summary: '搭脚手架、摆活动摊位要占人行道的先审批。', type: '01', body: 'enforcement', statutory: 20, promised: 4, place: '占用位置',
    steps: [{ key: 'examine', name: '审核', body: 'enforcement', days: 2, role: 'examine' }, { key: 'approve', name: '批准', body: 'enforcement', days: 2, role: 'approve', after: ['examine'] }],
    materials: [['sketch', '占道示意图', true]],
  },
  {
    basic: '000198005001', weight: 6, name: '农村村民住宅用地审批', summary: '村里建房、翻建先批宅基地和规划。', type: '01', body: 'planning', statutory: 20, promised: 12, place: '建房地点',
    steps: [{ key: 'survey', name: '现场踏勘', body: 'planning', days: 6, role: 'survey' }, { key: 'examine', name: '审核', body: 'planning', days: 4, role: 'examine', after: ['survey'] }, { key: 'approve', name: '批准', body: 'planning', days: 2, role: 'approve', after: ['examine'] }],
    materials: [['household', '户口簿', true], ['village', '村集体讨论记录', true]],
  },
  {
    basic: '000598006001', weight: 8, name: '灵活就业社会保险补贴申领', summary: '灵活就业的困难人员按年申领社保补贴。', type: '05', body: 'labour', statutory: 20, promised: 10, place: '居住地址',
    steps: [{ key: 'check', name: '核查', body: 'labour', days: 6, role: 'examine' }, { key: 'approve', name: '批准', body: 'labour', days: 4, role: 'approve', after: ['check'] }],
    materials: [['certificate', '就业困难人员证明', true], ['payment', '社保缴费记录', false]],
  },
  {
    basic: '000598007001', weight: 4, name: '最低生活保障确认', summary: '家里收入低于标准的申请低保。', type: '05', body: 'welfare', statutory: 45, promised: 30, unit: 'natural', special: ['公示'], place: '居住地址',
    steps: [{ key: 'visit', name: '入户核查', body: 'welfare', days: 15, role: 'survey' }, { key: 'confirm', name: '审核确认', body: 'welfare', days: 10, role: 'approve', after: ['visit'] }],
    materials: [['household', '户口簿', true], ['income', '收入承诺书', true], ['illness', '大病诊断书', false]],
  },
  {
    basic: '002098008001', weight: 10, name: '流动摊点登记', summary: '在划定的地方摆摊，登记当天就好。', type: '20', body: 'enforcement', statutory: 5, promised: 1, place: '摆摊地点',
    steps: [{ key: 'register', name: '登记', body: 'enforcement', days: 1, role: 'handle' }],
    materials: [['identity', '身份证', true]],
  },
];

/** An item and how often it is applied for, compared to the others. */
export type Offered = { item: Item; weight: number };

/** The county's own items by their basic code; one that is not named is asked for as rarely as the rarest. */
const OWN: Readonly<Record<string, number>> = { 332001001001: 30, '000131001001': 14, '000119001001': 3 };

/** What can be applied for in a story: the county's own items, and the added ones, each valid by every rule of `checkItem`. */
export function offeredItems(own: readonly Item[]): Offered[] {
  return [...own.map((item) => ({ item, weight: OWN[item.basicCode] ?? 2 })), ...WANTED.map((wanted) => ({ item: itemOf(wanted), weight: wanted.weight }))];
}

function itemOf(wanted: Wanted): Item {
  const { name, summary, body, unit = 'working' } = wanted;
  const [bodyName] = BODIES[body];
  const creditCode = creditOf(body);
  const code = makeItemCode({ creditCode, level: 4, basicCode: wanted.basic });
  return {
    basicCode: wanted.basic, code, handlingCode: `${code}01`, version: 1, state: 'active', effectiveFrom: '2025-01-01', effectiveTo: null,
    name, summary, type: wanted.type, handling: wanted.promised <= 1 ? 'on-the-spot' : 'promised', audience: wanted.audience ?? ['person'], topics: [], words: [name],
    body: { name: bodyName, creditCode, nature: 'statutory', powerSource: '法定本级行使', level: 'county', jointOffices: [...new Set(wanted.steps.filter((step) => step.body !== body).map((step) => BODIES[step.body][0]))] },
    legalBasis: [{ law: '《中华人民共和国行政许可法》', article: '', text: '本事项为练习用，办理依据从略。' }],
    conditions: ['申请材料齐全，内容属实'],
    statutory: { days: wanted.statutory, unit, note: '' }, promised: { days: wanted.promised, unit, note: '' }, specialProcedures: wanted.special ?? [],
    steps: [
      { key: 'hand-in', name: '收件', who: '自助机或窗口', days: 0, note: '' },
      ...wanted.steps.map(({ key, name: step, body: department, days, role, after = [], preReview = false, silence = 'none' }) => ({ key, name: step, who: BODIES[department][0], days, note: '', task: { department: creditOf(department), role, after, preReview, silence } })),
    ],
    visits: { count: 0, reason: '' }, fee: { charged: false, basis: '', rows: [] }, online: { depth: 5, whyNot: '' },
    place: { name: '新昌县政务服务中心', address: '新昌县练习路1号', hours: '工作日 8:30—12:00，14:00—17:30', phone: '0575-86000112' }, complaints: { phone: '0575-86000345', place: '“办不成事”反映窗口' },
    result: { kind: 'approval', name: `${name}决定书`, template: null },
    materials: wanted.materials.map(([key, material, required]) => ({ key, name: material, original: 'copy', format: 'electronic', required, condition: required ? '' : '情况需要的才交', copies: 1, source: 'applicant', issuer: '申请人', basis: '', acceptance: '字看得清', notes: '', sample: '' })),
    questions: [], devices: { required: ['id-card-reader', 'camera'], optional: ['ticket-printer'] },
    form: formOf(wanted.place),
    declaration: '我填写的内容和拍摄的材料都是真实的。',
  };
}

function formOf(place: string): Item['form'] {
  const field = (name: string, label: string, widget: FormField['widget'], prefill: FormField['prefill'] = 'none'): FormField => ({ name, label, help: '', example: '', widget, prefill, shownWhen: null, options: [] });
  return {
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', additionalProperties: false,
      properties: { phone: { type: 'string', minLength: 7, maxLength: 20 }, place: { type: 'string', minLength: 4, maxLength: 100 }, begins: { type: 'string' }, area: { type: 'number', exclusiveMinimum: 0, maximum: 20_000 }, words: { type: 'string', maxLength: 200 } },
      required: ['phone', 'place'],
    },
    sections: [{ title: '申请内容', fields: [field('phone', '联系电话', 'phone'), field('place', place, 'long-text', 'card-address'), field('begins', '计划开始日期', 'date'), field('area', '面积（平方米）', 'number'), field('words', '补充说明', 'long-text')] }],
  };
}
