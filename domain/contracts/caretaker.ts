/**
 * The caretaker's part of the road between window and core: papers, numbered blanks, cases by stick. The caretaker proves to be one by a PIN, whose
 * hash is in `terminal.yaml`; core counts wrong ones and keeps the count over a restart. Until then nothing of this says anything.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { CertificateTemplate } from '../action/payload.ts';
import { MachineId, PrintId } from '../ids.ts';
import { BlankSum, PaperSum } from '../print-ledger/sums.ts';
import { Paper } from '../print-ledger/types.ts';
import { Instant } from '../time.ts';
import { ParcelFault, StickFault } from './courier.ts';
import { ExchangeDevice, ExchangeView } from './exchange.ts';
import { SelfTest } from './fleet.ts';
import { kind, resultOf } from './result-schema.ts';

export const CaretakerPin = z.string().regex(/^\d{6,12}$/);

/** `put`: an export onto a stick. `take`: an import from one. */
export const CaretakerDeed = z.enum(['put', 'take']);
export type CaretakerDeed = z.infer<typeof CaretakerDeed>;

/** A mounted stick. `stick` is the name of its folder. */
export const StickView = z.strictObject({ stick: z.string(), free: z.int(), parcels: z.int() });
export type StickView = z.infer<typeof StickView>;

/** What became of the last export or import, for people to read. */
export const CourierOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exported'), stick: z.string(), at: Instant, actions: z.int(), pages: z.int(), left: z.int() }),
  z.strictObject({
    kind: z.literal('imported'), stick: z.string(), at: Instant, parcels: z.int(), repeated: z.int(), enrolled: z.boolean(),
    acknowledged: z.int(), keptAside: z.int(), pages: z.int(), decisions: z.int(), items: z.int(), numbers: z.int(),
    refused: z.array(z.strictObject({ fault: ParcelFault, count: z.int() })),
  }),
  /** Bound to no hall yet: people compare the fingerprint with what the hall shows. */
  z.strictObject({ kind: z.literal('compare-card'), cards: z.array(z.strictObject({ hall: MachineId, name: z.string(), fingerprint: z.string() })) }),
  z.strictObject({ kind: z.literal('failed'), deed: CaretakerDeed, why: z.union([StickFault, z.literal(['no-hall', 'no-code', 'machine-full'])]) }),
]);
export type CourierOutcome = z.infer<typeof CourierOutcome>;

/** Slips for the caretaker's folder: the sums of the day, and how the devices are. */
export const CaretakerSlip = z.enum(['day-sum', 'readiness']);
export type CaretakerSlip = z.infer<typeof CaretakerSlip>;

/** What there is to do about paper. */
export const PapersView = z.strictObject({
  /** Papers of which nobody knows whether they came out, oldest first; `at` says when they were asked for, `number` is the case's. */
  unknown: z.array(z.strictObject({ print: PrintId, paper: Paper, at: Instant, number: z.string(), blank: z.string().nullable() })),
  blanks: z.array(BlankSum.extend({ stock: CertificateTemplate, prefix: z.string(), digits: z.int() })),
  today: z.array(PaperSum),
  /** The slip for the caretaker that was printed last, in this visit; `reason` as in `PrintProgress`. */
  slip: z.strictObject({ what: CaretakerSlip, state: z.enum(['sent', 'looking', 'printed', 'not-printed', 'unknown']), reason: z.string() }).nullable(),
});
export type PapersView = z.infer<typeof PapersView>;

export const CaretakerView = z.discriminatedUnion('kind', [
  /** This machine has no caretaker's screen. */
  kind('none'),
  z.strictObject({ kind: z.literal('closed'), lockedUntil: Instant.nullable() }),
  z.strictObject({
    kind: z.literal('open'),
    /** What has not been acknowledged; `bytes` of the sealed pages. */
    waiting: z.strictObject({ cases: z.int(), actions: z.int(), pages: z.int(), bytes: z.int() }),
    enrolled: z.boolean(),
    /** The hall no longer speaks the protocol of this program: what the caretaker tells county IT. `oldest`: that it still speaks. */
    outdated: z.strictObject({ program: z.string(), protocol: z.int(), oldest: z.int() }).nullable(),
    /** For what this machine's disk has room: without `enough` it is the caretaker who must see to it. */
    room: z.enum(['enough', 'no-scans', 'full']),
    papers: PapersView,
    /** Devices that are out of service while somebody works at them. */
    exchanges: z.array(ExchangeView),
    selfTest: z.strictObject({ last: SelfTest.nullable(), running: z.boolean() }),
    /** Whether cases can go by stick here. */
    bySticks: z.boolean(),
    sticks: z.array(StickView),
    /** Running now; `total` 0 while it is not known. */
    deed: z.strictObject({ kind: CaretakerDeed, stick: z.string(), done: z.int(), total: z.int() }).nullable(),
    outcome: CourierOutcome.nullable(),
    secondsLeft: z.int(),
  }),
]);
export type CaretakerView = z.infer<typeof CaretakerView>;

