/**
 * The road between core (client) and the phone host: a process that opens a short-lived page on the local network while a citizen wants to send pictures from the
 * own phone, and knows nothing of who that is. Leaving the stream closes the page.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

/** What one upload may weigh once it is decrypted, bytes: the page scales a photograph down to a tenth of this. */
export const MOST_UPLOAD_BYTES = 8 * 1024 * 1024;
/** Pictures of one offer. */
export const MOST_UPLOADS = 20;
/** How long a page stays open if nobody leaves it, milliseconds. */
export const OFFER_MS = 10 * 60_000;

export const PhoneWord = z.discriminatedUnion('kind', [
  /** The page is there. `address` with token and key, for the QR code alone: never written down. */
  z.strictObject({ kind: z.literal('open'), address: z.string() }),
  /** A phone has opened it; from now on no other can. */
  z.strictObject({ kind: z.literal('joined') }),
  z.strictObject({ kind: z.literal('picture'), bytes: z.instanceof(Uint8Array) }),
  /** `no-network`: no private address here. `over`: its time or its number of pictures is over. `tampered`: too many wrong requests. */
  z.strictObject({ kind: z.literal('closed'), why: z.enum(['no-network', 'over', 'tampered']) }),
]);
export type PhoneWord = z.infer<typeof PhoneWord>;

export const phoneContract = {
  /** @property material what the page says the pictures are for */
  offer: oc.input(z.strictObject({ material: z.string().max(100), hall: z.string().max(60) })).output(eventIterator(PhoneWord)),
};
