/**
 * 电子监察: cards, figures, bulletins, rules and outages. Part of the console's road (`console.ts`). Every list is narrowed by the account's scope; who only answers cards
 * sees those of the own department, and of cards about an account the own ones.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CaseId, LARGEST_SERIAL, Serial } from '../ids.ts';
import { CardDeed, CardEvent, CardState } from '../supervision/card.ts';
import { FIGURE_NAMES } from '../supervision/figures.ts';
import { Level, Rule, RuleId } from '../supervision/rules.ts';
import { CivilDate, Instant } from '../time.ts';
import { StageName } from './cases.ts';
import { kind, resultOf } from './result-schema.ts';

export const CardId = z.string().regex(/^[0-9a-f]{32}$/);

export const CardSummary = z.strictObject({
  id: CardId, rule: RuleId, version: z.int(), level: Level, state: CardState,
  /** null: about an account. */
  case: CaseId.nullable(), number: z.string(), itemName: z.string(),
  /** From when it holds, by the log. */
  since: Instant,
  owner: z.enum(['window', 'department', 'account']), department: z.string(), departmentName: z.string(), account: z.string(),
  replyBy: CivilDate.nullable(),
});
export type CardSummary = z.infer<typeof CardSummary>;

export const TimeSpan = z.strictObject({
  from: Instant, to: Instant,
  owner: z.enum(['citizen', 'transport', 'outage', 'window', 'department', 'suspension']),
  /** Names of the departments whose time it was. */
  departments: z.array(z.string()),
  /** Of it, days of working time. */
  days: z.number(),
});
export type TimeSpan = z.infer<typeof TimeSpan>;

export const OpenedCard = z.strictObject({
  card: CardSummary,
  events: z.array(CardEvent),
  /** What this account may do with it now. */
  deeds: z.array(z.string()),
  rule: Rule,
  /** Limits of the case as it stands; null for a card about an account. */
  about: z.strictObject({ stage: StageName, handedInAt: Instant, promisedBy: CivilDate.nullable(), statutoryBy: CivilDate.nullable() }).nullable(),
  /** Whose the case's time was, until it ended or now. */
  line: z.array(TimeSpan),
  /** The log's entries that it rests on. `by`: an account, or who else. */
  evidence: z.array(z.strictObject({ action: z.string(), kind: z.string(), at: Instant, by: z.string() })),
});
export type OpenedCard = z.infer<typeof OpenedCard>;

/** Whose turn a card is: `owner`, `supervision`, or `over`; `notices` are hints and warnings, which nobody need answer. */
export const CardTurn = z.enum(['owner', 'supervision', 'notices', 'over']);
export type CardTurn = z.infer<typeof CardTurn>;

const FigureValue = z.strictObject({ name: z.enum(FIGURE_NAMES), numerator: z.number(), denominator: z.number(), value: z.number().nullable() });
export const FigureGroup = z.strictObject({ key: z.string(), name: z.string(), cases: z.int(), figures: z.array(FigureValue) });
export type FigureGroup = z.infer<typeof FigureGroup>;

export const FigureSheet = z.strictObject({
  from: CivilDate, to: CivilDate, asOf: Instant,
  whole: z.array(FigureValue),
  months: z.array(FigureGroup), departments: z.array(FigureGroup), items: z.array(FigureGroup), sites: z.array(FigureGroup),
  /** Days whose sums are still being made. */
  pending: z.int(),
});
export type FigureSheet = z.infer<typeof FigureSheet>;

/** A published row; `hidden`: it is about so few cases that it would tell about people. */
const PublishedGroup = z.strictObject({ key: z.string(), name: z.string(), hidden: z.boolean(), cases: z.int().nullable(), yellow: z.int(), red: z.int(), figures: z.array(FigureValue) });
/** What a bulletin says, for ever. `ranking`: credit codes, best first, of departments that are not hidden. */
export const BulletinBody = z.strictObject({
  format: z.literal(1), hall: z.string(), from: CivilDate, to: CivilDate, countedAt: Instant,
  whole: z.array(FigureValue), departments: z.array(PublishedGroup), ranking: z.array(z.string()),
  cards: z.array(z.strictObject({ rule: RuleId, name: z.string(), level: Level, raised: z.int(), open: z.int(), revoked: z.int() })),
});
export type BulletinBody = z.infer<typeof BulletinBody>;

const BulletinHead = z.strictObject({ year: z.string(), serial: z.int(), number: z.string(), title: z.string(), from: CivilDate, to: CivilDate, corrects: z.string().nullable(), publishedBy: z.string(), publishedAt: Instant, hash: z.string() });
export type BulletinHead = z.infer<typeof BulletinHead>;

