import { JPEG_QUALITIES, MOST_PAGE_BYTES } from '../../../domain/material/kept-page.ts';
import { greyOf, judgePicture, type PictureQuality, QUALITY_SIDE } from '../../../domain/material/quality.ts';
import { type Crop, WHOLE } from './crop.ts';
import { stamped } from './stamp.ts';

/** A page ready to be kept. */
export type Page = { image: Uint8Array<ArrayBuffer>; thumbnail: Uint8Array<ArrayBuffer>; width: number; height: number };

/** 200 dpi on the long side of A4: enough for a clerk and for archiving, and every camera's extra pixels are only noise. */
const LONG_SIDE = 2339;
/** A thumbnail travels before any page: eight seconds at 64 kbit/s. */
const MOST_THUMBNAIL_BYTES = 60 * 1024;
/**
 * Looked at side by side: on a full A4 page 9 pt print (25 px at 200 dpi) is still read at this size and the first of the qualities, and
 * the file is 58 KB. At 640 px it is not, and 1000 px fit only at a quality whose blocks eat thin strokes and the paper's colour.
 */
const THUMBNAIL_SIDE = 800;
const THUMBNAIL_QUALITIES = [0.5, 0.4, 0.3, 0.2];

/** Freezes what the camera shows now, at its own size. */
export function freeze(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas;
}

/** @param turns quarter turns clockwise */
export function turned(source: HTMLCanvasElement, turns: number): HTMLCanvasElement {
  if (turns % 4 === 0) return source;
  const canvas = document.createElement('canvas');
  const upright = turns % 2 === 0;
  canvas.width = upright ? source.width : source.height;
  canvas.height = upright ? source.height : source.width;
  const pen = canvas.getContext('2d');
  pen?.translate(canvas.width / 2, canvas.height / 2);
  pen?.rotate((turns * Math.PI) / 2);
  pen?.drawImage(source, -source.width / 2, -source.height / 2);
  return canvas;
}

function cut(source: HTMLCanvasElement, crop: Crop, longSide: number): HTMLCanvasElement {
  const width = (crop.right - crop.left) * source.width;
  const height = (crop.bottom - crop.top) * source.height;
  const scale = Math.min(1, longSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d');
  if (pen !== null) pen.imageSmoothingQuality = 'high';
  pen?.drawImage(source, crop.left * source.width, crop.top * source.height, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** What a clerk will be able to read of the cut-out. */
export function judge(source: HTMLCanvasElement, crop: Crop): PictureQuality {
  const small = cut(source, crop, QUALITY_SIDE);
  const pixels = small.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, small.width, small.height);
  return pixels === undefined ? 'blank' : judgePicture(greyOf(pixels.data, small.width, small.height));
}

/**
 * The cut-out as a JPEG, whole and as a thumbnail; null when it cannot be made small enough.
 * @param stamp what the copy is made for; burnt into both, so that no copy without it is ever kept
 */
export async function pageOf(source: HTMLCanvasElement, crop: Crop, stamp: string): Promise<Page | null> {
  const canvas = stamped(cut(source, crop, LONG_SIDE), stamp);
  const image = await jpegOf(canvas, JPEG_QUALITIES, MOST_PAGE_BYTES);
  const thumbnail = await jpegOf(cut(canvas, WHOLE, THUMBNAIL_SIDE), THUMBNAIL_QUALITIES, MOST_THUMBNAIL_BYTES);
  return image === null || thumbnail === null ? null : { image, thumbnail, width: canvas.width, height: canvas.height };
}

/** A JPEG that came from a scanner, with a thumbnail of it; null when it cannot be made small enough, or is no picture. */
export async function pageOfJpeg(bytes: Uint8Array, stamp: string): Promise<Page | null> {
  const canvas = await canvasOfJpeg(bytes);
  return canvas === null ? null : pageOf(canvas, WHOLE, stamp);
}

/** The pixels of a JPEG; null when it is none. */
export async function canvasOfJpeg(bytes: Uint8Array): Promise<HTMLCanvasElement | null> {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })).catch(() => null);
  if (bitmap === null) return null;
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}

/** The first quality that is small enough, or null. */
async function jpegOf(canvas: HTMLCanvasElement, qualities: readonly number[], most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob !== null && blob.size <= most) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}
