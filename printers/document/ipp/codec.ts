/**
 * IPP messages ⇄ bytes. Source: RFC 8010 "Internet Printing Protocol/1.1: Encoding and Transport" §3 (message layout §3.1,
 * attributes §3.1.3–3.1.5, collections §3.1.6–3.1.7, values §3.9). All integers are big-endian and signed.
 * Not implemented: the extension tag 0x7F and its four-byte tags (§3.5.2), which no printer sends; such a value decodes to
 * `unrecognised` and keeps its bytes, like every tag that is not in the tables.
 */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { GROUP, OUT_OF_BAND_TAGS, TAG, TEXT_TAGS } from './values.ts';

export type TextSyntax = keyof typeof TEXT_TAGS;
export type OutOfBand = keyof typeof OUT_OF_BAND_TAGS;

export type Value =
  | { syntax: 'integer' | 'enum'; value: number }
  | { syntax: 'boolean'; value: boolean }
  | { syntax: TextSyntax; value: string }
  | { syntax: 'textWithLanguage' | 'nameWithLanguage'; language: string; value: string }
  /** 11 octets of RFC 2579's DateAndTime, kept as they are: nothing here decides by a printer's clock. */
  | { syntax: 'octetString' | 'dateTime'; value: Uint8Array }
  /** `units` 3 = dots per inch, 4 = dots per centimetre. */
  | { syntax: 'resolution'; cross: number; feed: number; units: number }
  | { syntax: 'rangeOfInteger'; lower: number; upper: number }
  | { syntax: 'collection'; members: Attribute[] }
  | { syntax: OutOfBand }
  | { syntax: 'unrecognised'; tag: number; value: Uint8Array };

/** An attribute with its values in order; they may differ in syntax (1setOf keyword | name). */
export type Attribute = { name: string; values: Value[] };
export type Group = { tag: number; attributes: Attribute[] };

export type Message = {
  /** Major and minor, as [2, 0]. */
  version: [number, number];
  /** operation-id of a request, status-code of a response. */
  code: number;
  requestId: number;
  groups: Group[];
  /** What follows the end-of-attributes tag: the document of Print-Job. */
  data: Uint8Array;
};

/** The bytes are not an IPP message. `at` is the offset where that showed. */
export type Garbled = { kind: 'garbled'; at: number };

export function encode(message: Message): Uint8Array {
  const parts: Buffer[] = [];
  const head = Buffer.alloc(8);
  head.writeUInt8(message.version[0], 0);
  head.writeUInt8(message.version[1], 1);
  head.writeUInt16BE(message.code, 2);
  head.writeInt32BE(message.requestId, 4);
  parts.push(head);
  for (const group of message.groups) {
    parts.push(Buffer.of(group.tag));
    for (const attribute of group.attributes) encodeAttribute(parts, attribute);
  }
  parts.push(Buffer.of(GROUP.end), Buffer.from(message.data));
  return new Uint8Array(Buffer.concat(parts));
}

function encodeAttribute(parts: Buffer[], attribute: Attribute): void {
  if (attribute.values.length === 0) throw new RangeError('an IPP attribute has at least one value');
  attribute.values.forEach((value, index) => encodeValue(parts, index === 0 ? attribute.name : '', value));
}

function encodeValue(parts: Buffer[], name: string, value: Value): void {
  if (value.syntax !== 'collection') {
    const { tag, bytes } = flatValue(value);
    pushField(parts, tag, name, bytes);
    return;
  }
  pushField(parts, TAG.begCollection, name, Buffer.alloc(0));
  for (const member of value.members) {
    if (member.values.length === 0) throw new RangeError('an IPP member attribute has at least one value');
    pushField(parts, TAG.memberAttrName, '', Buffer.from(member.name, 'utf8'));
    for (const held of member.values) encodeValue(parts, '', held);
  }
  pushField(parts, TAG.endCollection, '', Buffer.alloc(0));
}

