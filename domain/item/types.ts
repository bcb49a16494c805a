import { z } from 'zod';
import { CertificateTemplate } from '../action/payload.ts';
import { Hash } from '../ids.ts';
import { ApplicantWay } from '../identity/applicant.ts';
import { LowestAssurance } from '../identity/assurance.ts';
import { CivilDate } from '../time.ts';
import { AdjustmentKind, HandleArea, HandleForm, PowerSource, UseLevel } from './dictionaries.ts';

/**
 * What of a step is work of a department: the process (domain/approval/process.ts) is made of these, and its picture is drawn from them.
 * A step without one says only what happens, such as 收件.
 */
export const StepTask = z.strictObject({
  /** Credit code of the body that does it: the item's own, or another's in 并联审批. */
  department: z.string().length(18),
  /** 承办, 踏勘, 审核, 批准: what the work is, on the console and in the picture. */
  role: z.enum(['handle', 'survey', 'examine', 'approve']),
  /** Keys of the steps that must be done before; none: it begins with acceptance, beside the others. */
  after: z.array(z.string()).max(20),
  /** 同步预审: its department looks at the shared materials before acceptance. */
  preReview: z.boolean(),
  /** 缺席默认: `consents`, where the local rule takes a department's silence at the end of its time as consent. The safe rule is `none`. */
  silence: z.enum(['none', 'consents']),
});
export type StepTask = z.infer<typeof StepTask>;

/**
 * A service item with its guide: the elements of GB/T 39554.2 (事项要素) under English names; the exchange name stands behind each.
 * Codes of the dictionaries are kept as the exchange writes them (`dictionaries.ts`).
 *
 * Published versions are kept as they were, so an element that came later is absent from earlier ones: `exactOptional`, never `undefined`. Absent means
 * that nobody has said.
 */
export const DayUnit = z.enum(['working', 'natural']);
export const Limit = z.strictObject({ days: z.int().min(0).max(400), unit: DayUnit, note: z.string().max(300) });
export type Limit = z.infer<typeof Limit>;

/** Names a question of the situation. */
const QuestionKey = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);

/** Holds while a question of the situation is answered with one of these values. */
export const AnswerCondition = z.strictObject({ question: QuestionKey, in: z.array(z.string().min(1).max(60)).min(1).max(12) });
export type AnswerCondition = z.infer<typeof AnswerCondition>;

/**
 * 情形: a plain question whose answer leads to the exact errand and the exact materials (`situation.ts`). An item's questions are asked in their order; each hangs on
 * earlier ones only.
 */
export const SituationQuestion = z.strictObject({
  key: QuestionKey,
  /** As one asks a person: 房子是怎么来的？ */
  question: z.string().min(1).max(60),
  help: z.string().max(200),
  options: z.array(z.strictObject({ value: z.string().min(1).max(60), label: z.string().min(1).max(40) })).min(2).max(8),
  /** Asked while all of these hold; empty: of everybody. */
  shownWhen: z.array(AnswerCondition).max(4),
  /** The form field that asks the same: the answer fills it. For a yes-no field `yes` and `no` are the values. */
  fills: z.exactOptional(z.string().min(1).max(63)),
  /** Answers with which this is the wrong errand: what to do instead, and the 实施编码 of the right one where there is one. */
  ends: z.exactOptional(z.array(z.strictObject({ value: z.string().min(1).max(60), words: z.string().min(4).max(300), item: z.exactOptional(z.string().length(31)) })).min(1).max(8)),
});
export type SituationQuestion = z.infer<typeof SituationQuestion>;

/** A file that belongs to an item: it lies in the pack's `files/`, and the item says what it must hash to. */
export const FileReference = z.strictObject({
  /** As the citizen reads it: 申请表（空白）. */
  name: z.string().min(1).max(100),
  path: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/),
  sha256: Hash,
});
export type FileReference = z.infer<typeof FileReference>;

