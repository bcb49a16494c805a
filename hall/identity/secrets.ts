import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes in base64url: a challenge, a bearer token, a session. Guessing one is out of reach, so storing its hash is enough. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored instead of a secret. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** No 0/O, 1/I/L: people read the code from paper and type it. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A one-time code for county IT, `K7QF-2M9X-TRWC`: 12 letters of 31, about 59 bits, good for a week and one machine. */
export function enrolmentCode(): string {
  return spokenCode(3);
}

/** Stands in once for a lost second factor: 16 letters, about 79 bits, so that its hash tells nothing of it. */
export function recoveryCode(): string {
  return spokenCode(4);
}

/** A password that somebody is given and must replace: 16 letters. */
export function oneTimePassword(): string {
  return spokenCode(4);
}

/** @param groups of four letters */
function spokenCode(groups: number): string {
  // 248 is the largest multiple of 31 a byte reaches; larger bytes would favour the first letters.
  const letters = [...randomBytes(64)].filter((byte) => byte < 248).slice(0, groups * 4).map((byte) => LETTERS.charAt(byte % 31)).join('');
  if (letters.length < groups * 4) return spokenCode(groups);
  return Array.from({ length: groups }, (_, at) => letters.slice(at * 4, at * 4 + 4)).join('-');
}

/** The code as people type it: small letters, spaces, no dashes. */
export function hashSpokenCode(code: string): string {
  return hashSecret(code.toUpperCase().replace(/[^0-9A-Z]/g, ''));
}
