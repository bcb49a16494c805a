import type { Action } from '../../domain/action/types.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { caseToken } from '../../domain/case/token.ts';
import type { BookedView } from '../../domain/contracts/booking.ts';
import type { TicketPaper } from '../../domain/contracts/site.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import type { PaperDocument, Ticket } from '../../domain/documents/types.ts';
import type { Answers, MaterialPromise } from '../../domain/action/payload.ts';
import type { PaperLook } from '../../domain/documents/legal.ts';
import { paperParties, paperPerson } from '../../domain/documents/parties.ts';
import { placeLine } from '../../domain/item/place.ts';
import { materialsAsked, materialsNotBrought, situationOf } from '../../domain/item/situation.ts';
import type { Item } from '../../domain/item/types.ts';
import { maskNumber } from '../../domain/masking.ts';
import type { MessageKind } from '../../domain/messages/message.ts';
import { messageToken } from '../../domain/messages/token.ts';
import type { MissedRule } from '../../domain/queue/types.ts';
import type { KeptMessage } from '../../sync/terminal-store/types.ts';

/** The facts of the papers of a visit. Nothing that is left in a tray names anybody in full. */
export function handInSlip(config: TerminalConfig, item: Item, state: CaseState, online: boolean): Ticket {
  const { handedIn } = state;
  return {
    kind: 'hand-in-slip', hall: config.hallName, site: config.site, item: item.name, number: handedIn.number.value, provisional: handedIn.number.provisional,
    person: paperPerson(handedIn.applicant), at: state.history[0]?.at ?? handedIn.signature.signedAt, materials: handedIn.materials.reduce((pages, { pages: own }) => pages + own.length, 0),
    ...deferredOf(item, handedIn.promises ?? []), token: caseToken(state.id), phone: config.phone, online,
  };
}

function deferredOf(item: Item, promises: readonly MaterialPromise[]): { deferred?: { name: string; by: string }[] } {
  const deferred = promises.flatMap((promise) => (promise.kind === 'deferral' ? [{ name: nameOf(item, promise.key), by: promise.by }] : []));
  return deferred.length === 0 ? {} : { deferred };
}

function nameOf(item: Item, key: string): string {
  return item.materials.find((material) => material.key === key)?.name ?? key;
}

const MESSAGE_KINDS: Readonly<Record<MessageKind, string>> = { consult: '咨询', complain: '投诉', suggest: '建议', 'guide-error': '指南纠错' };

export function messageSlip(config: TerminalConfig, { id, at, facts }: KeptMessage, online: boolean): Ticket {
  return {
    kind: 'message-slip', hall: config.hallName, site: config.site, of: MESSAGE_KINDS[facts.of], about: facts.about, reference: facts.reference, at,
    token: messageToken(id), phone: config.phone, complaintPhone: config.complaintPhone, online,
  };
}

export function keptSlip(config: TerminalConfig, about: Pick<Extract<Ticket, { kind: 'kept-slip' }>, 'item' | 'until' | 'at' | 'code' | 'left' | 'pages' | 'number'>): Ticket {
  return { kind: 'kept-slip', hall: config.hallName, site: config.site, phone: config.phone, ...about };
}

export function queueTicketPaper(config: TerminalConfig, { code, business, at, wait, windows, position, alone, appointment }: TicketPaper, missed: MissedRule): Ticket {
  return { kind: 'queue-ticket', hall: config.hallName, site: config.site, phone: config.phone, code, business, at, wait, windows, position, alone, appointment, missed };
}

/** @param item for which it was booked, by the answers that were given; null: none was named */
export function appointmentSlip(config: TerminalConfig, { row, opens, closes, cancelUntil }: BookedView, asked: { item: Item; answers: Answers } | null): Ticket {
  const { number, site, name, from, until } = row;
  const bring = asked === null ? null : { item: asked.item.name, materials: materialsAsked(asked.item, asked.answers).flatMap(({ material, need }) => (need === 'needed' ? [material.name] : [])) };
  return { kind: 'appointment-slip', hall: config.hallName, site, phone: config.phone, number, business: name, from, until, opens, closes, cancelUntil, bring };
}

/** What both papers of somebody who has not begun say. */
export type Asked = { config: TerminalConfig; item: Item; answers: Answers; here: Extract<Ticket, { kind: 'materials-slip' }>['here']; at: string };

export function materialsSlip(asked: Asked): Ticket {
  const { item } = asked;
  return {
    kind: 'materials-slip', ...common(asked), item: item.name, itemCode: item.code, version: item.version, place: placeLine(item.place), hours: item.place.hours, itemPhone: item.place.phone,
    materials: materialsAsked(item, asked.answers).map(({ material: { name, original, copies, issuer, condition }, need }) => ({ name, original, copies, issuer, condition: need === 'needed' ? '' : condition })),
    notBrought: notBroughtOf(item, asked.answers),
  };
}

function notBroughtOf(item: Item, answers: Answers): { name: string; held: string }[] {
  const { held, before } = materialsNotBrought(item, answers);
  return [...held.map(({ name, holder }) => ({ name, held: holder?.body ?? '' })), ...before.map(({ name }) => ({ name, held: '以前交过' }))];
}

export function guidePaper(asked: Asked): PaperDocument {
  return { kind: 'guide', ...common(asked), item: asked.item, materials: materialsAsked(asked.item, asked.answers).map(({ material: { key }, need }) => ({ key, need })) };
}

function common({ config, item, answers, here, at }: Asked) {
  return { hall: config.hallName, site: config.site, phone: config.phone, at, here, situation: situationOf(item, answers).answered.map(({ question, option }) => ({ question: question.question, answer: option.label })) };
}

export function handInReceipt(config: TerminalConfig, item: Item, state: CaseState, action: Action): PaperDocument {
  const { handedIn } = state;
  return {
    kind: 'hand-in-receipt', hall: config.hallName, site: config.site, machine: config.machine, item: item.name, itemCode: item.code,
    number: handedIn.number.value, provisional: handedIn.number.provisional, person: paperPerson(handedIn.applicant), maskedNumber: maskNumber(handedIn.applicant.number), ...paperParties(handedIn),
    ...(handedIn.toCheck?.some(({ why }) => why === 'typed') === true ? { original: true as const } : {}),
    at: action.time.wall, materials: handedIn.materials.map(({ key, pages }) => ({ name: nameOf(item, key), pages: pages.length })), ...promisesOf(item, handedIn.promises ?? []),
    promisedDays: item.promised.days, statutoryDays: item.statutory.days, dayUnit: item.promised.unit,
    token: caseToken(state.id), actionHash: action.hash, phone: config.phone, complaintPhone: config.complaintPhone, ...lookOf(handedIn),
  };
}

/** Whoever came with a foreigner's card takes home a receipt with English beneath the Chinese. */
function lookOf({ applicant, acting }: CaseState['handedIn']): { look?: PaperLook } {
  const { card } = acting?.person ?? applicant;
  return card === 'foreigner-2017' || card === 'foreigner-2023' ? { look: { text: 'normal', languages: 'zh-en' } } : {};
}

function promisesOf(item: Item, promises: readonly MaterialPromise[]): { promises?: { name: string; by: string | null; consequence: string }[] } {
  if (promises.length === 0) return {};
  return {
    promises: promises.map((promise) => {
      const material = item.materials.find(({ key }) => key === promise.key);
      return promise.kind === 'commitment' ? { name: nameOf(item, promise.key), by: null, consequence: material?.commitment?.consequence ?? '' } : { name: nameOf(item, promise.key), by: promise.by, consequence: material?.deferrable?.consequence ?? '' };
    }),
  };
}
