/**
 * P11: papers as PDF, fonts warm. Ours is `renderDocument`: measured lines, frame or boxes, QR code, and the check that every glyph
 * was drawn. The limit is the same words on one pdfkit page, one after another in one open font, and nothing else. The peers draw the
 * same words in the same faces, sizes and places, and the same QR squares, but no line or ornament and without a check; pdf-lib and
 * pdfmake open the fonts' files for each document, as they do.
 */
import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import PDFDocument from 'pdfkit';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { bundledFont } from '../../printers/papers/font-files.ts';
import type { Face } from '../../printers/papers/font-files.ts';
import { sampleAcceptance, sampleElderCard, sampleReceipt } from '../../printers/papers/fixtures.ts';
import type { Command, Sheet } from '../../printers/papers/layout/commands.ts';
import { compose, renderDocument, sharedFonts } from '../../printers/papers/render.ts';
import { report, rounds, row } from './rig/measure.ts';
import { peers } from './rig/peers.ts';

/** Papers of one run, whose mean is its figure. */
const PAPERS = 10;

type Run = { milliseconds: number; kilobytes: number };
type Make = () => Promise<Uint8Array>;

/** What is used of pdf-lib 1.17. */
type PdfLib = {
  PDFDocument: {
    create(): Promise<{
      registerFontkit(kit: unknown): void;
      embedFont(bytes: Uint8Array, options: { subset: boolean }): Promise<object>;
      addPage(size: [number, number]): { drawText(text: string, options: object): void; drawRectangle(options: object): void };
      save(): Promise<Uint8Array>;
    }>;
  };
};

/** What is used of pdfmake 0.3. */
type PdfMake = {
  setUrlAccessPolicy(may: () => boolean): void;
  setLocalAccessPolicy(may: () => boolean): void;
  setFonts(fonts: Record<string, { normal: string }>): void;
  createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
};

export async function main(args: string[]): Promise<number> {
  const load = await peers();
  const pdfLib = load('pdf-lib') as PdfLib;
  const kit: unknown = load('@pdf-lib/fontkit');
  const pdfMake = load('pdfmake') as PdfMake;
  // Without a policy it warns with every paper.
  pdfMake.setUrlAccessPolicy(() => false);
  pdfMake.setLocalAccessPolicy(() => true);
  const open = fontkit.create(readFileSync(bundledFont('serif')));
  const papers: [string, PaperDocument, unknown][] = [
    ['certificate', sampleElderCard, sampleElderCard.certificate],
    ['acceptance notice', sampleAcceptance, sampleAcceptance],
    ['hand-in receipt', sampleReceipt, sampleReceipt],
  ];
  const rows = [];
  for (const [name, document, facts] of papers) {
    const sheets = sheetsOf(document);
    const words = wordsOf(facts);
    const runs = await rounds({
      ours: run(async () => {
        const rendered = await renderDocument(document);
        if (!rendered.ok) throw new Error(`no glyph for ${rendered.error.codePoints.join(', ')}`);
        return rendered.value;
      }),
      plain: run(() => plainPage(words, open)),
      pdfLib: run(() => byPdfLib(pdfLib, kit, sheets)),
      pdfMake: run(() => byPdfMake(pdfMake, sheets)),
    });
    const figures = (of: (run: Run) => number) => ({ ours: runs.ours.map(of), limit: runs.plain.map(of), peers: { 'pdf-lib': runs.pdfLib.map(of), pdfmake: runs.pdfMake.map(of) } });
    rows.push(row(`${name}, warm`, 'ms', figures(({ milliseconds }) => milliseconds)), row(`${name}, without a signature`, 'KB', figures(({ kilobytes }) => kilobytes)));
  }
  return report('papers', rows, args);
}

function run(make: Make): () => Promise<Run> {
  return async () => {
    const begun = performance.now();
    let bytes = 0;
    for (let paper = 0; paper < PAPERS; paper += 1) bytes += (await make()).length;
    return { milliseconds: (performance.now() - begun) / PAPERS, kilobytes: bytes / PAPERS / 1024 };
  };
}

function sheetsOf(document: PaperDocument): Sheet[] {
  const sheets = compose(document, { fonts: sharedFonts() });
  if (!sheets.ok) throw new Error(`no glyph for ${sheets.error.codePoints.join(', ')}`);
  return sheets.value;
}

/** Every text in a document, in its order. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

function facesOf(sheets: readonly Sheet[]): Face[] {
  return [...new Set(sheets.flatMap(({ commands }) => commands.flatMap((command) => (command.kind === 'text' ? [command.font as Face] : []))))];
}

/** QR squares as rectangles of points from the top left. */
function squares(command: Extract<Command, { kind: 'bars' }>): { x: number; y: number; width: number; height: number }[] {
  return command.bars.map(([column, line, length]) => ({ x: command.x + column * command.unit, y: command.y + line * command.unit, width: length * command.unit, height: command.unit }));
}

/** @param font an open font of fontkit, which pdfkit takes though its types do not say so */
function plainPage(words: readonly string[], font: unknown): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', font: null as unknown as string });
  pdf.registerFont('font', font as string);
  pdf.font('font');
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  for (const line of words) pdf.text(line);
  pdf.end();
  return done;
}

async function byPdfLib(pdfLib: PdfLib, kit: unknown, sheets: readonly Sheet[]): Promise<Uint8Array> {
  const pdf = await pdfLib.PDFDocument.create();
  pdf.registerFontkit(kit);
  const fonts = new Map<string, object>();
  for (const face of facesOf(sheets)) fonts.set(face, await pdf.embedFont(readFileSync(bundledFont(face)), { subset: true }));
  for (const { width, height, commands } of sheets) {
    const page = pdf.addPage([width, height]);
    for (const command of commands) {
      if (command.kind === 'text') page.drawText(command.text, { x: command.x, y: height - command.y, size: command.size, font: fonts.get(command.font) });
      if (command.kind === 'bars') for (const { x, y, ...size } of squares(command)) page.drawRectangle({ x, y: height - y - size.height, ...size });
    }
  }
  return pdf.save();
}

async function byPdfMake(pdfMake: PdfMake, sheets: readonly Sheet[]): Promise<Uint8Array> {
  pdfMake.setFonts(Object.fromEntries(facesOf(sheets).map((face) => [face, { normal: bundledFont(face) }])));
  const content = sheets.flatMap(({ commands }, index) => [
    ...(index === 0 ? [] : [{ text: '', pageBreak: 'before' }]),
    ...commands.flatMap((command): object[] => {
      // pdfmake places the top of a line, not its baseline.
      if (command.kind === 'text') return [{ text: command.text, font: command.font, fontSize: command.size, absolutePosition: { x: command.x, y: command.y - command.size } }];
      if (command.kind === 'bars') return [{ absolutePosition: { x: 0, y: 0 }, canvas: squares(command).map(({ x, y, width, height }) => ({ type: 'rect', x, y, w: width, h: height, color: 'black' })) }];
      return [];
    }),
  ]);
  return pdfMake.createPdf({ pageSize: 'A4', pageMargins: 0, content, defaultStyle: { font: facesOf(sheets)[0] } }).getBuffer();
}
