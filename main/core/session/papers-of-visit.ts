import { itemForWay, wayOf } from '../../../domain/item/applicants.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import { CaseId, type PrintId } from '../../../domain/ids.ts';
import { mayPrint } from '../../../domain/print-ledger/ledger.ts';
import type { PrintEntry } from '../../../domain/print-ledger/types.ts';
import { certificatePaper } from '../../../domain/documents/certificate-paper.ts';
import { actionsOf, caseState, knownState } from '../cases.ts';
import { guidePaper, handInReceipt, handInSlip, materialsSlip, messageSlip } from '../papers.ts';
import type { Job, Printing } from '../printing.ts';
import { printAppointment } from './booking.ts';
import type { SessionState } from './state.ts';
import { printTicketCopy } from './ticket.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** Prints the slip and the receipt of a hand-in. Asking again prints nothing that the ledger already holds. */
export async function printHandInPapers(visit: Visit, printing: Printing): Promise<void> {
  const state = visit.state();
  if (state?.handedIn == null || state.supplementing !== null) return;
  for (const paper of ['hand-in-slip', 'hand-in-receipt'] as const) await printOne(visit, printing, state.handedIn, paper);
}

/** Prints the slip of a message that was just sent. Asking again prints nothing that the ledger already holds. */
export async function printMessageSlip(visit: Visit, printing: Printing, id: string, instead: PrintId | null = null): Promise<void> {
  const state = visit.state();
  const message = state === null ? null : await visit.store.letters.message(id);
  if (state === null || message === null) return;
  await startShown(visit, printing, { paper: 'message-slip', case: CaseId.parse(id), session: state.id, licence: '', content: { kind: 'ticket', ticket: messageSlip(visit.config, message, visit.online()) } }, instead);
}

/** How many of these papers a machine gives in an hour: a visit is begun with a touch, so a limit a visit alone would let anybody empty the roll. */
const MOST_AN_HOUR: Readonly<Record<GuidePaper, number>> = { 'materials-slip': 20, guide: 5 };
const HOUR_MS = 3_600_000;
type GuidePaper = 'materials-slip' | 'guide';
type CasePaper = Exclude<PrintEntry['paper'], GuidePaper | 'message-slip' | 'kept-slip' | 'queue-ticket' | 'appointment-slip'>;

/** 材料清单, 办事指南: what to bring, or the whole guide, for somebody who may never show a card. One of each a visit. */
export async function printGuide(visit: Visit, printing: Printing, paper: GuidePaper): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const own = (await printing.ofCase(CaseId.parse(state.id))).filter((entry) => entry.paper === paper);
  if (!mayPrint(own, paper)) return refuse({ kind: 'enough-printed' });
  const since = new Date(visit.clock.now() - HOUR_MS).toISOString();
  const lately = (await printing.all()).filter((entry) => entry.paper === paper && entry.state !== 'not-printed' && (entry.history[0]?.at ?? '') > since).length;
  if (lately >= MOST_AN_HOUR[paper]) return refuse({ kind: 'enough-printed' });
  const job = await guideJob(visit, state, paper);
  if (job === null) return refuse({ kind: 'unknown-item' });
  // A try that is known not to have come out makes room for the next.
  await startShown(visit, printing, job, own.at(-1)?.id ?? null);
  return done;
}

async function guideJob(visit: Visit, { id, item: reference, answers, who }: SessionState, paper: GuidePaper): Promise<Job | null> {
  const known = reference === null ? null : await visit.item(reference);
  if (known === null) return null;
  const item = itemForWay(known, wayOf(known, answers, who.way));
  const asked = { config: visit.config, item, answers, here: await visit.here(item), at: new Date(visit.clock.now()).toISOString() };
  const job = { paper, case: CaseId.parse(id), session: id, licence: '' };
  return paper === 'guide' ? { ...job, content: { kind: 'document', document: guidePaper(asked) } } : { ...job, content: { kind: 'ticket', ticket: materialsSlip(asked) } };
}

