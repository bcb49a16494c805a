import type { CardHolder } from '../../../domain/identity/card-holder.ts';
import type { Errand, SessionView, Step } from '../../../domain/contracts/kiosk.ts';
import { NOBODY } from '../../../domain/contracts/kiosk-start.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { drop } from '../../../domain/result.ts';
import { isFull } from '../../../sync/store/index.ts';
import { caseState } from '../cases.ts';
import type { Printing } from '../printing.ts';
import { createQueue } from '../queue.ts';
import { createTold, type Told } from '../told.ts';
import { createCertificateLog } from './certificate-log.ts';
import { againstCard, goOn, takeOther } from './applying.ts';
import { againstApplying, noRoom } from './filling.ts';
import { createIdentity } from './identity.ts';
import { beginBooking, identifiedForBooking, resumeBooking } from './booking.ts';
import { NO_NEWS } from './booking-state.ts';
import { takeSlip } from './keeping.ts';
import { createSlipScan } from './slip-scan.ts';
import { standsInLog } from './hand-in.ts';
import { printHandInPapers } from './papers-of-visit.ts';
import { DRAFT, newSession, SessionState } from './state.ts';
import { idleAt, mayGo } from './steps.ts';
import { openSurvey } from './survey.ts';
import { beginMessage } from './talk.ts';
import { beginTicket, identifiedForTicket, letGo, resumeTicket } from './ticket.ts';
import { NOBODY_ELSE } from './who-state.ts';
import { createTraces } from './traces.ts';
import { sessionView } from './view.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** The countdown is drawn by seconds. */
const TICK_MS = 1000;

/** What the session needs from core; `Visit` is this plus the state it keeps. */
export type VisitParts = Omit<Visit, 'state' | 'change' | 'show' | 'refresh' | 'behind' | 'card' | 'receipt' | 'slip' | 'bookingNews' | 'checkIn'> & { readonly boot: string };

/** The one visit of this machine: who is here, where they are, what they have typed. Wishes run one after the other. */
export type Session = {
  readonly visit: Visit;
  readonly views: Told<SessionView>;
  /** Goes on where a core that died had left off, or wipes what an ended visit left behind. Answers whether a visit goes on. */
  resume(): Promise<boolean>;
  /** Runs a wish of the window: counts as a touch, and opens a visit when nobody is here. */
  wish(run: (visit: Visit) => Wish): Wish;
  touch(): Wish;
  go(to: Step, errand: Errand | null): Wish;
  chooseItem(code: string, version: number): Wish;
  openCase(id: CaseId): Wish;
  /** Opens one that may be answered here, and asks for the card where it needs one. */
  openSurvey(id: string): Wish;
  beginMessage(wish: Parameters<typeof beginMessage>[1]): Wish;
  beginTicket(wish: Parameters<typeof beginTicket>[1]): Wish;
  beginBooking(wish: Parameters<typeof beginBooking>[1]): Wish;
  end(why: string): Wish;
  /** Lets go of pages that the hall has confirmed, but for those of the visit that is going on. */
  dropSent(): Promise<void>;
  close(): void;
};

