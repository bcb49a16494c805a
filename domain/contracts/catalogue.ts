/** The catalogue as editors and reviewers keep it: items and their versions, drafts, shelf rules, journeys. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Finding } from '../catalogue/findings.ts';
import { ShelfRule } from '../catalogue/shelf.ts';
import { DraftState } from '../catalogue/states.ts';
import { Theme } from '../catalogue/theme.ts';
import { Serial, Ulid } from '../ids.ts';
import { AdjustmentKind } from '../item/dictionaries.ts';
import { Item } from '../item/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

const Code = z.string().length(31);
const ItemState = Item.shape.state;
/** A draft's text while it is written: of the shape of an item, but with faults that its findings name. */
export const ItemText = z.record(z.string(), z.unknown());
export type ItemText = z.infer<typeof ItemText>;

/** Of each code the version in force today; of one that has none yet, the one that comes first. */
export const CatalogueRow = z.strictObject({
  code: z.string(), name: z.string(), type: z.string(), body: z.string(), creditCode: z.string(),
  version: z.int(), state: ItemState, effectiveFrom: CivilDate, effectiveTo: CivilDate.nullable(),
  /** The next version that is published and not in force yet. */
  next: z.strictObject({ version: z.int(), state: ItemState, effectiveFrom: CivilDate }).nullable(),
  draft: z.strictObject({ id: Ulid, state: DraftState, kind: AdjustmentKind }).nullable(),
});
export type CatalogueRow = z.infer<typeof CatalogueRow>;

/** One line of the adjust log (调整记录). `account` null: from a pack of files. `by`: whoever approved it. */
export const VersionRow = z.strictObject({
  version: z.int(), name: z.string(), state: ItemState, effectiveFrom: CivilDate, effectiveTo: CivilDate.nullable(),
  kind: AdjustmentKind, at: Instant, account: z.string().nullable(), reviewers: z.array(z.string()), reason: z.string(),
  /** Codes it came from, and of a cancelled one those that took its place. */
  from: z.array(z.string()), to: z.array(z.string()),
  /** How many elements differ from the version before; null for the first. */
  changes: z.int().nullable(),
});
export type VersionRow = z.infer<typeof VersionRow>;

export const ReviewRow = z.strictObject({ at: Instant, account: z.string(), verdict: z.enum(['approve', 'reject']), words: z.string(), revision: z.int() });

export const DraftRow = z.strictObject({
  id: Ulid, kind: AdjustmentKind, state: DraftState, name: z.string(), codes: z.array(z.string()), body: z.string(),
  createdBy: z.string(), changedAt: Instant, changedBy: z.string(),
});
export type DraftRow = z.infer<typeof DraftRow>;

export const Draft = z.strictObject({
  row: DraftRow,
  revision: z.int(),
  /** The newest versions of the items it starts from. */
  bases: z.array(Item),
  bodies: z.array(ItemText),
  reason: z.string(),
  authors: z.array(z.string()),
  reviews: z.array(ReviewRow),
  /** Of each text. */
  findings: z.array(z.array(Finding)),
  /** Who works on it now; null: nobody. */
  holder: z.strictObject({ account: z.string(), since: Instant }).nullable(),
  /** Whether a newer version of a base was published meanwhile. */
  stale: z.boolean(),
});
export type Draft = z.infer<typeof Draft>;

const Unknown = kind('unknown-draft');
const WrongState = kind('wrong-state');
/** Somebody else saved meanwhile, or took the draft over. */
const Stale = z.strictObject({ kind: z.literal('stale'), by: z.string() });
const Findings = kind('findings');
const Revision = z.int().min(0);
const Bodies = z.array(ItemText).max(10);
const stepped = z.strictObject({ state: DraftState, revision: z.int() });

