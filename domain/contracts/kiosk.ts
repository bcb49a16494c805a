/**
 * The road between a citizen's window (client) and core (server), over a MessagePort that the shell hands only to its own
 * window. Core owns the session: the window draws `SessionView` and sends wishes. A window that dies draws the same view again.
 * Nothing here carries a full identity number or a key.
 * Both ends give the RPC codec `bytesSerializer` (`bytes.ts`) so that pictures and papers cross as `Uint8Array`.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Answers, FormValues } from '../action/payload.ts';
import { ApplicantWay } from '../identity/applicant.ts';
import { CaseId, PrintId, Ulid } from '../ids.ts';
import { KnownValue } from '../item/dictionary.ts';
import { LIST_NAMES } from '../item/lists.ts';
import { Item } from '../item/types.ts';
import { PageSource } from '../material/trust.ts';
import { Paper } from '../print-ledger/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { bookingContract, BookingsHere, BookingView } from './booking.ts';
import { caretakerContract } from './caretaker.ts';
import { DeviceStates } from './devices.ts';
import { PageReading, ScanSource } from './document-scanner.ts';
import { Undecodable } from './quarantine.ts';
import { done, Refused } from './refused.ts';
import { kind, resultOf } from './result-schema.ts';
import { HelpView, SurveyCard, talkInputs, TalkView } from './talk.ts';
import { ticketContract, TicketsHere, TicketView } from './tickets.ts';

/** The screens of a visit, in the order of the main journey. */
export const Step = z.enum(['home', 'items', 'lists', 'guide', 'situation', 'who', 'identify', 'no-card', 'for-whom', 'second-card', 'together', 'form', 'materials', 'check', 'handed-in', 'progress', 'case', 'result', 'rate', 'talk', 'message', 'message-sent', 'reply', 'survey', 'keep', 'resume', 'tickets', 'ticket-phone', 'ticket-confirm', 'ticket', 'booking', 'booking-slot', 'booking-phone', 'booking-confirm', 'booked', 'my-bookings', 'goodbye']);
export type Step = z.infer<typeof Step>;

/** What the citizen wants after showing the card. */
export const Errand = z.enum(['apply', 'progress', 'print', 'rate', 'talk', 'survey', 'resume', 'ticket', 'booking']);
export type Errand = z.infer<typeof Errand>;

/** Where a hand-in is on its way, in words a citizen can read (features F7). */
export const Travel = z.enum(['waiting-to-travel', 'received-by-hall', 'kept-aside']);
export type Travel = z.infer<typeof Travel>;
/** Since when it is where it is: handed in here, or received there by the hall's clock; null where this machine does not know. */
const TravelSince = Instant.nullable();

/**
 * One paper of this session, as the print ledger knows it; `looking` is a `sent` one whose printer does not answer at the moment. `reason` is a keyword of
 * `DeviceStatus` or `PrintProgress`.
 */
export const PrintView = z.strictObject({
  print: PrintId,
  paper: Paper,
  state: z.enum(['reserved', 'sent', 'looking', 'printed', 'taken', 'not-printed', 'unknown']),
  reason: z.string(),
});
export type PrintView = z.infer<typeof PrintView>;

export const MaterialView = z.strictObject({ key: z.string(), pages: z.array(z.strictObject({ id: Ulid, width: z.int(), height: z.int() })) });

/** A promise that may stand in a material's place, and the exact words it would be. `by`: the day a deferred one comes; null: it need not come. */
export const MaterialOffer = z.strictObject({ key: z.string(), kind: z.enum(['commitment', 'deferral']), text: z.string(), by: CivilDate.nullable() });
export type MaterialOffer = z.infer<typeof MaterialOffer>;

export const CaseSummary = z.strictObject({
  id: CaseId,
  number: z.string(),
  provisional: z.boolean(),
  itemName: z.string(),
  stage: z.enum(['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided', 'finished', 'refused', 'withdrawn']),
  travel: Travel,
  travelSince: TravelSince,
  handedInAt: Instant,
  /** Working days left until the promised day; null while no clock runs. */
  daysLeft: z.int().nullable(),
  promisedBy: CivilDate.nullable(),
  /** Who has it now, in words. */
  holder: z.string(),
  /** When this machine last heard from the hall. */
  asOf: Instant.nullable(),
  canPrint: z.boolean(),
  canRate: z.boolean(),
  canSupplement: z.boolean(),
});
export type CaseSummary = z.infer<typeof CaseSummary>;