function pushField(parts: Buffer[], tag: number, name: string, value: Buffer): void {
  const nameBytes = Buffer.from(name, 'utf8');
  if (nameBytes.length > 0x7fff || value.length > 0x7fff) throw new RangeError('an IPP name or value has at most 32767 octets');
  const head = Buffer.alloc(3);
  head.writeUInt8(tag, 0);
  head.writeUInt16BE(nameBytes.length, 1);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length, 0);
  parts.push(head, nameBytes, length, value);
}

function flatValue(value: Exclude<Value, { syntax: 'collection' }>): { tag: number; bytes: Buffer } {
  switch (value.syntax) {
    case 'integer':
    case 'enum':
      return { tag: TAG[value.syntax], bytes: integers(value.value) };
    case 'boolean':
      return { tag: TAG.boolean, bytes: Buffer.of(value.value ? 1 : 0) };
    case 'rangeOfInteger':
      return { tag: TAG.rangeOfInteger, bytes: integers(value.lower, value.upper) };
    case 'resolution':
      return { tag: TAG.resolution, bytes: Buffer.concat([integers(value.cross, value.feed), Buffer.of(value.units)]) };
    case 'octetString':
    case 'dateTime':
      return { tag: TAG[value.syntax], bytes: Buffer.from(value.value) };
    case 'textWithLanguage':
    case 'nameWithLanguage':
      return { tag: TAG[value.syntax], bytes: Buffer.concat([counted(value.language), counted(value.value)]) };
    case 'unrecognised':
      return { tag: value.tag, bytes: Buffer.from(value.value) };
    default:
      return isOutOfBand(value) ? { tag: OUT_OF_BAND_TAGS[value.syntax], bytes: Buffer.alloc(0) } : { tag: TEXT_TAGS[value.syntax], bytes: Buffer.from(value.value, 'utf8') };
  }
}

function isOutOfBand(value: { syntax: TextSyntax | OutOfBand }): value is { syntax: OutOfBand } {
  return value.syntax in OUT_OF_BAND_TAGS;
}

function integers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeInt32BE(value, index * 4));
  return bytes;
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length, 0);
  return Buffer.concat([length, bytes]);
}

type Field = { at: number; tag: number; name: string; value: Buffer };

/** Reads a whole message; everything after the end-of-attributes tag is `data`. Never throws. */
export function decode(bytes: Uint8Array): Result<Message, Garbled> {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    return ok(readMessage(reader));
  } catch (cause) {
    if (cause instanceof Cut) return err({ kind: 'garbled', at: cause.at });
    throw cause;
  }
}

/** Collections in collections. Printers nest three deep (`media-col-database`); a hostile one would have us run out of stack. */
const DEEPEST = 16;

function readMessage(reader: Reader): Message {
  const version: [number, number] = [reader.byte(), reader.byte()];
  const code = reader.short();
  const requestId = reader.take(4).readInt32BE(0);
  const groups: Group[] = [];
  for (;;) {
    const tag = reader.byte();
    if (tag === GROUP.end) return { version, code, requestId, groups, data: new Uint8Array(reader.rest()) };
    // 0x00 is reserved; from 0x10 on tags introduce values, which stand inside a group only.
    if (tag === 0 || tag >= 0x10) throw new Cut(reader.at - 1);
    groups.push({ tag, attributes: readAttributes(reader) });
  }
}

function readAttributes(reader: Reader): Attribute[] {
  const attributes: Attribute[] = [];
  while (reader.peek() >= 0x10) {
    const field = reader.field();
    const value = readValue(reader, field);
    if (field.name !== '') {
      attributes.push({ name: field.name, values: [value] });
      continue;
    }
    const last = attributes.at(-1);
    if (last === undefined) throw new Cut(field.at);
    last.values.push(value);
  }
  return attributes;
}

function readValue(reader: Reader, field: Field, depth = 0): Value {
  if (field.tag === TAG.begCollection) {
    if (depth >= DEEPEST) throw new Cut(field.at);
    return { syntax: 'collection', members: readMembers(reader, depth + 1) };
  }
  if (field.tag === TAG.endCollection || field.tag === TAG.memberAttrName) throw new Cut(field.at);
  return readFlat(field);
}