/** What taking an import would do with one of its items. */
export const ImportRow = z.strictObject({
  code: z.string(), name: z.string(),
  what: z.enum(['new', 'changed', 'same', 'drafted', 'unreadable']),
  /** How many elements differ from the newest version. */
  changes: z.int(),
  findings: z.array(Finding),
});
export type ImportRow = z.infer<typeof ImportRow>;
const Import = z.strictObject({ format: z.enum(['json', 'workbook']), /** Of the file, base64: a county's whole library in a workbook is under 2 MB. */ bytes: z.base64().max(3_900_000) });
const ImportFault = z.strictObject({ kind: z.literal('unreadable'), where: z.string() });

export const ShelfCheck = z.strictObject({ code: z.string(), name: z.string(), on: z.boolean(), rule: ShelfRule.nullable() });

export const ThemeView = z.strictObject({ theme: Theme, at: Instant, account: z.string(), materials: z.array(z.strictObject({ name: z.string(), required: z.boolean(), codes: z.array(z.string()) })) });
export type ThemeView = z.infer<typeof ThemeView>;

export const catalogueContract = {
  catalogue: oc.route({ method: 'GET', path: '/catalogue' }).output(z.strictObject({ rows: z.array(CatalogueRow), today: CivilDate })),
  catalogueItem: oc.route({ method: 'GET', path: '/catalogue/items/{code}' }).input(z.object({ code: Code }))
    .output(resultOf(z.strictObject({ today: CivilDate, item: Item, versions: z.array(VersionRow), drafts: z.array(DraftRow) }), z.discriminatedUnion('kind', [kind('unknown-item')]))),
  catalogueVersion: oc.route({ method: 'GET', path: '/catalogue/items/{code}/versions/{version}' }).input(z.object({ code: Code, version: Serial }))
    .output(resultOf(Item, z.discriminatedUnion('kind', [kind('unknown-item')]))),

  drafts: oc.route({ method: 'GET', path: '/catalogue/drafts' }).input(z.object({ state: z.union([DraftState, z.literal('open')]) })).output(z.array(DraftRow)),
  /** `drafted`: somebody is at one of these codes already. */
  beginDraft: oc.route({ method: 'POST', path: '/catalogue/drafts' }).input(z.strictObject({ kind: AdjustmentKind, codes: z.array(Code).max(10) }))
    .output(resultOf(z.strictObject({ id: Ulid }), z.discriminatedUnion('kind', [kind('unknown-item'), kind('wrong-shape'), kind('cancelled'), z.strictObject({ kind: z.literal('drafted'), id: Ulid })]))),
  openDraft: oc.route({ method: 'GET', path: '/catalogue/drafts/{id}' }).input(z.object({ id: Ulid })).output(resultOf(Draft, z.discriminatedUnion('kind', [Unknown]))),
  /** Takes the draft in hand. One has it at a time, until half an hour after the last save; with `takeOver` also from somebody else. */
  holdDraft: oc.route({ method: 'POST', path: '/catalogue/drafts/{id}/holder' }).input(z.strictObject({ id: Ulid, takeOver: z.boolean() }))
    .output(resultOf(z.strictObject({ revision: z.int() }), z.discriminatedUnion('kind', [Unknown, WrongState, z.strictObject({ kind: z.literal('held'), by: z.string(), since: Instant })]))),
  /** Keeps what was written, right or wrong. */
  saveDraft: oc.route({ method: 'PUT', path: '/catalogue/drafts/{id}' }).input(z.strictObject({ id: Ulid, revision: Revision, bodies: Bodies, reason: z.string().max(300) }))
    .output(resultOf(z.strictObject({ revision: z.int(), state: DraftState, findings: z.array(z.array(Finding)) }), z.discriminatedUnion('kind', [Unknown, WrongState, Stale]))),
  submitDraft: oc.route({ method: 'POST', path: '/catalogue/drafts/{id}/submission' }).input(z.strictObject({ id: Ulid, revision: Revision }))
    .output(resultOf(stepped, z.discriminatedUnion('kind', [Unknown, WrongState, Stale, Findings, kind('reason-missing')]))),
  recallDraft: oc.route({ method: 'POST', path: '/catalogue/drafts/{id}/recall' }).input(z.strictObject({ id: Ulid, revision: Revision })).output(resultOf(stepped, z.discriminatedUnion('kind', [Unknown, WrongState, Stale]))),
  withdrawDraft: oc.route({ method: 'POST', path: '/catalogue/drafts/{id}/withdrawal' }).input(z.strictObject({ id: Ulid, revision: Revision })).output(resultOf(stepped, z.discriminatedUnion('kind', [Unknown, WrongState, Stale]))),
  /** `own`: nobody reviews what they wrote. */
  reviewDraft: oc.route({ method: 'POST', path: '/catalogue/drafts/{id}/reviews' })
    .input(z.strictObject({ id: Ulid, revision: Revision, verdict: z.enum(['approve', 'reject']), words: z.string().max(1000) }).refine(({ verdict, words }) => verdict === 'approve' || words.trim() !== ''))
    .output(resultOf(stepped, z.discriminatedUnion('kind', [Unknown, WrongState, Stale, kind('own')]))),
  publishDraft: oc.route({ method: 'POST', path: '/catalogue/drafts/{id}/publication' }).input(z.strictObject({ id: Ulid, revision: Revision, effectiveFrom: CivilDate }))
    .output(resultOf(z.strictObject({ published: z.array(z.strictObject({ code: z.string(), version: z.int(), state: ItemState })) }), z.discriminatedUnion('kind', [
      Unknown, WrongState, Stale, Findings, kind('wrong-shape'), kind('bad-date'), kind('reason-missing'),
      z.strictObject({ kind: z.enum(['base-changed', 'base-cancelled', 'code-taken']), code: z.string() }),
    ]))),

  previewImport: oc.route({ method: 'POST', path: '/catalogue/imports/preview' }).input(Import).output(resultOf(z.array(ImportRow), z.discriminatedUnion('kind', [ImportFault]))),
  /** Makes a draft of each named item. */
  takeImport: oc.route({ method: 'POST', path: '/catalogue/imports' }).input(Import.extend({ codes: z.array(z.string()).min(1).max(500) }))
    .output(resultOf(z.strictObject({ drafts: z.array(Ulid), passedOver: z.array(z.string()) }), z.discriminatedUnion('kind', [ImportFault]))),
  /** The versions in force today of these codes; of all, when none is named. */
  exportItems: oc.route({ method: 'POST', path: '/catalogue/exports' }).input(z.strictObject({ format: z.enum(['json', 'workbook']), codes: z.array(Code).max(2000) }))
    .output(z.strictObject({ name: z.string(), mediaType: z.string(), bytes: z.base64() })),

  shelf: oc.route({ method: 'GET', path: '/shelf' }).output(z.strictObject({ serial: z.int(), rules: z.array(z.strictObject({ rule: ShelfRule, account: z.string(), at: Instant })) })),
  /** A rule of a known id is replaced. */
  putShelfRule: oc.route({ method: 'PUT', path: '/shelf/{id}' }).input(z.strictObject({ id: Ulid, rule: ShelfRule })).output(resultOf(z.strictObject({ serial: z.int() }), z.discriminatedUnion('kind', [kind('unknown-item'), kind('too-many')]))),
  removeShelfRule: oc.route({ method: 'DELETE', path: '/shelf/{id}' }).input(z.strictObject({ id: Ulid })).output(resultOf(z.strictObject({ serial: z.int() }), z.discriminatedUnion('kind', [kind('unknown-rule')]))),
  /** What a machine shows of every item in force at a moment. */
  checkShelf: oc.route({ method: 'POST', path: '/shelf/check' }).input(z.strictObject({ site: z.string().max(60), machine: z.string().max(20), machineType: z.string().max(40), operator: z.string().max(64).nullable(), at: Instant })).output(z.array(ShelfCheck)),

  themes: oc.route({ method: 'GET', path: '/themes' }).output(z.array(ThemeView)),
  /** A new version of a journey; `version` is given by the hall, one above the newest. */
  publishTheme: oc.route({ method: 'POST', path: '/themes' }).input(z.strictObject({ theme: Theme }))
    .output(resultOf(z.strictObject({ version: z.int() }), z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('unknown-item'), code: z.string() }), kind('bad-date'), kind('stale')]))),
};
