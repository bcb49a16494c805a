/** Facts → PDF. Fails closed: when one character has no glyph, nothing is drawn and the code points are named. */
import type { PaperDocument } from '../../domain/documents/types.ts';
import { err, never, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { composeCertificate } from './certificate.ts';
import { draw } from './draw.ts';
import type { DrawSettings } from './draw.ts';
import { openFontChain } from './fonts.ts';
import type { FontChain, MissingGlyph } from './fonts.ts';
import type { Sheet } from './layout/commands.ts';
import { Typesetter } from './layout/typesetter.ts';
import { composeReceipt } from './receipt.ts';
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
  switch (document.kind) {
    case 'hand-in-receipt':
      return composeReceipt(document, set);
    case 'certificate':
      return composeCertificate(document, set, settings.seal?.(document.certificate.issuer) ?? null);
    default:
      return never(document);
  }
}

function describe(document: PaperDocument): DrawSettings {
  switch (document.kind) {
    case 'hand-in-receipt':
      return { title: '收件材料接收凭证', madeAt: new Date(document.at) };
    case 'certificate':
      return { title: document.certificate.title, madeAt: new Date(`${document.certificate.issuedOn}T00:00:00.000Z`) };
    default:
      return never(document);
  }
}
