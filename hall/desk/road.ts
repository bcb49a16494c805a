import type { ConsoleDoors } from '../http/console-doors.ts';
import type { Ground } from '../ground.ts';
import { dropFilter, listFilters, saveFilter } from './filters.ts';
import { dropSentence, listSentences, saveSentence } from './sentences.ts';

/** What a desk keeps for itself. */
export function deskRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    filters: known.filters.handler(({ context }) => listFilters(ground, context.staff)),
    saveFilter: known.saveFilter.handler(({ input, context }) => saveFilter(ground, context.staff, input)),
    dropFilter: known.dropFilter.handler(({ input, context }) => dropFilter(ground, context.staff, input.key)),
    sentences: known.sentences.handler(({ context }) => listSentences(ground, context.staff)),
    saveSentence: known.saveSentence.handler(({ input, context }) => saveSentence(ground, context.staff, input)),
    dropSentence: known.dropSentence.handler(({ input, context }) => dropSentence(ground, context.staff, input.id)),
  };
}
