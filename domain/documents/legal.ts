import { z } from 'zod';
import { DayUnit } from '../item/types.ts';
import { PaperParties } from './parties.ts';
import { checkEighteen } from '../numbers/citizen-id.ts';
import { CivilDate } from '../time.ts';

/**
 * The legal papers of a case after its hand-in, as facts. Each is made by the hall's action of that kind and sealed by the body that decided.
 * No full identity number appears in any of them: people are masked before they get here, and free text that holds such a number is refused.
 */

/** How a paper is set for its reader. The facts are the same in every look. Left out of a paper: normal size, Chinese alone. */
export const PaperLook = z.strictObject({
  /** `large`: nothing that matters below 16 points. */
  text: z.enum(['normal', 'large']),
  /** `zh-en`: English beneath headings and labels and in the plain words; the Chinese text prevails. */
  languages: z.enum(['zh', 'zh-en']),
});
export type PaperLook = z.infer<typeof PaperLook>;

/** 行政许可法 Art. 32 (1)(4), Art. 82: working days from receipt to accept, refuse, or ask once for everything missing. */
export const ANSWER_DAYS = 5;
/** 行政许可法 Art. 44: working days from the decision to hand its paper over. */
export const DELIVERY_DAYS = 10;
/** 行政复议法 (2023) Art. 20: days from knowing of the act; a law may set more, never fewer. */
export const RECONSIDERATION_DAYS = 60;
/** 行政诉讼法 Art. 46: months from knowing of the act, unless a law says otherwise. */
export const LITIGATION_MONTHS = 6;
/** 行政诉讼法 Art. 45: days from the reconsideration decision. */
export const LITIGATION_DAYS = 15;

const name = (most: number) => z.string().min(1).max(most);
const masked = z.string().min(1).max(100).regex(/[*＊]/);

/** Written by a clerk. Masking is the writer's duty; a number that passes as an identity number is refused, so that none is printed. */
const freeText = (most: number) => z.string().max(most).refine((text) => !holdsIdentityNumber(text), { message: 'holds a full identity number' });

function holdsIdentityNumber(text: string): boolean {
  return [...text.matchAll(/(?<!\d)\d{17}[\dXx](?!\d)/g)].some(([number]) => checkEighteen(number.toUpperCase()).ok);
}

export const DayCount = z.strictObject({ days: z.int().min(0).max(400), unit: DayUnit });
export type DayCount = z.infer<typeof DayCount>;

/** Where somebody who disagrees can go, and within what time. 行政许可法 Art. 7 and 38; 行政复议法 Art. 20, 23, 24; 行政诉讼法 Art. 44–46. */
export const Remedies = z.strictObject({
  reconsideration: z.strictObject({
    authority: name(100),
    days: z.int().min(RECONSIDERATION_DAYS),
    /** 行政复议法 Art. 23: only after it may a court be asked. The time for the court then counts from the reconsideration decision. */
    first: z.boolean(),
  }),
  litigation: z.strictObject({ court: name(100), within: z.int().min(1), unit: z.enum(['months', 'days']) }),
});
export type Remedies = z.infer<typeof Remedies>;

const commonFacts = z.strictObject({
  /** The hall where the case is handled. */
  hall: name(100),
  /** 行政机关: the body that decides and whose seal belongs on the paper. */
  department: name(100),
  item: name(100),
  itemCode: name(50),
  /** Whether it is an administrative licence (task_type 01): only then do 行政许可法 and the word 行政许可 apply. */
  power: z.enum(['licence', 'other']),
  /** 文书编号, the number of this paper. */
  paperNumber: name(60),
  /** Case number for people. */
  number: name(50),
  person: masked,
  maskedNumber: masked,
  parties: z.exactOptional(PaperParties),
  /** The paper's own date (落款). */
  date: CivilDate,
  /** The rules it rests on, first the one that asks for this paper. */
  basis: z.array(z.strictObject({ law: name(100), article: z.string().max(100) })).max(8),
  /** Opaque token of the case, `caseToken`. */
  token: z.string().regex(/^[A-Z0-9-]{8,60}$/),
  /** Hash of the hall's action that the paper shows: lets anybody check it against the case log. */
  actionHash: z.string().regex(/^[0-9a-f]{64}$/),
  place: z.strictObject({ name: name(100), address: name(200), hours: z.string().max(200) }),
  phone: name(60),
  complaintPhone: name(60),
  look: z.exactOptional(PaperLook),
});

const paperMaterials = z.array(z.strictObject({ name: name(200), pages: z.int().min(0) })).max(50);

