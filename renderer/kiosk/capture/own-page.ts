import type { PictureQuality } from '../../../domain/material/quality.ts';
import { WHOLE } from './crop.ts';
import { canvasOfJpeg, judge, type Page, pageOf } from './picture.ts';

/** A picture of the citizen's own, judged as one from the camera is, and stamped. */
export async function ownPage(bytes: Uint8Array, stamp: string): Promise<{ quality: PictureQuality; page: Page | null }> {
  const canvas = await canvasOfJpeg(bytes);
  if (canvas === null) return { quality: 'blank', page: null };
  const quality = judge(canvas, WHOLE);
  return { quality, page: quality === 'ok' ? await pageOf(canvas, WHOLE, stamp) : null };
}
