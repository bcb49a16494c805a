import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Time-based one-time passwords: RFC 6238 with HMAC-SHA-1, 30 seconds, six digits, which every authenticator app knows. */
const STEP = 30_000;
const DIGITS = 6;
/** RFC 6238, 5.2: one step either way for clocks and for who types slowly. */
const WINDOW = 1;
/** RFC 4226, 4 R6: a shared secret of 160 bits. */
const SECRET = 20;

export function generateTotpSecret(): Uint8Array {
  return new Uint8Array(randomBytes(SECRET));
}

/** The number of the step that an instant lies in. @param now milliseconds since 1970 */
export function totpStep(now: number): number {
  return Math.floor(now / STEP);
}

/** The code of a step (RFC 4226, 5.3). */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/**
 * The step that a code is of, at this instant or one step beside it; null when it is of none.
 * @param after a step whose code was taken already: neither it nor an earlier one is taken again
 */
export function matchingStep(secret: Uint8Array, code: string, now: number, after: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const current = totpStep(now);
  let found: number | null = null;
  for (let step = current - WINDOW; step <= current + WINDOW; step += 1) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code)) && step > (after ?? -1)) found ??= step;
  }
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base 32 without padding, as authenticator apps take a secret. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let [bits, held] = [0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32.charAt((held << (5 - bits)) & 31);
}
