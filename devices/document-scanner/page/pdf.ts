/** Pages → one PDF, each page as large as its sheet. Same pages, same bytes. */
import PDFDocument from 'pdfkit';
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { ListedPage, PageList } from './pages.ts';
import { decodePicture, jpegOf, turned } from './raster.ts';

/** Of an inch. */
const POINTS = 72;

/** @param settings.title shown by viewers; holds no personal data @param settings.madeAt given, never the clock */
export async function pdfOf(list: PageList, settings: { title: string; madeAt: Date }): Promise<Result<Uint8Array, { kind: 'garbled'; detail: string }>> {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    // No default font: there is no text.
    font: null as unknown as string,
    pdfVersion: '1.7',
    displayTitle: true,
    info: { Title: settings.title, Producer: 'Jinban', Creator: 'Jinban', CreationDate: settings.madeAt },
  });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on('error', reject);
  });
  for (const listed of list) {
    const picture = await asListed(listed);
    if (!picture.ok) return picture;
    const { bytes, width, height } = picture.value;
    const size: [number, number] = [(width / listed.page.dpi) * POINTS, (height / listed.page.dpi) * POINTS];
    pdf.addPage({ size, margin: 0 }).image(Buffer.from(bytes), 0, 0, { width: size[0], height: size[1] });
  }
  pdf.end();
  return ok(await done);
}

/** The picture as it is to be seen; untouched unless it is to be turned. */
export async function asListed({ page, turns, straighten }: ListedPage): Promise<Result<{ bytes: Uint8Array; width: number; height: number }, { kind: 'garbled'; detail: string }>> {
  if (turns === 0 && straighten === 0) return ok(page);
  const decoded = await decodePicture(page.bytes);
  if (!decoded.ok) return decoded;
  const canvas = turned(decoded.value, turns, -straighten);
  const bytes = await jpegOf(canvas);
  return bytes === null ? err({ kind: 'garbled', detail: 'page too large' }) : ok({ bytes, width: canvas.width, height: canvas.height });
}
