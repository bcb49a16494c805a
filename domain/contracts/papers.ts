/** The legal papers of a case, and its way into the archive. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ActionId, CaseId, Hash } from '../ids.ts';
import { Instant } from '../time.ts';
import { ActFailure } from './cases.ts';
import { kind, resultOf } from './result-schema.ts';

/** `number` and `madeAt` null: it may be made and was not yet. */
export const PaperLine = z.strictObject({ action: ActionId, kind: z.string(), number: z.string().nullable(), madeAt: Instant.nullable() });
export type PaperLine = z.infer<typeof PaperLine>;

/** `no-archive-key`: nobody has set whom packages are sealed for. `not-printable`: a paper that was made cannot be drawn any more. */
export const ArchiveFailure = z.discriminatedUnion('kind', [...ActFailure.options, kind('no-archive-key'), kind('not-printable')]);

export const papersContract = {
  /** In the order of the case's actions. A paper itself is read at `GET /console/api/papers/{case}/{action}.pdf?kind=&look=`. */
  papers: oc.route({ method: 'GET', path: '/papers/{id}' }).input(z.object({ id: CaseId })).output(resultOf(z.array(PaperLine), z.discriminatedUnion('kind', [kind('unknown-case')]))),
  /** 归档: makes the package of a closed case and writes its hash into the case. */
  archive: oc.route({ method: 'POST', path: '/cases/{id}/archive' }).input(z.strictObject({ id: CaseId })).output(resultOf(z.strictObject({ package: Hash }), ArchiveFailure)),
};

/** Where the browser reads a paper. `kind` left out: the one that the action is for; `latest` for the newest action that has one. */
export function paperAddress(id: string, action: string, look: { kind?: string; large?: boolean } = {}): string {
  const asked = [...(look.kind === undefined ? [] : [`kind=${look.kind}`]), ...(look.large === true ? ['look=large'] : [])];
  return `/console/api/papers/${id}/${action}.pdf${asked.length === 0 ? '' : `?${asked.join('&')}`}`;
}