export const CaseDetail = CaseSummary.extend({
  history: z.array(z.strictObject({ kind: z.string(), at: Instant, words: z.string() })),
  asks: z.array(z.strictObject({ target: z.enum(['form', 'material']), key: z.string(), words: z.string() })),
  reason: z.string(),
  certificate: z.strictObject({ title: z.string(), number: z.string(), holder: z.string(), issuer: z.string(), issuedOn: CivilDate }).nullable(),
  rating: z.int().nullable(),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

/** What comes of a citizen's own phone: its page's address for a QR code, pictures that the quarantine made, why one was not taken, and why it ended. */
export const OwnReading = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), address: z.string() }), kind('joined'),
  z.strictObject({ kind: z.literal('pages'), pages: z.array(z.instanceof(Uint8Array)) }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() }),
  z.strictObject({ kind: z.literal('closed'), why: z.enum(['no-network', 'over', 'tampered', 'unavailable']) }),
]);
export type OwnReading = z.infer<typeof OwnReading>;
/** A file on the citizen's own stick; `file` names it for as long as the list stands. */
export const OwnFile = z.strictObject({ file: z.int().min(0), name: z.string(), type: z.enum(['picture', 'pdf']), size: z.int() });
export type OwnFile = z.infer<typeof OwnFile>;
/** What is typed of who applies. The view holds it as typed, like a form. */
export const WhoField = z.enum(['name', 'number', 'company', 'creditCode', 'representative']);
export type WhoField = z.infer<typeof WhoField>;
/** Why what was typed of who applies is wrong, as the end of a text key `who.error.…`. `same`: it is the person who is here. */
export const WhoError = z.enum(['required', 'number', 'credit-code', 'too-short', 'minor', 'same', 'card']);
export type WhoError = z.infer<typeof WhoError>;
const MaskedPerson = z.strictObject({ name: z.string(), number: z.string(), card: z.string() });
/**
 * Who applies, where the item leaves that open (`domain/item/applicants.ts`).
 * @property ways those that the answers so far leave open
 * @property way the one that is taken; null: it must be asked
 * @property noCard name and number may be typed in place of a card
 * @property typed they were, and no card was read
 * @property mustRead the card of whoever is applied for must be read, too
 * @property principal whoever is applied for, by card
 * @property most co-applicants; 0: none are asked for
 * @property reading whose card is asked for at `second-card`
 */
export const WhoView = z.strictObject({
  ways: z.array(ApplicantWay), way: ApplicantWay.nullable(), noCard: z.boolean(), typed: z.boolean(), mustRead: z.boolean(),
  values: z.record(WhoField, z.string()), errors: z.partialRecord(WhoField, WhoError),
  principal: MaskedPerson.nullable(), together: z.array(MaskedPerson), most: z.int().min(0), reading: z.enum(['principal', 'together']).nullable(),
});
export type WhoView = z.infer<typeof WhoView>;

/** Field name → why it is wrong, as a text key of the kiosk's texts (`form.error.…`). */
export const FieldErrors = z.record(z.string(), z.string());