/** A version of a rule. `standing`: `built-in`, or what became of a proposal. */
export const RuleVersion = z.strictObject({ rule: Rule, standing: z.enum(['built-in', 'proposed', 'approved', 'refused']), why: z.string(), proposedBy: z.string(), decidedBy: z.string(), decidedAt: Instant.nullable() });
export type RuleVersion = z.infer<typeof RuleVersion>;

export const OutageEntry = z.strictObject({ id: z.int(), from: Instant, to: Instant.nullable(), scope: z.string(), reason: z.string(), registeredBy: z.string(), registeredAt: Instant, endedBy: z.string().nullable() });
export type OutageEntry = z.infer<typeof OutageEntry>;

const unknownCard = kind('unknown-card');
const period = { from: CivilDate, to: CivilDate };
const year = z.string().regex(/^\d{4}$/);

export const supervisionContract = {
  cards: oc.route({ method: 'GET', path: '/supervision/cards' }).input(z.object({ turn: CardTurn, level: z.union([Level, z.literal('all')]), query: z.string().max(60), after: z.string().max(80), limit: z.coerce.number().int().min(1).max(100) }))
    .output(z.strictObject({ rows: z.array(CardSummary), next: z.string(), counts: z.record(z.string(), z.int()) })),
  openCard: oc.route({ method: 'GET', path: '/supervision/cards/{id}' }).input(z.object({ id: CardId })).output(resultOf(OpenedCard, z.discriminatedUnion('kind', [unknownCard]))),
  /** `late`: a day to reply that lies in the past. */
  actOnCard: oc.route({ method: 'POST', path: '/supervision/cards/{id}/deeds' }).input(z.strictObject({ id: CardId, deed: CardDeed }))
    .output(resultOf(z.strictObject({ state: CardState }), z.discriminatedUnion('kind', [unknownCard, kind('wrong-state'), kind('same-person'), kind('not-yours'), kind('late')]))),

  /** `department`, `item` and `machine` narrow the whole; empty: all. */
  figures: oc.route({ method: 'GET', path: '/supervision/figures' }).input(z.object({ ...period, department: z.string().max(18), item: z.string().max(50), machine: z.string().max(20) })).output(resultOf(FigureSheet, z.discriminatedUnion('kind', [kind('bad-period')]))),

  bulletins: oc.route({ method: 'GET', path: '/supervision/bulletins' }).output(z.array(BulletinHead)),
  openBulletin: oc.route({ method: 'GET', path: '/supervision/bulletins/{year}/{serial}' }).input(z.object({ year, serial: Serial })).output(resultOf(z.strictObject({ head: BulletinHead, body: BulletinBody }), z.discriminatedUnion('kind', [kind('unknown-bulletin')]))),
  /** Freezes the figures of a period. `corrects`: the bulletin that it puts right, or null. */
  publishBulletin: oc.route({ method: 'POST', path: '/supervision/bulletins' }).input(z.strictObject({ ...period, title: z.string().min(2).max(80), corrects: z.strictObject({ year, serial: z.int().min(1).max(LARGEST_SERIAL) }).nullable() })).output(resultOf(BulletinHead, z.discriminatedUnion('kind', [kind('bad-period'), kind('unknown-bulletin'), kind('still-counting')]))),

  rules: oc.route({ method: 'GET', path: '/supervision/rules' }).output(z.array(RuleVersion)),
  /** Another account with the right `approve` decides before it holds. */
  proposeRule: oc.route({ method: 'POST', path: '/supervision/rules' }).input(z.strictObject({ rule: Rule, why: z.string().min(4).max(500) })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('not-next'), kind('other-parameters'), kind('reaches-back'), kind('undecided')]))),
  decideRule: oc.route({ method: 'POST', path: '/supervision/rules/{id}/{version}/decision' }).input(z.strictObject({ id: RuleId, version: Serial.min(2), approve: z.boolean() })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-rule'), kind('same-person'), kind('reaches-back')]))),

  outages: oc.route({ method: 'GET', path: '/supervision/outages' }).output(z.array(OutageEntry)),
  /** `scope`: `hall` or a machine. `to` null: it lasts. */
  registerOutage: oc.route({ method: 'POST', path: '/supervision/outages' }).input(z.strictObject({ from: Instant, to: Instant.nullable(), scope: z.union([z.literal('hall'), z.string().regex(/^T\d{6}-\d{4}$/)]), reason: z.string().min(2).max(200) })).output(resultOf(OutageEntry, z.discriminatedUnion('kind', [kind('bad-period')]))),
  endOutage: oc.route({ method: 'POST', path: '/supervision/outages/{id}/end' }).input(z.strictObject({ id: z.coerce.number().int().min(1), to: Instant })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-outage'), kind('bad-period')]))),
};
