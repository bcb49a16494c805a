import { ORPCError } from '@orpc/server';
import type { CaseId } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import { recordRead } from '../audit/reads.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import type { Desks } from '../feeds/desks.ts';
import { listColleagues, type Staff, staffOf } from '../identity/accounts.ts';
import { seatOf } from '../identity/sessions.ts';
import { extend, pause, resume } from './acts/clock.ts';
import { type Acted, claimCase, type Deed, doOnCase, releaseCase } from './acts/deed.ts';
import { close, deliver, finish, handOver, takeOver } from './acts/finish.ts';
import { appointSurvey, holdSurvey, preReview, review } from './acts/process.ts';
import { accept, askCorrection, checkIdentity, correctForm, refuse, seeOriginals, supplement, withdraw } from './acts/receive.ts';
import { readInbox } from './inbox.ts';
import { openCase } from './open.ts';
import { readTasks } from './tasks.ts';
import { slipDesk } from './slip.ts';
import { handInAtWindow, knownPerson, lateEntries, windowItems } from './window.ts';

/** What staff see of cases and do with them. */
export function casesRoad({ known }: ConsoleDoors, ground: Ground, desks: Desks) {
  const does = async ({ staff }: { staff: Staff }, id: CaseId, deed: Deed) => answer(await doOnCase(ground, staff, id, deed));
  const openSlip = slipDesk(ground);
  return {
    inbox: known.inbox.handler(async ({ input, context }) => {
      const page = await readInbox(ground, { ...input, staff: context.staff });
      if (page === null) throw new ORPCError('BAD_REQUEST');
      await recordRead(ground, context.staff, { what: 'inbox', cases: page.rows.map(({ id }) => id), blob: null });
      return page;
    }),
    open: known.open.handler(async ({ input, context }) => {
      const opened = await openCase(ground, input.id, context.staff);
      if (opened === null) return err({ kind: 'unknown-case' as const });
      await recordRead(ground, context.staff, { what: 'case', cases: [input.id, ...opened.duplicates.map(({ id }) => id)], blob: null });
      return ok(opened);
    }),
    tasks: known.tasks.handler(async ({ input, context }) => {
      const page = await readTasks(ground, context.staff.scope, input);
      if (page === null) throw new ORPCError('BAD_REQUEST');
      await recordRead(ground, context.staff, { what: 'inbox', cases: [...new Set(page.rows.map(({ row }) => row.id))], blob: null });
      return page;
    }),
    // Looked up without touching the session: an open line at an empty desk keeps nobody signed in.
    live: known.live.handler(({ context, signal }) => desks.follow(async () => {
      const seat = context.session === null ? null : await seatOf(ground, ground.db.read, context.session);
      return seat?.session.step === 'whole' ? staffOf(seat.account).scope : null;
    }, signal)),
    colleagues: known.colleagues.handler(() => listColleagues(ground)),
    windowItems: known.windowItems.handler(({ context }) => windowItems(ground, context.staff)),
    knownPerson: known.knownPerson.handler(async ({ input, context }) => {
      const found = await knownPerson(ground, context.staff, input);
      if (found === null) return null;
      await recordRead(ground, context.staff, { what: 'case', cases: [found.id], blob: null });
      return found.person;
    }),
    openSlip: known.openSlip.handler(({ input, context }) => openSlip(context.staff, input)),
    handInAtWindow: known.handInAtWindow.handler(({ input, context }) => handInAtWindow(ground, context.staff, input)),
    lateEntries: known.lateEntries.handler(({ input, context }) => lateEntries(ground, context.staff, input)),
    claim: known.claim.handler(async ({ input, context }) => answer(await claimCase(ground, context.staff, input.id))),
    release: known.release.handler(async ({ input, context }) => answer(await releaseCase(ground, context.staff, input.id))),
    accept: known.accept.handler(({ input, context }) => does(context, input.id, accept(ground, input.lacking))),
    refuse: known.refuse.handler(({ input, context }) => does(context, input.id, refuse(input.reason))),
    askCorrection: known.askCorrection.handler(({ input, context }) => does(context, input.id, askCorrection(input.asks))),
    supplement: known.supplement.handler(({ input, context }) => does(context, input.id, supplement(ground, context.staff, input))),
    finish: known.finish.handler(({ input, context }) => does(context, input.id, finish(ground, input))),
    closeCase: known.closeCase.handler(({ input, context }) => does(context, input.id, close(input.result, input.words))),
    withdraw: known.withdraw.handler(({ input, context }) => does(context, input.id, withdraw(input.reason))),
    seeOriginals: known.seeOriginals.handler(({ input, context }) => does(context, input.id, seeOriginals(input.materials))),
    checkIdentity: known.checkIdentity.handler(({ input: { id, ...said }, context }) => does(context, id, checkIdentity(said))),
    correctForm: known.correctForm.handler(({ input, context }) => does(context, input.id, correctForm(input.form, input.reason))),
    pause: known.pause.handler(({ input: { id, ...why }, context }) => does(context, id, pause(why))),
    resume: known.resume.handler(({ input, context }) => does(context, input.id, resume(input.words))),
    extend: known.extend.handler(({ input, context }) => does(context, input.id, extend(input))),
    preReview: known.preReview.handler(({ input: { id, ...said }, context }) => does(context, id, preReview(context.staff, said))),
    review: known.review.handler(({ input: { id, ...said }, context }) => does(context, id, review(context.staff, said))),
    appointSurvey: known.appointSurvey.handler(({ input: { id, ...survey }, context }) => does(context, id, appointSurvey(survey))),
    holdSurvey: known.holdSurvey.handler(({ input: { id, ...held }, context }) => does(context, id, holdSurvey(held))),
    handOver: known.handOver.handler(({ input: { id, ...papers }, context }) => does(context, id, handOver(papers))),
    takeOver: known.takeOver.handler(({ input, context }) => does(context, input.id, takeOver(input.missing))),
    deliver: known.deliver.handler(({ input: { id, ...delivery }, context }) => does(context, id, deliver(delivery))),
  };
}

/** The contract's failures are for people to read; what the console never sends is a bad request. */
function answer(acted: Acted) {
  if (acted.ok) return acted;
  const { kind } = acted.error;
  if (kind === 'bad-act') throw new ORPCError('BAD_REQUEST');
  return err({ kind });
}
