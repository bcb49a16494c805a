/**
 * The road between core (client) and the quarantine: a hidden window without network, Node or anything of the visit, where files that citizens bring are decoded and
 * nowhere else. What comes back are pictures that it encoded itself. A file that breaks its decoder breaks this window, which is thrown away and made anew.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { kind, resultOf } from './result-schema.ts';

/** `broken`: its decoder does not read it. `locked`: a PDF with a password. `too-many-pages`: more than are taken of one file. `slow`: not done in time. */
export const Undecodable = z.discriminatedUnion('kind', [kind('broken'), kind('locked'), kind('too-many-pages'), kind('too-large'), kind('slow'), kind('not-a-picture'), kind('no-quarantine')]);
export type Undecodable = z.infer<typeof Undecodable>;

export const quarantineContract = {
  /** Each page as a JPEG of at most 2 339 dots on its long side. */
  decode: oc.input(z.strictObject({ type: z.enum(['jpeg', 'png', 'pdf']), bytes: z.instanceof(Uint8Array) })).output(resultOf(z.array(z.instanceof(Uint8Array)), Undecodable)),
};