function readMembers(reader: Reader, depth: number): Attribute[] {
  const members: Attribute[] = [];
  for (;;) {
    const field = reader.field();
    if (field.name !== '') throw new Cut(field.at);
    if (field.tag === TAG.endCollection) {
      if (members.some((member) => member.values.length === 0)) throw new Cut(field.at);
      return members;
    }
    if (field.tag === TAG.memberAttrName) {
      if (members.at(-1)?.values.length === 0) throw new Cut(field.at);
      members.push({ name: field.value.toString('utf8'), values: [] });
      continue;
    }
    const last = members.at(-1);
    if (last === undefined) throw new Cut(field.at);
    last.values.push(readValue(reader, field, depth));
  }
}

const TEXT_BY_TAG = new Map(Object.entries(TEXT_TAGS).map(([syntax, tag]) => [tag as number, syntax as TextSyntax]));
const OUT_OF_BAND_BY_TAG = new Map(Object.entries(OUT_OF_BAND_TAGS).map(([syntax, tag]) => [tag as number, syntax as OutOfBand]));

function readFlat({ at, tag, value }: Field): Value {
  const need = (length: number) => {
    if (value.length !== length) throw new Cut(at);
  };
  switch (tag) {
    case TAG.integer:
    case TAG.enum:
      need(4);
      return { syntax: tag === TAG.integer ? 'integer' : 'enum', value: value.readInt32BE(0) };
    case TAG.boolean:
      need(1);
      return { syntax: 'boolean', value: value.readUInt8(0) !== 0 };
    case TAG.rangeOfInteger:
      need(8);
      return { syntax: 'rangeOfInteger', lower: value.readInt32BE(0), upper: value.readInt32BE(4) };
    case TAG.resolution:
      need(9);
      return { syntax: 'resolution', cross: value.readInt32BE(0), feed: value.readInt32BE(4), units: value.readUInt8(8) };
    case TAG.octetString:
    case TAG.dateTime:
      return { syntax: tag === TAG.octetString ? 'octetString' : 'dateTime', value: new Uint8Array(value) };
    case TAG.textWithLanguage:
    case TAG.nameWithLanguage: {
      const inner = new Reader(value);
      const language = inner.take(inner.short()).toString('utf8');
      const text = inner.take(inner.short()).toString('utf8');
      if (inner.rest().length > 0) throw new Cut(at);
      return { syntax: tag === TAG.textWithLanguage ? 'textWithLanguage' : 'nameWithLanguage', language, value: text };
    }
    default: {
      const text = TEXT_BY_TAG.get(tag);
      if (text !== undefined) return { syntax: text, value: value.toString('utf8') };
      const outOfBand = OUT_OF_BAND_BY_TAG.get(tag);
      // A printer may put octets after an out-of-band tag; RFC 8010 §3.8 lets a receiver ignore them.
      if (outOfBand !== undefined) return { syntax: outOfBand };
      return { syntax: 'unrecognised', tag, value: new Uint8Array(value) };
    }
  }
}

/** Thrown inside this file only: the bytes end or contradict themselves at `at`. */
class Cut extends Error {
  readonly at: number;
  constructor(at: number) {
    super(`not an IPP message at offset ${at}`);
    this.at = at;
  }
}

class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    if (this.at + length > this.#bytes.length) throw new Cut(this.at);
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  byte(): number {
    return this.take(1).readUInt8(0);
  }

  short(): number {
    return this.take(2).readUInt16BE(0);
  }

  /** The next byte, or end-of-attributes' tag when there is none, so that `byte` then reports the cut. */
  peek(): number {
    return this.#bytes[this.at] ?? GROUP.end;
  }

  field(): Field {
    const at = this.at;
    const tag = this.byte();
    // A delimiter where a value belongs: the collection was never closed.
    if (tag < 0x10) throw new Cut(at);
    const name = this.take(this.short()).toString('utf8');
    return { at, tag, name, value: this.take(this.short()) };
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.at);
  }
}
