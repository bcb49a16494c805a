import { z } from 'zod';
import type { PayloadOf } from '../action/payload.ts';
import { isPerson } from '../identity/applicant.ts';
import { legalName } from '../item/form.ts';
import { maskName } from '../masking.ts';

type HandIn = Pick<PayloadOf<'handed-in'>, 'applicant' | 'acting' | 'together'>;

/** Who stands on a paper beside the applicant, masked. Absent: nobody, and on papers of before there were such parties. */
export const PaperParties = z.array(z.strictObject({ role: z.enum(['agent', 'guardian', 'legal-agent', 'co-applicant']), person: z.string().min(1).max(100).regex(/[*＊]/) })).min(1).max(22);
export type PaperParties = z.infer<typeof PaperParties>;

/** The applicant as a paper calls them. What an organisation is called is public; who stands for it is a person, and masked. */
export function paperPerson(applicant: HandIn['applicant']): string {
  return isPerson(applicant) ? maskName(legalName(applicant)) : `${applicant.name}（法定代表人${maskName(applicant.representative)}）`;
}

/** As a paper's own field, left out where there is nobody. */
export function paperParties({ acting, together = [] }: HandIn): { parties?: PaperParties } {
  const masked = (one: Parameters<typeof legalName>[0]) => maskName(legalName(one));
  const parties: PaperParties = [
    ...(acting === undefined || acting.way === 'representative' ? [] : [{ role: acting.way, person: masked(acting.person) }]),
    ...together.map((one) => ({ role: 'co-applicant' as const, person: masked(one) })),
  ];
  return parties.length === 0 ? {} : { parties };
}