const askList = z.array(z.strictObject({ target: name(200), words: freeText(500).min(1) })).min(1).max(50);

/** 受理通知书, 行政许可法 Art. 32 (1)(5) and (2): the legal clock runs from `acceptedOn`. */
export const AcceptanceNotice = commonFacts.extend({
  kind: z.literal('acceptance-notice'),
  receivedOn: CivilDate,
  acceptedOn: CivilDate,
  materials: paperMaterials,
  promised: DayCount,
  promisedBy: CivilDate,
  statutory: DayCount,
  statutoryBy: CivilDate,
  /** True when a date lies beyond the loaded calendar and may still move. */
  provisional: z.boolean(),
  /** 特别程序 whose time does not count (Art. 45), by name. */
  excluded: z.array(name(40)).max(12),
  /** Not because everything was there: nobody asked for a correction in time (Art. 32 (1)(4)), or minor materials follow against a promise. */
  ground: z.exactOptional(z.enum(['deemed', 'lacking'])),
});
export type AcceptanceNotice = z.infer<typeof AcceptanceNotice>;

/** 补正告知书, 行政许可法 Art. 32 (1)(4): everything that is missing, told once, within `ANSWER_DAYS` of `receivedOn`. */
export const CorrectionNotice = commonFacts.extend({
  kind: z.literal('correction-notice'),
  receivedOn: CivilDate,
  asks: askList,
  within: CivilDate,
  /** What the hall does when nothing comes by then; empty: the paper says nothing of it. */
  ifLate: freeText(200),
});
export type CorrectionNotice = z.infer<typeof CorrectionNotice>;

/** 不予受理通知书, 行政许可法 Art. 32 (1)(1)–(2) and (2). */
export const RefusalNotice = commonFacts.extend({
  kind: z.literal('refusal-notice'),
  receivedOn: CivilDate,
  reason: freeText(1000).min(1),
  /** Art. 32 (1)(2): the body that does have the power; null when that is not the reason. */
  applyTo: z.string().max(100).nullable(),
  remedies: Remedies,
});
export type RefusalNotice = z.infer<typeof RefusalNotice>;

/** 准予行政许可决定书, 行政许可法 Art. 38 (1), 39, 44. */
export const ApprovalDecision = commonFacts.extend({
  kind: z.literal('approval-decision'),
  acceptedOn: CivilDate,
  /** What is allowed, and under what conditions. */
  content: freeText(1000).min(1),
  /** The paper that carries the right: a certificate, an approval. */
  result: name(100),
  /** Art. 44: last day for handing it over. */
  deliverBy: CivilDate,
});
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** 不予行政许可决定书, 行政许可法 Art. 38 (2): with reasons and both remedies. */
export const DenialDecision = commonFacts.extend({
  kind: z.literal('denial-decision'),
  acceptedOn: CivilDate,
  reason: freeText(1000).min(1),
  remedies: Remedies,
});
export type DenialDecision = z.infer<typeof DenialDecision>;

/** 撤回确认书: no article of national law asks for it; it is the applicant's proof that the case has ended by their own wish. */
export const WithdrawalConfirmation = commonFacts.extend({
  kind: z.literal('withdrawal-confirmation'),
  receivedOn: CivilDate,
  withdrawnOn: CivilDate,
  /** As the applicant gave it; empty when none was given. */
  reason: freeText(500),
});
export type WithdrawalConfirmation = z.infer<typeof WithdrawalConfirmation>;

/** 特别程序告知书 (B5), 行政许可法 Art. 45: the applicant is told in writing how long what does not count will take. */
export const SpecialProcedureNotice = commonFacts.extend({
  kind: z.literal('special-procedure-notice'),
  acceptedOn: CivilDate,
  procedure: name(40),
  /** The clock stands from the end of the day before. */
  from: CivilDate,
  allowed: DayCount,
  reason: freeText(500).min(1),
});
export type SpecialProcedureNotice = z.infer<typeof SpecialProcedureNotice>;

const newDates = { promisedBy: CivilDate, statutoryBy: CivilDate, provisional: z.boolean() };

/** 恢复计算办理期限告知书: the clock runs again, and both dates have moved. No article asks for it; Art. 45 is why the dates moved. */
export const ResumptionNotice = commonFacts.extend({
  kind: z.literal('resumption-notice'),
  /** What the clock stood for: a procedure by name, 转报, or 挂起. */
  pause: name(40),
  from: CivilDate,
  resumedOn: CivilDate,
  ...newDates,
});
export type ResumptionNotice = z.infer<typeof ResumptionNotice>;

