import { z } from 'zod';
import { CivilDate } from '../time.ts';
import { CardHolder } from './card-holder.ts';

/** Somebody whose card no machine read: a window saw it, or took the words of a paper form. Sex and birth are what the number says; the assurance is never that of a card. */
export const TypedPerson = z.strictObject({ card: z.literal('typed'), name: z.string().min(1).max(60), sex: z.enum(['male', 'female', 'unknown', 'unstated']), birth: CivilDate, number: z.string().min(15).max(18), address: z.string().max(200) });
export type TypedPerson = z.infer<typeof TypedPerson>;

/** Who applies, as the log keeps it. */
export const Applicant = z.discriminatedUnion('card', [...CardHolder.options, TypedPerson]);
export type Applicant = z.infer<typeof Applicant>;
