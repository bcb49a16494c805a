import { z } from 'zod';
import { ADJUSTMENTS, AUDIENCES, BODY_NATURES, DAY_UNITS, FORMATS, HANDLE_AREAS, HANDLE_FORMS, HANDLINGS, ITEM_STATES, ITEM_TYPES, ORIGINALS, POWER_SOURCES, RESULTS, SOURCES, USE_LEVELS } from './dictionaries.ts';
import { FormField, Item } from './types.ts';

/**
 * The elements of an item as a table: where each stands, what it is called, and how it is written in one cell. Read off the schema itself, so that an
 * element that is added to it is exchanged, compared and shown without being listed again; only its Chinese name is (`LABELS`).
 */
export type Element = {
  /** Place from the row's start, such as `body.name`. */
  path: readonly string[];
  label: string;
  kind: 'text' | 'number' | 'yes-no' | 'list' | 'pairs' | 'json';
  /** It, or what it stands in, may be absent. */
  optional: boolean;
  nullable: boolean;
  /** Words of a dictionary, by code. */
  words: Readonly<Record<string, string>>;
};

/** A list of an item that is a sheet of its own in the exchange, and is compared entry by entry. */
export type ItemList = {
  name: string;
  path: readonly string[];
  optional: boolean;
  elements: readonly Element[];
  /** What tells two entries apart. */
  keyOf(entry: Readonly<Record<string, unknown>>): string;
  /** What a person calls an entry. */
  nameOf(entry: Readonly<Record<string, unknown>>): string;
};

const words = (table: Readonly<Record<string, { words: string }>>): Record<string, string> => Object.fromEntries(Object.entries(table).map(([key, value]) => [key, value.words]));

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: ITEM_STATES, type: ITEM_TYPES, handling: words(HANDLINGS), audience: words(AUDIENCES), 'adjustment.kind': ADJUSTMENTS, forms: HANDLE_FORMS, 'area.reach': HANDLE_AREAS,
  'body.nature': words(BODY_NATURES), 'body.level': { county: '县级', township: '乡镇级', village: '村级' }, 'body.powerSourceCode': POWER_SOURCES, 'body.useLevel': USE_LEVELS,
  'statutory.unit': words(DAY_UNITS), 'promised.unit': words(DAY_UNITS), 'result.kind': RESULTS,
  'applicants.assurance.self': { typed: '手工填写也可以', 'card-offline': '读身份证' }, 'applicants.assurance.principal': { typed: '手工填写也可以', 'card-offline': '读身份证' }, 'applicants.recheck': { 'before-acceptance': '受理前复核' },
  'steps.task.role': { handle: '承办', survey: '踏勘', examine: '审核', approve: '批准' }, 'steps.task.silence': { none: '不视为同意', consents: '视为同意' },
  'materials.original': ORIGINALS, 'materials.format': FORMATS, 'materials.source': SOURCES, 'materials.collectedBy.kind': { step: '本事项环节', item: '其他事项' },
};

