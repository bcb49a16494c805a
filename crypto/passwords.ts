import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** RFC 7914 with OWASP's figures for interactive sign-in: 32 MB and some 80 ms a try on the machine this was chosen on. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const SALT = 16;
const KEY = 32;

/** `scrypt$<salt>$<key>`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT);
  return `scrypt$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`;
}

export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, salt = '', key = ''] = stored.split('$');
  const expected = Buffer.from(key, 'base64');
  const derived = await derive(password, Buffer.from(salt, 'base64'));
  return expected.length === KEY && timingSafeEqual(derived, expected);
}

/** What an unknown account is checked against, so that it takes as long to refuse as a wrong password. */
export const NOBODY = `scrypt$${Buffer.alloc(SALT).toString('base64')}$${Buffer.alloc(KEY).toString('base64')}`;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY, COST, (cause, key) => (cause === null ? resolve(key) : reject(cause)));
  });
}
