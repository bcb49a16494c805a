import { z } from 'zod';
import { Limits } from '../clock/limits.ts';
import { Acting, Applicant, CheckDue, PartyKey } from '../identity/applicant.ts';
import { Assurance } from '../identity/assurance.ts';
import { CardHolder } from '../identity/card-holder.ts';
import { Hash } from '../ids.ts';
import { CivilDate, Instant } from '../time.ts';

/** A sealed file: named by the SHA-256 of its sealed bytes, so anybody can check it and only the case key opens it. */
export const BlobReference = z.strictObject({
  hash: Hash,
  /** Sealed size in bytes. */
  size: z.int().min(1).max(64 * 1024 * 1024),
  mediaType: z.enum(['image/jpeg', 'image/png', 'application/pdf']),
});
export type BlobReference = z.infer<typeof BlobReference>;

/**
 * One page of a material. `thumbnail`: a small picture of it, sealed like the page, that travels before any page. Pages of programs older than it
 * have none, and a page made for a hall that does not take them has none either: absent, never `undefined`, so that hashes stay what they are.
 */
export const PageReference = BlobReference.extend({ thumbnail: z.exactOptional(BlobReference) });
export type PageReference = z.infer<typeof PageReference>;

/** 108号: A issuer's own data, B checked by a window, C sent by the citizen, original still to be seen, D own words with a promise. */
export const TrustLevel = z.enum(['A', 'B', 'C', 'D']);

export const Material = z.strictObject({
  /** Key of the material in the item's list. */
  key: z.string().min(1).max(64),
  pages: z.array(PageReference).min(1).max(100),
  trust: TrustLevel,
});
export type Material = z.infer<typeof Material>;

/** Values of an item's form by field name, as its JSON Schema allows. */
export const FormValues = z.record(z.string().max(64), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]));
export type FormValues = z.infer<typeof FormValues>;

/** 情形: answers to an item's situation questions, question → value of its option. */
export const Answers = z.record(z.string().max(63), z.string().max(60));
export type Answers = z.infer<typeof Answers>;

/** A case key wrapped for the hall: X25519 (ephemeral) + HKDF-SHA-256 + AES-256-GCM, all base64. */
export const WrappedKey = z.strictObject({ ephemeral: z.base64(), sealed: z.base64() });
export type WrappedKey = z.infer<typeof WrappedKey>;

/**
 * The citizen's word for what the screen showed: drawn, with its picture, or `confirmed` where somebody who cannot see pressed a key after the text had
 * been read aloud to its end. One of the two is there, the other absent, never `undefined`: what was drawn hashes as it always did.
 */
export const HandSignature = z
  .strictObject({
    /** SHA-256 of the exact text shown above the signature field. */
    shownText: Hash,
    image: z.exactOptional(BlobReference),
    confirmed: z.exactOptional(z.literal('keypad')),
    signedAt: Instant,
  })
  .refine(({ image, confirmed }) => (image === undefined) !== (confirmed === undefined), 'either drawn or confirmed');

/** The kinds of certificate that there is a layout for. */
export const CertificateTemplate = z.enum(['elder-card', 'business-licence', 'water-permit']);
export type CertificateTemplate = z.infer<typeof CertificateTemplate>;

/** What a printed certificate says. `licence` is its 电子证照标识 (GB/T 36904). */
export const Certificate = z.strictObject({
  template: CertificateTemplate,
  title: z.string().min(1).max(60),
  licence: z.string().min(1).max(120),
  number: z.string().min(1).max(40),
  holder: z.string().min(1).max(120),
  /** Label and value in the order they are printed. */
  fields: z.array(z.strictObject({ label: z.string().min(1).max(30), value: z.string().max(300) })).max(30),
  issuer: z.string().min(1).max(60),
  issuedOn: CivilDate,
  /** null: no end. */
  validTo: CivilDate.nullable(),
});
export type Certificate = z.infer<typeof Certificate>;

/** What a correction or a pre-review asks for: a field of the form or a material, and what is wrong with it. */
export const Ask = z.strictObject({ target: z.enum(['form', 'material']), key: z.string().max(64), words: z.string().min(1).max(500) });
export type Ask = z.infer<typeof Ask>;

/**
 * Why the legal clock stands still. `special-procedure`: 特别程序, 行政许可法 Art 45. `transfer`: 转报, a higher authority has the case.
 * `hold`: 普通挂起, for which supervision asks a reason.
 */
