import { err, ok } from '../../domain/result.ts';
import { archiveCase } from '../archive/make.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { listPapers } from './documents.ts';

/** The papers of a case and its way into the archive. */
export function papersRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    papers: known.papers.handler(async ({ input, context }) => {
      const lines = await listPapers(ground, input.id, context.staff.scope);
      return lines === null ? err({ kind: 'unknown-case' as const }) : ok(lines);
    }),
    // Nobody is shown anything: the case's own log says who archived it.
    archive: known.archive.handler(({ input, context }) => archiveCase(ground, context.staff, input.id)),
  };
}