export const ItemMaterial = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  /** material_name */
  name: z.string().min(1).max(100),
  /** material_type */
  original: z.enum(['original', 'copy', 'original-and-copy']),
  /** material_format */
  format: z.enum(['paper', 'electronic', 'either']),
  /** is_need; `condition` says in plain words when it is needed */
  required: z.boolean(),
  condition: z.string().max(200),
  /** page_num */
  copies: z.int().min(0).max(20),
  /** source_type: who the citizen gets it from */
  source: z.enum(['applicant', 'government', 'third-party']),
  /** source_explain: issuer */
  issuer: z.string().min(1).max(100),
  /** by_law */
  basis: z.string().max(300),
  /** accept_stand */
  acceptance: z.string().max(500),
  /** fill_explain */
  notes: z.string().max(500),
  /** example_guid: what a good one looks like, in words for the screen and the voice */
  sample: z.string().max(300),
  /** page_format: 规格, such as A4 */
  pageFormat: z.exactOptional(z.string().min(1).max(40)),
  /** form_guid 空白表格 */
  blankForm: z.exactOptional(FileReference),
  /** example_guid 示例样表 as a file; `sample` tells it in words */
  sampleFile: z.exactOptional(FileReference),
  /** 上一环节: the step of this item, or the earlier item by its 实施编码, that had this paper from the citizen already. */
  collectedBy: z.exactOptional(z.strictObject({ kind: z.enum(['step', 'item']), key: z.string().min(1).max(64) })),
  /**
   * 情形: all of these hold for whoever must bring it; nobody else is asked for it. `required` is false and `condition` says the same in words, for everybody who was
   * not asked the questions.
   */
  neededWhen: z.exactOptional(z.array(AnswerCondition).min(1).max(4)),
  /** Who in government holds what the paper says: the body, and its register. Being asked for it all the same needs a public reason. */
  holder: z.exactOptional(z.strictObject({ body: z.string().min(1).max(100), register: z.string().min(1).max(100) })),
});
export type ItemMaterial = z.infer<typeof ItemMaterial>;

/** Names a field of the form. In a repeated section every row has the field, under a key of its own (`rows.ts`). */
const FieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/);

/** Holds while a field has one of these values. */
const FieldCondition = z.strictObject({ field: z.string(), in: z.array(z.union([z.string(), z.boolean()])).min(1) });

/**
 * How a value follows from others (`computed.ts`). Operands stand earlier in the form. In a row, an operand of the same section means that row's; from outside, a
 * repeated field means all its rows.
 */
export const Computation = z.discriminatedUnion('kind', [
  /** Of those that are filled in. */
  z.strictObject({ kind: z.literal('sum'), of: z.array(FieldName).min(1).max(8) }),
  z.strictObject({ kind: z.literal('product'), of: z.array(FieldName).min(2).max(4) }),
  /** The first without the second. */
  z.strictObject({ kind: z.literal('difference'), of: z.tuple([FieldName, FieldName]) }),
  /** Whole days or years from one date to another; negative when they are the wrong way round. */
  z.strictObject({ kind: z.enum(['days', 'years']), from: FieldName, to: FieldName }),
  z.strictObject({ kind: z.literal('join'), of: z.array(FieldName).min(2).max(6), between: z.string().max(5) }),
  /** How many rows have the field filled in. */
  z.strictObject({ kind: z.literal('count'), of: FieldName }),
]);
export type Computation = z.infer<typeof Computation>;

/** A form field in the order of the screen. `schema` of the form holds its rules; this holds how it is asked. */
export const FormField = z.strictObject({
  name: FieldName,
  label: z.string().min(1).max(40),
  help: z.string().max(200),
  /** A right example, shown with an error. */
  example: z.string().max(100),
  widget: z.enum(['text', 'long-text', 'choice', 'yes-no', 'date', 'phone', 'citizen-id', 'credit-code', 'money', 'number', 'town', 'address']),
  /** Where a first value comes from; the screen shows the source. */
  prefill: z.enum(['none', 'card-name', 'card-number', 'card-address', 'card-birth', 'card-sex']),
  /** Shown only while another field has one of these values. */
  shownWhen: FieldCondition.nullable(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).max(60),
  /** Shown and handed in, never typed. */
  computed: z.exactOptional(Computation),
  /** 数据元: what the value means in every item that asks for it (`dictionary.ts`). */
  element: z.exactOptional(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)),
});
export type FormField = z.infer<typeof FormField>;

