import type { Payload } from '../../../domain/action/payload.ts';
import { awaitedPreReviews, mergedAsks, outcomeOf, processOf, standings, type Task } from '../../../domain/approval/process.ts';
import { isOutOfTurn, isPaused, mayFollow } from '../../../domain/case/fold.ts';
import { checksDue, identityBlocks } from '../../../domain/case/identity.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import type { ConsoleCall } from '../../../domain/contracts/console.ts';
import type { InboxRow } from '../../../domain/contracts/cases.ts';
import type { Role } from '../../../domain/contracts/staff.ts';
import type { Item } from '../../../domain/item/types.ts';
import { mayCall } from '../../../domain/staff/rights.ts';

/** What somebody does with a case, and the call of the road that does it. In the order of the bar; those from `release` on stand in the menu. */
const CALLS = {
  claim: 'claim', 'take-over': 'takeOver', refuse: 'refuse', correct: 'askCorrection', supplement: 'supplement', originals: 'seeOriginals', identity: 'checkIdentity', 'pre-review': 'preReview', review: 'review', resume: 'resume', accept: 'accept', finish: 'finish', deliver: 'deliver',
  release: 'release', edit: 'correctForm', 'hand-over': 'handOver', pause: 'pause', extend: 'extend', survey: 'appointSurvey', 'survey-held': 'holdSurvey', return: 'closeCase', lapse: 'closeCase', transfer: 'closeCase', withdraw: 'withdraw', archive: 'archive',
} as const satisfies Record<string, ConsoleCall>;
export type Deed = keyof typeof CALLS;
export const DEEDS = Object.keys(CALLS) as readonly Deed[];

/** Deeds that are rare enough for the menu. */
const RARE: readonly Deed[] = DEEDS.slice(DEEDS.indexOf('release'));

export function isRare(deed: Deed): boolean {
  return RARE.includes(deed);
}

/** A case and who looks at it. @property own steps that the account speaks for */
export type About = { state: CaseState; item: Item; row: Pick<InboxRow, 'claimedBy'>; own: readonly string[]; account: string; role: Role; today: string };

/** What this account may do with a case as it stands: what its role may call, what the law and the process let in, and nothing while a colleague holds it. */
export function deedsOf(about: About): Deed[] {
  const { row: { claimedBy }, account, role } = about;
  if (claimedBy !== null && claimedBy !== account) return [];
  return DEEDS.filter((deed) => mayCall(role, CALLS[deed]) && stands(deed, about));
}

/** The steps that this account may say its word on now, before acceptance or after. */
export function ownOpenSteps({ state, item, own }: Pick<About, 'state' | 'item' | 'own'>): Task[] {
  const process = processOf(item);
  const mine = (task: Task) => own.includes(task.key);
  if (mayFollow(state.stage, 'pre-reviewed')) return process.tasks.filter((task) => task.preReview && mine(task));
  if (!mayFollow(state.stage, 'reviewed') || isPaused(state)) return [];
  return standings(process, state.accepted?.acceptedOn ?? null, state.reviews).flatMap(({ task, kind }) => (kind === 'open' && mine(task) ? [task] : []));
}

/** Steps whose departments must say their word before anybody answers the applicant. */
export function awaited({ state, item }: Pick<About, 'state' | 'item'>): Task[] {
  return mayFollow(state.stage, 'pre-reviewed') ? awaitedPreReviews(processOf(item), state.preReviews).filter(({ silence }) => silence === 'none') : [];
}

function stands(deed: Deed, about: About): boolean {
  const { state, item, account, row, today } = about;
  const { stage } = state;
  const follows = (payload: Payload) => mayFollow(stage, payload.kind) && !isOutOfTurn(state, payload);
  const ends = (result: 'returned' | 'lapsed' | 'transferred') => follows({ kind: 'finished', result, words: '', certificate: null });
  const process = processOf(item);
  switch (deed) {
    case 'claim':
      return row.claimedBy === null && mayFollow(stage, 'originals-seen');
    case 'release':
      return row.claimedBy === account;
    case 'accept':
      return mayFollow(stage, 'accepted') && !identityBlocks(state, item) && awaited(about).length === 0 && (stage !== 'handed-in' || mergedAsks(state.preReviews).length === 0);
    case 'correct':
      return mayFollow(stage, 'correction-asked') && awaited(about).length === 0;
    case 'supplement':
      return mayFollow(stage, 'supplemented');
    case 'refuse':
      return mayFollow(stage, 'refused');
    case 'originals':
      return mayFollow(stage, 'originals-seen') && state.materials.length > 0;
    case 'identity':
      return mayFollow(stage, 'identity-checked') && checksDue(state).some(({ said }) => said?.outcome !== 'same');
    case 'edit':
      return mayFollow(stage, 'staff-corrected');
    case 'pre-review':
      return mayFollow(stage, 'pre-reviewed') && ownOpenSteps(about).length > 0;
    case 'review':
      return mayFollow(stage, 'reviewed') && ownOpenSteps(about).length > 0;
    case 'finish':
      return (stage === 'accepted' || stage === 'decided') && !isPaused(state) && (process.tasks.length === 0 || outcomeOf(process, state.reviews) !== 'running');
    case 'pause':
      return mayFollow(stage, 'paused') && !isPaused(state);
    case 'resume':
      return mayFollow(stage, 'resumed') && isPaused(state);
    case 'extend':
      return mayFollow(stage, 'extended') && state.limits !== null && state.extension === null && today <= state.limits.statutoryBy;
    case 'survey':
      return mayFollow(stage, 'survey-appointed') && process.tasks.length > 0;
    case 'survey-held':
      return mayFollow(stage, 'survey-held') && state.survey !== null && state.survey.held === null;
    case 'hand-over':
      return mayFollow(stage, 'handed-over') && state.papers?.taken !== false;
    case 'take-over':
      return mayFollow(stage, 'taken-over') && state.papers?.taken === false;
    case 'return':
      return ends('returned');
    case 'lapse':
      return state.correction !== null && today > state.correction.within && ends('lapsed');
    case 'transfer':
      return ends('transferred');
    case 'withdraw':
      return mayFollow(stage, 'withdrawn');
    case 'archive':
      return mayFollow(stage, 'archived') && state.archive === null;
    case 'deliver':
      return mayFollow(stage, 'delivered') && state.delivery === null && (state.finish?.result === 'granted' || state.finish?.result === 'denied');
  }
}