/** The Chinese name of each element, as guides and the exchange call it. */
export const LABELS: Readonly<Record<string, string>> = {
  basicCode: '基本编码', code: '实施编码', handlingCode: '业务办理项编码', 'localCodes.basic': '地方基本编码', 'localCodes.implementing': '地方实施编码', version: '版本号', state: '事项状态',
  effectiveFrom: '生效日期', effectiveTo: '失效日期', plannedCancellation: '计划取消日期', 'adjustment.kind': '调整类型', 'adjustment.from': '调整前编码', 'adjustment.note': '调整说明',
  name: '事项名称', summary: '一句话说明', type: '事项类型', handling: '办件类型', audience: '服务对象', topics: '自然人主题', corporateTopics: '法人主题', words: '常用叫法',
  'body.name': '实施主体', 'body.creditCode': '实施主体编码', 'body.nature': '实施主体性质', 'body.powerSource': '权力来源说明', 'body.level': '实施层级', 'body.jointOffices': '联办机构',
  'body.powerSourceCode': '权力来源', 'body.useLevel': '行使层级', 'body.entrustedBy': '委托部门',
  conditions: '受理条件', 'statutory.days': '法定办结时限', 'statutory.unit': '法定时限单位', 'statutory.note': '法定时限说明', 'promised.days': '承诺办结时限', 'promised.unit': '承诺时限单位', 'promised.note': '承诺时限说明',
  specialProcedures: '特别程序', forms: '办理形式', 'quantityLimit.limited': '有数量限制', 'quantityLimit.note': '数量限制说明', 'area.reach': '通办范围', 'area.note': '通办说明',
  'services.appointment': '预约办理', 'services.express': '物流快递', 'services.payOnline': '网上支付', 'services.terminal': '支持自助终端办理', 'services.hall': '进驻政务大厅',
  'visits.count': '到办事现场次数', 'visits.reason': '必须到现场的原因', 'fee.charged': '是否收费', 'fee.basis': '收费依据', 'fee.basisUntil': '收费依据有效期至',
  'online.depth': '网办深度', 'online.whyNot': '不能全程网办的原因', 'online.url': '网上办理地址', 'online.mobileUrl': '掌上办理地址', 'online.singleLogin': '统一身份登录',
  'place.name': '办理地点', 'place.address': '办理地址', 'place.hours': '办理时间', 'place.phone': '咨询电话', 'place.division.code': '乡镇（村）代码', 'place.division.name': '乡镇（村）名称',
  'complaints.phone': '投诉电话', 'complaints.place': '投诉地点', 'complaints.ways': '其他监督方式',
  'result.kind': '结果类型', 'result.name': '结果名称', 'result.template': '证照模板', 'result.sample.name': '结果样本', 'result.sample.path': '结果样本文件', 'result.sample.sha256': '结果样本校验值',
  'devices.required': '必需设备', 'devices.optional': '可用设备', 'scans.pages': '最多拍摄页数', 'scans.bytes': '最多拍摄字节数', declaration: '申请人承诺',
  'legalBasis.law': '法律法规', 'legalBasis.article': '条款', 'legalBasis.text': '条文内容', 'legalBasis.number': '文号',
  'materials.key': '材料标识', 'materials.name': '材料名称', 'materials.original': '材料类型', 'materials.format': '材料形式', 'materials.required': '是否必要', 'materials.condition': '需要的情形', 'materials.copies': '份数',
  'materials.source': '来源渠道', 'materials.issuer': '出具单位', 'materials.basis': '材料依据', 'materials.acceptance': '受理标准', 'materials.notes': '填报须知', 'materials.sample': '示例说明', 'materials.pageFormat': '规格',
  'materials.blankForm.name': '空白表格', 'materials.blankForm.path': '空白表格文件', 'materials.blankForm.sha256': '空白表格校验值', 'materials.sampleFile.name': '示例样表', 'materials.sampleFile.path': '示例样表文件', 'materials.sampleFile.sha256': '示例样表校验值',
  'materials.neededWhen': '需要的情形（回答）', 'materials.collectedBy.kind': '已在何处收取', 'materials.collectedBy.key': '收取环节或事项编码', 'materials.holder.body': '掌握部门', 'materials.holder.register': '掌握的登记或系统',
  'steps.key': '环节标识', 'steps.name': '环节名称', 'steps.who': '办理人', 'steps.days': '环节时限', 'steps.note': '环节说明',
  'steps.task.department': '办理部门编码', 'steps.task.role': '部门工作', 'steps.task.after': '前置环节', 'steps.task.preReview': '同步预审', 'steps.task.silence': '逾期不答复',
  'fee.rows.name': '收费项目', 'fee.rows.standard': '收费标准', 'fee.rows.reduction.allowed': '可以减免', 'fee.rows.reduction.reason': '减免情形和依据',
  'agencies.service': '中介服务', 'agencies.by': '服务机构', 'agencies.basis': '中介服务依据', 'agencies.fee': '中介服务收费', 'questions.question': '问', 'questions.answer': '答',
  'situations.key': '情形问题标识', 'situations.question': '情形问题', 'situations.help': '问题提示', 'situations.options': '可选回答', 'situations.shownWhen': '提问条件', 'situations.fills': '对应的表单字段', 'situations.ends': '不属本事项的回答',
  'applicants.ways': '谁可以申请', 'applicants.assurance.self': '本人申请的核验要求', 'applicants.assurance.principal': '被代理人的核验要求', 'applicants.together.most': '共同申请人最多人数', 'applicants.together.when': '可有共同申请人的情形',
  'applicants.youngest': '本人可以申请的年龄', 'applicants.recheck': '离线读卡的复核',
  'reasons.finding': '问题类型', 'reasons.path': '问题位置', 'reasons.words': '公开说明',
  'form.name': '字段标识', 'form.label': '字段名称', 'form.help': '填写提示', 'form.example': '示例', 'form.widget': '控件', 'form.prefill': '自动填写来源', 'form.shownWhen': '显示条件', 'form.options': '选项', 'form.computed': '自动计算', 'form.element': '数据元',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

type ListShape = Omit<ItemList, 'elements' | 'optional'>;
const LISTS: readonly ListShape[] = [
  { name: '材料', path: ['materials'], keyOf: ({ key }) => text(key), nameOf: ({ name }) => text(name) },
  { name: '收费', path: ['fee', 'rows'], keyOf: ({ name }) => text(name), nameOf: ({ name }) => text(name) },
  { name: '环节', path: ['steps'], keyOf: ({ key }) => text(key), nameOf: ({ name }) => text(name) },
  { name: '依据', path: ['legalBasis'], keyOf: ({ law, article }) => `${text(law)} ${text(article)}`, nameOf: ({ law, article }) => text(law) + text(article) },
  { name: '中介服务', path: ['agencies'], keyOf: ({ service }) => text(service), nameOf: ({ service }) => text(service) },
  { name: '常见问题', path: ['questions'], keyOf: ({ question }) => text(question), nameOf: ({ question }) => text(question) },
  { name: '情形', path: ['situations'], keyOf: ({ key }) => text(key), nameOf: ({ question }) => text(question) },
  { name: '公开说明', path: ['reasons'], keyOf: ({ finding, path }) => `${text(finding)} ${text(path)}`, nameOf: ({ path }) => text(path) },
];

/** Lists in the order of their sheets; the form's fields are another matter, since they stand in sections. */
export const ITEM_LISTS: readonly ItemList[] = LISTS.map((list) => {
  const found = list.path.reduce<{ schema: z.ZodType; optional: boolean }>(({ schema, optional }, name) => {
    const inner = unwrap(schema instanceof z.ZodObject ? schema.shape[name] as z.ZodType : schema);
    return { schema: inner.schema, optional: optional || inner.optional };
  }, { schema: Item, optional: false });
  if (!(found.schema instanceof z.ZodArray)) throw new Error(`${list.name} is no list`);
  return { ...list, optional: found.optional, elements: elementsOf(found.schema.element as z.ZodType, `${list.path.join('.')}.`) };
});

/** The elements of an item that are no list of their own; `form` is left to `FIELD_ELEMENTS`. */
export const ITEM_ELEMENTS: readonly Element[] = elementsOf(Item, '', new Set(['form', ...LISTS.map(({ path }) => path.join('.'))]));

export const FIELD_ELEMENTS: readonly Element[] = elementsOf(FormField, 'form.');

/** @param but places that are left out */
function elementsOf(schema: z.ZodType, prefix: string, but: ReadonlySet<string> = new Set(), path: readonly string[] = [], inOptional = false): Element[] {
  const { schema: inner, optional, nullable } = unwrap(schema);
  const place = path.join('.');
  if (but.has(place)) return [];
  const mayBeAbsent = inOptional || optional;
  // An object with nothing that must be there could be empty, which no row of cells can say.
  if (inner instanceof z.ZodObject && !nullable && (!mayBeAbsent || Object.values(inner.shape as Record<string, z.ZodType>).some((member) => !unwrap(member).optional))) {
    return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([name, member]) => elementsOf(member, prefix, but, [...path, name], mayBeAbsent));
  }
  const name = prefix + place;
  return [{ path, label: LABELS[name] ?? name, kind: kindOf(inner), optional: mayBeAbsent, nullable, words: WORDS[name] ?? {} }];
}

