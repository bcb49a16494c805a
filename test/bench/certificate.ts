/**
 * P11: a certificate as PDF, fonts warm. Ours is `renderDocument`: measured lines, seal, QR code, and the check that every glyph was
 * drawn. The limit is the same words on one pdfkit page, one after another in one open font, and nothing else; the peer is the same
 * page as one would write it from pdfkit's manual, which opens the font's file each time.
 */
import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import PDFDocument from 'pdfkit';
import { bundledFont } from '../../printers/document/font-files.ts';
import { sampleElderCard, sampleReceipt } from '../../printers/document/fixtures.ts';
import { renderDocument } from '../../printers/document/render.ts';
import { report, rounds, row } from './rig/measure.ts';

/** Pages of one run, whose mean is its figure. */
const PAGES = 20;

type Run = { milliseconds: number; kilobytes: number };

export async function main(args: string[]): Promise<number> {
  const ours = (document: Parameters<typeof renderDocument>[0]) => () =>
    run(async () => {
      const rendered = await renderDocument(document);
      if (!rendered.ok) throw new Error(`no glyph for ${rendered.error.codePoints.join(', ')}`);
      return rendered.value;
    });
  const file = bundledFont('serif');
  const open = fontkit.create(readFileSync(file));
  const plain = (value: unknown, font: unknown) => {
    const words = wordsOf(value);
    return () => run(() => plainPage(words, font));
  };
  const runs = await rounds({
    certificate: ours(sampleElderCard),
    plainCertificate: plain(sampleElderCard.certificate, open),
    manualCertificate: plain(sampleElderCard.certificate, file),
    receipt: ours(sampleReceipt),
    plainReceipt: plain(sampleReceipt, open),
    manualReceipt: plain(sampleReceipt, file),
  });
  const peer = 'pdfkit from a font file';
  const time = (of: Run[]) => of.map(({ milliseconds }) => milliseconds);
  const size = (of: Run[]) => of.map(({ kilobytes }) => kilobytes);
  return report('certificate', [
    row('certificate, warm', 'ms', { ours: time(runs.certificate), limit: time(runs.plainCertificate), peers: { [peer]: time(runs.manualCertificate) } }),
    row('certificate, unsigned', 'KB', { ours: size(runs.certificate), limit: size(runs.plainCertificate), peers: { [peer]: size(runs.manualCertificate) } }),
    row('hand-in receipt, warm', 'ms', { ours: time(runs.receipt), limit: time(runs.plainReceipt), peers: { [peer]: time(runs.manualReceipt) } }),
    row('hand-in receipt', 'KB', { ours: size(runs.receipt), limit: size(runs.plainReceipt), peers: { [peer]: size(runs.manualReceipt) } }),
  ], args);
}

async function run(make: () => Promise<Uint8Array>): Promise<Run> {
  const begun = performance.now();
  let bytes = 0;
  for (let page = 0; page < PAGES; page += 1) bytes += (await make()).length;
  return { milliseconds: (performance.now() - begun) / PAGES, kilobytes: bytes / PAGES / 1024 };
}

/** Every text in a document, in its order. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

/** @param font path of a file, or an open font of fontkit: pdfkit takes both, its types know only the first */
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
