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
  // 248 is the largest multiple of 31 a byte reaches; larger bytes would favour the first letters.
  const letters = [...randomBytes(64)].filter((byte) => byte < 248).slice(0, 12).map((byte) => LETTERS.charAt(byte % 31));
  if (letters.length < 12) return enrolmentCode();
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-');
}

/** The code as people type it: small letters, spaces, no dashes. */
export function hashEnrolmentCode(code: string): string {
  return hashSecret(code.toUpperCase().replace(/[^0-9A-Z]/g, ''));
}
