import { createHash, randomBytes, scrypt } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fromBase45, toBase45 } from '../domain/base45.ts';
import { MOST_SIGNS } from '../domain/item/kept.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { seal, unseal } from './seal.ts';

/**
 * A text that somebody carries away on paper and opens again with their card and six digits, at a machine that may never have seen it and has no line: deflate, then
 * AES-256-GCM under a key from the card's number and the digits.
 *
 * `JBK1:` ‖ Base45(16 bytes salt ‖ sealed) ‖ `.`, since Base45 may end with a space, which scanners and people cut off. Nothing outside the seal says whose it is, or what for.
 */
const PREFIX = 'JBK1:';
const END = '.';
const CONTEXT = 'kept/1';
const SALT = 16;
/**
 * scrypt (RFC 7914) with 128 MB, the most that OWASP's table asks for: about half a second on a terminal of this class, which one person waits once. Whoever holds slip and
 * card number tries a million codes offline: at half a second each six days of one processor, more than that in memory for each that tries beside it. The digits alone
 * are no key; `docs/security.md` says so.
 */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };
/** Far more than any form has; a made-up slip cannot swell beyond it. */
const MOST_PLAIN = 256 * 1024;

/** @returns the text of the QR code, or `too-large` when no code that our printers draw holds it */
export async function sealKept(text: string, card: string, code: string, cost: typeof COST = COST): Promise<Result<string, { kind: 'too-large' }>> {
  const packed = deflateRawSync(Buffer.from(text), { level: 9 });
  // Said before the half second, so that trying with less is quick. 31 bytes: what the seal adds.
  if (PREFIX.length + END.length + Math.ceil(((SALT + packed.length + 31) * 3) / 2) > MOST_SIGNS) return err({ kind: 'too-large' });
  const salt = randomBytes(SALT);
  const sealed = seal(await keyOf(salt, card, code, cost), CONTEXT, packed);
  return ok(PREFIX + toBase45(Buffer.concat([salt, sealed])) + END);
}

/** Whether a scanner read one of these; opened or not. */
export function isKept(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Names a slip and tells nothing of it: 128 bits of a hash of its salt, hex, so that a slip with changed signs is no other one. null: the text is no slip. */
export function slipName(kept: string): string | null {
  const read = bytesOf(kept);
  return read === null ? null : createHash('sha256').update(read.subarray(0, SALT)).digest('hex').slice(0, 32);
}

/** Wrong digits, another card or changed signs: all the same to whoever asks. */
export async function openKept(kept: string, card: string, code: string, cost: typeof COST = COST): Promise<Result<string, { kind: 'cannot-open' }>> {
  const read = bytesOf(kept);
  if (read === null) return err({ kind: 'cannot-open' });
  const opened = unseal(await keyOf(read.subarray(0, SALT), card, code, cost), CONTEXT, read.subarray(SALT));
  if (!opened.ok) return opened;
  try {
    return ok(inflateRawSync(opened.value, { maxOutputLength: MOST_PLAIN }).toString('utf8'));
  } catch {
    return err({ kind: 'cannot-open' });
  }
}

function bytesOf(kept: string): Uint8Array | null {
  const read = isKept(kept) && kept.endsWith(END) ? fromBase45(kept.slice(PREFIX.length, -END.length)) : null;
  return read === null || !read.ok || read.value.length <= SALT ? null : read.value;
}

function keyOf(salt: Uint8Array, card: string, code: string, cost: typeof COST): Promise<Uint8Array> {
  // A card's number holds no space, so the two cannot run into each other.
  return new Promise((resolve, reject) => scrypt(`${card} ${code}`, salt, 32, cost, (cause, key) => (cause === null ? resolve(key) : reject(cause))));
}
