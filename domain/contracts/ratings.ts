/** 好差评 at the console: what poor ratings oblige to, what ratings add up to, and ratings that came on paper. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CaseId } from '../ids.ts';
import { CallWay, DutyEvent, DutyStage } from '../ratings/closure.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** Where a rating was given: at a machine, at the desk's own device, on paper, or by an answer to a text. */
export const RatingChannel = z.enum(['terminal', 'counter', 'paper', 'sms']);
export type RatingChannel = z.infer<typeof RatingChannel>;

export const RatingDutyRow = z.strictObject({
  id: CaseId, number: z.string(), itemName: z.string(), site: z.string(), clerk: z.string(), level: z.int(), tags: z.array(z.string()), ratedAt: Instant,
  stage: DutyStage, due: CivilDate, /** Working days; null when closed. */ daysLeft: z.int().nullable(), overdue: z.boolean(), excluded: z.boolean(),
});
export type RatingDutyRow = z.infer<typeof RatingDutyRow>;

export const RatingDuty = z.strictObject({
  row: RatingDutyRow, channel: RatingChannel, paper: z.string().nullable(), words: z.string(), person: z.string(), phone: z.string(), handlers: z.array(z.string()), /** Of the accounts named here. */ names: z.record(z.string(), z.string()),
  followUp: z.strictObject({ level: z.int(), words: z.string(), at: Instant }).nullable(), events: z.array(DutyEvent), /** It may be answered and closed as far as calling back goes. */ calledBack: z.boolean(),
});
export type RatingDuty = z.infer<typeof RatingDuty>;

const share = z.number().nullable();
export const FigureGroup = z.strictObject({
  key: z.string(), name: z.string(), counts: z.strictObject({ 5: z.int(), 4: z.int(), 3: z.int(), 2: z.int(), 1: z.int(), excluded: z.int() }), counted: z.int(), poor: z.int(), satisfied: share, mean: share, stars: share,
});
export type FigureGroup = z.infer<typeof FigureGroup>;

const byCase = z.strictObject({ id: CaseId });
const words = z.string().trim().min(1).max(1000);
const DutyFailure = z.discriminatedUnion('kind', [kind('unknown-rating'), kind('wrong-stage'), kind('not-verified'), kind('own-appeal'), kind('own-case')]);
const done = resultOf(z.strictObject({ stage: DutyStage }), DutyFailure);
const number = z.string().trim().min(1).max(50);
const level = z.int().min(1).max(5);
const paper = z.string().trim().max(40);

export const ratingsContract = {
  /** Soonest due first. */
  ratingDuties: oc.route({ method: 'GET', path: '/ratings/duties' }).input(z.strictObject({ show: z.enum(['open', 'overdue', 'appealed', 'closed']) }))
    .output(z.strictObject({ rows: z.array(RatingDutyRow), counts: z.strictObject({ open: z.int(), overdue: z.int(), appealed: z.int(), closed: z.int() }) })),
  ratingDuty: oc.route({ method: 'GET', path: '/ratings/duties/{id}' }).input(byCase).output(resultOf(RatingDuty, z.discriminatedUnion('kind', [kind('unknown-rating')]))),
  callBack: oc.route({ method: 'POST', path: '/ratings/duties/{id}/call' }).input(byCase.extend({ way: CallWay, reached: z.boolean(), said: z.string().trim().max(1000) })).output(done),
  answerRating: oc.route({ method: 'POST', path: '/ratings/duties/{id}/answer' }).input(byCase.extend({ how: z.enum(['put-right', 'explained']), words })).output(done),
  appealRating: oc.route({ method: 'POST', path: '/ratings/duties/{id}/appeal' }).input(byCase.extend({ reason: z.enum(['malicious', 'mistaken']), words })).output(done),
  judgeAppeal: oc.route({ method: 'POST', path: '/ratings/duties/{id}/judgement' }).input(byCase.extend({ upheld: z.boolean(), words })).output(done),
  closeRating: oc.route({ method: 'POST', path: '/ratings/duties/{id}/closure' }).input(byCase).output(done),
  ratingFigures: oc.route({ method: 'GET', path: '/ratings/figures' }).input(z.strictObject({ by: z.enum(['item', 'site', 'clerk', 'month']), from: CivilDate, to: CivilDate }))
    .output(z.strictObject({ total: FigureGroup, groups: z.array(FigureGroup) })),
  /** A rating that came on paper, from the desk's device or by text. On paper it needs the paper's number; nobody registers one about a case that he handled. */
  registerRating: oc.route({ method: 'POST', path: '/ratings/registered' })
    .input(z.strictObject({ number, channel: RatingChannel.exclude(['terminal']), paper, level, tags: z.array(z.string().regex(/^\d{3}$/)).max(8), words: z.string().trim().max(500) }))
    .output(resultOf(z.strictObject({ id: CaseId }), z.discriminatedUnion('kind', [kind('unknown-case'), kind('wrong-stage'), kind('rated-already'), kind('own-case'), kind('paper-missing'), kind('paper-used'), kind('foreign-tag')]))),
  /** 追评: one, after the rating. */
  registerFollowUp: oc.route({ method: 'POST', path: '/ratings/follow-ups' }).input(z.strictObject({ number, paper, level, words: z.string().trim().max(500) }))
    .output(resultOf(z.strictObject({ id: CaseId }), z.discriminatedUnion('kind', [kind('unknown-case'), kind('not-rated'), kind('followed-already'), kind('own-case')]))),
};
