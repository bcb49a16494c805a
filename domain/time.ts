import { z } from 'zod';

/** ISO 8601 instant in UTC with milliseconds, as `Date.toISOString` writes it. */
export const Instant = z.iso.datetime({ precision: 3 });
/** A civil date `YYYY-MM-DD` in China's one time zone (UTC+8, no summer time). */
export const CivilDate = z.iso.date();

/**
 * What a machine can honestly say about when it did something (features: clock trust).
 * The wall clock of a machine without a line may be wrong, so the hall derives the earliest and latest possible time
 * from the last trusted contact and the monotonic counter, and uses the wall clock only when they agree.
 */
export const TimeEvidence = z.strictObject({
  /** What the device clock said. */
  wall: Instant,
  /** Milliseconds since this boot, from a counter that nobody can set. */
  monotonic: z.int().min(0),
  /** Changes at every boot of the machine; two monotonic readings compare only within one boot. */
  boot: z.string().min(1).max(64),
  /** The hall's time at the last contact, and what the monotonic counter and boot were then; null before the first contact. */
  trusted: z.strictObject({ at: Instant, monotonic: z.int().min(0), boot: z.string().min(1).max(64) }).nullable(),
  /** Device wall clock minus hall clock at the last contact, in milliseconds, with the half round trip as its bound. */
  drift: z.strictObject({ offset: z.int(), bound: z.int().min(0) }).nullable(),
});
export type TimeEvidence = z.infer<typeof TimeEvidence>;

/**
 * A machine's clock that is further from the hall's than this needs somebody, milliseconds: a time service keeps it within seconds, and what is
 * seen of it from the other end of a bad line is off by seconds too.
 */
export const CLOCK_OFF = 10 * 60_000;

/** Injected wherever time is read, so that a test owns it. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from an arbitrary start that never goes back. */
  monotonic(): number;
  /** Calls back once after `milliseconds`; the answer cancels it. */
  after(milliseconds: number, call: () => void): () => void;
};
