import type { RxJsonSchema } from 'rxdb/plugins/core';
import type { BlobReference } from '../../domain/action/payload.ts';
import type { Acknowledgement } from '../../domain/action/acknowledgement.ts';
import type { Action } from '../../domain/action/types.ts';
import type { Lease, QuarantineReason } from '../../domain/contracts/hall.ts';
import type { CaseId, PrintId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { PrintRow, Travel } from './types.ts';

/**
 * The collections and their rows. RxDB without a licence takes 13 open collections in one process: six of them a store leave room
 * for a second store, as in a demonstration with two terminals. What nobody watches is in plain tables (`migrations/`). Fields beside the stored value are copies that an index needs.
 * Nothing validates rows on their way in: what is stored was parsed where it came from.
 */
export type ActionRow = {
  id: string;
  action: Action;
  case: string;
  sequence: number;
  /** Order in which the case's actions became known here: 1, 2, 3 … */
  arrived: number;
  /** This machine's hand-in of the case. */
  handedIn: boolean;
  /** `personKey` of the applicant, and the case number; both empty unless handed in. */
  person: string;
  number: string;
  travel: Travel['kind'];
  acknowledgement: Acknowledgement | null;
  keptAside: QuarantineReason | null;
};
export type DraftRow = { id: string; savedAt: string; text: string };
export type PrintTableRow = { id: PrintId; session: string; case: CaseId; state: PrintRow['state']; place: number; text: string };
export type PageTableRow = { id: string; session: string; case: CaseId; place: number; material: string; width: number; height: number; blob: BlobReference };
export type ItemRow = { id: string; effectiveFrom: string; item: Item };
export type LeaseRow = { id: string; kind: Lease['kind']; place: number; lease: Lease; /** Numbers taken by cases that were purged since; of tickets, all that were taken. */ usedBefore: number };

const text = (maxLength: number) => ({ type: 'string', maxLength });
/** RxDB asks every indexed number for its bounds. A machine that acted each second would need 30 000 years for this one. */
const serial = { type: 'integer', minimum: 0, maximum: 1e12, multipleOf: 1 };
/** Milliseconds since 1970 until the year 2286. */
const instant = { type: 'number', minimum: 0, maximum: 1e13, multipleOf: 1 };
const flag = { type: 'boolean' };

export const actions: RxJsonSchema<ActionRow> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(26), action: { type: 'object' }, case: text(26), sequence: serial, arrived: serial, handedIn: flag,
    person: text(64), number: text(50), travel: text(12), acknowledgement: { type: 'object' }, keptAside: text(32),
  },
  required: ['id', 'action', 'case', 'sequence', 'arrived', 'handedIn', 'person', 'number', 'travel'],
  // Each is one more page in the one commit of a hand-in: only what a citizen waits for, or what grows with the years.
  indexes: [['travel', 'sequence'], ['case', 'arrived'], ['person', 'case'], ['number']],
};

export const drafts: RxJsonSchema<DraftRow> = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: { id: text(64), savedAt: text(24), text: { type: 'string' } },
  required: ['id', 'savedAt', 'text'],
};

export const prints: RxJsonSchema<PrintTableRow> = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: { id: text(26), session: text(64), case: text(26), state: text(16), place: instant, text: { type: 'string' } },
  required: ['id', 'session', 'case', 'state', 'place', 'text'],
  indexes: [['session', 'place'], ['case', 'place'], ['state', 'place']],
};

export const pages: RxJsonSchema<PageTableRow> = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: { id: text(26), session: text(64), case: text(26), place: instant, material: text(64), width: { type: 'number' }, height: { type: 'number' }, blob: { type: 'object' } },
  required: ['id', 'session', 'case', 'place', 'material', 'width', 'height', 'blob'],
  indexes: [['session', 'place'], ['case', 'place']],
};

export const items: RxJsonSchema<ItemRow> = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: { id: text(64), effectiveFrom: text(10), item: { type: 'object' } },
  required: ['id', 'effectiveFrom', 'item'],
  indexes: ['effectiveFrom'],
};

export const leases: RxJsonSchema<LeaseRow> = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: { id: text(128), kind: text(16), place: instant, lease: { type: 'object' }, usedBefore: { type: 'number' } },
  required: ['id', 'kind', 'place', 'lease', 'usedBefore'],
  indexes: [['kind', 'place']],
};
