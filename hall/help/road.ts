import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { answerCall, waitingCalls } from './calls.ts';

/** Calls for help at the console. */
export function helpRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    helpCalls: known.helpCalls.handler(({ context }) => waitingCalls(ground, context.staff)),
    answerHelp: known.answerHelp.handler(({ input, context }) => answerCall(ground, context.staff, input.call, input.answer)),
  };
}
