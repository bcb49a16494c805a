/** What crosses the road between core and the device host about the power that the terminal lives on. */
import { z } from 'zod';

/** Told to a new listener at once as far as it is known, then on every change. */
export const PowerState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mains') }),
  /** The mains are off. `runtimeSeconds` is what the UPS thinks it can still give; null: it does not say. Begin nothing long. */
  z.strictObject({ kind: z.literal('battery'), runtimeSeconds: z.int().min(0).nullable() }),
  /** Ends soon: finish the visit, save, shut down. */
  z.strictObject({ kind: z.literal('critical') }),
]);
export type PowerState = z.infer<typeof PowerState>;
