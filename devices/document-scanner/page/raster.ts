/** Pictures as pixels: decoding, turning, encoding, by the library that draws tickets. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Canvas, Image } from '@napi-rs/canvas';
import { JPEG_QUALITIES, MOST_PAGE_BYTES } from '../../../domain/material/kept-page.ts';
import { type GreyPicture, greyOf, QUALITY_SIDE } from '../../../domain/material/quality.ts';
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { headerOf } from './header.ts';
import type { PictureHeader } from './header.ts';

/** The most dots decoded: A3 at 300 dpi has 17 million, each takes four bytes. */
const MOST_DOTS = 40_000_000;
/** Nothing smaller is a page, in dots a side: a stamp at 150 dpi. */
const LEAST_SIDE = 64;

type Garbled = { kind: 'garbled'; detail: string };

export type Picture = PictureHeader & { image: Image };

export async function decodePicture(bytes: Uint8Array): Promise<Result<Picture, Garbled>> {
  const header = headerOf(bytes);
  if (header === null) return err({ kind: 'garbled', detail: 'no whole picture' });
  if (Math.min(header.width, header.height) < LEAST_SIDE || header.width * header.height > MOST_DOTS) return err({ kind: 'garbled', detail: 'size of the picture' });
  let image: Image;
  try {
    image = await loadImage(bytes);
  } catch {
    // The library throws for damaged pictures, and says no more than that it cannot.
    return err({ kind: 'garbled', detail: 'damaged picture' });
  }
  return image.width === header.width && image.height === header.height ? ok({ ...header, image }) : err({ kind: 'garbled', detail: 'size of the picture' });
}

/** Scaled down to where pages are judged. */
export function greyPicture({ image, width, height }: Picture): GreyPicture {
  const scale = Math.min(1, QUALITY_SIDE / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const pen = canvas.getContext('2d');
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return greyOf(pen.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
}

/**
 * The picture on white, turned about its middle; its corners are cut off, not its sides moved.
 * @param turns quarter turns clockwise
 * @param degrees clockwise, besides
 */
export function turned({ image, width, height }: Picture, turns: number, degrees: number): Canvas {
  const lying = turns % 2 !== 0;
  const canvas = createCanvas(lying ? height : width, lying ? width : height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = 'high';
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turns * Math.PI) / 2 + (degrees * Math.PI) / 180);
  pen.drawImage(image, -width / 2, -height / 2);
  return canvas;
}

/** A JPEG that is small enough to be kept; null when none is. */
export async function jpegOf(canvas: Canvas): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const quality of JPEG_QUALITIES) {
    const bytes = await canvas.encode('jpeg', quality * 100);
    if (bytes.length <= MOST_PAGE_BYTES) return new Uint8Array(bytes);
  }
  return null;
}
