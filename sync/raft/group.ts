import { z } from 'zod';
import type { ActionDigest } from '../../domain/action/types.ts';
import { type Hash, MachineId } from '../../domain/ids.ts';

/** A machine of the site. @property address where it hears the others, without a path @property publicKey Ed25519, 32 bytes, base64 */
export const Member = z.strictObject({ machine: MachineId, address: z.url({ protocol: /^http$/ }), publicKey: z.base64().length(44) });
export type Member = z.infer<typeof Member>;

/** Which list, and who agrees on it. A list keeps the members that it began with; others may agree on the next. */
export const Group = z.strictObject({ list: z.string().regex(/^[0-9a-z-]{1,40}$/), members: z.array(Member).min(1).max(9) });
export type Group = z.infer<typeof Group>;

/** What a group is known by: machines that differ about who takes part do not hear each other. Addresses may change. */
export function groupHash({ list, members }: Group, { sha256 }: ActionDigest): Hash {
  return sha256(['jinban-site-group-1', list, ...members.map(({ machine, publicKey }) => `${machine} ${publicKey}`).toSorted()].join('\n'));
}
