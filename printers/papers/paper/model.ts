/** What stands on a paper, in order, before anything is measured: the level between its facts and the drawing commands. */
import type { PaperLook } from '../../../domain/documents/legal.ts';

/** A text of ours. English is drawn in the bilingual look only, beneath the Chinese. */
export type Words = { zh: string; en: string };

export type Field = { label: Words; value: string };

export type Paper = {
  title: Words;
  look: PaperLook;
  head:
    | { kind: 'receipt'; hall: string; /** Says what the receipt is not. */ warning: Words }
    | { kind: 'legal'; department: string; hall: string; paperNumber: string };
  /** The one thing that counts, large, beside the QR. */
  card: { label: Words; value: string; note: Field; provisional: Words | null; code: string };
  body: Block[];
  /** The last block: what it means in plain words. */
  plain: PlainRow[];
  /** Says on further pages which paper they belong to. */
  number: string;
  token: string;
  actionHash: string;
};

export type Block =
  | { kind: 'heading'; words: Words }
  /** A sentence of law or of a clerk. Line breaks are kept. */
  | { kind: 'paragraph'; text: string }
  | { kind: 'fields'; fields: Field[] }
  | { kind: 'numbered'; items: { head: string; text: string }[] }
  | { kind: 'materials'; heading: Words; materials: { name: string; pages: number }[] }
  /** A pale box with a bar at its side. */
  | { kind: 'notice'; heading: Words; paragraphs: string[] }
  /** A line that the reader fills in by hand. */
  | { kind: 'by-hand'; words: Words }
  /** Contacts on the left; the body, the date and the place of its seal on the right. */
  | { kind: 'signing'; contacts: Field[]; department: string; date: string };

/** One row of 简明说明. */
export type PlainRow = { label: Words; words: Words };

export const NORMAL: PaperLook = { text: 'normal', languages: 'zh' };
