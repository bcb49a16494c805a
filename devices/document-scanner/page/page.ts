/** A page as it came → a page that is kept: whole, small enough, looked at. */
import type { ScannedPage } from '../../../domain/contracts/document-scanner.ts';
import { findingsOf } from '../../../domain/material/findings.ts';
import { MOST_PAGE_BYTES } from '../../../domain/material/kept-page.ts';
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import type { RawPage } from '../driver.ts';
import { decodePicture, greyPicture, jpegOf, turned } from './raster.ts';

/** A JPEG that is small enough stays as the scanner made it, every bit of it. */
export async function readPage({ bytes, dpi, doubleFeed }: RawPage): Promise<Result<ScannedPage, { kind: 'garbled'; detail: string }>> {
  const decoded = await decodePicture(bytes);
  if (!decoded.ok) return decoded;
  const { type, width, height } = decoded.value;
  const kept = type === 'image/jpeg' && bytes.length <= MOST_PAGE_BYTES ? new Uint8Array(bytes) : await jpegOf(turned(decoded.value, 0, 0));
  if (kept === null) return err({ kind: 'garbled', detail: 'page too large' });
  const findings = findingsOf(greyPicture(decoded.value));
  return ok({ type: 'image/jpeg', bytes: kept, width, height, dpi, findings: doubleFeed ? [...findings, { kind: 'double-feed' }] : findings });
}