export const PauseWhy = z.enum(['special-procedure', 'transfer', 'hold']);
export type PauseWhy = z.infer<typeof PauseWhy>;

/** How a case ends 办结. `returned` 退件: taken back without a decision. `lapsed` 补正不来: the correction's last day passed. `transferred` 转报办结. */
export const FinishResult = z.enum(['granted', 'denied', 'withdrawn', 'returned', 'lapsed', 'transferred']);
export type FinishResult = z.infer<typeof FinishResult>;

/**
 * What each kind of action says. Names follow the legal lifecycle 申请 → 收件 → 补正 → 受理 → 审查 → 决定 → 办结 → 送达 → 评价 → 归档.
 * Made by terminals: handed-in, supplemented, withdrawn, rated, result-printed. Made by the hall: the others, and the first three where somebody came to
 * a window. `on` is the civil date that counts in law; it is the day of the act, or for a late entry the day it truly happened.
 */
export const Payload = z.discriminatedUnion('kind', [
  /** 收件: the citizen handed the application in. No legal clock runs yet. */
  z.strictObject({
    kind: z.literal('handed-in'),
    /** Official case number from a lease, or a provisional number that looks different. */
    number: z.strictObject({ value: z.string().min(1).max(50), provisional: z.boolean() }),
    /** In whose name the application stands. */
    applicant: Applicant,
    /** How sure we are of the applicant. */
    assurance: Assurance,
    /** Who acted for the applicant; absent where the applicant did. This and the two below: absent, never `undefined`. */
    acting: z.exactOptional(Acting),
    /** 共同申请人, each by a card that was read. */
    together: z.exactOptional(z.array(CardHolder).min(1).max(20)),
    /** Identities that a window still has to look at. */
    toCheck: z.exactOptional(z.array(CheckDue).min(1).max(22)),
    phone: z.string().max(20),
    form: FormValues,
    /** 情形: the answers with which the materials were asked for, where the item has questions and all were answered. Absent, never `undefined`. */
    situation: z.exactOptional(Answers),
    materials: z.array(Material).max(50),
    signature: HandSignature,
    caseKey: WrappedKey,
    /** 双轨: taken on an emergency paper form while the hall was out, and entered later. `happenedAt`: when the form says it was received. */
    late: z.exactOptional(z.strictObject({ paper: z.string().min(1).max(40), happenedAt: Instant, outage: z.string().min(1).max(200) })),
  }),
  /** 补正: what the correction asked for. Form and materials hold only what changed. */
  z.strictObject({ kind: z.literal('supplemented'), form: FormValues, materials: z.array(Material).max(50) }),
  z.strictObject({ kind: z.literal('withdrawn'), reason: z.string().max(500) }),
  /** 好差评: 5 very satisfied … 1 very dissatisfied, with the national reason tags of that level. */
  z.strictObject({ kind: z.literal('rated'), level: z.int().min(1).max(5), tags: z.array(z.string().regex(/^\d{3}$/)).max(8), words: z.string().max(500) }),
  /**
   * A result left this machine's printer, as the print ledger knows it; `not-printed` only after `unknown`, when a person found that it had not.
   * `blank`: the number of the blank it stands on, where it is one. Absent, never `undefined`.
   */
  z.strictObject({ kind: z.literal('result-printed'), licence: z.string().max(120), outcome: z.enum(['printed', 'unknown', 'not-printed']), blank: z.exactOptional(z.string().max(40)) }),
  /** 受理: the legal clock starts. Limits and calendar are those stored here, never today's. */
  z.strictObject({
    kind: z.literal('accepted'),
    number: z.string().min(1).max(50),
    acceptedOn: CivilDate,
    promisedBy: CivilDate,
    statutoryBy: CivilDate,
    /** True when a due date lies beyond the loaded calendar. */
    provisional: z.boolean(),
    /** The hall's calendar that the dates were reckoned on. Absent before calendars had names. */
    calendar: z.exactOptional(z.string().max(40)),
    /** 行政许可法 Art 32 (1)(4): nobody told of a correction in time, so the case counts as accepted from the day it was received. */
    deemed: z.exactOptional(z.literal(true)),
    /** 容缺受理: materials that follow, against a written promise (B6). */
    lacking: z.exactOptional(z.array(z.strictObject({ key: z.string().max(64), by: CivilDate })).min(1).max(20)),
  }),
  /** 不予受理 */
  z.strictObject({ kind: z.literal('refused'), reason: z.string().min(1).max(1000) }),
  /** 补正一次性告知: everything that is missing, told once. */
  z.strictObject({
    kind: z.literal('correction-asked'),
    asks: z.array(Ask).min(1).max(50),
    within: CivilDate,
  }),
  /** 同步预审: what a department says of the shared materials before acceptance. `lacks` goes into the one merged correction. */
  z.strictObject({ kind: z.literal('pre-reviewed'), step: z.string().max(64), verdict: z.enum(['fits', 'lacks', 'not-ours']), asks: z.array(Ask).max(20), words: z.string().max(1000), on: CivilDate }),
  /** 审查: a step of the process is done. `absent`: its department said nothing in its time, and the item's rule takes that as consent. */
  z.strictObject({ kind: z.literal('reviewed'), step: z.string().max(64), outcome: z.enum(['agrees', 'objects', 'absent']), opinion: z.string().max(1000), on: CivilDate }),
  /** 联合踏勘 is appointed; a later one replaces it. */
  z.strictObject({ kind: z.literal('survey-appointed'), steps: z.array(z.string().max(64)).min(1).max(20), on: CivilDate, time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), place: z.string().min(1).max(200), contact: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('survey-held'), present: z.array(z.string().max(64)).max(20), words: z.string().min(1).max(2000), on: CivilDate }),
  /** 挂起. `allowed`: how long it may take, as the applicant was told in writing; null when no time was named. */
  z.strictObject({ kind: z.literal('paused'), why: PauseWhy, procedure: z.string().max(40), allowed: z.strictObject({ days: z.int().min(1).max(400), unit: z.enum(['working', 'natural']) }).nullable(), reason: z.string().min(1).max(500), on: CivilDate }),
  /** 恢复. The days between are not counted (行政许可法 Art 45), so the due dates move. */
  z.strictObject({ kind: z.literal('resumed'), words: z.string().max(500), on: CivilDate, limits: Limits }),
  /** 延期, 行政许可法 Art 42: once, approved by the head of the body, and the applicant is told why. */
  z.strictObject({ kind: z.literal('extended'), days: z.int().min(1).max(60), approvedBy: z.string().min(1).max(60), reason: z.string().min(1).max(500), on: CivilDate, limits: Limits }),
  /** The due dates were reckoned again: a year's notice came, or the county closed for a day. */
  z.strictObject({ kind: z.literal('limits-set'), why: z.enum(['notice', 'closure']), limits: Limits }),
  /** Staff put a slip of the pen right; the applicant sees what and why. Form holds only what changed. */
  z.strictObject({ kind: z.literal('staff-corrected'), form: FormValues, reason: z.string().min(1).max(500) }),
  /** 核验原件: what the window saw, and the trust that each material has from then on. */
  z.strictObject({ kind: z.literal('originals-seen'), materials: z.array(z.strictObject({ key: z.string().max(64), trust: TrustLevel })).min(1).max(50) }),
  /** 核验身份: a clerk compared a party with the original card or paper, or asked the register. The last word of a party counts. */
  z.strictObject({ kind: z.literal('identity-checked'), party: PartyKey, outcome: z.enum(['same', 'not-same']), words: z.string().max(500), on: CivilDate }),
  /** 材料交接: papers go from one desk to another; `taken-over` is the other's word that they came. */
  z.strictObject({ kind: z.literal('handed-over'), to: z.string().min(1).max(60), papers: z.array(z.string().min(1).max(100)).min(1).max(50), words: z.string().max(500) }),
  z.strictObject({ kind: z.literal('taken-over'), missing: z.array(z.string().min(1).max(100)).max(50) }),
  z.strictObject({ kind: z.literal('decided'), granted: z.boolean(), reason: z.string().max(1000) }),
  /** 办结 */
  z.strictObject({ kind: z.literal('finished'), result: FinishResult, words: z.string().max(1000), certificate: Certificate.nullable() }),
  /** 送达 (B19 送达回执): who took the result. `collector`: the name on the receipt. */
  z.strictObject({ kind: z.literal('delivered'), way: z.enum(['window', 'terminal', 'post', 'electronic']), collector: z.string().max(120), relation: z.enum(['applicant', 'agent', 'relative']), on: CivilDate }),
  /** 归档. `package`: SHA-256 of the archive package. */
  z.strictObject({ kind: z.literal('archived'), package: Hash, on: CivilDate }),
]);
export type Payload = z.infer<typeof Payload>;
export type PayloadOf<Kind extends Payload['kind']> = Extract<Payload, { kind: Kind }>;
