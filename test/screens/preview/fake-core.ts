import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { bytesSerializer } from '../../../domain/contracts/bytes.ts';
import type { CaretakerView } from '../../../domain/contracts/caretaker.ts';
import type { ScannedPage } from '../../../domain/contracts/document-scanner.ts';
import { type FoundItems, type ItemCard, kioskContract, type SessionView, type Shelf, type TerminalView } from '../../../domain/contracts/kiosk.ts';
import { availability } from '../../../domain/item/availability.ts';
import { checkForm } from '../../../domain/item/form.ts';
import { buildIndex, searchClose, searchItems } from '../../../domain/item/search.ts';
import { withoutRow, withRow } from '../../../domain/item/rows.ts';
import { openList } from '../../../domain/item/lists.ts';
import { isOnShelf, shelvesOf } from '../../../domain/item/shelves.ts';
import { answersOf, materialCounts, materialsAsked, situationOf } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import { PrintId } from '../../../domain/ids.ts';
import { booked, bookingAsked, ownRows, slots } from './booking-scenes.ts';
import { items, type Scene, opened, scenes, SESSION, whoOf } from './scenes.ts';
import { sentMessage } from './talk-scenes.ts';
import { numberAsked, numberTaken } from './ticket-scenes.ts';

const PRINT = PrintId.parse('01J5PR1NT00000000000000009');

/** A WAV file with nothing to hear, a hundredth of a second a character: 16-bit, one channel, 22 050 Hz. */
function silence(text: string): Uint8Array<ArrayBuffer> {
  const size = text.length * 220 * 2;
  const view = new DataView(new ArrayBuffer(44 + size));
  for (const [at, name] of [[0, 'RIFF'], [8, 'WAVE'], [12, 'fmt '], [36, 'data']] as const) for (const [index, sign] of [...name].entries()) view.setUint8(at + index, sign.charCodeAt(0));
  for (const [at, value] of [[4, 36 + size], [16, 16], [24, 22_050], [28, 44_100], [40, size]] as const) view.setUint32(at, value, true);
  for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]] as const) view.setUint16(at, value, true);
  return new Uint8Array(view.buffer);
}

