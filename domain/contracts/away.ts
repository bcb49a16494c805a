/** What a hall says with 503 while its database does not answer. Whether a deed was done before is not known: sent again under its own key it is done once. */
import { z } from 'zod';

export const DATABASE_AWAY = { kind: 'database-away' } as const;
export const DatabaseAwayAnswer = z.object({ data: z.object({ kind: z.literal(DATABASE_AWAY.kind) }) });
