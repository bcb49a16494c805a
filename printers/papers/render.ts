/** Facts → PDF. Fails closed: when one character has no glyph, nothing is drawn and the code points are named. */
import type { PaperDocument } from '../../domain/documents/types.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { PdfSettings } from '../../wire/pdf.ts';
import { composeCertificate } from './certificate.ts';
import { draw } from './draw.ts';
import { openFontChain } from './fonts.ts';
import type { FontChain, MissingGlyph } from './fonts.ts';
import type { Sheet } from './layout/commands.ts';
import { Typesetter } from './layout/typesetter.ts';
import { composeGuide } from './guide.ts';
import { legalPaper } from './legal.ts';
import { composePaper } from './paper/compose.ts';
import type { Paper } from './paper/model.ts';
import { receiptPaper } from './receipt.ts';
import { composeTestPage } from './test-page.ts';
import { checkDrawnGlyphs } from './verify.ts';

export type RenderSettings = {
  /** Left out: the bundled fonts and what the system adds, opened once a process. */
  fonts?: FontChain;
  /** The real seal of an issuer as PNG with a clear ground; null or left out: the demonstration seal, marked 样章. */
  seal?: (issuer: string) => Uint8Array | null;
};

let shared: FontChain | undefined;

/** The chain that this process shares: fonts are opened once. */
export function sharedFonts(): FontChain {
  shared ??= openFontChain();
  return shared;
}

/**
 * A4 pages with embedded font subsets. The same document gives the same bytes.
 * @returns the PDF, or the characters that no font has
 */
export async function renderDocument(document: PaperDocument, settings: RenderSettings = {}): Promise<Result<Uint8Array, MissingGlyph>> {
  const fonts = settings.fonts ?? sharedFonts();
  const composed = compose(document, { ...settings, fonts });
  if (!composed.ok) return composed;
  const pdf = await draw(composed.value, fonts, describe(document));
  checkDrawnGlyphs(pdf, composed.value);
  return ok(pdf);
}

/** The drawing commands of every page. */
export function compose(document: PaperDocument, settings: RenderSettings & { fonts: FontChain }): Result<Sheet[], MissingGlyph> {
  const set = new Typesetter(settings.fonts);
  const sheets = sheetsOf(document, set, settings);
  const missing = set.missing();
  return missing === null ? ok(sheets) : err(missing);
}

function sheetsOf(document: PaperDocument, set: Typesetter, settings: RenderSettings): Sheet[] {
  if (document.kind === 'certificate') return composeCertificate(document, set, settings.seal?.(document.certificate.issuer) ?? null);
  if (document.kind === 'test-page') return composeTestPage(document, set);
  if (document.kind === 'guide') return composeGuide(document, set);
  return composePaper(contentsOf(document), set);
}

/** What stands on a paper of the hall about a case. */
export function contentsOf(document: Exclude<PaperDocument, { kind: 'certificate' | 'test-page' | 'guide' }>): Paper {
  return document.kind === 'hand-in-receipt' ? receiptPaper(document) : legalPaper(document);
}

function describe(document: PaperDocument): PdfSettings {
  const midnight = (date: string) => new Date(`${date}T00:00:00.000Z`);
  if (document.kind === 'certificate') return { title: document.certificate.title, madeAt: midnight(document.certificate.issuedOn) };
  if (document.kind === 'test-page') return { title: '维护测试页', madeAt: new Date(document.at) };
  if (document.kind === 'guide') return { title: `办事指南：${document.item.name}`, madeAt: new Date(document.at) };
  return { title: contentsOf(document).title.zh, madeAt: document.kind === 'hand-in-receipt' ? new Date(document.at) : midnight(document.date) };
}
