import { z } from 'zod';
import { Certificate } from '../action/payload.ts';
import { DeviceStatus } from '../contracts/device-status.ts';
import { Item } from '../item/types.ts';
import { Business, MissedRule, WindowNumber } from '../queue/types.ts';
import { BlankSum, PaperSum } from '../print-ledger/sums.ts';
import { CivilDate, Instant } from '../time.ts';
import { LEGAL_PAPERS, PaperLook } from './legal.ts';
import { PaperParties } from './parties.ts';

const testPrint = { hall: z.string(), site: z.string(), machine: z.string(), at: Instant };
/** What stands on the print that shows that a printer works after maintenance. */
export const TestPrint = z.strictObject(testPrint);
export type TestPrint = z.infer<typeof TestPrint>;

/** What a paper for somebody who has not begun says besides its item. */
const asked = {
  hall: z.string(),
  site: z.string(),
  phone: z.string(),
  at: Instant,
  /** 情形: the questions and answers that it was made for; none: nothing was asked. */
  situation: z.array(z.strictObject({ question: z.string(), answer: z.string() })),
  /** What of it can be done at the machine that prints it. */
  here: z.enum(['works', 'works-result-later', 'not-here']),
};

/**
 * What may be printed, as facts. Layout belongs to `printers/`. No full identity number appears in any of them:
 * `person` is masked before it gets here.
 */
export const Ticket = z.discriminatedUnion('kind', [
  /** 收件凭条: the small paper a citizen takes away after handing in. */
  z.strictObject({
    kind: z.literal('hand-in-slip'),
    hall: z.string(),
    site: z.string(),
    item: z.string(),
    number: z.string(),
    provisional: z.boolean(),
    /** Masked name, first character only. */
    person: z.string(),
    at: Instant,
    materials: z.int().min(0),
    /** 容缺: what follows, and its last day. Absent: nothing does. */
    deferred: z.exactOptional(z.array(z.strictObject({ name: z.string(), by: CivilDate })).min(1)),
    /** Opaque token for looking the case up; holds neither name nor number. */
    token: z.string().regex(/^[A-Z0-9-]{8,60}$/),
    phone: z.string(),
    online: z.boolean(),
  }),
  /** 留言凭条: what a citizen takes away after writing to the hall. Nobody's name stands on it. */
  z.strictObject({
    kind: z.literal('message-slip'),
    hall: z.string(),
    site: z.string(),
    /** 咨询、投诉、建议、指南纠错 */
    of: z.string(),
    about: z.string(),
    /** The machine's own number, until the hall gives its. */
    reference: z.string(),
    at: Instant,
    token: z.string().regex(/^[A-Z0-9-]{8,60}$/),
    phone: z.string(),
    complaintPhone: z.string(),
    online: z.boolean(),
  }),
  /** 日终打印结算: what a machine printed in a day and how its numbered blanks stand; for its caretaker. */
  z.strictObject({
    kind: z.literal('day-sum'),
    hall: z.string(),
    site: z.string(),
    machine: z.string(),
    day: CivilDate,
    at: Instant,
    papers: z.array(PaperSum),
    blanks: z.array(BlankSum),
  }),
  /** 自检报告: how the devices of a machine are; for its caretaker. Devices that it does not have are left out. */
  z.strictObject({
    kind: z.literal('readiness'),
    hall: z.string(),
    site: z.string(),
    machine: z.string(),
    program: z.string(),
    at: Instant,
    devices: z.array(z.strictObject({ device: z.string(), status: DeviceStatus })),
    online: z.boolean(),
    /** Cases that the hall has not acknowledged. */
    waiting: z.int().min(0),
    room: z.enum(['enough', 'no-scans', 'full']),
  }),
  /** 材料清单: what to bring for one situation, for somebody who has not begun; nobody's name is on it. */
  z.strictObject({
    kind: z.literal('materials-slip'),
    ...asked,
    item: z.string(),
    itemCode: z.string(),
    version: z.int(),
    place: z.string(),
    hours: z.string(),
    itemPhone: z.string(),
    materials: z.array(z.strictObject({ name: z.string(), original: z.enum(['original', 'copy', 'original-and-copy']), copies: z.int().min(0), issuer: z.string(), /** For whom, where the answers do not say; empty: it is needed. */ condition: z.string() })),
    /** What nobody brings, and who has it: a body of government, or whoever had it before. */
    notBrought: z.array(z.strictObject({ name: z.string(), held: z.string() })),
  }),
  /** 续办凭条: what is filled in, sealed, to go on with another day or elsewhere. Nobody's name is on it. */
  z.strictObject({
    kind: z.literal('kept-slip'),
    hall: z.string(),
    site: z.string(),
    phone: z.string(),
    at: Instant,
    item: z.string(),
    until: CivilDate,
    /** Text of the QR code. */
    code: z.string().regex(/^JBK1:[0-9A-Z $%*+./:-]{40,1445}\.$/),
    /** Answers that found no room in the code. */
    left: z.array(z.string()),
    /** Pictures that were taken; none of them is carried. */
    pages: z.int().min(0),
    /** The number that was taken for a counter, where it is carried to. null: none was. */
    number: z.string().nullable(),
  }),
  /** 排队号: nobody's name is on it, and no priority. */
  z.strictObject({
    kind: z.literal('queue-ticket'),
    hall: z.string(),
    site: z.string(),
    phone: z.string(),
    code: z.string().regex(/^[A-Z]\d{3}$/),
    business: Business.shape.name,
    /** When it was taken. */
    at: Instant,
    /** As it stood then; `least` and `most` minutes. null: nobody could say. */
    wait: z.strictObject({ ahead: z.int().min(0), least: z.int().nullable(), most: z.int().nullable() }).nullable(),
    /** Those that served it then. */
    windows: z.array(WindowNumber),
    /** Address of the page that shows where it stands; null: none. */
    position: z.url().nullable(),
    /** The machines did not agree then: it may be called by hand. */
    alone: z.boolean(),
    /** The slot that its holder had booked; null: it is a number like all. */
    appointment: z.strictObject({ from: Instant, until: Instant }).nullable(),
    missed: MissedRule,
  }),
  /** 预约单: when to come, and until when it may be cancelled; nobody's name is on it. */
  z.strictObject({
    kind: z.literal('appointment-slip'),
    hall: z.string(),
    site: z.string(),
    phone: z.string(),
    number: z.string().regex(/^\d{4}-\d{3,5}$/),
    business: z.string(),
    from: Instant,
    until: Instant,
    /** When its holder is taken for it. */
    opens: Instant,
    closes: Instant,
    /** null: it was too late for that when it was booked. */
    cancelUntil: Instant.nullable(),
    /** The item that it was booked for and what to bring; null: none was named. */
    bring: z.strictObject({ item: z.string(), materials: z.array(z.string()) }).nullable(),
  }),
  /** 维护测试: that the printer works; nobody's paper. */
  z.strictObject({ kind: z.literal('test-slip'), ...testPrint }),
]);
export type Ticket = z.infer<typeof Ticket>;

