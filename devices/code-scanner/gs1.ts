import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';

/**
 * GS1 element strings ⇄ application identifiers and their values. Source: GS1 General Specifications, section 3 (the identifiers) and figure 7.8.5-2
 * (those of predefined length, which need no separator behind them). Only the shape is checked here: what a value means is its user's.
 */
export type Element = { identifier: string; value: string };

/** `at`: the place in the text where it stopped to be an element string. */
export type Gs1Fault = { kind: 'unknown-identifier'; at: number } | { kind: 'cut-off'; at: number } | { kind: 'too-long'; at: number };

/** FNC1 between two elements, as scanners send it: the ASCII group separator. */
export const SEPARATOR = '\u001d';

/** Digits of the identifier and characters of its value by the identifier's first two digits. `fixed`: nothing needs to follow. */
type Shape = { digits: 2 | 3 | 4; longest: number; fixed: boolean };
const fixed = (digits: Shape['digits'], longest: number): Shape => ({ digits, longest, fixed: true });
const upTo = (digits: Shape['digits'], longest: number): Shape => ({ digits, longest, fixed: false });

const SHAPES: Readonly<Record<string, Shape>> = {
  '00': fixed(2, 18), '01': fixed(2, 14), '02': fixed(2, 14), '03': fixed(2, 14), '04': fixed(2, 16),
  '10': upTo(2, 20),
  '11': fixed(2, 6), '12': fixed(2, 6), '13': fixed(2, 6), '14': fixed(2, 6), '15': fixed(2, 6), '16': fixed(2, 6), '17': fixed(2, 6), '18': fixed(2, 6), '19': fixed(2, 6),
  '20': fixed(2, 2), '21': upTo(2, 20), '22': upTo(2, 20), '23': upTo(3, 28), '24': upTo(3, 30), '25': upTo(3, 30),
  '30': upTo(2, 8), '31': fixed(4, 6), '32': fixed(4, 6), '33': fixed(4, 6), '34': fixed(4, 6), '35': fixed(4, 6), '36': fixed(4, 6), '37': upTo(2, 8), '39': upTo(4, 18),
  '40': upTo(3, 30), '41': fixed(3, 13), '42': upTo(3, 30), '43': upTo(4, 70),
  '70': upTo(4, 30), '71': upTo(3, 20), '72': upTo(4, 30), '80': upTo(4, 90), '81': upTo(4, 70), '82': upTo(4, 70),
  '90': upTo(2, 30), '91': upTo(2, 90), '92': upTo(2, 90), '93': upTo(2, 90), '94': upTo(2, 90), '95': upTo(2, 90), '96': upTo(2, 90), '97': upTo(2, 90), '98': upTo(2, 90), '99': upTo(2, 90),
};

/** @param text a GS1 code's text, without its symbology identifier */
export function decodeGs1(text: string): Result<Element[], Gs1Fault> {
  const elements: Element[] = [];
  // A scanner may send the FNC1 that says "this is GS1" as a separator in front.
  for (let at = text.startsWith(SEPARATOR) ? 1 : 0; at < text.length; ) {
    const shape = SHAPES[text.slice(at, at + 2)];
    const identifier = text.slice(at, at + (shape?.digits ?? 0));
    if (shape === undefined || !/^\d+$/.test(identifier) || identifier.length !== shape.digits) return err({ kind: 'unknown-identifier', at });
    const start = at + shape.digits;
    const separator = text.indexOf(SEPARATOR, start);
    const end = shape.fixed ? start + shape.longest : separator === -1 ? text.length : separator;
    const value = text.slice(start, end);
    if (value.length < (shape.fixed ? shape.longest : 1) || value.includes(SEPARATOR)) return err({ kind: 'cut-off', at: start });
    if (value.length > shape.longest) return err({ kind: 'too-long', at: start });
    elements.push({ identifier, value });
    at = text[end] === SEPARATOR ? end + 1 : end;
  }
  return elements.length === 0 ? err({ kind: 'cut-off', at: 0 }) : ok(elements);
}

/** The inverse: a separator behind each value of no predefined length but the last. @throws RangeError for what has no such form */
export function encodeGs1(elements: readonly Element[]): string {
  return elements.map(({ identifier, value }, index) => {
    const shape = SHAPES[identifier.slice(0, 2)];
    const fits = shape !== undefined && identifier.length === shape.digits && !value.includes(SEPARATOR) && (shape.fixed ? value.length === shape.longest : value.length >= 1 && value.length <= shape.longest);
    if (!fits) throw new RangeError(`(${identifier}) takes no such value`);
    return identifier + value + (shape.fixed || index === elements.length - 1 ? '' : SEPARATOR);
  }).join('');
}
