import { z } from 'zod';

/**
 * How far an account reaches. `null`: all of the county's. A case is within a scope when all three hold.
 * - `departments`: credit codes of the bodies whose items, or whose steps of a case, are meant (GB 32100).
 * - `sites`: 网点, by the name their machines stand under.
 * - `items`: implementing codes.
 */
export const Scope = z.strictObject({
  departments: z.array(z.string().length(18)).min(1).max(50).nullable(),
  sites: z.array(z.string().min(1).max(60)).min(1).max(200).nullable(),
  items: z.array(z.string().length(31)).min(1).max(500).nullable(),
});
export type Scope = z.infer<typeof Scope>;

/** The whole county. */
export const COUNTY: Scope = { departments: null, sites: null, items: null };
