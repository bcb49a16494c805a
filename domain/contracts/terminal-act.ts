/**
 * What a terminal may be started for instead of serving citizens: `jinban terminal --config FILE --rotate-key`. The shell reads it from its
 * command line, core does it with the store closed, and both end. It may be repeated after any cut.
 */
import { z } from 'zod';

export const TerminalAct = z.discriminatedUnion('kind', [
  /** Gives the keys to the keeper that the settings name now, and changes the store's key. */
  z.strictObject({ kind: z.literal('move-keys') }),
  /** Changes the store's key. */
  z.strictObject({ kind: z.literal('rotate-key') }),
  /** Takes over a lost machine's identity, with the code in the settings, from its backup in a folder; null: nothing of it is left. */
  z.strictObject({ kind: z.literal('take-over'), from: z.string().min(1).nullable() }),
]);
export type TerminalAct = z.infer<typeof TerminalAct>;
