import type { PayloadOf } from '../../../domain/action/payload.ts';
import { type Acting, type Applicant, type ApplicantWay, type CheckDue, type Person, TypedPerson } from '../../../domain/identity/applicant.ts';
import { type Assurance, suffices, typedPerson } from '../../../domain/identity/assurance.ts';
import type { CardHolder } from '../../../domain/identity/card-holder.ts';
import { assuranceOf, mostTogether, wayOf, waysOpen } from '../../../domain/item/applicants.ts';
import { legalName } from '../../../domain/item/form.ts';
import type { Item } from '../../../domain/item/types.ts';
import { creditCode } from '../../../domain/numbers/credit-code.ts';
import type { SessionState } from './state.ts';

type Known = Pick<SessionState, 'holder' | 'offline' | 'who' | 'answers'>;

/** The person who is here: by card, or by what was typed where the item allows that. What was typed opens nobody's cases. */
export function visitor({ holder, who }: Pick<SessionState, 'holder' | 'who'>): Person | null {
  return holder ?? who.typed;
}

/** The way that is taken. Where more than one is open and nobody asked, it is the person's own affair, if it may be. */
export function wayTaken(item: Item, { answers, who }: Pick<SessionState, 'answers' | 'who'>): ApplicantWay | null {
  return wayOf(item, answers, who.way) ?? (waysOpen(item, answers).includes('self') ? 'self' : null);
}

export function isForLegalPerson(way: ApplicantWay): boolean {
  return way === 'representative' || way === 'legal-agent';
}

/** Who applies, by whom, with whom, and how sure we are. */
export type Parties = {
  applicant: Applicant;
  assurance: Assurance;
  acting: Acting | null;
  together: CardHolder[];
  toCheck: CheckDue[];
};

/** Why the parties are not known yet: the step on which they become so. */
export type Missing = { missing: 'identify' | 'who' | 'for-whom' };

/** @param today civil date */
export function partiesOf(item: Item, state: Known, today: string): Parties | Missing {
  const way = wayTaken(item, state);
  if (way === null) return { missing: 'who' };
  const here = visitor(state);
  const { who } = state;
  // Acting for another takes a card, always.
  if (here === null || (way !== 'self' && state.holder === null)) return { missing: 'identify' };
  const together = mostTogether(item, state.answers) === 0 ? [] : who.together.slice(0, mostTogether(item, state.answers));
  const others = together.flatMap(({ offline }, index): CheckDue[] => (offline ? [{ party: `together-${index + 1}`, why: 'read-offline' }] : []));
  const rest = { together: together.map(({ holder }) => holder) };
  if (way === 'self') {
    if (state.holder === null && !suffices('typed', assuranceOf(item).self)) return { missing: 'identify' };
    return { ...rest, applicant: here, assurance: state.holder === null ? 'typed' : 'card-offline', acting: null, toCheck: [...dueOf('applicant', { typed: state.holder === null, offline: state.offline }), ...others] };
  }
  const applicant = isForLegalPerson(way) ? legalPersonOf(way, state) : principalOf(item, state, today);
  if (applicant === null || state.holder === null) return { missing: 'for-whom' };
  const byCard = who.principal !== null && !isForLegalPerson(way);
  return {
    ...rest, applicant, assurance: byCard ? 'card-offline' : 'typed', acting: { way, person: state.holder },
    toCheck: [...dueOf('applicant', { typed: !byCard, offline: byCard && who.principal?.offline === true }), ...dueOf('acting', { typed: false, offline: state.offline }), ...others],
  };
}

function dueOf(party: 'applicant' | 'acting', { typed, offline }: { typed: boolean; offline: boolean }): CheckDue[] {
  return typed ? [{ party, why: 'typed' }] : offline ? [{ party, why: 'read-offline' }] : [];
}

function principalOf(item: Item, { who }: Known, today: string): Person | null {
  if (who.principal !== null) return who.principal.holder;
  if (!who.told || !suffices('typed', assuranceOf(item).principal)) return null;
  return typedPerson({ name: who.values.name ?? '', number: who.values.number ?? '' }, today);
}

function legalPersonOf(way: ApplicantWay, { who, holder }: Known): Applicant | null {
  const { company = '', creditCode: code = '', representative = '' } = who.values;
  const checked = creditCode(code);
  const name = way === 'representative' ? (holder === null ? '' : legalName(holder)) : representative.trim();
  return who.told && checked.ok && company.trim() !== '' && name !== '' ? { card: 'legal-person', name: company.trim(), number: checked.value.number, representative: name } : null;
}

/** The lines of the declaration that say who declares, and for whom. */
export function partyLines({ applicant, assurance, acting, together }: Parties): string[] {
  const who = legalName(applicant);
  return [
    applicant.card === 'legal-person' ? `申请人：${who}（统一社会信用代码 ${applicant.number}）` : `申请人：${who}`,
    ...(applicant.card === 'legal-person' ? [`法定代表人（负责人）：${applicant.representative}`] : []),
    ...(acting === null || acting.way === 'representative' ? [] : [`${acting.way === 'guardian' ? '监护人' : '代理人'}：${legalName(acting.person)}（${acting.way === 'guardian' ? '代申请人办理' : '受申请人委托办理'}）`]),
    ...(together.length === 0 ? [] : [`共同申请人：${together.map(legalName).join('、')}`]),
    ...(assurance === 'typed' && TypedPerson.safeParse(applicant).success && acting === null ? ['姓名和证件号码由本人填写，没有读身份证，窗口核验原件后受理。'] : []),
  ];
}

/** The parties as a hand-in names them; what there is none of is left out. */
export function partiesPayload({ applicant, assurance, acting, together, toCheck }: Parties): Pick<PayloadOf<'handed-in'>, 'applicant' | 'assurance' | 'acting' | 'together' | 'toCheck'> {
  return { applicant, assurance, ...(acting === null ? {} : { acting }), ...(together.length === 0 ? {} : { together }), ...(toCheck.length === 0 ? {} : { toCheck }) };
}
