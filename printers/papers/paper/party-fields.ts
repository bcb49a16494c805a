import type { PaperParties } from '../../../domain/documents/parties.ts';
import type { Words } from './model.ts';
import { WORDS } from './words.ts';

const ROLES: Readonly<Record<PaperParties[number]['role'], Words>> = { agent: WORDS.agent, guardian: WORDS.guardian, 'legal-agent': WORDS.legalAgent, 'co-applicant': WORDS.coApplicant };

/** Who stands beside the applicant, one line a role. */
export function partyFields({ parties = [] }: { parties?: PaperParties }): { label: Words; value: string }[] {
  const roles = [...new Set(parties.map(({ role }) => role))];
  return roles.map((role) => ({ label: ROLES[role], value: parties.filter((one) => one.role === role).map(({ person }) => person).join('、') }));
}
