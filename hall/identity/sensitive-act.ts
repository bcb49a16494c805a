import type { z } from 'zod';
import type { Result } from '../../domain/result.ts';
import type { Right } from '../../domain/staff/rights.ts';
import type { Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from './accounts.ts';

/** How long a proposal may wait for the second person. */
export const PROPOSAL_LIFE = 7 * 86_400_000;

/** Who did an act that takes two. */
export type Pair = { proposedBy: string; approver: Staff };
/**
 * An act that takes two people.
 * @property right of whoever decides it
 * @property run does it, in the transaction of the approval. A failure undoes all that it wrote, and leaves the proposal open
 */
export type SensitiveAct = { right: Right; run(ground: Ground, write: Write, body: string, pair: Pair): Promise<Result<null, { kind: string }>> };

/** @param body what the proposal must hold; one that holds something else is a broken row and throws */
export function sensitiveAct<Body>(right: Right, body: z.ZodType<Body>, run: (ground: Ground, write: Write, body: Body, pair: Pair) => Promise<Result<null, { kind: string }>>): SensitiveAct {
  return { right, run: (ground, write, text, pair) => run(ground, write, body.parse(JSON.parse(text)), pair) };
}