export function createSession(parts: VisitParts, printing: Printing): Session {
  const { store, clock, log } = parts;
  const inOrder = createQueue();
  const views = createTold<SessionView>(NOBODY);
  let state: SessionState | null = null;
  let stopTick: () => void = () => {};
  let drawing = false;
  let drawAgain = false;
  let closed = false;
  /** The visit is further than its draft: the disk had no room. A core that dies meanwhile finds in the log and the ledger what was shown. */
  let unsaved = false;

  const visit: Visit = {
    ...parts,
    card: { kind: 'not-asked' },
    receipt: { kind: 'not-asked' },
    slip: 'not-asked',
    bookingNews: NO_NEWS,
    checkIn: null,
    state: () => state,
    async change(part) {
      if (state === null) return;
      const next = { ...state, ...part };
      await store.drafts.save(DRAFT, next);
      state = next;
      unsaved = false;
      draw();
    },
    async show(part) {
      if (state === null) return;
      state = { ...state, ...part };
      unsaved = true;
      draw();
      await saveShown();
    },
    refresh: draw,
    behind(work, goOn) {
      const id = state?.id;
      drop(work.then((answer) => inOrder(async () => {
        if (state === null || state.id !== id || closed) return;
        const before = state.step;
        await goOn(answer);
        if (state !== null && state.step !== before) arrive(state.step);
      })));
    },
  };
  const traces = createTraces(visit);
  const certificates = createCertificateLog(visit, printing.blanks);
  // While either waited its turn the person may have left, and the next may be at the reader already.
  const identity = createIdentity(visit, {
    against: (holder) => againstCard(visit, holder),
    holder: (holder, signal) => inOrder(async () => {
      if (!signal.aborted) await identified(holder);
    }),
    receipt: (found, signal) => inOrder(async () => {
      if (signal.aborted || state?.step !== 'identify') return;
      visit.nudge();
      if (found.kind === 'case') await visit.change({ receipt: found.id, step: 'case', touchedAt: clock.now() });
      else await visit.change({ talk: { ...state.talk, message: found.id }, step: 'reply', touchedAt: clock.now() });
    }),
  });

  const slips = createSlipScan(visit, async (text, signal) => {
    let taken = false;
    await inOrder(async () => {
      if (!signal.aborted) taken = await takeSlip(visit, text);
    });
    return taken;
  });

  /** Draws the newest state once, however often it was asked meanwhile. */
  function draw(): void {
    drawAgain = true;
    if (drawing || closed) return;
    drawing = true;
    drop((async () => {
      try {
        while (drawAgain && !closed) {
          drawAgain = false;
          views.tell(await sessionView(visit, printing, state));
        }
      } finally {
        drawing = false;
      }
    })());
  }

  function tick(): void {
    if (closed) return;
    stopTick = clock.after(TICK_MS, tick);
    if (traces.waiting()) drop(inOrder(traces.goOn));
    if (unsaved) drop(inOrder(saveShown));
    if (certificates.waiting() > 0) drop(inOrder(certificates.sayWaiting));
    if (printing.unwritten() > 0) drop(printing.writeWaiting());
    if (state === null) return;
    const { idle, powerCut, over } = parts.ending.at(state);
    if (over !== null) drop(inOrder(wipeOver));
    else if (idle.warning || powerCut !== null || state.slip.waitUntil > clock.now() - TICK_MS) draw();
  }

  /** A touch, the power, or another person's visit, may have come first. */
  async function wipeOver(): Promise<void> {
    const over = state === null ? null : parts.ending.at(state).over;
    if (over !== null) await wipe(over);
  }

  /** Opens a visit, unless the last one cannot be wiped yet (its traces would be lost from sight) or the power goes. */
  async function open(): Promise<void> {
    if (traces.waiting() || parts.ending.closed()) return;
    const opened = newSession(parts.newId(), parts.boot, clock.now());
    await store.drafts.save(DRAFT, opened);
    state = opened;
    log({ event: 'session-opened', session: opened.id, why: 'touched' });
  }

  /** What `open` answers with when it opened nothing. */
  const notOpened = (): Refused => ({ kind: traces.waiting() ? 'store-full' : 'power-out' });

  /** A full disk, at whichever write, is an answer: SQLite took the write back, and the visit stands where it stood. */
  function asked(run: () => Wish): Wish {
    return inOrder(async () => {
      try {
        return await run();
      } catch (cause) {
        if (!isFull(cause)) throw cause;
        return refuse({ kind: 'store-full' });
      } finally {
        draw();
      }
    });
  }

  /** A wish that may be the first of a visit. */
  function begun(run: () => Wish): Wish {
    return asked(async () => {
      if (state === null) await open();
      if (state === null) return refuse(notOpened());
      await visit.change({ touchedAt: clock.now() });
      const answer = await run();
      arrive(state.step);
      return answer;
    });
  }

  async function identified(holder: CardHolder): Promise<void> {
    if (state?.step === 'second-card') return takeOther(visit, holder);
    if (state?.step !== 'identify') return;
    if (state.holder === null) state = { ...state, offline: !parts.online() };
    // What the hall said since is fetched now, so that progress is as fresh as the line allows.
    visit.nudge();
    state = { ...state, touchedAt: clock.now() };
    if (state.errand === 'talk') return visit.change({ holder, step: state.talk.draft === null ? 'talk' : 'message' });
    if (state.errand === 'survey') return visit.change({ holder, step: state.talk.survey === null ? 'talk' : 'survey' });
    if (state.errand === 'resume') {
      await visit.change({ holder, step: 'resume' });
      return slips.start();
    }
    if (state.errand === 'ticket') return identifiedForTicket(visit, holder);
    if (state.errand === 'booking') return identifiedForBooking(visit, holder);
    if (state.errand !== 'apply') return visit.change({ holder, step: 'progress' });
    await visit.change({ holder, ...(state.item === null ? { step: 'items' as const } : {}) });
    const begun = state.item === null ? done : await goOn(visit);
    // The room may have gone while the card was read: the guide says what the item needs, and the list why it is not offered.
    if (!begun.ok) await visit.change({ step: 'guide' });
  }

  /** Said before the card is asked for. */
  async function againstChosen({ item: reference }: SessionState): Promise<Refused | null> {
    const item = reference === null ? null : await parts.item(reference);
    return item === null ? null : againstApplying(visit, item);
  }

  /** Ends the visit: nothing of it stays but what was handed in. */
  async function wipe(why: string): Promise<void> {
    identity.stop();
    slips.stop();
    const ended = state;
    state = null;
    unsaved = false;
    visit.bookingNews = NO_NEWS;
    visit.checkIn = null;
    draw();
    if (ended === null) return;
    log({ event: 'session-ended', session: ended.id, why });
    letGo(visit, ended.ticket);
    // Not waited for: a printer that must first give a job up takes half a minute, and the next person is standing here. What that
    // person prints goes to the device host behind this.
    drop(printing.cancel(ended.prints));
    await traces.wipe(ended);
  }

  async function saveShown(): Promise<void> {
    if (state === null || !unsaved) return;
    try {
      await store.drafts.save(DRAFT, state);
      unsaved = false;
    } catch (cause) {
      if (!isFull(cause)) throw cause;
    }
  }

  function arrive(step: Step): void {
    if (step === 'identify' || step === 'second-card') identity.start();
    else identity.stop();
    if (step === 'resume') slips.start();
    else slips.stop();
  }

  return {
    visit,
    views,
    async resume() {
      // Heard from the start: recovering settles what nobody can answer for, certificates too.
      printing.onSettled((entry) => drop(inOrder(() => certificates.say(entry))));
      await printing.recover();
      const saved = SessionState.safeParse(await store.drafts.get(DRAFT));
      // A core that died between the ledger's word and the log's says it now.
      const papers = saved.success && saved.data.opened !== null ? await printing.ofCase(saved.data.opened) : [];
      const last = papers.findLast(({ paper }) => paper === 'certificate');
      if (last !== undefined) await inOrder(() => certificates.say(last));
      if (saved.success && saved.data.boot === parts.boot && !idleAt(saved.data.step, saved.data.touchedAt, clock.now()).over) {
        state = saved.data;
        // The hand-in may have been written in the moment before the visit could say so.
        if (await standsInLog(visit, state)) state = { ...state, handedIn: state.case, step: 'handed-in' };
        await store.drafts.save(DRAFT, state);
        arrive(state.step);
        if (state.step === 'handed-in') await printHandInPapers(visit, printing);
        await resumeTicket(visit, printing);
        await resumeBooking(visit, printing);
      } else if (saved.success) {
        await traces.clean(saved.data);
      }
      stopTick = clock.after(TICK_MS, tick);
      draw();
      return state !== null;
    },
    wish: (run) => asked(async () => {
      if (state === null) return refuse({ kind: 'no-session' });
      state = { ...state, touchedAt: clock.now() };
      const before = state.step;
      const answer = await run(visit);
      if (state !== null && state.step !== before) arrive(state.step);
      return answer;
    }),
    touch: () => asked(async () => {
      if (state === null) await open();
      else await visit.change({ touchedAt: clock.now() });
      return state === null ? refuse(notOpened()) : done;
    }),
    go: (to, errand) => asked(async () => {
      if (to === 'home') {
        await wipe('home');
        return done;
      }
      if (state === null) await open();
      if (state === null) return refuse(notOpened());
      const against = mayGo(state, to) ?? (to === 'identify' && (errand ?? state.errand) === 'apply' ? await againstChosen(state) : null);
      if (against !== null) return refuse(against);
      await visit.change({ touchedAt: clock.now(), step: to, errand: errand ?? state.errand });
      // A card already read in this visit is not asked for again.
      if (to === 'identify' && state.holder !== null) await identified(state.holder);
      arrive(state.step);
      return done;
    }),
    chooseItem: (code, version) => asked(async () => {
      if (state === null) await open();
      if (state === null) return refuse(notOpened());
      const item = await parts.item({ code, version });
      if (item === null) return refuse({ kind: 'unknown-item' });
      identity.stop();
      // Whoever comes back to the guide they were in finds their answers.
      const same = state.item?.code === code && state.item.version === version;
      const answers = same ? state.answers : {};
      // Who comes for another item, or for the same once more, says anew for whom it is, and what was typed in place of a card is typed again.
      const who = same && state.handedIn === null ? state.who : NOBODY_ELSE;
      await visit.change({ touchedAt: clock.now(), item: { code, version }, answers, who, errand: 'apply', step: 'guide' });
      return done;
    }),
    openCase: (id) => asked(async () => {
      if (state === null) return refuse({ kind: 'no-session' });
      if (state.holder === null) return refuse({ kind: 'not-identified' });
      if ((await caseState(store, id, state.holder.number)) === null) return refuse({ kind: 'unknown-case' });
      await visit.change({ touchedAt: clock.now(), opened: id, step: 'case' });
      return done;
    }),
    openSurvey: (id) => asked(async () => {
      if (state === null) await open();
      if (state === null) return refuse(notOpened());
      const opened = await openSurvey(visit, id);
      if (opened.ok) arrive(state.step);
      return opened;
    }),
    beginMessage: (wish) => asked(async () => {
      if (state === null) await open();
      if (state === null) return refuse(notOpened());
      const against = await noRoom(visit, false);
      if (against !== null) return refuse(against);
      identity.stop();
      return beginMessage(visit, wish);
    }),
    beginTicket: (wish) => begun(() => beginTicket(visit, wish)),
    beginBooking: (wish) => begun(() => beginBooking(visit, wish)),
    end: (why) => asked(async () => {
      await wipe(why);
      return done;
    }),
    dropSent: traces.dropSent,
    close() {
      closed = true;
      stopTick();
      identity.stop();
      slips.stop();
    },
  };
}