/** A section that is filled in once for each of several. @property title what one of them is called: 出资人 @property least so many rows are always there */
export const Repeat = z.strictObject({ title: z.string().min(1).max(20), least: z.int().min(0).max(20), most: z.int().min(1).max(20) });
export type Repeat = z.infer<typeof Repeat>;

export const Comparison = z.enum(['less', 'at-most', 'equal', 'different', 'at-least', 'more']);
export type Comparison = z.infer<typeof Comparison>;
const Operand = z.union([z.strictObject({ field: FieldName }), z.strictObject({ value: z.union([z.number(), z.string().max(100)]) })]);

/**
 * A rule over several fields, as data (`cross-checks.ts`): a pack holds no code. What is not filled in, or wrong by itself, is not held against others.
 */
export const FormCheck = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
  rule: z.discriminatedUnion('kind', [
    /** Numbers by their size, dates by their day, texts only as equal or different. In a row, with that row's fields. */
    z.strictObject({ kind: z.literal('compare'), left: FieldName, is: Comparison, right: Operand }),
    /** The sum, over all rows of what is repeated. */
    z.strictObject({ kind: z.literal('total'), of: z.array(FieldName).min(1).max(8), is: Comparison, right: Operand }),
    /** At least one of them is filled in. */
    z.strictObject({ kind: z.literal('some'), of: z.array(FieldName).min(2).max(8) }),
    /** No two rows have the same. */
    z.strictObject({ kind: z.literal('distinct'), of: FieldName }),
  ]),
  /** Asked only while all of these hold. */
  when: z.array(FieldCondition).max(4),
  /** Where the words stand. */
  at: z.array(FieldName).min(1).max(4),
  words: z.string().min(4).max(100),
});
export type FormCheck = z.infer<typeof FormCheck>;

export const FormSection = z.strictObject({ title: z.string().min(1).max(40), fields: z.array(FormField).min(1).max(12), repeat: z.exactOptional(Repeat) });
export type FormSection = z.infer<typeof FormSection>;

export const ItemForm = z.strictObject({
  /** JSON Schema 2020-12 of the values: an object with one property a field. */
  schema: z.record(z.string(), z.unknown()),
  sections: z.array(FormSection).min(1).max(8),
  checks: z.exactOptional(z.array(FormCheck).min(1).max(20)),
});
export type ItemForm = z.infer<typeof ItemForm>;

/** 中介服务 service_type: what a third party must do before the item can be applied for, and who says so. */
export const ItemAgency = z.strictObject({ service: z.string().min(1).max(100), by: z.string().min(1).max(100), basis: z.string().max(300), fee: z.string().max(100) });
export type ItemAgency = z.infer<typeof ItemAgency>;

/**
 * 申请主体: who may apply, and how sure we must be of them. Absent: one person, for themselves, with a card. Which way it is may hang on the situation's
 * answers, so that nobody is asked twice.
 */
export const Applicants = z.strictObject({
  ways: z.array(z.strictObject({ way: ApplicantWay, /** 授权委托书, 监护证明: key of the material that is asked of whoever applies this way. */ authority: z.exactOptional(z.string().max(63)), /** All of these hold for whoever applies this way. */ when: z.exactOptional(z.array(AnswerCondition).min(1).max(4)) })).min(1).max(5),
  /** The lowest assurance that suffices: of a person who applies for themselves, and of one who is applied for. Whoever acts for another shows a card. */
  assurance: z.strictObject({ self: LowestAssurance, principal: LowestAssurance }),
  /** 共同申请人: at most so many beside the applicant, where all of `when` hold. */
  together: z.exactOptional(z.strictObject({ most: z.int().min(1).max(20), when: z.exactOptional(z.array(AnswerCondition).min(1).max(4)) })),
  /** Years of age from which on a person may apply for themselves; absent: of full age. */
  youngest: z.exactOptional(z.int().min(0).max(17)),
  /** Cards that were read offline are checked before acceptance, not only at some time. */
  recheck: z.exactOptional(z.enum(['before-acceptance'])),
});
export type Applicants = z.infer<typeof Applicants>;

