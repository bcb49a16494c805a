import { err, ok, type Result } from './result.ts';

/** The 45 signs that a QR code holds at 5.5 bits each (ISO/IEC 18004, alphanumeric mode; RFC 9285, 3.2): bytes written so need 3 % more room than raw ones, and every scanner sends them as text. */
const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Bytes as text (RFC 9285): two bytes are three signs, a last single one two. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    const value = isPair ? (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) : bytes[at] ?? 0;
    text += SIGNS.charAt(value % 45) + SIGNS.charAt(Math.floor(value / 45) % 45) + (isPair ? SIGNS.charAt(Math.floor(value / 2025)) : '');
  }
  return text;
}

/** Inverse of `toBase45`; whatever else a scanner may send is `not-base45`. */
export function fromBase45(text: string): Result<Uint8Array, { kind: 'not-base45' }> {
  const signs = Array.from(text, (sign) => SIGNS.indexOf(sign));
  if (text.length % 3 === 1 || signs.includes(-1)) return err({ kind: 'not-base45' });
  const bytes: number[] = [];
  for (let at = 0; at < signs.length; at += 3) {
    const isPair = at + 2 < signs.length;
    const value = (signs[at] ?? 0) + (signs[at + 1] ?? 0) * 45 + (isPair ? (signs[at + 2] ?? 0) * 2025 : 0);
    if (value >= (isPair ? 65_536 : 256)) return err({ kind: 'not-base45' });
    if (isPair) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return ok(Uint8Array.from(bytes));
}
