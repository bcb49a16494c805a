/** How many sides of a sheet a paper may take: IPP's `sides` (RFC 8011 §5.2.8), as far as we ask for it. */
import type { PaperDocument } from '../../domain/documents/types.ts';

export const SIDES = ['one-sided', 'two-sided-long-edge'] as const;
export type Sides = (typeof SIDES)[number];

/** The back of a certificate is the issuer's, and may carry a pattern of its own. Everything else saves paper where it has more than a page. */
export function sidesOf(document: PaperDocument, pages: number): Sides {
  return document.kind === 'certificate' || pages < 2 ? 'one-sided' : 'two-sided-long-edge';
}
