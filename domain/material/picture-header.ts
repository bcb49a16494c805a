/**
 * What a file says of itself in its first bytes, read without decoding anything: which kind it is, and how many dots its picture would have. A file goes by this and
 * never by its name; a picture that would fill the memory is refused before a decoder sees it.
 */
export type FileHeader = { type: 'jpeg' | 'png'; width: number; height: number } | { type: 'pdf' };

/** A4 at 600 dpi, colour, has 35 million dots; phones take up to 50. What is larger is no photograph of a paper. */
export const MOST_DOTS = 64_000_000;
/** Longest side: more is a strip that no paper has, or a bomb. */
export const MOST_SIDE = 20_000;
/** What one file may weigh, bytes: a scanned contract of twenty pages. */
export const MOST_FILE_BYTES = 30 * 1024 * 1024;
/** Pages taken of one PDF; more is a book, and goes to a window. */
export const MOST_PDF_PAGES = 20;

/** null: none of the three, or cut off within its header. */
export function fileHeader(bytes: Uint8Array): FileHeader | null {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) return { type: 'pdf' };
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return pngHeader(bytes);
  return startsWith(bytes, [0xff, 0xd8, 0xff]) ? jpegHeader(bytes) : null;
}

/** Whether a decoder may be given it. */
export function isSane(header: FileHeader): boolean {
  return header.type === 'pdf' || (header.width > 0 && header.height > 0 && header.width <= MOST_SIDE && header.height <= MOST_SIDE && header.width * header.height <= MOST_DOTS);
}

/** PNG (ISO/IEC 15948, 11.2.2): IHDR comes first, its width and height at bytes 16 and 20. */
function pngHeader(bytes: Uint8Array): FileHeader | null {
  if (bytes.length < 24 || !startsWith(bytes.subarray(12), [0x49, 0x48, 0x44, 0x52])) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** JPEG (ISO/IEC 10918-1, B.1–B.2): segments up to the frame header, which is SOF0 … SOF15 but for DHT, JPG and DAC. */
function jpegHeader(bytes: Uint8Array): FileHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return null;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return { type: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
