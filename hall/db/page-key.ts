import { z } from 'zod';
import { isCivilDate } from '../../domain/calendar/civil-date.ts';

/** A day in the key of a page. A key is the hall's own, but anybody may write one: PostgreSQL has no year 0. */
export const KeyDay = z.string().refine(isCivilDate);
/** An instant in the key of a page. */
export const KeyInstant = z.iso.datetime({ precision: 3 }).refine((instant) => isCivilDate(instant.slice(0, 10)));
