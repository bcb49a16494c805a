import { z } from 'zod';

export const DeviceName = z.enum(['id-card-reader', 'code-scanner', 'document-scanner', 'ticket-printer', 'document-printer', 'board', 'ups']);
export type DeviceName = z.infer<typeof DeviceName>;

/** XFS4IoT's common device states, as far as a screen must tell them apart. `reason` is a stable keyword, never free text. */
export const DeviceStatus = z.discriminatedUnion('kind', [
  /** Works now. `warnings` (paper-low, toner-low) do not stop it. */
  z.strictObject({ kind: z.literal('online'), warnings: z.array(z.string()) }),
  /** Answers, but cannot work until a person helps: paper-out, cover-open, jam, cutter, tray-full … */
  z.strictObject({ kind: z.literal('blocked'), reason: z.string() }),
  /** Does not answer: unplugged, powered off, wrong port. */
  z.strictObject({ kind: z.literal('offline'), reason: z.string() }),
  /** Answers that it is broken for good: SAM not authorised, self-test failed. Or somebody works at it (`exchange.ts`). */
  z.strictObject({ kind: z.literal('out-of-service'), reason: z.string() }),
]);
export type DeviceStatus = z.infer<typeof DeviceStatus>;
