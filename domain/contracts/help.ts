/** 呼叫: somebody at a terminal wants a person. It holds nothing about who that is. */
import { z } from 'zod';
import { Ulid } from '../ids.ts';
import { Instant } from '../time.ts';

/** `step` and `item` say where they are stuck. `since` by the machine's own clock. `over`: the visit has ended, or they no longer wait. */
export const HelpCall = z.strictObject({ call: Ulid, step: z.string().max(20), item: z.string().max(64).nullable(), since: Instant, over: z.boolean() });
export type HelpCall = z.infer<typeof HelpCall>;

/** What staff say to it: on the way, or spoken with. */
export const HelpAnswer = z.enum(['coming', 'answered']);
export type HelpAnswer = z.infer<typeof HelpAnswer>;
export const HelpWord = z.strictObject({ call: Ulid, answer: HelpAnswer, at: Instant });
export type HelpWord = z.infer<typeof HelpWord>;
