import type { Code } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';

/**
 * What a scanner sends for one code: text, with the AIM symbology identifier (ISO/IEC 15424) in front when the scanner is set to send it. Text is UTF-8;
 * codes made by older Chinese software hold GB 18030 and are read so where they are no UTF-8, or none that anybody would mean.
 */

/** `]`, a letter for the symbology, a digit for how it was read. Those that matter here; the others are `other`. */
const SYMBOLOGIES: readonly (readonly [RegExp, Code['symbology']])[] = [
  [/^\]C1/, 'gs1-128'],
  [/^\]C\d/, 'code-128'],
  [/^\]A\d/, 'code-39'],
  [/^\]E\d/, 'ean-upc'],
  [/^\]e\d/, 'gs1-databar'],
  [/^\]d2/, 'gs1-data-matrix'],
  [/^\]d\d/, 'data-matrix'],
  [/^\]Q3/, 'gs1-qr'],
  [/^\]Q\d/, 'qr'],
  [/^\]L\d/, 'pdf417'],
  [/^\][A-Za-z]\d/, 'other'],
];
const IDENTIFIER_LENGTH = 3;

/**
 * - `not-text`: bytes that are neither UTF-8 nor GB 18030, or hold a control character other than the group separator of GS1.
 * - `empty`: an identifier and nothing behind it.
 */
export type CodeFault = { kind: 'not-text' } | { kind: 'empty' };

/** Everything below the space but the group separator, and DEL. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001c\u001e\u001f\u007f]/;

export function decodeCode(bytes: Uint8Array): Result<Code, CodeFault> {
  const front = String.fromCharCode(...bytes.subarray(0, IDENTIFIER_LENGTH));
  const known = SYMBOLOGIES.find(([identifier]) => identifier.test(front));
  const text = textOf(known === undefined ? bytes : bytes.subarray(IDENTIFIER_LENGTH));
  if (text === null || CONTROL.test(text)) return err({ kind: 'not-text' });
  return text === '' ? err({ kind: 'empty' }) : ok({ symbology: known?.[1] ?? 'unknown', text });
}

/** The inverse, in UTF-8. @param identifier `]Q1` or whatever the scanner would put in front; empty for one that sends none */
export function encodeCode(text: string, identifier = ''): Uint8Array {
  return new TextEncoder().encode(identifier + text);
}

function textOf(bytes: Uint8Array): string | null {
  const [utf8, gb18030] = [decoded(bytes, 'utf-8'), decoded(bytes, 'gb18030')];
  return utf8 === null || (gb18030 !== null && isRatherChinese(utf8, gb18030)) ? gb18030 : utf8;
}

/**
 * Some characters of GB 18030 are two bytes that UTF-8 reads as one letter: 执 as a Hebrew point, 全权 as ȫȨ. In a Chinese county the Chinese reading is the
 * right one, but for Latin letters with accents among plain ones, as foreign names have them.
 */
function isRatherChinese(utf8: string, gb18030: string): boolean {
  const foreign = [...utf8].filter((letter) => letter > '\u007f');
  if (foreign.length === 0 || foreign.some((letter) => letter > '\u07ff')) return false;
  if (/[A-Za-z]/.test(utf8) && foreign.every((letter) => letter <= '\u017f')) return false;
  return [...gb18030].every((letter) => letter <= '\u007f' || /\p{Script=Han}/u.test(letter));
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return null;
  }
}
