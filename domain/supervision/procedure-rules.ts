import type { Payload } from '../action/payload.ts';
import { outcomeOf, processOf } from '../approval/process.ts';
import { civilDate, dayNumber } from '../calendar/civil-date.ts';
import { itemForWay, wayOfHandIn } from '../item/applicants.ts';
import { legalName } from '../item/form.ts';
import { certainMaterials } from '../item/situation.ts';
import { type Candidate, excusedEnd, workingDaysAfter } from './finding.ts';
import type { Subject } from './judge.ts';
import { numberOf, type Rule } from './rules.ts';
import { accountOf, type Deed, type Stretch } from './trail.ts';

/** A finding about one deed: it holds from when the hall knew of it, and whoever did it answers. */
function about(subject: Subject, deed: Deed, further: readonly Deed[] = []): Candidate {
  return { occurrence: deed.action.id, since: deed.known, actions: [...further.map(({ action }) => action.id), deed.action.id], owner: subject.doer(deed) };
}

/** The civil date that a deed says counts; null for one that names none. */
function namedDay(payload: Payload): string | null {
  if ('on' in payload) return payload.on;
  return payload.kind === 'accepted' && payload.deemed === undefined ? payload.acceptedOn : null;
}

/** Dates that stand the wrong way round: what must come before is dated after. */
export function orderBroken(subject: Subject): Candidate[] {
  const pairs = subject.way.flatMap((stretch, index): { deed: Deed; before: Deed | undefined; broken: boolean }[] => {
    const { deed, state } = stretch;
    const { payload } = deed.action;
    const before = subject.way.slice(0, index);
    const last = (kind: Payload['kind']) => before.findLast((one) => one.deed.action.payload.kind === kind)?.deed;
    const handedIn = subject.way[0]?.deed;
    const acceptedOn = state.accepted?.acceptedOn ?? null;
    switch (payload.kind) {
      case 'accepted':
        return [{ deed, before: handedIn, broken: handedIn !== undefined && payload.acceptedOn < civilDate(handedIn.at) }];
      case 'supplemented':
        return [{ deed, before: last('correction-asked'), broken: deed.at < (last('correction-asked')?.known ?? -Infinity) }];
      case 'reviewed':
      case 'survey-held':
      case 'extended':
      case 'paused':
        return [{ deed, before: last('accepted'), broken: acceptedOn !== null && payload.on < acceptedOn }];
      case 'resumed':
        return [{ deed, before: last('paused'), broken: payload.on < (state.pauses.at(-1)?.from ?? '') }];
      case 'decided':
      case 'finished':
        return [{ deed, before: last('accepted'), broken: acceptedOn !== null && civilDate(deed.at) < acceptedOn }];
      case 'delivered':
        return [{ deed, before: last('finished'), broken: payload.on < civilDate(last('finished')?.at ?? 0) }];
      default:
        return [];
    }
  });
  return pairs.filter(({ broken }) => broken).map(({ deed, before }) => about(subject, deed, before === undefined ? [] : [before]));
}

/** The reason that the law asks of a deed; null for one that needs none. */
function reasonOf({ state, deed }: Stretch): string | null {
  const { payload } = deed.action;
  switch (payload.kind) {
    case 'refused':
      return payload.reason;
    case 'decided':
      return payload.granted ? null : payload.reason;
    case 'paused':
      return payload.why === 'hold' ? payload.reason : null;
    case 'finished':
      if (payload.result === 'denied') return payload.words + (state.decision?.reason ?? '');
      return payload.result === 'returned' || payload.result === 'transferred' ? payload.words : null;
    default:
      return null;
  }
}

export function reasonMissing(subject: Subject, rule: Rule): Candidate[] {
  return subject.way.filter((stretch) => {
    const reason = reasonOf(stretch);
    return reason !== null && [...reason.replaceAll(/[\s\p{P}]/gu, '')].length < numberOf(rule, 'letters');
  }).map(({ deed }) => about(subject, deed));
}

/** What was missing is told once: a further telling, or a return after a supplement, is one too many. */
export function correctionRepeated(subject: Subject, rule: Rule): Candidate[] {
  const tellings = subject.way.filter(({ deed: { action: { payload } }, state }) => payload.kind === 'correction-asked' || (payload.kind === 'finished' && payload.result === 'returned' && state.correction !== null));
  return tellings.slice(numberOf(rule, 'times')).map(({ deed }) => about(subject, deed, tellings.slice(0, 1).map((one) => one.deed)));
}