export const SessionView = z.strictObject({
  /** null: nobody is here (attract screen, which is step `home`). */
  session: Ulid.nullable(),
  step: Step,
  errand: Errand.nullable(),
  /** Name with all but the first character masked, number with all but the first and the last. */
  person: MaskedPerson.nullable(),
  /** null: one person, for themselves, with a card. */
  who: WhoView.nullable(),
  card: z.discriminatedUnion('kind', [
    kind('not-asked'), kind('place-card'), kind('reading'), kind('place-again'), kind('unrecognised'), kind('expired'),
    /** Its holder may not do this alone, being under age. */
    kind('minor'),
    /** It belongs to somebody who is part of this application already. */
    kind('same-person'),
    z.strictObject({ kind: z.literal('unavailable'), reason: z.string() }),
  ]),
  /** A receipt's code, where the machine has a scanner and the errand is to look at a case: it opens that case without a card, masked. */
  receipt: z.discriminatedUnion('kind', [
    kind('not-asked'), kind('show-code'), kind('show-again'),
    /** A code was read, and it is none of our papers'. */
    kind('other-code'),
    /** Ours, but this machine does not have the case: it was handed in elsewhere, or is long closed. */
    kind('not-here'),
  ]),
  item: Item.nullable(),
  /** 情形: the answers given so far; empty where nothing was asked. */
  answers: Answers,
  form: z.strictObject({ values: FormValues, prefilled: z.record(z.string(), z.string()), errors: FieldErrors }).nullable(),
  materials: z.array(MaterialView),
  /** 告知承诺 and 容缺: what may be promised, and what was. */
  promisable: z.array(MaterialOffer),
  promises: z.array(MaterialOffer.omit({ text: true })),
  /** What is burnt into every copy that is made now; null: none can be made. */
  stamp: z.string().nullable(),
  /** Text above the signature field; its hash is signed. */
  declaration: z.string().nullable(),
  /** Whether a key may confirm the declaration instead of a signature; the hall must be able to read that. */
  confirmable: z.boolean(),
  /** Set when the session supplements a case instead of starting one. */
  supplementing: CaseId.nullable(),
  /** A slip to go on with, where the errand is that. `wait`: seconds until digits may be tried again. `lost`: labels of answers that it could not carry, or that the item no longer takes. `worth`: something is filled in that a slip could carry. */
  slip: z.strictObject({ kind: z.enum(['not-asked', 'show-code', 'show-again', 'other-code', 'read']), wait: z.int(), lost: z.array(z.string()), worth: z.boolean() }),
  /** 一表申请: what an empty field could take from an earlier item of this visit, by its key. `from`: that item's name. Never filled in by itself. */
  offers: z.record(z.string(), KnownValue),
  handedIn: z.strictObject({ case: CaseId, number: z.string(), provisional: z.boolean(), itemName: z.string(), at: Instant, travel: Travel, travelSince: TravelSince, token: z.string() }).nullable(),
  cases: z.array(CaseSummary),
  case: CaseDetail.nullable(),
  prints: z.array(PrintView),
  talk: TalkView,
  /** null: no number was asked for in this visit. */
  ticket: TicketView.nullable(),
  /** null: no appointment was asked for in this visit. */
  booking: BookingView.nullable(),
  /** Seconds without a touch until the session ends; `warning` shows the countdown. */
  idle: z.strictObject({ warning: z.boolean(), secondsLeft: z.int() }),
  /** The machine's battery is nearly empty: seconds until the visit ends, whatever is touched. null: it is not. */
  powerCut: z.strictObject({ secondsLeft: z.int() }).nullable(),
});
export type SessionView = z.infer<typeof SessionView>;

/** What the terminal as a whole can do now; shown in the status line and used for availability. */
export const TerminalView = z.strictObject({
  site: z.string(), hall: z.string(), machine: z.string(), phone: z.string(), /** 监督投诉电话 */ complaintPhone: z.string(),
  /** `outdated`: the line is there, but the hall no longer speaks this program's protocol; nothing travels before somebody updates the terminal. */
  line: z.enum(['online', 'offline', 'outdated']), lastContact: Instant.nullable(), waiting: z.int(), /** When the oldest of them was handed in. */ waitingSince: Instant.nullable(),
  /** What the machine lives on; `mains` also where no UPS says otherwise. `critical`: no visit begins, and the machine goes off soon. */
  power: z.enum(['mains', 'battery', 'critical']),
  devices: DeviceStates, now: Instant,
  surveys: z.array(SurveyCard), help: HelpView,
  /** Whether the hall takes letters, as far as this machine knows: an older one lets them wait here. */
  takesLetters: z.boolean(),
  /** What the site lets citizens use of their own: a phone on the local network, a stick in the machine. */
  own: z.strictObject({ phone: z.boolean(), stick: z.boolean() }),
  /** null: no numbers are given here. */
  tickets: TicketsHere.nullable(),
  /** null: the hall was never heard about it. */
  bookings: BookingsHere.nullable(),
});
export type TerminalView = z.infer<typeof TerminalView>;

