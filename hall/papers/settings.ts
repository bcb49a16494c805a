import { z } from 'zod';
import { type LegalKind, LITIGATION_DAYS, LITIGATION_MONTHS, RECONSIDERATION_DAYS } from '../../domain/documents/legal.ts';
import type { HallFacts } from '../../domain/documents/from-case.ts';

/** What stands on the county's papers and no case knows: the section `papers` of the hall's configuration. Without authority and court no paper with remedies is made. */
export const PaperSettings = z.strictObject({
  /** 机关代字 before 文书编号, such as 新政服; empty: the division code. */
  mark: z.string().max(20).default(''),
  /** 行政复议机关: under 行政复议法 (2023) Art. 24 the county's government for the county's bodies. */
  reconsideration: z.string().max(100).default(''),
  /** The court for 行政诉讼. */
  court: z.string().max(100).default(''),
  /** Codes of items where reconsideration must come first (行政复议法 Art. 23). */
  reconsiderFirst: z.array(z.string().max(50)).default([]),
  /** For questions and complaints; empty: the item's own. */
  phone: z.string().max(60).default(''),
  complaintPhone: z.string().max(60).default(''),
});
export type PaperSettings = z.infer<typeof PaperSettings>;

/** What the hall says of itself on its papers. */
export function hallFacts(name: string, { reconsideration, court, reconsiderFirst, phone, complaintPhone }: PaperSettings): HallFacts {
  const known = reconsideration !== '' && court !== '';
  return {
    name, phone: phone === '' ? null : phone, complaintPhone: complaintPhone === '' ? null : complaintPhone,
    remedies: known ? ({ code }) => {
      const first = reconsiderFirst.includes(code);
      return { reconsideration: { authority: reconsideration, days: RECONSIDERATION_DAYS, first }, litigation: first ? { court, within: LITIGATION_DAYS, unit: 'days' } : { court, within: LITIGATION_MONTHS, unit: 'months' } };
    } : null,
  };
}

/** What tells the kinds apart within a number. */
const LETTERS: Readonly<Record<LegalKind, string>> = {
  'acceptance-notice': '受', 'correction-notice': '补', 'refusal-notice': '不受', 'approval-decision': '准', 'denial-decision': '不准', 'withdrawal-confirmation': '撤',
  'special-procedure-notice': '特', 'resumption-notice': '复', 'extension-notice': '延', 'return-notice': '退', 'lapse-notice': '终', 'materials-receipt': '收',
  'lacking-commitment': '容', 'joint-acceptance': '联', 'hand-over-receipt': '交', 'delivery-receipt': '送',
};

/** 文书编号, such as 新政服受〔2026〕12号: each kind counts by itself, from 1 each year. */
export function paperNumber(mark: string, kind: LegalKind, year: string, serial: number): string {
  return `${mark}${LETTERS[kind]}〔${year}〕${serial}号`;
}