/** What is required on a condition is the clerk's to judge; what is always required must be there, or be promised (容缺). */
export function materialAbsent(subject: Subject): Candidate[] {
  return subject.way.filter(({ deed: { action: { payload } }, state }) => {
    if (payload.kind !== 'accepted') return false;
    const required = certainMaterials(itemForWay(subject.trail.item, wayOfHandIn(state.handedIn)), state.handedIn.situation ?? null);
    const there = [...state.materials.map(({ key }) => key), ...(payload.lacking ?? []).map(({ key }) => key)];
    return required.some((key) => !there.includes(key));
  }).map(({ deed }) => about(subject, deed));
}

/** Decided, or ended with a decision, while steps were open. A department's objection may end the whole at once: the rest need not speak. */
export function processSkipped(subject: Subject): Candidate[] {
  const process = processOf(subject.trail.item);
  if (process.tasks.length === 0) return [];
  const ended = subject.way.find(({ deed: { action: { payload } } }) => payload.kind === 'decided' || (payload.kind === 'finished' && (payload.result === 'granted' || payload.result === 'denied')));
  return ended === undefined || outcomeOf(process, ended.state.reviews) !== 'running' ? [] : [about(subject, ended.deed)];
}

/** The outage that a paper form says it was taken in. */
function outageOfPaper(subject: Subject, happened: number) {
  return subject.hallOutages.find(({ from, to }) => from <= happened && happened <= (to ?? Infinity));
}

export function lateEntryLate(subject: Subject, rule: Rule): Candidate[] {
  return subject.deeds('handed-in').filter(({ action: { payload }, at, known }) => {
    if (payload.late === undefined) return false;
    const outage = outageOfPaper(subject, at);
    if (outage === undefined || outage.to === null) return false;
    return known >= excusedEnd(outage.to, workingDaysAfter(outage.to, numberOf(rule, 'days'), subject.world.calendar), subject.hallOutages, subject.world.calendar);
  }).map((deed) => about(subject, deed));
}

/** Whoever runs the hall has a little time to register the outage. */
export function lateEntryUnfounded(subject: Subject, rule: Rule): Candidate[] {
  return subject.deeds('handed-in').filter(({ action, at }) => action.payload.late !== undefined && outageOfPaper(subject, at) === undefined)
    .map((deed) => ({ ...about(subject, deed), since: excusedEnd(deed.known, workingDaysAfter(deed.known, numberOf(rule, 'days'), subject.world.calendar), subject.hallOutages, subject.world.calendar) }));
}

/** A 承诺件 that takes no time was done elsewhere and entered afterwards. */
export function instantFinish(subject: Subject, rule: Rule): Candidate[] {
  const [accepted] = subject.deeds('accepted');
  if (accepted === undefined || subject.trail.item.handling !== 'promised') return [];
  return subject.deeds('finished').filter(({ action: { payload }, known }) => (payload.result === 'granted' || payload.result === 'denied') && known - accepted.known < numberOf(rule, 'minutes') * 60_000).map((deed) => about(subject, deed, [accepted]));
}

export function backDated(subject: Subject, rule: Rule): Candidate[] {
  return subject.way.filter(({ deed }) => {
    const named = namedDay(deed.action.payload);
    if (named === null) return false;
    const back = dayNumber(civilDate(deed.at)) - dayNumber(named);
    return back > numberOf(rule, 'days') || back < 0 && deed.action.payload.kind !== 'survey-appointed';
  }).map(({ deed }) => about(subject, deed));
}

export function ownRating(subject: Subject): Candidate[] {
  return subject.deeds('rated').filter((deed) => accountOf(deed) !== null).map((deed) => about(subject, deed));
}

const OFFICIAL: readonly Payload['kind'][] = ['accepted', 'refused', 'reviewed', 'decided', 'finished'];

/** Somebody of the applicant's name decided something of it. Once an account. */
export function ownCase(subject: Subject): Candidate[] {
  const [first] = subject.way;
  if (first === undefined) return [];
  const applicant = legalName(first.state.handedIn.applicant);
  const found = new Map<string, Candidate>();
  for (const { deed } of subject.way) {
    const account = accountOf(deed);
    if (account === null || found.has(account) || !OFFICIAL.includes(deed.action.payload.kind) || subject.world.nameOf(account) !== applicant) continue;
    found.set(account, { ...about(subject, deed), occurrence: account });
  }
  return [...found.values()];
}
