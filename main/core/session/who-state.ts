import { z } from 'zod';
import { WhoError, WhoField } from '../../../domain/contracts/kiosk.ts';
import { ApplicantWay, TypedPerson } from '../../../domain/identity/applicant.ts';
import { CardHolder } from '../../../domain/identity/card-holder.ts';

/** A card that was read, and whether the line was down then: nobody could have said that it was lost. */
export const CardRead = z.strictObject({ holder: CardHolder, offline: z.boolean() });
export type CardRead = z.infer<typeof CardRead>;

/** Who applies, as far as the visit knows. Part of the draft, so that a core that dies finds it again and the end of the visit wipes it. */
export const WhoState = z.strictObject({
  /** What was said when it was asked; null: not asked. */
  way: ApplicantWay.nullable(),
  /** As typed, right or wrong. */
  values: z.partialRecord(WhoField, z.string()),
  errors: z.partialRecord(WhoField, WhoError),
  /** The person who is here, where name and number were typed in place of a card, and found right. */
  typed: TypedPerson.nullable(),
  /** What was typed of whoever is applied for was found right. */
  told: z.boolean(),
  /** Whoever is applied for, by card. */
  principal: CardRead.nullable(),
  together: z.array(CardRead),
  /** The person said that nobody else applies. */
  complete: z.boolean(),
  reading: z.enum(['principal', 'together']).nullable(),
  /** The form was filled in when it turned out that somebody is applied for: it is gone back to, not begun anew. */
  midway: z.boolean(),
});
export type WhoState = z.infer<typeof WhoState>;

export const NOBODY_ELSE: WhoState = { way: null, values: {}, errors: {}, typed: null, told: false, principal: null, together: [], complete: false, reading: null, midway: false };