export const PaperDocument = z.discriminatedUnion('kind', [
  /** 收件材料接收凭证: says that this is not yet acceptance and starts no legal clock. */
  z.strictObject({
    kind: z.literal('hand-in-receipt'),
    hall: z.string(),
    site: z.string(),
    machine: z.string(),
    item: z.string(),
    itemCode: z.string(),
    number: z.string(),
    provisional: z.boolean(),
    person: z.string(),
    maskedNumber: z.string(),
    at: Instant,
    materials: z.array(z.strictObject({ name: z.string(), pages: z.int().min(0) })),
    /** 告知承诺 (no day) and 容缺: what was promised in a material's place, and what follows. Absent: nothing was. */
    promises: z.exactOptional(z.array(z.strictObject({ name: z.string(), by: CivilDate.nullable(), consequence: z.string() })).min(1)),
    promisedDays: z.int().min(0),
    statutoryDays: z.int().min(0),
    dayUnit: z.enum(['working', 'natural']),
    token: z.string(),
    /** Hash of the handed-in action: lets anybody check what was handed in. */
    actionHash: z.string(),
    phone: z.string(),
    complaintPhone: z.string(),
    parties: z.exactOptional(PaperParties),
    /** A window has to see the original before anything is accepted. */
    original: z.exactOptional(z.literal(true)),
    look: z.exactOptional(PaperLook),
  }),
  ...LEGAL_PAPERS,
  /** 办事指南: the whole guide of an item, with the materials of one situation. */
  z.strictObject({ kind: z.literal('guide'), ...asked, item: Item, materials: z.array(z.strictObject({ key: z.string(), need: z.enum(['needed', 'conditional']) })) }),
  /** The result: a certificate with its licence identifier and a QR that can be checked offline. */
  z.strictObject({
    kind: z.literal('certificate'),
    certificate: Certificate,
    /** Text in the QR: licence identifier and the hall's signature over the finished action's hash. */
    check: z.string().max(600),
  }),
  /** 维护测试: that the printer works; nobody's paper. */
  z.strictObject({ kind: z.literal('test-page'), ...testPrint }),
]);
export type PaperDocument = z.infer<typeof PaperDocument>;
