/** Why core did not do what the window wished for (`kiosk.ts`). */
import { z } from 'zod';
import { kind, resultOf } from './result-schema.ts';

export const Refused = z.discriminatedUnion('kind', [
  kind('no-session'), kind('wrong-step'), kind('not-identified'), kind('unknown-item'), kind('unknown-case'), kind('incomplete'),
  /** Nothing more can be written, or nothing new is begun. What was asked for was not done, and no part of it. */
  kind('store-full'),
  /** The mains are out and the battery is nearly empty: nothing new is begun. */
  kind('power-out'),
  /** The county has taken the item off this machine, for now or for good (上下架). */
  kind('off-shelf'),
  /** There is room for hand-ins but not for new scans. */
  kind('no-room-for-scans'),
  /** This paper was printed in this visit already, or the machine has printed so many that its paper must last. */
  kind('enough-printed'),
  /** The case has as many pages, or as large ones, as its item takes. */
  kind('case-full'),
  /** The machine was never in contact with its hall: it has no key to seal a case for. */
  kind('not-enrolled'),
  /** The picture shows nothing, is out of focus, or too dark or bright: take it again. */
  /** Under age: a guardian must act. */
  kind('too-young'),
  /** No recording that could be kept: empty, too long, or none. */
  kind('bad-recording'),
  /** This card has answered the survey today. */
  kind('answered-today'),
  /** Six digits that somebody would try first. */
  kind('weak-code'),
  /** The digits do not open the slip, or it is not this card's: nobody can tell which. */
  kind('wrong-code'),
  /** Sealed for another county's halls. */
  kind('slip-of-others'),
  kind('slip-expired'),
  /** The site's queue does not answer at the moment. Nobody knows whether a number was taken; asked again, it is the same one. */
  kind('queue-away'),
  kind('tickets-closed'),
  /** This machine has no number left of what it was lent. */
  kind('no-numbers'),
  kind('unknown-business'),
  /** Somebody else has booked it, or the hall offers it no more. */
  kind('slot-gone'),
  z.strictObject({ kind: z.literal('bad-picture'), why: z.enum(['blank', 'blurred', 'dark', 'too-large', 'not-a-picture']) }),
]);
export type Refused = z.infer<typeof Refused>;

/** What a wish is answered with that has nothing to tell. */
export const done = resultOf(z.null(), Refused);
