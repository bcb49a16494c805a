/** A machine of the county as the others are told of it: where it stands and what works there. Nothing in it is about a citizen. */
import { z } from 'zod';
import { MachineId } from '../ids.ts';
import { Instant } from '../time.ts';
import { OpeningHours } from './opening.ts';

/** Where a machine stands, kept by county IT. Degrees as one and the same map has them; both or neither. */
export const Place = z.strictObject({
  site: z.string().min(1).max(60),
  address: z.string().min(1).max(100),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  hours: OpeningHours,
}).refine(({ latitude, longitude }) => (latitude === null) === (longitude === null), 'latitude and longitude stand together or not at all');
export type Place = z.infer<typeof Place>;

export const Neighbour = z.strictObject({
  machine: MachineId,
  /** null: it is no more. */
  place: Place.nullable(),
  /** Words of `Capability`. A later hall may have some that this program does not know. */
  works: z.array(z.string().max(40)).max(40),
  /** When it last reported, by the hall's clock; null: never. */
  asOf: Instant.nullable(),
});
export type Neighbour = z.infer<typeof Neighbour>;
