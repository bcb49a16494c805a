import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { queueFigures } from './figures.ts';

/** Queues of the county's sites at the console. */
export function queueRoad({ known }: ConsoleDoors, ground: Ground) {
  return { queueFigures: known.queueFigures.handler(({ input }) => queueFigures(ground, input)) };
}
