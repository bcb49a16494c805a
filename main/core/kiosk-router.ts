import { implement, onError, ORPCError, type RouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import { kioskContract, type TerminalView } from '../../domain/contracts/kiosk.ts';
import type { Refused } from '../../domain/contracts/refused.ts';
import { CaseId, PrintId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Catalogue } from './catalogue.ts';
import type { Caretaker } from './caretaker/caretaker.ts';
import type { DevicesRoad } from './devices-road.ts';
import type { ElsewhereFinder } from './elsewhere.ts';
import type { Help } from './help.ts';
import type { CoreLog } from './log.ts';
import type { Port } from './port.ts';
import type { Printing } from './printing.ts';
import { answer, unanswer } from './session/answering.ts';
import { chooseWay, completeWho, goOn, readOther, removeOther, saveWho, submitWho } from './session/applying.ts';
import { book, cancelBooking, chooseLine, holdBookingByPhone, lookAgain, openMine, pickSlot } from './session/booking.ts';
import { changeRows, saveField, submitForm, supplement, takeOffers } from './session/filling.ts';
import { keepForLater, openSlip } from './session/keeping.ts';
import { handIn } from './session/hand-in.ts';
import { addPage, openPage, removePage } from './session/materials.ts';
import type { OwnPages } from './session/own-pages.ts';
import { closeUnknown, printAgain, printGuide, printHandInPapers, printMessageSlip, printResult } from './session/papers-of-visit.ts';
import { rate, withdraw } from './session/afterwards.ts';
import { scanMaterial } from './session/scanning.ts';
import { promise, takePromiseBack } from './session/promises.ts';
import type { Session } from './session/session.ts';
import { answerQuestion, sendSurvey } from './session/survey.ts';
import { dropRecording, openMessage, openRecording, rateReply, record, reopen, saveDraftField, sendMessage, setAnonymous } from './session/talk.ts';
import { chooseBusiness, giveUpTicket, holdByPhone, printTicketCopy, prioritise, takeTicket } from './session/ticket.ts';
import { readable } from './readable.ts';
import type { SpeechEngine } from './speech.ts';
import { refuse } from './session/visit.ts';
import type { Told } from './told.ts';

export type KioskParts = { session: Session; ownPages: OwnPages; help: Help; catalogue: Catalogue; printing: Printing; elsewhere: ElsewhereFinder; terminal: Told<TerminalView>; caretaker: Caretaker; devices: Pick<DevicesRoad, 'current'>; speech: SpeechEngine; log: CoreLog };

/** Serves a window on its port. Every input is checked against the contract before a handler sees it; what fails never gets further. */
export function serveKiosk(port: Port, parts: KioskParts): void {
  const handler = new RPCHandler(kioskRouter(parts), {
    customJsonSerializers: [bytesSerializer],
    interceptors: [onError((cause) => {
      // A refused message is the window's affair, a left call nobody's; anything else is a bug that a technician must see.
      if (!(cause instanceof ORPCError) && !(cause instanceof Error && cause.name === 'AbortError')) parts.log({ event: 'wish-failed', cause: cause instanceof Error ? cause.name : typeof cause });
    })],
  });
  handler.upgrade(readable(port, () => parts.log({ event: 'message-refused' })));
  port.start();
}

export type KioskClient = RouterClient<ReturnType<typeof kioskRouter>>;

export function kioskRouter({ session, ownPages, help, catalogue, printing, elsewhere, terminal, caretaker, devices, speech, log }: KioskParts) {
  const on = implement(kioskContract);

  /** Refusals are ordinary, but a technician who looks for a fault wants to see them. */
  async function said<Value>(wish: string, answer: Promise<Result<Value, Refused>>): Promise<Result<Value, Refused>> {
    const result = await answer;
    if (!result.ok) log({ event: 'wish-refused', wish, why: result.error.kind });
    return result;
  }

  return on.router({
    session: on.session.handler(({ signal }) => session.views.stream(signal)),
    terminal: on.terminal.handler(({ signal }) => terminal.stream(signal)),
    touch: on.touch.handler(() => session.touch()),
    items: on.items.handler(({ input }) => catalogue.find(input.query, input.shelf)),
    browse: on.browse.handler(() => catalogue.shelves()),
    openList: on.openList.handler(({ input }) => catalogue.list(input.name)),
    card: on.card.handler(({ input }) => catalogue.card(input.code)),
    elsewhere: on.elsewhere.handler(({ input }) => elsewhere.find(input)),
    openGuide: on.openGuide.handler(async ({ input }) => {
      const item = await catalogue.current(input.code);
      return said('openGuide', item === null ? Promise.resolve(refuse({ kind: 'unknown-item' })) : session.chooseItem(item.code, item.version));
    }),
    go: on.go.handler(({ input }) => said('go', session.go(input.step, input.errand))),
    answer: on.answer.handler(({ input }) => said('answer', session.wish((visit) => answer(visit, input)))),
    unanswer: on.unanswer.handler(() => said('unanswer', session.wish(unanswer))),
    printGuide: on.printGuide.handler(({ input }) => said('printGuide', session.wish((visit) => printGuide(visit, printing, input.paper)))),
    begin: on.begin.handler(() => said('begin', session.wish(goOn))),
    who: {
      choose: on.who.choose.handler(({ input }) => said('who.choose', session.wish((visit) => chooseWay(visit, input.way)))),
      save: on.who.save.handler(({ input }) => said('who.save', session.wish((visit) => saveWho(visit, input.field, input.value)))),
      submit: on.who.submit.handler(() => said('who.submit', session.wish(submitWho))),
      read: on.who.read.handler(({ input }) => said('who.read', session.wish((visit) => readOther(visit, input.of)))),
      remove: on.who.remove.handler(({ input }) => said('who.remove', session.wish((visit) => removeOther(visit, input)))),
      complete: on.who.complete.handler(() => said('who.complete', session.wish(completeWho))),
    },
    saveField: on.saveField.handler(({ input }) => said('saveField', session.wish((visit) => saveField(visit, input.name, input.value)))),
    takeOffers: on.takeOffers.handler(({ input }) => said('takeOffers', session.wish((visit) => takeOffers(visit, input.names)))),
    changeRows: on.changeRows.handler(({ input }) => said('changeRows', session.wish((visit) => changeRows(visit, input)))),
    submitForm: on.submitForm.handler(() => said('submitForm', session.wish(submitForm))),
    addPage: on.addPage.handler(({ input }) => said('addPage', session.wish((visit) => addPage(visit, input)))),
    scanMaterial: on.scanMaterial.handler(({ input, signal }) => scanMaterial({ visit: session.visit, views: session.views, devices }, input.source, signal)),
    phonePages: on.phonePages.handler(({ input, signal }) => ownPages.fromPhone(input.material, signal)),
    stickFiles: on.stickFiles.handler(() => ownPages.files()),
    openStickFile: on.openStickFile.handler(({ input }) => ownPages.open(input.file)),
    promise: on.promise.handler(({ input }) => said('promise', session.wish((visit) => promise(visit, input)))),
    takePromiseBack: on.takePromiseBack.handler(({ input }) => said('takePromiseBack', session.wish((visit) => takePromiseBack(visit, input.material)))),
    removePage: on.removePage.handler(({ input }) => said('removePage', session.wish((visit) => removePage(visit, input.material, input.page)))),
    page: on.page.handler(({ input }) => said('page', openPage(session.visit, input.page))),
    handIn: on.handIn.handler(({ input }) => said('handIn', session.wish(async (visit) => {
      const answer = await handIn(visit, input);
      if (answer.ok) await printHandInPapers(visit, printing);
      return answer;
    }))),
    openCase: on.openCase.handler(({ input }) => said('openCase', session.openCase(CaseId.parse(input.case)))),
    supplement: on.supplement.handler(({ input }) => said('supplement', session.wish((visit) => supplement(visit, CaseId.parse(input.case))))),
    withdraw: on.withdraw.handler(({ input }) => said('withdraw', session.wish((visit) => withdraw(visit, CaseId.parse(input.case), input.reason)))),
    printResult: on.printResult.handler(({ input }) => said('printResult', session.wish((visit) => printResult(visit, printing, CaseId.parse(input.case))))),
    printAgain: on.printAgain.handler(({ input }) => said('printAgain', session.wish((visit) => printAgain(visit, printing, PrintId.parse(input.print))))),
    closeUnknown: on.closeUnknown.handler(({ input }) => said('closeUnknown', session.wish((visit) => closeUnknown(visit, printing, { print: PrintId.parse(input.print), cameOut: input.cameOut })))),
    rate: on.rate.handler(({ input }) => said('rate', session.wish((visit) => rate(visit, CaseId.parse(input.case), { level: input.level, tags: input.tags, words: input.words })))),
    talk: {
      begin: on.talk.begin.handler(({ input }) => said('talk.begin', session.beginMessage(input))),
      save: on.talk.save.handler(({ input }) => said('talk.save', session.wish((visit) => saveDraftField(visit, input.field, input.value)))),
      setAnonymous: on.talk.setAnonymous.handler(({ input }) => said('talk.setAnonymous', session.wish((visit) => setAnonymous(visit, input.anonymous)))),
      record: on.talk.record.handler(({ input }) => said('talk.record', session.wish((visit) => record(visit, input)))),
      dropRecording: on.talk.dropRecording.handler(() => said('talk.dropRecording', session.wish(dropRecording))),
      recording: on.talk.recording.handler(() => said('talk.recording', openRecording(session.visit))),
      send: on.talk.send.handler(() => said('talk.send', session.wish(async (visit) => {
        const answer = await sendMessage(visit);
        const sent = visit.state()?.talk.message ?? null;
        if (answer.ok && sent !== null) await printMessageSlip(visit, printing, sent);
        return answer;
      }))),
      openMessage: on.talk.openMessage.handler(({ input }) => said('talk.openMessage', session.wish((visit) => openMessage(visit, input.message)))),
      rateReply: on.talk.rateReply.handler(({ input }) => said('talk.rateReply', session.wish((visit) => rateReply(visit, input)))),
      reopen: on.talk.reopen.handler(({ input }) => said('talk.reopen', session.wish((visit) => reopen(visit, input.words)))),
      openSurvey: on.talk.openSurvey.handler(({ input }) => said('talk.openSurvey', session.openSurvey(input.survey))),
      answer: on.talk.answer.handler(({ input }) => said('talk.answer', session.wish((visit) => answerQuestion(visit, input.question, input.value)))),
      sendSurvey: on.talk.sendSurvey.handler(() => said('talk.sendSurvey', session.wish(sendSurvey))),
    },
    keepForLater: on.keepForLater.handler(({ input }) => said('keepForLater', session.wish((visit) => keepForLater(visit, printing, input.code)))),
    openSlip: on.openSlip.handler(({ input }) => said('openSlip', session.wish((visit) => openSlip(visit, input.code)))),
    ticket: {
      begin: on.ticket.begin.handler(({ input }) => said('ticket.begin', session.beginTicket(input))),
      choose: on.ticket.choose.handler(({ input }) => said('ticket.choose', session.wish((visit) => chooseBusiness(visit, input.business)))),
      byPhone: on.ticket.byPhone.handler(({ input }) => said('ticket.byPhone', session.wish((visit) => holdByPhone(visit, input.phone)))),
      prioritise: on.ticket.prioritise.handler(({ input }) => said('ticket.prioritise', session.wish((visit) => prioritise(visit, input.priority)))),
      take: on.ticket.take.handler(() => said('ticket.take', session.wish((visit) => takeTicket(visit, printing)))),
      print: on.ticket.print.handler(() => said('ticket.print', session.wish((visit) => printTicketCopy(visit, printing, visit.state()?.ticket?.shown?.ticket ?? '')))),
      giveUp: on.ticket.giveUp.handler(() => said('ticket.giveUp', session.wish(giveUpTicket))),
    },
    booking: {
      begin: on.booking.begin.handler(({ input }) => said('booking.begin', session.beginBooking(input))),
      look: on.booking.look.handler(() => said('booking.look', session.wish(lookAgain))),
      choose: on.booking.choose.handler(({ input }) => said('booking.choose', session.wish((visit) => chooseLine(visit, input.calendar)))),
      pick: on.booking.pick.handler(({ input }) => said('booking.pick', session.wish((visit) => pickSlot(visit, input.from)))),
      phone: on.booking.phone.handler(({ input }) => said('booking.phone', session.wish((visit) => holdBookingByPhone(visit, input.phone)))),
      book: on.booking.book.handler(() => said('booking.book', session.wish((visit) => book(visit, printing)))),
      mine: on.booking.mine.handler(() => said('booking.mine', session.wish(openMine))),
      cancel: on.booking.cancel.handler(({ input }) => said('booking.cancel', session.wish((visit) => cancelBooking(visit, input.appointment)))),
    },
    callHelp: on.callHelp.handler(async () => {
      const here = await session.touch();
      if (here.ok) help.call();
      return here;
    }),
    end: on.end.handler(() => session.end('asked')),
    speak: on.speak.handler(({ input, signal }) => speech.speak(input, signal)),
    caretaker: {
      view: on.caretaker.view.handler(({ signal }) => caretaker.views.stream(signal)),
      enter: on.caretaker.enter.handler(async ({ input }) => {
        const entered = await caretaker.enter(input.pin);
        // The touches that led here opened a visit.
        if (entered.ok) await session.end('caretaker');
        return entered;
      }),
      touch: on.caretaker.touch.handler(() => caretaker.touch()),
      leave: on.caretaker.leave.handler(() => caretaker.leave()),
      put: on.caretaker.put.handler(({ input }) => caretaker.put(input.stick)),
      take: on.caretaker.take.handler(({ input }) => caretaker.take(input.stick)),
      takeCard: on.caretaker.takeCard.handler(({ input }) => caretaker.takeCard(input.fingerprint)),
      startExchange: on.caretaker.startExchange.handler(({ input }) => caretaker.devices((desk) => desk.start(input.device))),
      endExchange: on.caretaker.endExchange.handler(({ input }) => caretaker.devices((desk) => desk.end(input.device, false))),
      testCameOut: on.caretaker.testCameOut.handler(({ input }) => caretaker.devices((desk) => desk.end(input.device, true))),
      startSelfTest: on.caretaker.startSelfTest.handler(() => caretaker.devices((desk) => desk.startSelfTest())),
      closePaper: on.caretaker.closePaper.handler(({ input }) => caretaker.papers((desk) => desk.closePaper(PrintId.parse(input.print), input.cameOut))),
      loadBlanks: on.caretaker.loadBlanks.handler(({ input }) => caretaker.papers((desk) => desk.load(input.stock, input.first, input.last))),
      spoilBlank: on.caretaker.spoilBlank.handler(({ input }) => caretaker.papers((desk) => desk.spoil(input.stock, input.number))),
      lookInTray: on.caretaker.lookInTray.handler(({ input }) => caretaker.papers((desk) => desk.look(input.stock, input.top, input.missing))),
      acknowledgeTamper: on.caretaker.acknowledgeTamper.handler(() => caretaker.papers((desk) => desk.acknowledgeTamper())),
      printSlip: on.caretaker.printSlip.handler(({ input }) => caretaker.papers((desk) => desk.printSlip(input.what))),
    },
  });
}
