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

/** Every word of a paper. */
export const said = (document: PaperDocument) => squeeze(sheetsOf(document).flatMap(textsOf).map(({ text }) => text).join(''));

/** Texts that leave the sheet's margins, and pairs that lie over each other. */
export function faults(sheets: readonly Sheet[]): string[] {
  return sheets.flatMap((sheet) => {
    const boxes = textsOf(sheet).map(({ x, y, width, spacing, size, text }) => ({ text, left: x, right: x + width + spacing * ([...text].length - 1), top: y - size * 0.72, bottom: y + size * 0.1 }));
    const outside = boxes.filter(({ left, right, top, bottom }) => left < 50 || right > sheet.width - 50 || top < 20 || bottom > sheet.height - 20);
    const over = boxes.flatMap((one, index) =>
      boxes.slice(index + 1).filter((other) => one.left < other.right - 0.5 && other.left < one.right - 0.5 && one.top < other.bottom && other.top < one.bottom).map((other) => `${one.text} over ${other.text}`),
    );
    return [...outside.map(({ text }) => `${text} outside`), ...over];
  });
}
