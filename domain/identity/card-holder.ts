import { z } from 'zod';
import { CivilDate } from '../time.ts';

/**
 * What an identity card's chip says about its holder. The chip text is the master of a person's legal name.
 * `number` is valid by its own rule (`domain/numbers`), or the card was refused before this value was made.
 */
const common = {
  /** Chinese name as on the chip, middle dots kept; may be empty on foreigners' cards. */
  name: z.string().max(60),
  sex: z.enum(['male', 'female', 'unknown', 'unstated']),
  birth: CivilDate,
  number: z.string().min(15).max(18),
  validFrom: CivilDate,
  /** null: 长期, never expires. */
  validTo: CivilDate.nullable(),
};

export const CardHolder = z.discriminatedUnion('card', [
  /** 居民身份证 */
  z.strictObject({ card: z.literal('resident'), ...common, ethnicity: z.string().regex(/^\d\d$/), address: z.string(), authority: z.string() }),
  /** 外国人永久居留身份证, 2017 version (type flag I) */
  z.strictObject({ card: z.literal('foreigner-2017'), ...common, englishName: z.string(), nationality: z.string(), authorityCode: z.string() }),
  /** 外国人永久居留身份证, 2023 version (type flag Y) */
  z.strictObject({ card: z.literal('foreigner-2023'), ...common, englishName: z.string(), nationality: z.string(), reissues: z.string(), formerNumberLink: z.string() }),
  /** 港澳台居民居住证 (type flag J) */
  z.strictObject({ card: z.literal('hong-kong-macau-taiwan'), ...common, address: z.string(), authority: z.string(), travelPermit: z.string(), issues: z.string() }),
]);
export type CardHolder = z.infer<typeof CardHolder>;