/** The digits of a blank's number. */
const BlankNumber = z.int().min(0).max(999_999_999_999);

const Refused = z.discriminatedUnion('kind', [
  kind('no-caretaker'), kind('wrong-pin'), z.strictObject({ kind: z.literal('locked'), until: Instant }),
  /** An export or import is running. */
  kind('busy'), kind('no-such-stick'), kind('no-such-card'),
  /** It is not unknown any more. */
  kind('no-such-paper'),
  kind('no-such-stock'),
  /** A blank of this kind is with the printer now. */
  kind('printing'),
  /** The last is below the first, or they are more than one pack. */
  kind('no-range'),
  z.strictObject({ kind: z.literal('known-number'), number: z.int() }),
  kind('unknown-number'), kind('not-left'),
  /** What is said to lie in the tray was printed on, or made void. */
  z.strictObject({ kind: z.literal('still-there'), number: z.int() }),
  /** So many blanks would be missing; it is done when the same is said with that count. */
  z.strictObject({ kind: z.literal('would-miss'), count: z.int() }),
  /** The document printer is in service: a pack is laid in while nothing can be printed from its trays. */
  kind('not-in-exchange'),
  kind('no-such-device'), kind('no-exchange'),
  /** There is no test print of unknown outcome. */
  kind('not-tested'),
  /** It could not be written down, so it was not done. */
  kind('machine-full'),
  /** The device does not answer, or will not. */
  kind('device-away'),
]);
const done = resultOf(z.null(), Refused);
export type CaretakerAnswer = z.infer<typeof done>;

export const caretakerContract = {
  /** At once and after every change. */
  view: oc.output(eventIterator(CaretakerView)),
  enter: oc.input(z.strictObject({ pin: CaretakerPin })).output(done),
  /** Puts the end by itself off. */
  touch: oc.output(done),
  leave: oc.output(done),
  /** Answers when it has begun; progress and outcome stand in the view. */
  put: oc.input(z.strictObject({ stick: z.string().max(255) })).output(done),
  take: oc.input(z.strictObject({ stick: z.string().max(255) })).output(done),
  /** A person has compared: this is the hall's card. */
  takeCard: oc.input(z.strictObject({ fingerprint: z.string().max(60) })).output(done),
  /** The caretaker looked: a paper of unknown outcome came out, or it did not. */
  closePaper: oc.input(z.strictObject({ print: PrintId, cameOut: z.boolean() })).output(done),
  /** A device is to be opened: it goes out of service. */
  startExchange: oc.input(z.strictObject({ device: ExchangeDevice })).output(done),
  /** It is closed again: it is looked at and tested, and is back in service when that went well; progress and outcome stand in the view. */
  endExchange: oc.input(z.strictObject({ device: ExchangeDevice })).output(done),
  /** The same when the printer could not tell what became of its test print: the caretaker holds it. */
  testCameOut: oc.input(z.strictObject({ device: ExchangeDevice })).output(done),
  startSelfTest: oc.output(done),
  /** A pack of numbered blanks was put into its tray. Only while the document printer is in an exchange. */
  loadBlanks: oc.input(z.strictObject({ stock: CertificateTemplate, first: BlankNumber, last: BlankNumber })).output(done),
  /** A blank was spoiled and taken out. */
  spoilBlank: oc.input(z.strictObject({ stock: CertificateTemplate, number: BlankNumber })).output(done),
  /** The number read on top of a tray; null: it is empty. Closes the prints of unknown outcome that it says something about. */
  lookInTray: oc.input(z.strictObject({ stock: CertificateTemplate, top: BlankNumber.nullable(), missing: z.int().min(0) })).output(done),
  /** The caretaker has looked at a case that was moved or forced. */
  acknowledgeTamper: oc.output(done),
  /** Prints a slip; the outcome stands in the view. */
  printSlip: oc.input(z.strictObject({ what: CaretakerSlip })).output(done),
};
