/** Drawing commands → PDF bytes, by pdfkit with embedded font subsets. Same commands, same bytes. */
import type { PdfSettings } from '../../wire/pdf.ts';
import { openPdf } from '../../wire/pdf.ts';
import type { FontChain } from './fonts.ts';
import type { Command, Sheet } from './layout/commands.ts';
import { fixed } from './layout/commands.ts';

/** Share of the type size from which readers of the text layer put a space between two characters. */
const SPACED = 0.08;

/** Ends when the last byte is there. */
export function draw(sheets: readonly Sheet[], fonts: FontChain, settings: PdfSettings): Promise<Uint8Array> {
  const file = openPdf(settings, 'zh-CN');
  const { pdf } = file;
  const pen = { pdf, fonts, embedded: new Map<string, Map<number, number>>(), tiles: new Map<string, PDFKit.PDFKitReference>() };
  for (const sheet of sheets) {
    pdf.addPage({ size: [sheet.width, sheet.height], margin: 0 });
    for (const command of sheet.commands) drawCommand(pen, command);
  }
  return file.bytes();
}

type Pen = {
  pdf: PDFKit.PDFDocument;
  fonts: FontChain;
  /** By embedded font name: which code point each glyph stands for in its text layer. */
  embedded: Map<string, Map<number, number>>;
  tiles: Map<string, PDFKit.PDFKitReference>;
};

function drawCommand(pen: Pen, command: Command): void {
  const { pdf } = pen;
  switch (command.kind) {
    case 'text':
      drawText(pen, command);
      return;
    case 'path':
      pdf.save();
      pdf.path(command.path);
      if (command.line !== undefined) pdf.lineWidth(command.line);
      if (command.dash !== undefined) pdf.dash(command.dash[0], { space: command.dash[1] });
      if (command.fill !== undefined && command.stroke !== undefined) pdf.fillAndStroke(command.fill, command.stroke);
      else if (command.fill !== undefined) pdf.fill(command.fill);
      else if (command.stroke !== undefined) pdf.stroke(command.stroke);
      pdf.restore();
      return;
    case 'tiles':
      drawTiles(pen, command);
      return;
    case 'bars':
      pdf.save();
      pdf.fillColor(command.colour).translate(command.x, command.y).scale(command.unit);
      for (const [column, row, length] of command.bars) pdf.addContent(`${column} ${row} ${length} 1 re`);
      pdf.addContent('f').restore();
      return;
    case 'image':
      pdf.image(Buffer.from(command.bytes), command.x, command.y, { width: command.width, height: command.height });
      return;
  }
}

function drawText(pen: Pen, command: Extract<Command, { kind: 'text' }>): void {
  const { pdf, fonts } = pen;
  pdf.save();
  if (command.angle !== 0) pdf.rotate(command.angle, { origin: [command.x, command.y] });
  pdf.fillColor(command.colour).fontSize(command.size);
  // Readers take widely spaced characters for words of one character: the text is said beside them (ISO 32000-1 §14.9.4).
  const spaced = command.spacing > SPACED * command.size;
  if (spaced) pdf.markContent('Span', { actual: command.text });
  let left = command.x;
  for (const piece of nameable(pen, command.font, command.text)) {
    pdf.font(piece.name);
    const width = [...piece.text].reduce((sum, character) => sum + (fonts.font(command.font).glyph(character.codePointAt(0) as number)?.advance ?? 0), 0) * command.size;
    // Width and word count are given so that pdfkit does not measure the text a second time.
    const known = { textWidth: width, wordCount: 1 };
    pdf.text(piece.text, left, command.y, { lineBreak: false, baseline: 'alphabetic', characterSpacing: command.spacing, ...known });
    left += width + command.spacing * [...piece.text].length;
  }
  if (spaced) pdf.endMarkedContent();
  pdf.restore();
}

/**
 * Pieces of a run with the embedded font that draws each. One glyph can stand for two characters (hyphen and non-breaking
 * hyphen), but an embedded font's text layer knows one: the second character goes into a second embedding of the same font.
 */
function nameable(pen: Pen, key: string, text: string): { name: string; text: string }[] {
  const font = pen.fonts.font(key);
  const pieces: { name: string; text: string }[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number;
    const glyph = font.glyph(codePoint);
    if (glyph === null) throw new Error('a character was drawn that no check had passed');
    for (let copy = 0; ; copy += 1) {
      const name = `${key}#${copy}`;
      let stands = pen.embedded.get(name);
      if (stands === undefined) {
        stands = new Map();
        pen.embedded.set(name, stands);
        // fontkit fonts are what pdfkit takes besides files; its types do not say so.
        pen.pdf.registerFont(name, font.source(`Jinban-${pen.embedded.size}`) as unknown as string);
      }
      const other = stands.get(glyph.id);
      if (other !== undefined && other !== codePoint) continue;
      stands.set(glyph.id, codePoint);
      const last = pieces.at(-1);
      if (last?.name === name) last.text += character;
      else pieces.push({ name, text: character });
      break;
    }
  }
  return pieces;
}

/** A form XObject (ISO 32000-1 §8.10) holds the tile once; each place costs a line. */
function drawTiles(pen: Pen, command: Extract<Command, { kind: 'tiles' }>): void {
  const { pdf } = pen;
  const key = JSON.stringify([command.path, command.stroke, command.line]);
  let form = pen.tiles.get(key);
  if (form === undefined) {
    form = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: [command.bounds[0] - 1, command.bounds[1] - 1, command.bounds[2] + 1, command.bounds[3] + 1], Resources: {} });
    form.end(Buffer.from(`${fixed(command.line)} w\n${strokeColour(command.stroke)} RG\n${operators(command.path)}S`));
    pen.tiles.set(key, form);
  }
  const name = `T${[...pen.tiles.keys()].indexOf(key)}`;
  const page = pdf.page as unknown as { xobjects: Record<string, PDFKit.PDFKitReference> };
  page.xobjects[name] = form;
  for (const place of command.at) {
    pdf.save();
    pdf.translate(place.x, place.y);
    if (place.angle !== 0) pdf.rotate(place.angle);
    pdf.addContent(`/${name} Do`);
    pdf.restore();
  }
}

function strokeColour(colour: string): string {
  return [1, 3, 5].map((at) => fixed(Number.parseInt(colour.slice(at, at + 2), 16) / 255)).join(' ');
}

/** The M, C and z of a tile's path as PDF operators. */
function operators(path: string): string {
  return path.replaceAll(/([MCz])([^MCz]*)/g, (_, letter: string, numbers: string) => {
    if (letter === 'z') return 'h\n';
    return `${numbers.trim()} ${letter === 'M' ? 'm' : 'c'}\n`;
  });
}
