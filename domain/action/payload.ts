import { z } from 'zod';
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

/** A case key wrapped for the hall: X25519 (ephemeral) + HKDF-SHA-256 + AES-256-GCM, all base64. */
export const WrappedKey = z.strictObject({ ephemeral: z.base64(), sealed: z.base64() });
export type WrappedKey = z.infer<typeof WrappedKey>;

/** The citizen's drawn signature, bound to what the screen showed. */
export const HandSignature = z.strictObject({
  /** SHA-256 of the exact text shown above the signature field. */
  shownText: Hash,
  image: BlobReference,
  signedAt: Instant,
});

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

/**
 * What each kind of action says. Names follow the legal lifecycle 申请 → 收件 → 补正 → 受理 → 审查 → 决定 → 办结 → 评价.
 * Made by terminals: handed-in, supplemented, withdrawn, rated, result-printed. Made by the hall: the others.
 */
export const Payload = z.discriminatedUnion('kind', [
  /** 收件: the citizen handed the application in. No legal clock runs yet. */
  z.strictObject({
    kind: z.literal('handed-in'),
    /** Official case number from a lease, or a provisional number that looks different. */
    number: z.strictObject({ value: z.string().min(1).max(50), provisional: z.boolean() }),
    applicant: CardHolder,
    /** How sure we are of the person: card read without a check against the register, or typed by hand. */
    assurance: z.enum(['card-offline', 'card-checked', 'typed']),
    phone: z.string().max(20),
    form: FormValues,
    materials: z.array(Material).max(50),
    signature: HandSignature,
    caseKey: WrappedKey,
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
  }),
  /** 不予受理 */
  z.strictObject({ kind: z.literal('refused'), reason: z.string().min(1).max(1000) }),
  /** 补正一次性告知: everything that is missing, told once. */
  z.strictObject({
    kind: z.literal('correction-asked'),
    asks: z.array(z.strictObject({ target: z.enum(['form', 'material']), key: z.string().max(64), words: z.string().min(1).max(500) })).min(1).max(50),
    within: CivilDate,
  }),
  z.strictObject({ kind: z.literal('reviewed'), step: z.string().max(64), opinion: z.string().max(1000) }),
  z.strictObject({ kind: z.literal('decided'), granted: z.boolean(), reason: z.string().max(1000) }),
  /** 办结 */
  z.strictObject({ kind: z.literal('finished'), result: z.enum(['granted', 'denied', 'withdrawn', 'returned']), words: z.string().max(1000), certificate: Certificate.nullable() }),
]);
export type Payload = z.infer<typeof Payload>;
export type PayloadOf<Kind extends Payload['kind']> = Extract<Payload, { kind: Kind }>;
