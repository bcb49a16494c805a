/** Pages → one PDF, each page as large as its sheet. Same pages, same bytes. */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { PdfSettings } from '../../../wire/pdf.ts';
import { openPdf } from '../../../wire/pdf.ts';
import type { ListedPage, PageList } from './pages.ts';
import { decodePicture, jpegOf, turned } from './raster.ts';

/** Of an inch. */
const POINTS = 72;

export async function pdfOf(list: PageList, settings: PdfSettings): Promise<Result<Uint8Array, { kind: 'garbled'; detail: string }>> {
  const file = openPdf(settings);
  for (const listed of list) {
    const picture = await asListed(listed);
    if (!picture.ok) return picture;
    const { bytes, width, height } = picture.value;
    const size: [number, number] = [(width / listed.page.dpi) * POINTS, (height / listed.page.dpi) * POINTS];
    file.pdf.addPage({ size, margin: 0 }).image(Buffer.from(bytes), 0, 0, { width: size[0], height: size[1] });
  }
  return ok(await file.bytes());
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