/** 打印结果: only a certificate that the hall issued, for the person whose card was read, once. */
export async function printResult(visit: Visit, printing: Printing, id: CaseId): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  if (state.holder === null) return refuse({ kind: 'not-identified' });
  const printed = await printOne(visit, printing, id, 'certificate');
  if (printed === 'unknown-case') return refuse({ kind: 'unknown-case' });
  await visit.show({ opened: id, step: 'result' });
  return done;
}

/** Another try at a paper that is known not to have come out. */
export async function printAgain(visit: Visit, printing: Printing, print: PrintId): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const view = (await printing.views(state.prints)).find((known) => known.print === print);
  const entry = view === undefined ? undefined : (await printing.all()).find(({ id }) => id === print);
  if (entry === undefined || entry.state !== 'not-printed') return refuse({ kind: 'wrong-step' });
  // Its digits are known to nobody any more: it is made anew with others.
  if (entry.paper === 'kept-slip') return refuse({ kind: 'wrong-step' });
  if (entry.paper === 'queue-ticket') return printTicketCopy(visit, printing, entry.case, print);
  if (entry.paper === 'materials-slip' || entry.paper === 'guide') return printGuide(visit, printing, entry.paper);
  if (entry.paper === 'appointment-slip') await printAppointment(visit, printing, print);
  else if (entry.paper === 'message-slip') await printMessageSlip(visit, printing, entry.case, print);
  else await printOne(visit, printing, entry.case, entry.paper, print);
  return done;
}

/** The citizen says whether a paper of unknown outcome came out. */
export async function closeUnknown(visit: Visit, printing: Printing, wish: { print: PrintId; cameOut: boolean }): Wish {
  if (visit.state()?.prints.includes(wish.print) !== true) return refuse({ kind: 'wrong-step' });
  return (await printing.close(wish.print, 'citizen', wish.cameOut)) ? done : refuse({ kind: 'wrong-step' });
}

async function printOne(visit: Visit, printing: Printing, id: CaseId, paper: CasePaper, instead: PrintId | null = null): Promise<Refused['kind'] | null> {
  const state = visit.state();
  if (state === null) return 'no-session';
  const job = await jobOf(visit, id, paper, state);
  if (job === null) return 'unknown-case';
  await startShown(visit, printing, job, instead);
  return null;
}

/** Prints one, unless the ledger has it, and shows it. @param instead the try whose place it takes on the screen */
export async function startShown(visit: Visit, printing: Printing, job: Job, instead: PrintId | null): Promise<void> {
  // A paper that is there already, from an earlier visit or a moment before core died, is shown as it stands.
  const print = (await printing.start(job)) ?? (await printing.ofCase(job.case)).findLast((entry) => entry.paper === job.paper && entry.state !== 'not-printed')?.id ?? null;
  if (print === null || visit.state()?.prints.includes(print) === true) return;
  // The new try takes the place of the old one on the screen; the ledger keeps both.
  await visit.show({ prints: [...(visit.state()?.prints ?? []).filter((known) => known !== instead), print] });
}

async function jobOf(visit: Visit, id: CaseId, paper: CasePaper, { id: session, holder, handedIn }: SessionState): Promise<Job | null> {
  // What was handed in just now is this person's, with a card or without.
  const known = id === handedIn ? await knownState(visit.store, id) : holder === null ? null : await caseState(visit.store, id, holder.number);
  const item = known === null ? null : await visit.item(known.item);
  if (known === null || item === null) return null;
  const actions = await actionsOf(visit.store, id);
  const job = { paper, case: id, session };
  switch (paper) {
    case 'hand-in-slip':
      return { ...job, licence: '', content: { kind: 'ticket', ticket: handInSlip(visit.config, item, known, visit.online()) } };
    case 'hand-in-receipt': {
      const handedIn = actions.find((action) => action.payload.kind === 'handed-in');
      return handedIn === undefined ? null : { ...job, licence: '', content: { kind: 'document', document: handInReceipt(visit.config, item, known, handedIn) } };
    }
    case 'certificate': {
      const finished = actions.find((action) => action.payload.kind === 'finished');
      if (finished === undefined || known.certificate === null) return null;
      return { ...job, licence: known.certificate.licence, content: { kind: 'document', document: certificatePaper(known.certificate, finished) } };
    }
  }
}
