/** Papers drawn for a test, with the bundled fonts alone; a missing glyph throws. */
import type { PaperDocument } from '../../domain/documents/types.ts';
import { openFontChain } from './fonts.ts';
import type { Command, Sheet } from './layout/commands.ts';
import { compose, renderDocument } from './render.ts';
import type { RenderSettings } from './render.ts';

export type Text = Extract<Command, { kind: 'text' }>;

export const fonts = openFontChain({ further: [] });

export async function pdfOf(document: PaperDocument, settings: RenderSettings = {}): Promise<Uint8Array> {
  const pdf = await renderDocument(document, { fonts, ...settings });
  if (!pdf.ok) throw new Error(pdf.error.codePoints.join(' '));
  return pdf.value;
}

export function sheetsOf(document: PaperDocument): Sheet[] {
  const sheets = compose(document, { fonts });
  if (!sheets.ok) throw new Error(sheets.error.codePoints.join(' '));
  return sheets.value;
}

export const textsOf = (sheet: Sheet): Text[] => sheet.commands.filter((command) => command.kind === 'text');

/** Without any white space: lines may break anywhere. */
export const squeeze = (text: string) => text.replaceAll(/\s/g, '');
