/** Who works here, kept by this tab alone: a reload goes on, a closed browser has forgotten it. */
import { z } from 'zod';
import { SiteStaff } from '../../domain/contracts/site-config.ts';
import { WindowNumber } from '../../domain/queue/types.ts';

/** @property at where it works: a window, or the manager's page, or not chosen yet */
const Session = z.strictObject({
  token: z.string(), account: z.string(), name: z.string(), role: SiteStaff.shape.role,
  at: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('choosing') }), z.strictObject({ kind: z.literal('window'), window: WindowNumber }), z.strictObject({ kind: z.literal('manager') })]),
});
export type Session = z.infer<typeof Session>;

const PLACE = 'jinban-counter';

export function keptSession(store: Storage): Session | null {
  try {
    const kept = Session.safeParse(JSON.parse(store.getItem(PLACE) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

export function keepSession(store: Storage, session: Session | null): void {
  if (session === null) store.removeItem(PLACE);
  else store.setItem(PLACE, JSON.stringify(session));
}
