import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What a guess costs (RFC 7914): N is 2 to the power of `ln`; it takes 128 · N · r bytes, `p` times over. */
export type HashCost = { ln: number; r: number; p: number };
/** OWASP's figures for sign-in with 32 MB: some 200 ms a try on the machine this was chosen on. */
const COST: HashCost = { ln: 15, r: 8, p: 3 };
/** Of hashes that do not say it: `scrypt$<salt>$<key>`, as they were made before the cost stood in them. */
const UNSAID: HashCost = { ln: 15, r: 8, p: 1 };
const SALT = 16;
const KEY = 32;
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;

/** @returns `$scrypt$ln=…,r=…,p=…$<salt>$<key>`, the PHC string format, base64 without padding */
export async function hashPassword(password: string, cost: HashCost = COST): Promise<string> {
  const salt = randomBytes(SALT);
  return stored(cost, salt, await derive(password, salt, cost));
}

export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const { cost, salt, key } = partsOf(hash);
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost);
  const expected = Buffer.from(key, 'base64');
  return expected.length === KEY && timingSafeEqual(derived, expected);
}

/** What an unknown account is checked against, so that it takes as long to refuse as a wrong password. */
export const NOBODY = stored(COST, Buffer.alloc(SALT), Buffer.alloc(KEY));

function stored({ ln, r, p }: HashCost, salt: Buffer, key: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$scrypt$ln=${ln},r=${r},p=${p}$${text(salt)}$${text(key)}`;
}

function partsOf(hash: string): { cost: HashCost; salt: string; key: string } {
  const found = STORED.exec(hash);
  if (found !== null) {
    const [, ln, r, p, salt = '', key = ''] = found;
    return { cost: { ln: Number(ln), r: Number(r), p: Number(p) }, salt, key };
  }
  const [, salt = '', key = ''] = hash.split('$');
  return { cost: UNSAID, salt, key };
}

function derive(password: string, salt: Buffer, { ln, r, p }: HashCost): Promise<Buffer> {
  const N = 2 ** ln;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY, { N, r, p, maxmem: 256 * N * r }, (cause, key) => (cause === null ? resolve(key) : reject(cause)));
  });
}
