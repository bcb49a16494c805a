/** What a picture says of itself before anybody decodes it: a few bytes can promise more pixels than there is memory. Pure. */

export type PictureHeader = { type: 'image/jpeg' | 'image/png'; width: number; height: number };

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const PNG_END = [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
const JPEG_END = [0xff, 0xd9];
/** Scanners pad the end of a page to a whole block. */
const PADDING = 4096;

/** Null for what is neither JPEG nor PNG, and for a picture without its end. */
export function headerOf(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (holdsAt(bytes, PNG_START, 0)) {
    if (bytes.length < 24 || !hasEnd(bytes, PNG_END)) return null;
    return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  }
  return holdsAt(bytes, [0xff, 0xd8, 0xff], 0) && hasEnd(bytes, JPEG_END) ? jpegHeader(view) : null;
}

/** Walks the segments up to the frame header (ITU-T T.81, B.1 and B.2.2). */
function jpegHeader(view: DataView): PictureHeader | null {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // SOF0 … SOF15 but for DHT, JPG and DAC, which share their numbers.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function hasEnd(bytes: Uint8Array, end: readonly number[]): boolean {
  for (let at = bytes.length - end.length; at >= Math.max(0, bytes.length - PADDING); at -= 1) if (holdsAt(bytes, end, at)) return true;
  return false;
}

function holdsAt(bytes: Uint8Array, wanted: readonly number[], at: number): boolean {
  return wanted.every((value, index) => bytes[at + index] === value);
}
