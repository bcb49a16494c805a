/** XML as eSCL uses it, read from a sender that is not trusted. */
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';

/** An element's children by name, without prefixes: vendors choose their own. An element without children is its text. */
export type Element = { readonly [name: string]: readonly (Element | string)[] };

/** The longest document read, in bytes: a scanner with every option says all it can in about 40 KB. */
export const LARGEST_XML = 256 * 1024;
/** The deepest that eSCL nests is nine. */
const DEEPEST = 32;

/** What eSCL never needs, and what expands, includes or loads: document types, with their entities, and all that stands in `<! … >` but comments and text. */
const DECLARATION = /<!(?!--|\[CDATA\[)/;

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  isArray: () => true,
  maxNestedTags: DEEPEST,
});

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, indentBy: '  ', suppressEmptyNode: true });

/** @param root the name that the outermost element must have */
export function parseXml(bytes: Uint8Array, root: string): Result<Element, { kind: 'garbled'; detail: string }> {
  if (bytes.length > LARGEST_XML) return err({ kind: 'garbled', detail: 'xml too large' });
  const text = new TextDecoder().decode(bytes);
  if (DECLARATION.test(text)) return err({ kind: 'garbled', detail: 'xml with a document type' });
  let document: unknown;
  try {
    // The parser by itself takes much that is no XML; both throw on some of it.
    if (XMLValidator.validate(text) !== true) return err({ kind: 'garbled', detail: 'no xml' });
    document = parser.parse(text);
  } catch {
    return err({ kind: 'garbled', detail: 'no xml' });
  }
  const element = isElement(document) ? child(document, root) : null;
  return element === null ? err({ kind: 'garbled', detail: `no ${root}` }) : ok(element);
}

/** A document whose names carry their prefixes; `@name` is an attribute. */
export function buildXml(document: object): Uint8Array {
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`);
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null;
}

function named(element: Element, name: string): readonly (Element | string)[] {
  return Object.hasOwn(element, name) ? (element[name] ?? []) : [];
}

export function children(element: Element, name: string): Element[] {
  return named(element, name).filter((found) => isElement(found));
}

/** The first child of this name that has children itself. */
export function child(element: Element, name: string): Element | null {
  return children(element, name)[0] ?? null;
}

export function texts(element: Element, name: string): string[] {
  return named(element, name).filter((found) => typeof found === 'string');
}

export function text(element: Element, name: string): string | null {
  return texts(element, name)[0] ?? null;
}

/** A whole number that is not negative; null when it is none. */
export function whole(element: Element, name: string): number | null {
  const written = text(element, name);
  return written !== null && /^\d{1,9}$/.test(written) ? Number(written) : null;
}

/** The element at the end of a path, and all that stands beside it under the same names. */
export function allAt(element: Element, ...path: readonly string[]): Element[] {
  return path.reduce<Element[]>((found, name) => found.flatMap((one) => children(one, name)), [element]);
}