function kindOf(schema: z.ZodType): Element['kind'] {
  if (isText(schema)) return 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'yes-no';
  if (!(schema instanceof z.ZodArray)) return 'json';
  const entry = schema.element as z.ZodType;
  if (isText(entry)) return 'list';
  return entry instanceof z.ZodObject && Object.keys(entry.shape).join() === 'value,label' ? 'pairs' : 'json';
}

function isText(schema: z.ZodType): boolean {
  return schema instanceof z.ZodString || schema instanceof z.ZodStringFormat || schema instanceof z.ZodEnum;
}

function unwrap(schema: z.ZodType): { schema: z.ZodType; optional: boolean; nullable: boolean } {
  if (schema instanceof z.ZodExactOptional) return { ...unwrap(schema.unwrap() as z.ZodType), optional: true };
  if (schema instanceof z.ZodNullable) return { ...unwrap(schema.unwrap() as z.ZodType), nullable: true };
  return { schema, optional: false, nullable: false };
}

/** What stands at a place, or `undefined`. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined), value);
}

/** What the element at a place of an item is called; `materials.0.name` and `materials.identity.name` are one. The place itself where it has no name. */
export function labelOf(path: string): string {
  const parts = path.split('.');
  const without = (index: number) => parts.filter((_part, at) => at !== index).join('.');
  const direct = LABELS[path] ?? LABELS[without(1)] ?? LABELS[without(2)];
  return direct ?? LISTS.find((list) => path.startsWith(list.path.join('.')))?.name ?? (path.startsWith('form') ? '表单' : path);
}