/** Core's end of the road with fixtures behind it: enough of its rules that a visitor can walk from screen to screen. */
export function createFakeCore(picture: Uint8Array<ArrayBuffer>) {
  let scene: Scene | null = null;
  let port: MessagePort | null = null;
  const listeners = new Set<() => void>();
  /** Pages that were added here. */
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const done = { ok: true as const, value: null };

  function change(part: Partial<SessionView>): typeof done {
    if (scene !== null) scene = { ...scene, view: { ...scene.view, session: scene.view.session ?? SESSION, ...part } };
    for (const tell of listeners) tell();
    return done;
  }

  function talk(part: Partial<SessionView['talk']>, step?: SessionView['step']): typeof done {
    return scene === null ? done : change({ talk: { ...scene.view.talk, ...part }, ...(step === undefined ? {} : { step }) });
  }
  const draft = (part: Partial<NonNullable<SessionView['talk']['draft']>>) => {
    const now = scene?.view.talk.draft ?? null;
    return now === null ? done : talk({ draft: { ...now, ...part } });
  };
  const said = (part: Partial<NonNullable<SessionView['talk']['message']>>) => {
    const now = scene?.view.talk.message ?? null;
    return now === null ? done : talk({ message: { ...now, ...part } });
  };

  const number = (part: Partial<NonNullable<SessionView['ticket']>>, step?: SessionView['step']) => {
    const now = scene?.view.ticket ?? null;
    return now === null ? done : change({ ticket: { ...now, ...part }, ...(step === undefined ? {} : { step, ...(step === 'identify' ? { card: { kind: 'place-card' as const } } : {}) }) });
  };

  const booking = (part: Partial<NonNullable<SessionView['booking']>>, step?: SessionView['step']) => change({ booking: { ...(scene?.view.booking ?? bookingAsked), ...part }, ...(step === undefined ? {} : { step, errand: 'booking' as const, ...(step === 'identify' ? { card: { kind: 'place-card' as const } } : {}) }) });
  const mine = { kind: 'known' as const, rows: ownRows, standing: { missed: 1, limitedUntil: null } };

  const NO_VALUES = { name: '', number: '', company: '', creditCode: '', representative: '' };
  function applies(part: Partial<NonNullable<SessionView['who']>>, step?: SessionView['step']): typeof done {
    const now = scene?.view.who ?? null;
    return now === null ? done : change({ who: { ...now, ...part }, ...(step === undefined ? {} : { step, ...(step === 'identify' || step === 'second-card' ? { card: { kind: 'place-card' } } : {}) }) });
  }

  async function* stream<View>(pick: (scene: Scene) => View, signal: AbortSignal | undefined): AsyncGenerator<View> {
    while (signal?.aborted !== true) {
      const changed = new Promise<void>((resolve) => {
        const tell = () => {
          listeners.delete(tell);
          resolve();
        };
        listeners.add(tell);
        signal?.addEventListener('abort', tell, { once: true });
      });
      if (scene !== null) yield pick(scene);
      await changed;
    }
  }

  const known = (): readonly Item[] => scene?.items ?? items;
  function find(query: string, shelf: Shelf | null, terminal: TerminalView): FoundItems {
    const index = buildIndex(known());
    const matching = searchItems(index, query);
    const codes = matching.length > 0 ? matching : searchClose(index, query);
    const found = codes.flatMap((code) => known().filter((item) => item.code === code)).filter((item) => shelf === null || isOnShelf(item, shelf));
    return { cards: found.map((item) => card(item, terminal)), total: found.length, close: matching.length === 0 && found.length > 0 };
  }

  function card(item: Item, terminal: TerminalView): ItemCard {
    return {
      code: item.code, name: item.name, summary: item.summary, office: item.body.name, handling: item.handling, promisedDays: item.promised.days, materials: materialCounts(item),
      availability: availability(item, terminal.devices, { camera: true, room: 'enough', online: terminal.line === 'online', hasBlank: () => true, offShelf: null }),
    };
  }

  function answered(answers: Record<string, string>): typeof done {
    const item = scene?.view.item ?? null;
    return change({ answers: item === null ? {} : answersOf(situationOf(item, answers)) });
  }

  const on = implement(kioskContract);
  const handler = new RPCHandler(
    on.router({
      session: on.session.handler(({ signal }) => stream(({ view }) => view, signal)),
      terminal: on.terminal.handler(({ signal }) => stream(({ terminal }) => terminal, signal)),
      touch: on.touch.handler(() => (scene?.view.session === null && scene.terminal.power !== 'critical' ? change({}) : done)),
      items: on.items.handler(({ input }) => (scene === null ? { cards: [], total: 0, close: false } : find(input.query, input.shelf, scene.terminal))),
      browse: on.browse.handler(() => shelvesOf(known())),
      openList: on.openList.handler(({ input }) => {
        const { title, about, columns, rows } = openList(input.name, known(), '2026-06-08');
        return { title, about, columns: [...columns], total: rows.length, rows: rows.map(({ code, cells }) => ({ code, cells: [...cells] })) };
      }),
      card: on.card.handler(({ input }) => {
        const item = known().find(({ code }) => code === input.code);
        return item === undefined || scene === null ? null : card(item, scene.terminal);
      }),
      answer: on.answer.handler(({ input }) => answered({ ...scene?.view.answers, [input.question]: input.value })),
      unanswer: on.unanswer.handler(() => answered(Object.fromEntries(Object.entries(scene?.view.answers ?? {}).slice(0, -1)))),
      printGuide: on.printGuide.handler(({ input }) => change({ prints: [{ print: PRINT, paper: input.paper, state: 'sent', reason: '' }] })),
      elsewhere: on.elsewhere.handler(() => scene?.elsewhere ?? null),
      openGuide: on.openGuide.handler(({ input }) => {
        const item = known().find(({ code }) => code === input.code) ?? null;
        return change({ step: 'guide', errand: 'apply', answers: {}, item, who: item === null ? null : whoOf(item) });
      }),
      go: on.go.handler(({ input }) => change({ step: input.step, errand: input.errand, ...(input.step === 'identify' ? { card: { kind: 'place-card' } } : {}) })),
      begin: on.begin.handler(() => change({ step: 'form', form: { values: {}, prefilled: {}, errors: {} } })),
      who: {
        choose: on.who.choose.handler(({ input }) => applies({ way: input.way }, scene?.view.person === null ? 'identify' : 'for-whom')),
        save: on.who.save.handler(({ input }) => applies({ values: { ...(scene?.view.who?.values ?? NO_VALUES), [input.field]: input.value } })),
        submit: on.who.submit.handler(() => change({ step: 'form', form: { values: {}, prefilled: {}, errors: {} } })),
        read: on.who.read.handler(({ input }) => applies({ reading: input.of }, 'second-card')),
        remove: on.who.remove.handler(({ input }) => applies(input.of === 'principal' ? { principal: null } : { together: (scene?.view.who?.together ?? []).filter((_one, at) => at !== input.index) })),
        complete: on.who.complete.handler(() => change({ step: 'form', form: { values: {}, prefilled: {}, errors: {} } })),
      },
      saveField: on.saveField.handler(({ input }) => {
        const form = scene?.view.form;
        if (form == null) return { ok: false, error: { kind: 'wrong-step' } };
        const { [input.name]: _fixed, ...errors } = form.errors;
        return change({ form: { ...form, values: { ...form.values, [input.name]: input.value }, errors } });
      }),
      takeOffers: on.takeOffers.handler(({ input }) => {
        const { form, offers } = scene?.view ?? {};
        if (form == null || offers === undefined) return { ok: false, error: { kind: 'wrong-step' } };
        const taken = Object.fromEntries(Object.entries(offers).filter(([name]) => input.names.includes(name)).map(([name, { value }]) => [name, value]));
        return change({ form: { ...form, values: { ...form.values, ...taken } }, offers: {} });
      }),
      changeRows: on.changeRows.handler(({ input: { section: index, row } }) => {
        const { item, form } = scene?.view ?? {};
        const section = item?.form.sections[index];
        const changed = section === undefined || form == null ? null : row === null ? withRow(section, form.values) : withoutRow(section, form.values, row);
        return changed === null || form == null ? { ok: false, error: { kind: 'wrong-step' } } : change({ form: { ...form, values: { ...form.values, ...changed } } });
      }),
      submitForm: on.submitForm.handler(() => {
        const { item, form } = scene?.view ?? {};
        if (item == null || form == null) return { ok: false, error: { kind: 'wrong-step' } };
        const checked = checkForm(item.form, form.values);
        if (checked.ok) return change({ step: 'materials', materials: materialsAsked(item, scene?.view.answers ?? null).map(({ material: { key } }) => ({ key, pages: [] })) });
        change({ form: { ...form, errors: checked.error.errors } });
        return { ok: false, error: { kind: 'incomplete' } };
      }),
      addPage: on.addPage.handler(({ input }) => {
        const id = `01J5PAGE0000000000000000${10 + kept.size}`;
        kept.set(id, new Uint8Array(input.image));
        return change({ materials: (scene?.view.materials ?? []).map((one) => (one.key === input.material ? { ...one, pages: [...one.pages, { id, width: input.width, height: input.height }] } : one)), promises: (scene?.view.promises ?? []).filter(({ key }) => key !== input.material) });
      }),
      scanMaterial: on.scanMaterial.handler(async function* ({ input }) {
        const page = (findings: ScannedPage['findings']) => ({ kind: 'page' as const, page: { type: 'image/jpeg' as const, bytes: picture, width: 620, height: 877, dpi: 200, findings } });
        if (input.source === 'flatbed') return yield { kind: 'stopped' as const, reason: 'cover-open' as const, pages: 0 };
        yield { kind: 'scanning' as const };
        yield page([]);
        yield page([{ kind: 'blank' }]);
        yield page([{ kind: 'skewed', degrees: 3.2 }]);
        yield { kind: 'done' as const, pages: 3 };
      }),
      phonePages: on.phonePages.handler(async function* ({ signal }) {
        yield { kind: 'open' as const, address: 'http://192.168.20.31:8460/3q2-7wAAAAAAAAAAAAAAAA/#c2FtcGxlLWtleS1vZi10aGUtcHJldmlldy0wMDAwMDA' };
        await new Promise<void>((resolve) => setTimeout(resolve, 1500));
        if (signal?.aborted === true) return;
        yield { kind: 'joined' as const };
        yield { kind: 'pages' as const, pages: [picture] };
        yield { kind: 'refused' as const, why: 'broken' };
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
      }),
      stickFiles: on.stickFiles.handler(() => [
        { file: 0, name: '取水计量设施.jpg', type: 'picture' as const, size: 2_412_000 }, { file: 1, name: '租房合同（2026年5月签，甲乙双方盖章，含附件一至附件三，扫描件）.pdf', type: 'pdf' as const, size: 8_930_000 }, { file: 2, name: '打不开的文件.pdf', type: 'pdf' as const, size: 120_000 },
      ]),
      openStickFile: on.openStickFile.handler(({ input }) => (input.file === 2 ? { ok: false as const, error: { kind: 'locked' as const } } : { ok: true as const, value: input.file === 1 ? [picture, picture, picture] : [picture] })),
      promise: on.promise.handler(({ input }) => {
        const offer = scene?.view.promisable.find(({ key, kind }) => key === input.material && kind === input.kind);
        return offer === undefined ? done : change({ promises: [...(scene?.view.promises ?? []).filter(({ key }) => key !== offer.key), { key: offer.key, kind: offer.kind, by: offer.by }] });
      }),
      takePromiseBack: on.takePromiseBack.handler(({ input }) => change({ promises: (scene?.view.promises ?? []).filter(({ key }) => key !== input.material) })),
      removePage: on.removePage.handler(({ input }) => change({ materials: (scene?.view.materials ?? []).map((one) => ({ ...one, pages: one.pages.filter(({ id }) => id !== input.page) })) })),
      page: on.page.handler(({ input }) => ({ ok: true, value: kept.get(input.page) ?? picture })),
      handIn: on.handIn.handler(() => change({ step: 'handed-in' })),
      openCase: on.openCase.handler(() => change({ step: 'case' })),
      supplement: on.supplement.handler(({ input }) => change({ step: 'form', slip: { kind: 'not-asked', wait: 0, lost: [], worth: false }, supplementing: input.case, form: { values: {}, prefilled: {}, errors: {} } })),
      withdraw: on.withdraw.handler(() => change({ step: 'progress' })),
      printResult: on.printResult.handler(() => change({ step: 'result' })),
      printAgain: on.printAgain.handler(({ input }) => change({ prints: (scene?.view.prints ?? []).map((one) => (one.print === input.print ? { ...one, state: 'sent', reason: '' } : one)) })),
      closeUnknown: on.closeUnknown.handler(({ input }) => change({ prints: (scene?.view.prints ?? []).map((one) => (one.print === input.print ? { ...one, state: input.cameOut ? 'taken' : 'not-printed', reason: 'jam' } : one)) })),
      rate: on.rate.handler(() => change({ step: 'goodbye' })),
      talk: {
        begin: on.talk.begin.handler(({ input }) => talk({ draft: { of: input.of, aboutKind: input.about.kind, about: '', words: '', name: '', phone: '', anonymous: false, seconds: null } }, 'message')),
        save: on.talk.save.handler(({ input }) => draft({ [input.field]: input.value })),
        setAnonymous: on.talk.setAnonymous.handler(({ input }) => draft({ anonymous: input.anonymous })),
        record: on.talk.record.handler(({ input }) => draft({ seconds: input.seconds })),
        dropRecording: on.talk.dropRecording.handler(() => draft({ seconds: null })),
        recording: on.talk.recording.handler(() => ({ ok: false, error: { kind: 'bad-recording' } })),
        send: on.talk.send.handler(() => talk({ draft: null, message: sentMessage }, 'message-sent')),
        openMessage: on.talk.openMessage.handler(() => change({ step: 'reply' })),
        rateReply: on.talk.rateReply.handler(({ input }) => said({ canRate: false, rating: input.level })),
        reopen: on.talk.reopen.handler(() => said({ canReopen: false, reopened: true })),
        openSurvey: on.talk.openSurvey.handler(() => change({ step: 'survey' })),
        answer: on.talk.answer.handler(() => done),
        sendSurvey: on.talk.sendSurvey.handler(() => change({ step: 'goodbye' })),
      },
      keepForLater: on.keepForLater.handler(({ input }) => (input.code === '123456' ? { ok: false, error: { kind: 'weak-code' } } : change({ prints: [{ print: PRINT, paper: 'kept-slip', state: 'sent', reason: '' }] }))),
      openSlip: on.openSlip.handler(({ input }) => (input.code === '304958' ? change({ step: 'form', errand: 'apply', item: items[0] ?? null, form: { values: {}, prefilled: {}, errors: {} } }) : { ok: false, error: { kind: 'wrong-code' } })),
      ticket: {
        begin: on.ticket.begin.handler(({ input }) => change({ step: input.item === null ? 'tickets' : 'identify', errand: 'ticket', ticket: { ...numberAsked, business: input.item === null ? null : 'household' }, card: { kind: 'place-card' } })),
        choose: on.ticket.choose.handler(({ input }) => number({ business: input.business }, scene?.view.person === null ? 'identify' : 'ticket-confirm')),
        byPhone: on.ticket.byPhone.handler(({ input }) => (input.phone.length === 11 ? number({ way: 'phone', wrongPhone: false }, 'ticket-confirm') : number({ wrongPhone: true }))),
        prioritise: on.ticket.prioritise.handler(({ input }) => number({ priority: input.priority })),
        take: on.ticket.take.handler(() => {
          change({ prints: [{ print: PRINT, paper: 'queue-ticket', state: 'sent', reason: '' }] });
          return number({ paper: numberTaken, print: PRINT }, 'ticket');
        }),
        print: on.ticket.print.handler(() => {
          change({ prints: [{ print: PRINT, paper: 'queue-ticket', state: 'sent', reason: '' }] });
          return number({ print: PRINT, copies: false });
        }),
        giveUp: on.ticket.giveUp.handler(() => number({ paper: null }, 'goodbye')),
      },
      booking: {
        begin: on.booking.begin.handler(() => booking(bookingAsked, 'booking')),
        look: on.booking.look.handler(() => booking({ free: 'known', lines: bookingAsked.lines, rules: bookingAsked.rules })),
        choose: on.booking.choose.handler(({ input }) => booking({ chosen: { name: bookingAsked.lines.find(({ calendar }) => calendar === input.calendar)?.name ?? '', slots }, failure: null }, 'booking-slot')),
        pick: on.booking.pick.handler(({ input }) => booking({ slot: { from: input.from, until: slots.find(({ from }) => from === input.from)?.until ?? input.from }, failure: null }, scene?.view.person === null ? 'identify' : 'booking-phone')),
        phone: on.booking.phone.handler(({ input }) => (input.phone === '' || input.phone.length === 11 ? booking({ phone: input.phone, wrongPhone: false }, 'booking-confirm') : booking({ wrongPhone: true }))),
        book: on.booking.book.handler(() => {
          change({ prints: [{ print: PRINT, paper: 'appointment-slip', state: 'sent', reason: '' }] });
          return booking({ booked, print: PRINT, unsure: false, phone: '' }, 'booked');
        }),
        mine: on.booking.mine.handler(() => booking({ mine }, scene?.view.person === null ? 'identify' : 'my-bookings')),
        cancel: on.booking.cancel.handler(({ input }) => booking({ mine: { ...mine, rows: ownRows.map((row) => (row.id === input.appointment ? { ...row, state: 'cancelled', mayChange: false } : row)) } })),
      },
      callHelp: on.callHelp.handler(() => {
        if (scene !== null) scene = { ...scene, terminal: { ...scene.terminal, help: { kind: scene.terminal.line === 'online' ? 'calling' : 'no-line', since: scene.terminal.now } } };
        return change({});
      }),
      speak: on.speak.handler(({ input: { text } }) => ({ ok: true, value: text === '' ? new Uint8Array() : silence(text) })),
      end: on.end.handler(() => change({ session: null, step: 'home', person: null })),
      caretaker: {
        view: on.caretaker.view.handler(({ signal }) => stream((shown): CaretakerView => shown.caretaker ?? { kind: 'closed', lockedUntil: null }, signal)),
        enter: on.caretaker.enter.handler(({ input }) => {
          if (input.pin !== '246810') return { ok: false, error: { kind: 'wrong-pin' } };
          if (scene !== null) scene = { ...scene, caretaker: scenes['caretaker']?.caretaker ?? { kind: 'none' } };
          return change({ session: null });
        }),
        touch: on.caretaker.touch.handler(() => done),
        leave: on.caretaker.leave.handler(() => {
          if (scene !== null) scene = { ...scene, caretaker: { kind: 'closed', lockedUntil: null } };
          return change({ session: null });
        }),
        put: on.caretaker.put.handler(() => ({ ok: false, error: { kind: 'no-such-stick' } })),
        take: on.caretaker.take.handler(() => done),
        takeCard: on.caretaker.takeCard.handler(() => done),
        startExchange: on.caretaker.startExchange.handler(({ input: { device } }) => {
          const shown = scene?.caretaker;
          if (scene !== null && shown?.kind === 'open') scene = { ...scene, caretaker: { ...shown, exchanges: [{ ...opened, device }] } };
          return change({ session: null });
        }),
        endExchange: on.caretaker.endExchange.handler(() => done),
        testCameOut: on.caretaker.testCameOut.handler(() => done),
        startSelfTest: on.caretaker.startSelfTest.handler(() => done),
        closePaper: on.caretaker.closePaper.handler(() => done),
        loadBlanks: on.caretaker.loadBlanks.handler(({ input }) => ({ ok: false, error: { kind: 'known-number', number: input.first } })),
        spoilBlank: on.caretaker.spoilBlank.handler(() => done),
        lookInTray: on.caretaker.lookInTray.handler(({ input }) => (input.missing === 2 ? done : { ok: false, error: { kind: 'would-miss', count: 2 } })),
        acknowledgeTamper: on.caretaker.acknowledgeTamper.handler(() => done),
        printSlip: on.caretaker.printSlip.handler(() => done),
      },
    }),
    { customJsonSerializers: [bytesSerializer] },
  );

  return {
    show(next: Scene) {
      scene = next;
      for (const tell of listeners) tell();
    },
    serve(next: MessagePort) {
      port = next;
      handler.upgrade(next);
      next.start();
    },
    /** Core dies. */
    leave() {
      port?.close();
      port = null;
    },
  };
}
