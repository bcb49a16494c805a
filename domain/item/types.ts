import { z } from 'zod';
import { CertificateTemplate } from '../action/payload.ts';
import { CivilDate } from '../time.ts';

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
 * Codes of the dictionaries are kept as the exchange writes them.
 */
export const DayUnit = z.enum(['working', 'natural']);
export const Limit = z.strictObject({ days: z.int().min(0).max(400), unit: DayUnit, note: z.string().max(300) });
export type Limit = z.infer<typeof Limit>;

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
});
export type ItemMaterial = z.infer<typeof ItemMaterial>;

/** A form field in the order of the screen. `schema` of the form holds its rules; this holds how it is asked. */
export const FormField = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/),
  label: z.string().min(1).max(40),
  help: z.string().max(200),
  /** A right example, shown with an error. */
  example: z.string().max(100),
  widget: z.enum(['text', 'long-text', 'choice', 'yes-no', 'date', 'phone', 'citizen-id', 'credit-code', 'money', 'number', 'town']),
  /** Where a first value comes from; the screen shows the source. */
  prefill: z.enum(['none', 'card-name', 'card-number', 'card-address', 'card-birth', 'card-sex']),
  /** Shown only while another field has one of these values. */
  shownWhen: z.strictObject({ field: z.string(), in: z.array(z.union([z.string(), z.boolean()])).min(1) }).nullable(),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).max(60),
});
export type FormField = z.infer<typeof FormField>;

export const ItemForm = z.strictObject({
  /** JSON Schema 2020-12 of the values: an object with one property a field. */
  schema: z.record(z.string(), z.unknown()),
  sections: z.array(z.strictObject({ title: z.string().min(1).max(40), fields: z.array(FormField).min(1).max(12) })).min(1).max(8),
});
export type ItemForm = z.infer<typeof ItemForm>;

export const Item = z.strictObject({
  /** 基本编码 catalog_code, 12 characters */
  basicCode: z.string().length(12),
  /** 实施编码 task_code, 31 characters */
  code: z.string().length(31),
  /** 业务办理项编码 task_handle_item */
  handlingCode: z.string().length(33),
  /** task_version */
  version: z.int().min(1),
  state: z.enum(['active', 'suspended', 'cancelled']),
  effectiveFrom: CivilDate,
  effectiveTo: CivilDate.nullable(),
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
  /** Everyday words people search by. */
  words: z.array(z.string().max(20)).max(40),
  body: z.strictObject({ name: z.string().min(1), creditCode: z.string().length(18), nature: z.enum(['statutory', 'authorised', 'entrusted']), powerSource: z.string(), level: z.enum(['county', 'township', 'village']), jointOffices: z.array(z.string()) }),
  legalBasis: z.array(z.strictObject({ law: z.string().min(1), article: z.string(), text: z.string() })).min(1),
  conditions: z.array(z.string().min(1).max(300)).min(1),
  statutory: Limit,
  promised: Limit,
  specialProcedures: z.array(z.string()),
  /** handle_flow, in order; the last step's end is the finish. */
  steps: z.array(z.strictObject({ key: z.string(), name: z.string(), who: z.string(), days: z.number().min(0), note: z.string(), task: z.exactOptional(StepTask) })).min(1),
  visits: z.strictObject({ count: z.int().min(0), reason: z.string() }),
  fee: z.strictObject({ charged: z.boolean(), basis: z.string(), rows: z.array(z.strictObject({ name: z.string(), standard: z.string() })) }),
  online: z.strictObject({ depth: z.int().min(1).max(8), whyNot: z.string() }),
  place: z.strictObject({ name: z.string(), address: z.string(), hours: z.string(), phone: z.string() }),
  complaints: z.strictObject({ phone: z.string(), place: z.string() }),
  /** result_type, result_name */
  result: z.strictObject({ kind: z.enum(['certificate', 'approval', 'notice']), name: z.string(), template: CertificateTemplate.nullable() }),
  materials: z.array(ItemMaterial).max(30),
  questions: z.array(z.strictObject({ question: z.string(), answer: z.string() })).max(20),
  /** Devices without which the item cannot be done here, and those it is better with. */
  devices: z.strictObject({ required: z.array(z.enum(['id-card-reader', 'camera', 'ticket-printer', 'document-printer'])), optional: z.array(z.enum(['id-card-reader', 'camera', 'ticket-printer', 'document-printer'])) }),
  form: ItemForm,
  /** Most scans of one case, where the item says so; `DEFAULT_SCANS` where it does not. Absent, never `undefined`. */
  scans: z.exactOptional(z.strictObject({ pages: z.int().min(1).max(1000), bytes: z.int().min(1024 * 1024) })),
  /** The sentence the citizen signs. */
  declaration: z.string().min(1).max(500),
});
export type Item = z.infer<typeof Item>;

/** A page of a document camera has about 0.7 MB: a hundred of them are a thick folder, and two and a half hours at 64 kbit/s. */
export const DEFAULT_SCANS = { pages: 100, bytes: 100 * 1024 * 1024 };