/** Whether an item can be done here now (features F3). */
export const Availability = z.discriminatedUnion('kind', [kind('works'), kind('works-result-later'), z.strictObject({ kind: z.literal('not-here'), reason: z.string(), /** The county's own words; absent where the reason has words here. */ words: z.exactOptional(z.string()) })]);
export const ItemCard = z.strictObject({ code: z.string(), name: z.string(), summary: z.string(), office: z.string(), handling: z.enum(['on-the-spot', 'promised']), promisedDays: z.int(), /** How many to bring at least and at most; the situation tells which. */ materials: z.strictObject({ least: z.int(), most: z.int() }), availability: Availability });
export type ItemCard = z.infer<typeof ItemCard>;

/** A way to stand before the items: by life event (主题), by office, or by whom they are for. `name` is the pack's own word, or a keyword of `audience`. */
export const Shelf = z.strictObject({ by: z.enum(['topic', 'office', 'audience']), name: z.string().max(200) });
export type Shelf = z.infer<typeof Shelf>;
const Counted = z.array(z.strictObject({ name: z.string(), count: z.int().min(1) }));
/** The shelves that hold something, fullest first. */
export const Shelves = z.strictObject({ all: z.int().min(0), topic: Counted, office: Counted, audience: Counted });
export type Shelves = z.infer<typeof Shelves>;
/**
 * @property cards the best of them, as many as a person looks through
 * @property total how many there are
 * @property close none is exactly what was asked for: they sound or are written nearly so
 */
export const FoundItems = z.strictObject({ cards: z.array(ItemCard), total: z.int().min(0), close: z.boolean() });
export type FoundItems = z.infer<typeof FoundItems>;

/** One of the county's open lists as the items in force here make it (`domain/item/lists.ts`). @property total how many rows there are; the first of them are here */
export const ListView = z.strictObject({ title: z.string(), about: z.string(), columns: z.array(z.string()), total: z.int().min(0), rows: z.array(z.strictObject({ code: z.string(), cells: z.array(z.string()) })) });
export type ListView = z.infer<typeof ListView>;

/** What the window asks of another machine for: what `kind` names and cannot be done here. */
export const ElsewhereWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), code: z.string().max(64) }),
  /** Any application: the card must be read. */
  kind('identify'),
]);
export type ElsewhereWish = z.infer<typeof ElsewhereWish>;
/** The nearest machine that can do it (features F3), as the hall told of it: `Nearest` with the time by which it is open or not. */
export const Elsewhere = z.strictObject({
  site: z.string(), address: z.string(),
  metres: z.number().nullable(),
  opening: z.discriminatedUnion('kind', [kind('always'), z.strictObject({ kind: z.literal('open'), until: z.string() }), z.strictObject({ kind: z.literal('opens'), date: CivilDate, at: z.string() })]),
  /** When it last said how it is. */
  asOf: Instant,
  now: Instant,
});
export type Elsewhere = z.infer<typeof Elsewhere>;

/** `image` is a PNG of the drawn signature. `confirmed`: on the keypad, after the declaration was read aloud in full. */
export const KioskSignature = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('drawn'), image: z.instanceof(Uint8Array) }), kind('confirmed')]);
export type KioskSignature = z.infer<typeof KioskSignature>;

/** Most characters that are spoken at once: some two minutes. Longer texts come in pieces. */
export const MOST_SPOKEN = 600;
/** `no-engine`: this machine has nothing to speak that language with. `failed`: it did not speak this time. */
const Unspoken = z.discriminatedUnion('kind', [kind('no-engine'), kind('failed')]);

