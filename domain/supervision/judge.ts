import type { Payload } from '../action/payload.ts';
import { civilDate } from '../calendar/civil-date.ts';
import type { Candidate, CardOwner, Finding } from './finding.ts';
import { answerLate, deemedAccepted, nearPromise, overLimit, pauseLong, stepOver } from './limit-rules.ts';
import { type Outage, outagesOf } from './outages.ts';
import { backDated, correctionRepeated, instantFinish, lateEntryLate, lateEntryUnfounded, materialAbsent, orderBroken, ownCase, ownRating, processSkipped, reasonMissing } from './procedure-rules.ts';
import { type Rule, type RuleId, rulesOn } from './rules.ts';
import { timeLine } from './time-line.ts';
import { accountOf, type Deed, type DeedOf, deedsOf, type Stretch, stretchesOf, type Trail, type World } from './trail.ts';

/** A case as the rules look at it. */
export type Subject = {
  trail: Trail;
  way: readonly Stretch[];
  world: World;
  /** Outages of the whole hall. */
  hallOutages: readonly Outage[];
  window: CardOwner;
  /** Whose the time is at an instant, if nothing happens until then. */
  ownerAt(instant: number): CardOwner;
  /** Who did a deed; the window when no account did. */
  doer(deed: Deed): CardOwner;
  deeds<Kind extends Payload['kind']>(kind: Kind): DeedOf<Kind>[];
};

type RuleOfCase = Exclude<RuleId, 'finish-burst' | 'same-person' | 'unanswered'>;

/** What each rule about a case finds. Rules about accounts are in `accounts.ts`, the one about unanswered cards in `card.ts`. */
const EVALUATIONS: Readonly<Record<RuleOfCase, (subject: Subject, rule: Rule) => Candidate[]>> = {
  'promise-tomorrow': nearPromise, 'promise-near': nearPromise, 'promise-over': overLimit('promisedBy'), 'statutory-over': overLimit('statutoryBy'),
  'step-over': stepOver, 'answer-late': answerLate, 'deemed-accepted': deemedAccepted, 'pause-over': pauseLong(true), 'pause-endless': pauseLong(false),
  'order-broken': orderBroken, 'reason-missing': reasonMissing, 'correction-repeated': correctionRepeated, 'material-absent': materialAbsent, 'process-skipped': processSkipped,
  'late-entry-late': lateEntryLate, 'late-entry-unfounded': lateEntryUnfounded, 'instant-finish': instantFinish, 'back-dated': backDated, 'own-rating': ownRating, 'own-case': ownCase,
};

/**
 * What holds of a case at `now`, and when something may come to hold if nothing further happens (`next`, null: never). A pure function of the log, the rules in force on the day the hall had the
 * case, and the world: live in sweeps or once over the whole log, the findings are the same, since what has held holds for ever and each has its own computed instant.
 * @param now milliseconds since 1970; actions that the hall had later are not looked at
 */
export function judge(trail: Trail, now: number, rules: readonly Rule[], world: World): { findings: Finding[]; next: number | null } {
  const known = { ...trail, deeds: trail.deeds.filter((deed) => deed.known <= now) };
  const way = stretchesOf(known);
  const [first] = way;
  if (first === undefined) return { findings: [], next: null };
  const subject = subjectOf(known, way, world);
  const candidates = rulesOn(rules, civilDate(first.from)).flatMap((rule) => {
    if (!isRuleOfCase(rule.id)) return [];
    return EVALUATIONS[rule.id](subject, rule).map((found): Finding => ({ rule: rule.id, version: rule.version, level: rule.level, ...found }));
  });
  const later = candidates.map(({ since }) => since).filter((since) => since > now && since !== Infinity);
  return { findings: candidates.filter(({ since }) => since <= now), next: later.length === 0 ? null : Math.min(...later) };
}

function isRuleOfCase(id: RuleId): id is RuleOfCase {
  return Object.hasOwn(EVALUATIONS, id);
}

function subjectOf(trail: Trail, way: readonly Stretch[], world: World): Subject {
  const department = trail.item.body.creditCode;
  const window: CardOwner = { kind: 'window', department, account: '' };
  const machine = way[0]?.deed.action.machine ?? '';
  return {
    trail, way, world, window,
    hallOutages: outagesOf(world.outages, machine).filter(({ scope }) => scope === 'hall'),
    ownerAt(instant) {
      if (instant === Infinity) return window;
      const owner = timeLine(trail, instant, world).findLast((span) => span.owner.kind === 'window' || span.owner.kind === 'department')?.owner;
      return owner?.kind === 'department' ? { kind: 'department', department: owner.departments[0] ?? department, account: '' } : window;
    },
    doer(deed) {
      const account = accountOf(deed);
      return account === null ? window : { kind: 'account', department, account };
    },
    deeds: (kind) => deedsOf(way, kind),
  };
}
