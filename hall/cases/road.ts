import { ORPCError } from '@orpc/server';
import type { Stage } from '../../domain/case/types.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';
import { recordRead } from '../audit/reads.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { type ActFailure, actOnCase, claimCase } from './acts.ts';
import { readInbox } from './inbox.ts';
import { openCase } from './open.ts';

/** What staff see of cases and do with them. */
export function casesRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    inbox: known.inbox.handler(async ({ input, context }) => {
      const page = await readInbox(ground, input);
      if (page === null) throw new ORPCError('BAD_REQUEST');
      await recordRead(ground, context.staff, { what: 'inbox', cases: page.rows.map(({ id }) => id), blob: null });
      return page;
    }),
    open: known.open.handler(async ({ input, context }) => {
      const opened = await openCase(ground, input.id);
      if (opened === null) return err({ kind: 'unknown-case' as const });
      await recordRead(ground, context.staff, { what: 'case', cases: [input.id], blob: null });
      return ok(opened);
    }),
    claim: known.claim.handler(async ({ input, context }) => answer(await claimCase(ground, context.staff, input.id))),
    accept: known.accept.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'accept' }))),
    refuse: known.refuse.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'refuse', reason: input.reason }))),
    askCorrection: known.askCorrection.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'ask-correction', asks: input.asks }))),
    finish: known.finish.handler(async ({ input, context }) => answer(await actOnCase(ground, context.staff, input.id, { kind: 'finish', granted: input.granted, words: input.words }))),
  };
}

/** The contract's failures are for people to read; what the console never sends is a bad request. */
function answer(acted: Result<{ stage: Stage }, ActFailure>) {
  if (acted.ok) return acted;
  const { kind } = acted.error;
  switch (kind) {
    case 'unknown-case':
    case 'wrong-stage':
    case 'claimed-by-other':
    case 'materials-missing':
      return err({ kind });
    case 'bad-act':
      throw new ORPCError('BAD_REQUEST');
    default:
      return never(kind);
  }
}
