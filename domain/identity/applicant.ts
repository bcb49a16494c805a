import { z } from 'zod';
import { CivilDate } from '../time.ts';
import { CardHolder } from './card-holder.ts';

/** Somebody whose card no machine read: a window saw it, the words of a paper form were taken, or it was typed at a terminal. Sex and birth are what the number says; the assurance is never that of a card. */
export const TypedPerson = z.strictObject({ card: z.literal('typed'), name: z.string().min(1).max(60), sex: z.enum(['male', 'female', 'unknown', 'unstated']), birth: CivilDate, number: z.string().min(15).max(18), address: z.string().max(200) });
export type TypedPerson = z.infer<typeof TypedPerson>;

/** A natural person, by card or typed. */
export const Person = z.discriminatedUnion('card', [...CardHolder.options, TypedPerson]);
export type Person = z.infer<typeof Person>;

/** 法人, 非法人组织: `number` is its 统一社会信用代码 (GB 32100), `representative` the name of its 法定代表人 or 负责人. */
export const LegalPerson = z.strictObject({ card: z.literal('legal-person'), name: z.string().min(2).max(80), number: z.string().length(18), representative: z.string().min(1).max(60) });
export type LegalPerson = z.infer<typeof LegalPerson>;

/** In whose name an application stands (申请人), as the log keeps it. */
export const Applicant = z.discriminatedUnion('card', [...CardHolder.options, TypedPerson, LegalPerson]);
export type Applicant = z.infer<typeof Applicant>;

/**
 * How the person at the machine stands to the applicant.
 *
 * | way | 中文 | who is the applicant |
 * |---|---|---|
 * | `self` | 本人 | the person who is here |
 * | `agent` | 委托代理人 | another person, who gave a paper of authority (民法典 Art 165) |
 * | `guardian` | 监护人 | a minor, or somebody who cannot act alone (民法典 Art 23) |
 * | `representative` | 法定代表人 | a legal person that the person here stands for by law (民法典 Art 61) |
 * | `legal-agent` | 单位经办人 | a legal person that gave a letter of authority |
 */
export const ApplicantWay = z.enum(['self', 'agent', 'guardian', 'representative', 'legal-agent']);
export type ApplicantWay = z.infer<typeof ApplicantWay>;

/** Who acted for the applicant, by the card that was read here. Acting for another takes a card, always. */
export const Acting = z.strictObject({ way: ApplicantWay.exclude(['self']), person: CardHolder });
export type Acting = z.infer<typeof Acting>;

/** A party of a case: the applicant, who acted for them, or a co-applicant by their place from 1. */
export const PartyKey = z.string().regex(/^(applicant|acting|together-[1-9]\d?)$/);
export type PartyKey = z.infer<typeof PartyKey>;

/** An identity that a window still has to look at. `typed`: nobody saw a card. `read-offline`: it was read while the line was down, so nobody could say that it is not lost. */
export const CheckDue = z.strictObject({ party: PartyKey, why: z.enum(['typed', 'read-offline']) });
export type CheckDue = z.infer<typeof CheckDue>;

/** Whether an applicant is a person with a body, a birthday and a private name. */
export function isPerson(applicant: Applicant): applicant is Person {
  return applicant.card !== 'legal-person';
}