/** 延长办理期限告知书, 行政许可法 Art. 42: approved by the head of the body, and the applicant is told the reasons. */
export const ExtensionNotice = commonFacts.extend({
  kind: z.literal('extension-notice'),
  acceptedOn: CivilDate,
  extended: DayCount,
  approvedBy: name(60),
  reason: freeText(500).min(1),
  ...newDates,
});
export type ExtensionNotice = z.infer<typeof ExtensionNotice>;

/** 退件通知书 (B15): the materials go back without a decision. */
export const ReturnNotice = commonFacts.extend({
  kind: z.literal('return-notice'),
  receivedOn: CivilDate,
  reason: freeText(1000).min(1),
  materials: paperMaterials,
  remedies: Remedies,
});
export type ReturnNotice = z.infer<typeof ReturnNotice>;

/** 逾期未补正终止办理告知书 (办结类型 补正不来): the last day of the correction passed. */
export const LapseNotice = commonFacts.extend({
  kind: z.literal('lapse-notice'),
  receivedOn: CivilDate,
  askedOn: CivilDate,
  within: CivilDate,
  asks: askList,
  reason: freeText(1000),
  remedies: Remedies,
});
export type LapseNotice = z.infer<typeof LapseNotice>;

/** 材料接收凭证 (B20): which materials the hall received, page by page. Not itself an acceptance. */
export const MaterialsReceipt = commonFacts.extend({
  kind: z.literal('materials-receipt'),
  receivedOn: CivilDate,
  occasion: z.enum(['hand-in', 'supplement']),
  materials: paperMaterials,
});
export type MaterialsReceipt = z.infer<typeof MaterialsReceipt>;

/** 容缺受理承诺书 (B6): the applicant's promise, for their signature. */
export const LackingCommitment = commonFacts.extend({
  kind: z.literal('lacking-commitment'),
  acceptedOn: CivilDate,
  lacking: z.array(z.strictObject({ name: name(200), by: CivilDate })).min(1).max(20),
});
export type LackingCommitment = z.infer<typeof LackingCommitment>;

/** 并联审批受理单 (B8), 行政许可法 Art. 26 (2): one acceptance, and which department does what. */
export const JointAcceptance = commonFacts.extend({
  kind: z.literal('joint-acceptance'),
  acceptedOn: CivilDate,
  /** In order. `after`: names of the steps that come before; none: from the day of acceptance. */
  steps: z.array(z.strictObject({ name: name(60), department: name(100), days: z.number().min(0), unit: DayUnit, after: z.array(name(60)).max(20) })).min(1).max(40),
  ...newDates,
});
export type JointAcceptance = z.infer<typeof JointAcceptance>;

/** 材料交接单: papers that go from one desk to another, for both signatures. Nobody's outside of the hall. */
export const HandOverReceipt = commonFacts.extend({
  kind: z.literal('hand-over-receipt'),
  from: name(64),
  to: name(60),
  papers: z.array(name(100)).min(1).max(50),
  words: freeText(500),
});
export type HandOverReceipt = z.infer<typeof HandOverReceipt>;

/** 送达回执 (B19), 行政许可法 Art. 44: who took what when, for the signature of whoever took it. */
export const DeliveryReceipt = commonFacts.extend({
  kind: z.literal('delivery-receipt'),
  deliveredOn: CivilDate,
  way: z.enum(['window', 'terminal', 'post', 'electronic']),
  /** Masked; empty when nobody was named. */
  collector: z.union([z.literal(''), masked]),
  relation: z.enum(['applicant', 'agent', 'relative']),
  papers: z.array(name(200)).min(1).max(20),
});
export type DeliveryReceipt = z.infer<typeof DeliveryReceipt>;

/** Every legal paper, as a list for a larger union. */
export const LEGAL_PAPERS = [
  AcceptanceNotice, CorrectionNotice, RefusalNotice, ApprovalDecision, DenialDecision, WithdrawalConfirmation,
  SpecialProcedureNotice, ResumptionNotice, ExtensionNotice, ReturnNotice, LapseNotice, MaterialsReceipt, LackingCommitment, JointAcceptance, HandOverReceipt, DeliveryReceipt,
] as const;
export const LegalPaper = z.discriminatedUnion('kind', LEGAL_PAPERS);
export type LegalPaper = z.infer<typeof LegalPaper>;
export type LegalKind = LegalPaper['kind'];