/** Why something the guide doctor questions stays as it is; shown to the public word for word. */
export const ItemReason = z.strictObject({
  /** The finding's kind, as the doctor names it; a text, since rules change and published versions do not. */
  finding: z.string().regex(/^[a-z][a-z-]{0,62}$/),
  /** The finding's path. */
  path: z.string().min(1).max(200),
  words: z.string().min(4).max(300),
});
export type ItemReason = z.infer<typeof ItemReason>;

export const Item = z.strictObject({
  /** 基本编码 catalog_code, 12 characters */
  basicCode: z.string().length(12),
  /** 实施编码 task_code, 31 characters */
  code: z.string().length(31),
  /** 业务办理项编码 task_handle_item */
  handlingCode: z.string().length(33),
  /** local_catalog_code, local_task_code: what the province's or city's own library calls it; opaque */
  localCodes: z.exactOptional(z.strictObject({ basic: z.string().max(50), implementing: z.string().max(50) })),
  /** task_version */
  version: z.int().min(1),
  state: z.enum(['active', 'suspended', 'cancelled']),
  effectiveFrom: CivilDate,
  effectiveTo: CivilDate.nullable(),
  /** plan_cancel_date: when the item is meant to end; announced, not yet done */
  plannedCancellation: z.exactOptional(CivilDate),
  /** Why this version is there, and the 实施编码 it came from: its own code for a change, the old ones for a split or merger. */
  adjustment: z.exactOptional(z.strictObject({ kind: AdjustmentKind, from: z.array(z.string().min(1).max(50)).max(20), note: z.string().max(300) })),
  /** task_name */
  name: z.string().min(1).max(100),
  /** One plain sentence for the list. */
  summary: z.string().min(1).max(80),
  /** task_type 01 … 10, 20 */
  type: z.string().regex(/^\d\d$/),
  /** project_type 1 即办件 on the spot, 2 承诺件 within the promise */
  handling: z.enum(['on-the-spot', 'promised']),
  /** server_type */
  audience: z.array(z.enum(['person', 'enterprise', 'institution', 'social', 'unincorporated', 'organ', 'other'])).min(1),
  /** user_topic_type: life events */
  topics: z.array(z.string().max(20)).max(12),
  /** corp_topic_type 法人主题 */
  corporateTopics: z.exactOptional(z.array(z.string().max(20)).max(12)),
  /** Everyday words people search by. */
  words: z.array(z.string().max(20)).max(40),
  body: z.strictObject({
    name: z.string().min(1), creditCode: z.string().length(18), nature: z.enum(['statutory', 'authorised', 'entrusted']),
    /** In the body's own words; `powerSourceCode` says it by the dictionary. */
    powerSource: z.string(),
    level: z.enum(['county', 'township', 'village']),
    /** other_dept */
    jointOffices: z.array(z.string()),
    /** power_source */
    powerSourceCode: z.exactOptional(PowerSource),
    /** use_level */
    useLevel: z.exactOptional(UseLevel),
    /** entrust_name: who entrusted the body with it */
    entrustedBy: z.exactOptional(z.string().min(1).max(100)),
  }),
  legalBasis: z.array(z.strictObject({
    law: z.string().min(1), article: z.string(), text: z.string(),
    /** 文号, such as 国务院令第460号 */
    number: z.exactOptional(z.string().min(1).max(60)),
  })).min(1),
  conditions: z.array(z.string().min(1).max(300)).min(1),
  statutory: Limit,
  promised: Limit,
  specialProcedures: z.array(z.string()),
  /** handle_type 办理形式 */
  forms: z.exactOptional(z.array(HandleForm).min(1)),
  /** service_type 中介服务 */
  agencies: z.exactOptional(z.array(ItemAgency).max(12)),
  /** limit_explain 数量限制: how many may be granted, and how it is chosen among more applicants */
  quantityLimit: z.exactOptional(z.strictObject({ limited: z.boolean(), note: z.string().max(300) })),
  /** handle_area 通办范围 */
  area: z.exactOptional(z.strictObject({ reach: HandleArea, note: z.string().max(200) })),
  /** is_schedule 预约办理, is_express 物流快递, is_pay_online 网上支付, is_service_terminals 支持自助终端办理, is_entry_center 进驻政务大厅 */
  services: z.exactOptional(z.strictObject({ appointment: z.boolean(), express: z.boolean(), payOnline: z.boolean(), terminal: z.boolean(), hall: z.boolean() })),
  /** handle_flow, in order; the last step's end is the finish. */
  steps: z.array(z.strictObject({ key: z.string(), name: z.string(), who: z.string(), days: z.number().min(0), note: z.string(), task: z.exactOptional(StepTask) })).min(1),
  visits: z.strictObject({ count: z.int().min(0), reason: z.string() }),
  fee: z.strictObject({
    charged: z.boolean(), basis: z.string(),
    rows: z.array(z.strictObject({
      name: z.string(), standard: z.string(),
      /** Whether it may be lowered or waived, for whom and why. */
      reduction: z.exactOptional(z.strictObject({ allowed: z.boolean(), reason: z.string().max(300) })),
    })),
    /** Last day of the document the charge rests on: prices are allowed for years, not for ever. */
    basisUntil: z.exactOptional(CivilDate),
  }),
  online: z.strictObject({
    depth: z.int().min(1).max(8), whyNot: z.string(),
    /** online_handle_url */
    url: z.exactOptional(z.url({ protocol: /^https?$/ })),
    /** mobile_terminal_url */
    mobileUrl: z.exactOptional(z.url({ protocol: /^https?$/ })),
    /** is_single_login: the platform's own sign-in is enough */
    singleLogin: z.exactOptional(z.boolean()),
  }),
  place: z.strictObject({
    name: z.string(), address: z.string(), hours: z.string(), phone: z.string(),
    /** Town or village code and name, for what a town or village does. */
    division: z.exactOptional(z.strictObject({ code: z.string().regex(/^\d{9}(\d{3})?$/), name: z.string().min(1).max(40) })),
  }),
  complaints: z.strictObject({
    phone: z.string(), place: z.string(),
    /** supervise_way: further ways to complain, such as 12345 */
    ways: z.exactOptional(z.string().max(200)),
  }),
  /** result_type, result_name, result_guid (sample) */
  result: z.strictObject({ kind: z.enum(['certificate', 'approval', 'notice']), name: z.string(), template: CertificateTemplate.nullable(), sample: z.exactOptional(FileReference) }),
  materials: z.array(ItemMaterial).max(30),
  /** 情形: what is asked before the materials are listed. */
  situations: z.exactOptional(z.array(SituationQuestion).min(1).max(8)),
  questions: z.array(z.strictObject({ question: z.string(), answer: z.string() })).max(20),
  applicants: z.exactOptional(Applicants),
  /** Devices without which the item cannot be done here, and those it is better with. */
  devices: z.strictObject({ required: z.array(z.enum(['id-card-reader', 'camera', 'ticket-printer', 'document-printer'])), optional: z.array(z.enum(['id-card-reader', 'camera', 'ticket-printer', 'document-printer'])) }),
  form: ItemForm,
  /** Most scans of one case, where the item says so; `DEFAULT_SCANS` where it does not. Absent, never `undefined`. */
  scans: z.exactOptional(z.strictObject({ pages: z.int().min(1).max(1000), bytes: z.int().min(1024 * 1024) })),
  /** Answers to the guide doctor (`doctor.ts`), shown to the public. */
  reasons: z.exactOptional(z.array(ItemReason).max(30)),
  /** The sentence the citizen signs. */
  declaration: z.string().min(1).max(500),
});
export type Item = z.infer<typeof Item>;

/** A page of a document camera has about 0.7 MB: a hundred of them are a thick folder, and two and a half hours at 64 kbit/s. */
export const DEFAULT_SCANS = { pages: 100, bytes: 100 * 1024 * 1024 };