export const kioskContract = {
  /** The session as it stands, at once and after every change. */
  session: oc.output(eventIterator(SessionView)),
  terminal: oc.output(eventIterator(TerminalView)),
  /** Any touch: puts the idle limit back. Opens a session when there is none. */
  touch: oc.output(done),
  /** Items that match everyday words, a name or pinyin initials, on one shelf or on all; all when empty. */
  items: oc.input(z.strictObject({ query: z.string().max(40), shelf: Shelf.nullable() })).output(FoundItems),
  /** Where else it can be done; null when it can be done here, or nowhere that is known. */
  elsewhere: oc.input(ElsewhereWish).output(Elsewhere.nullable()),
  /** How many items stand on each shelf; what is looked for otherwise than by words begins here. */
  browse: oc.output(Shelves),
  /** An open list (features F24). */
  openList: oc.input(z.strictObject({ name: z.enum(LIST_NAMES) })).output(ListView),
  /** One item as a list shows it; null when it is not in force here. */
  card: oc.input(z.strictObject({ code: z.string().max(64) })).output(ItemCard.nullable()),
  /** Opens the guide of an item. */
  openGuide: oc.input(z.strictObject({ code: z.string() })).output(done),
  /** Goes to a step that needs no further data: home, items, identify, form, materials, check, progress, goodbye. */
  go: oc.input(z.strictObject({ step: Step, errand: Errand.nullable() })).output(done),
  /** Answers one question of the item's situation; answers behind it that no longer fit are forgotten. */
  answer: oc.input(z.strictObject({ question: z.string().max(63), value: z.string().max(60) })).output(done),
  /** Takes the last answer back. */
  unanswer: oc.output(done),
  /** Prints the materials list by the ticket printer, or the whole guide by the document printer. No card is needed; each once a visit. */
  printGuide: oc.input(z.strictObject({ paper: z.enum(['materials-slip', 'guide']) })).output(done),
  /** Starts filling the guide's item for the identified person; where something of who applies is still to be said, goes there first. */
  begin: oc.output(done),
  /** Who applies, for whom, and with whom. What is typed is saved as typed. */
  who: {
    /** For whom it is. Asks for the card next, if none was read. */
    choose: oc.input(z.strictObject({ way: ApplicantWay })).output(done),
    save: oc.input(z.strictObject({ field: WhoField, value: z.string().max(120) })).output(done),
    /** Checks what stands at `no-card` or `for-whom` and goes on; errors stand in the view. */
    submit: oc.output(done),
    /** Asks for another person's card. */
    read: oc.input(z.strictObject({ of: z.enum(['principal', 'together']) })).output(done),
    /** Lets go of a card that was read: of whoever is applied for, or of the co-applicant at that place. */
    remove: oc.input(z.strictObject({ of: z.enum(['principal', 'together']), index: z.int().min(0).max(20) })).output(done),
    /** Nobody else applies: on to the form. */
    complete: oc.output(done),
  },
  /** Saved as typed; answers when it is durable. */
  saveField: oc.input(z.strictObject({ name: z.string().max(64), value: z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]) })).output(done),
  /** Fills fields with what was offered for them; those without an offer stay as they are. */
  takeOffers: oc.input(z.strictObject({ names: z.array(z.string().max(64)).min(1).max(40) })).output(done),
  /** One more row of a repeated section, or without one. @property section its place in the form @property row counted from 1; null: one more, at the end */
  changeRows: oc.input(z.strictObject({ section: z.int().min(0).max(7), row: z.int().min(1).max(20).nullable() })).output(done),
  /** Checks the form and goes on to the materials when it is right; errors stand in the view. */
  submitForm: oc.output(done),
  /** `image` is a JPEG from the document camera, at most 6 MB; `thumbnail` the same picture, small: a JPEG of at most 64 KB. */
  addPage: oc.input(z.strictObject({ material: z.string().max(64), image: z.instanceof(Uint8Array), thumbnail: z.instanceof(Uint8Array), width: z.int(), height: z.int(), from: PageSource })).output(done),
  /** What lies in the machine's scanner, for this visit: the window looks at each page and adds it as any other. Leaving the stream ends the scan. */
  scanMaterial: oc.input(z.strictObject({ source: ScanSource })).output(eventIterator(PageReading)),
  /** Opens a page for the citizen's own phone. Leaving the stream closes it. */
  phonePages: oc.input(z.strictObject({ material: z.string().max(64) })).output(eventIterator(OwnReading)),
  /** What lies on the citizen's stick; null: none is in. */
  stickFiles: oc.output(z.array(OwnFile).nullable()),
  /** The pages of one of them, as the quarantine made them. */
  openStickFile: oc.input(z.strictObject({ file: z.int().min(0) })).output(resultOf(z.array(z.instanceof(Uint8Array)), Undecodable)),
  /** Puts a promise in a material's place. `shown`: the words of the offer that was agreed to. */
  promise: oc.input(z.strictObject({ material: z.string().max(64), kind: z.enum(['commitment', 'deferral']), shown: z.string().max(2000) })).output(done),
  takePromiseBack: oc.input(z.strictObject({ material: z.string().max(64) })).output(done),
  removePage: oc.input(z.strictObject({ material: z.string().max(64), page: Ulid })).output(done),
  page: oc.input(z.strictObject({ page: Ulid })).output(resultOf(z.instanceof(Uint8Array), Refused)),
  /** Hands the case in: answers only when it is durable, then the papers print. */
  handIn: oc.input(z.strictObject({ signature: KioskSignature, phone: z.string().max(20) })).output(done),
  openCase: oc.input(z.strictObject({ case: CaseId })).output(done),
  /** Starts a supplement: form and materials limited to what the correction asked. */
  supplement: oc.input(z.strictObject({ case: CaseId })).output(done),
  withdraw: oc.input(z.strictObject({ case: CaseId, reason: z.string().max(500) })).output(done),
  printResult: oc.input(z.strictObject({ case: CaseId })).output(done),
  /** Only for a paper that is `not-printed`; an unknown one is closed by a person. */
  printAgain: oc.input(z.strictObject({ print: PrintId })).output(done),
  /** The citizen says whether a paper of unknown outcome came out. */
  closeUnknown: oc.input(z.strictObject({ print: PrintId, cameOut: z.boolean() })).output(done),
  rate: oc.input(z.strictObject({ case: CaseId, level: z.int().min(1).max(5), tags: z.array(z.string().regex(/^\d{3}$/)).max(8), words: z.string().max(500) })).output(done),
  /** What citizens tell the hall. Everything is saved as typed; `send` and `sendSurvey` answer when it is durable. */
  talk: {
    begin: oc.input(talkInputs.begin).output(done),
    save: oc.input(talkInputs.save).output(done),
    setAnonymous: oc.input(talkInputs.setAnonymous).output(done),
    record: oc.input(talkInputs.record).output(done),
    dropRecording: oc.output(done),
    recording: oc.output(resultOf(z.instanceof(Uint8Array), Refused)),
    send: oc.output(done),
    /** One of the person's own, by card. */
    openMessage: oc.input(talkInputs.openMessage).output(done),
    rateReply: oc.input(talkInputs.rateReply).output(done),
    /** Not solved: the hall works on it once more. */
    reopen: oc.input(talkInputs.reopen).output(done),
    openSurvey: oc.input(talkInputs.openSurvey).output(done),
    answer: oc.input(talkInputs.answer).output(done),
    sendSurvey: oc.output(done),
  },
  /** 以后再办: seals what is filled in under the card and six digits, and prints it. */
  keepForLater: oc.input(z.strictObject({ code: z.string().regex(/^\d{6}$/) })).output(done),
  /** 继续办理: opens the slip that was scanned. */
  openSlip: oc.input(z.strictObject({ code: z.string().regex(/^\d{6}$/) })).output(done),
  ticket: ticketContract,
  booking: bookingContract,
  /** Calls staff to this machine, once until the visit ends or they have come. */
  callHelp: oc.output(done),
  end: oc.output(done),
  /** Words as sound: a WAV file, empty for empty words, which only ask whether there is a voice. `pace` 1 is ordinary speech. Leaving the call ends it. */
  speak: oc.input(z.strictObject({ text: z.string().max(MOST_SPOKEN), language: z.enum(['zh-CN', 'en']), pace: z.number().min(0.5).max(3) })).output(resultOf(z.instanceof(Uint8Array), Unspoken)),
  /** For the machine's caretaker, behind a PIN. */
  caretaker: caretakerContract,
};
