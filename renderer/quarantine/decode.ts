import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
// The package has no types for the half that parses; all that is done with it is to hand it to the other half.
// @ts-expect-error
import * as worker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import type { Undecodable } from '../../domain/contracts/quarantine.ts';
import { JPEG_QUALITIES, MOST_PAGE_BYTES } from '../../domain/material/kept-page.ts';
import { MOST_PDF_PAGES } from '../../domain/material/picture-header.ts';
import { err, ok, type Result } from '../../domain/result.ts';

// The whole process is the sandbox, so the parser runs in it and needs no worker of its own.
Object.assign(globalThis, { pdfjsWorker: worker });

/** 200 dpi on the long side of A4. */
const LONG_SIDE = 2339;

/** Every page of a file as a JPEG made here. Nothing of the file itself comes out: no script, link, form, annotation, place or time. */
export async function decode({ type, bytes }: { type: 'jpeg' | 'png' | 'pdf'; bytes: Uint8Array<ArrayBuffer> }): Promise<Result<Uint8Array<ArrayBuffer>[], Undecodable>> {
  return type === 'pdf' ? decodePdf(bytes) : decodePicture(bytes, type);
}

async function decodePicture(bytes: Uint8Array<ArrayBuffer>, type: 'jpeg' | 'png'): Promise<Result<Uint8Array<ArrayBuffer>[], Undecodable>> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: `image/${type}` })).catch(() => null);
  if (bitmap === null) return err({ kind: 'broken' });
  const { canvas, pen } = sheet(bitmap.width, bitmap.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return pagesOf([await jpegOf(canvas)]);
}

async function decodePdf(data: Uint8Array<ArrayBuffer>): Promise<Result<Uint8Array<ArrayBuffer>[], Undecodable>> {
  const task = pdfjs.getDocument({ data, enableXfa: false, stopAtErrors: false, disableAutoFetch: true, disableStream: true, useSystemFonts: true, useWasm: false, useWorkerFetch: false, maxImageSize: LONG_SIDE * LONG_SIDE * 8, verbosity: 0 });
  try {
    const document = await task.promise;
    if (document.numPages > MOST_PDF_PAGES) return err({ kind: 'too-many-pages' });
    const pages: (Uint8Array<ArrayBuffer> | null)[] = [];
    for (let number = 1; number <= document.numPages; number += 1) pages.push(await drawPage(await document.getPage(number)));
    return pagesOf(pages);
  } catch (cause) {
    return err({ kind: cause instanceof Error && cause.name === 'PasswordException' ? 'locked' : 'broken' });
  } finally {
    await task.destroy();
  }
}

async function drawPage(page: pdfjs.PDFPageProxy): Promise<Uint8Array<ArrayBuffer> | null> {
  const own = page.getViewport({ scale: 1 });
  const scale = LONG_SIDE / Math.max(own.width, own.height);
  const { canvas } = sheet(own.width * scale, own.height * scale);
  // Forms and annotations may run scripts and lead elsewhere; seals of signatures stand among them, so they are drawn, as pictures.
  await page.render({ canvas, viewport: page.getViewport({ scale }), background: '#ffffff' }).promise;
  page.cleanup();
  return jpegOf(canvas);
}

/** White paper of at most the long side, in the proportions of what will stand on it. */
function sheet(width: number, height: number): { canvas: HTMLCanvasElement; pen: CanvasRenderingContext2D } {
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, pen };
}

async function jpegOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITIES[0]));
  return blob === null || blob.size > MOST_PAGE_BYTES ? null : new Uint8Array(await blob.arrayBuffer());
}

function pagesOf(pages: readonly (Uint8Array<ArrayBuffer> | null)[]): Result<Uint8Array<ArrayBuffer>[], Undecodable> {
  const whole = pages.filter((page) => page !== null);
  return whole.length < pages.length ? err({ kind: 'too-large' }) : ok(whole);
}
