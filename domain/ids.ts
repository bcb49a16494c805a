import { z } from 'zod';

/** Crockford base 32, the alphabet of ULID: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of milliseconds since 1970 and 80 random bits, 26 characters, sorted by time. Source: github.com/ulid/spec. */
export const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

export const ActionId = Ulid.brand('ActionId');
export type ActionId = z.infer<typeof ActionId>;

/** A case is known by the ULID its first machine gave it; the case number that people read is another thing. */
export const CaseId = Ulid.brand('CaseId');
export type CaseId = z.infer<typeof CaseId>;

export const PrintId = Ulid.brand('PrintId');
export type PrintId = z.infer<typeof PrintId>;

/** Terminal `T330624-0001` or hall `H330624`: the division code, then the serial that the county gave the machine. */
export const MachineId = z.string().regex(/^(T\d{6}-\d{4}|H\d{6})$/).brand('MachineId');
export type MachineId = z.infer<typeof MachineId>;

/** Largest number of a row that is counted from 1: what PostgreSQL's `integer` holds. */
export const LARGEST_SERIAL = 2 ** 31 - 1;
/** Such a number in an address. */
export const Serial = z.coerce.number().int().min(1).max(LARGEST_SERIAL);

/** Lower-case hex of a SHA-256. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/).brand('Hash');
export type Hash = z.infer<typeof Hash>;

/** The previous hash of a chain's first action. */
export const NO_HASH = '0'.repeat(64) as Hash;

/**
 * @param milliseconds since 1970, at most 2^48 - 1
 * @param random 10 random bytes
 */
export function ulid(milliseconds: number, random: Uint8Array): string {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0 || milliseconds >= 2 ** 48) throw new RangeError('time out of range for a ULID');
  if (random.length !== 10) throw new RangeError('a ULID takes 10 random bytes');
  let time = '';
  for (let rest = milliseconds, index = 0; index < 10; index += 1) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  let bits = 0;
  let held = 0;
  for (const byte of random) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += ALPHABET.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return time + tail;
}

/** The milliseconds since 1970 that a ULID was made at. */
export function ulidTime(id: string): number {
  let time = 0;
  for (const letter of id.slice(0, 10)) time = time * 32 + ALPHABET.indexOf(letter);
  return time;
}
