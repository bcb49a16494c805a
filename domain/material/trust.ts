import { z } from 'zod';
import type { PageReference, TrustLevel } from '../action/payload.ts';

/** How a page came in. `camera`, `scanner`: copied by this machine from the paper that lay on it. `phone`, `stick`: a picture or file of the citizen's own. */
export const PageSource = z.enum(['camera', 'scanner', 'phone', 'stick']);
export type PageSource = z.infer<typeof PageSource>;

type Trust = z.infer<typeof TrustLevel>;

/**
 * What a page may be trusted for, by the levels of 国办函〔2016〕108号. A machine that copied it saw a paper, though nobody has compared it: C. A file of the
 * citizen's own shows no paper to anybody, and only the signed declaration stands behind it: D. A and B are never a terminal's to give. Pages of programs that
 * did not say how they came in were all copied here.
 */
export function pageTrust({ from }: Pick<PageReference, 'from'>): Trust {
  return from === 'phone' || from === 'stick' ? 'D' : 'C';
}

/** A material is trusted as its weakest page. */
export function materialTrust(pages: readonly Pick<PageReference, 'from'>[]): Trust {
  return pages.some((page) => pageTrust(page) === 'D') ? 'D' : 'C';
}
