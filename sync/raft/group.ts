import { z } from 'zod';
import type { ActionDigest } from '../../domain/action/types.ts';
import { type Hash, MachineId } from '../../domain/ids.ts';

const key = z.base64().length(44);

/** A large hall: its hubs, and every terminal in it. */
export const MOST_MEMBERS = 40;

/** A machine of the site. @property address where it hears the others, without a path @property publicKey Ed25519 @property sealKey X25519, 32 bytes each, base64 @property votes a majority is counted of those that do */
export const Member = z.strictObject({ machine: MachineId, address: z.url({ protocol: /^http$/ }), publicKey: key, sealKey: key, votes: z.boolean().default(true) });
export type Member = z.infer<typeof Member>;

/**
 * Which list, and who agrees on it. A list keeps what it began with; the next may have other members. @property rules text that its members must have alike: by what the list is read
 */
export const Group = z.strictObject({ list: z.string().regex(/^[0-9a-z-]{1,40}$/), members: z.array(Member).min(1).max(MOST_MEMBERS).refine((members) => members.some(({ votes }) => votes), 'somebody votes'), rules: z.string() });
export type Group = z.infer<typeof Group>;

/** What a group is known by: machines that differ about who takes part, or by which rules, do not hear each other. Addresses may change. */
export function groupHash({ list, members, rules }: Group, { sha256 }: ActionDigest): Hash {
  return sha256(['jinban-site-group-2', list, sha256(rules), ...members.map(({ machine, publicKey, sealKey, votes }) => `${machine} ${publicKey} ${sealKey} ${votes ? 'votes' : 'follows'}`).toSorted()].join('\n'));
}
