import QRCode from 'qrcode';

/**
 * One-bit picture as GS v 0 takes it: rows from the top, in each byte the leftmost dot is the highest bit, 1 is black.
 * `width` is in dots and a multiple of 8; `bits` has `width / 8 × height` bytes.
 */
export type Bitmap = { width: number; height: number; bits: Uint8Array };

/** White paper. A width that is not a multiple of 8 is rounded up. */
export function blank(width: number, height: number): Bitmap {
  const bytes = Math.ceil(width / 8);
  return { width: bytes * 8, height, bits: new Uint8Array(bytes * height) };
}

export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
  return ((bitmap.bits[(y * bitmap.width + x) >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** Makes one dot black; outside of the bitmap it does nothing. */
export function blacken(bitmap: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return;
  const at = (y * bitmap.width + x) >> 3;
  bitmap.bits[at] = (bitmap.bits[at] ?? 0) | (0x80 >> (x & 7));
}

/** Copies the black dots of `from` to (x, y) of `onto`, each as a block of `scale.x` × `scale.y` dots. */
export function stamp(onto: Bitmap, from: Bitmap, x: number, y: number, scale: { x: number; y: number } = { x: 1, y: 1 }): void {
  for (let row = 0; row < from.height * scale.y; row += 1) {
    for (let column = 0; column < from.width * scale.x; column += 1) {
      if (isBlack(from, Math.floor(column / scale.x), Math.floor(row / scale.y))) blacken(onto, x + column, y + row);
    }
  }
}

/** A horizontal rule over the full width. */
export function rule(width: number, thickness: number): Bitmap {
  const bitmap = blank(width, thickness);
  return { ...bitmap, bits: bitmap.bits.fill(0xff) };
}

export type QrCorrection = 'L' | 'M' | 'Q' | 'H';

/** A QR code model 2 with square modules of `module` dots, without a quiet zone: paper is white around it. */
/** The module that a code is drawn with: the wanted one, or what the paper has room for with the quiet zone of four modules a side (ISO/IEC 18004, 6.3.8). */
export function fittingModule(data: string, wanted: number, correction: QrCorrection, dots: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(dots / (QRCode.create(data, { errorCorrectionLevel: correction }).modules.size + 8))));
}

export function qrBitmap(data: string, module: number, correction: QrCorrection): Bitmap {
  const { modules } = QRCode.create(data, { errorCorrectionLevel: correction });
  const bitmap = blank(modules.size * module, modules.size * module);
  for (let y = 0; y < modules.size * module; y += 1) {
    for (let x = 0; x < modules.size * module; x += 1) {
      if (modules.get(Math.floor(y / module), Math.floor(x / module)) !== 0) blacken(bitmap, x, y);
    }
  }
  return bitmap;
}

/**
 * DLE begins a real-time command wherever it stands, inside a picture too (Epson: "Notes of real-time commands").
 * A picture that happens to hold DLE EOT, DLE ENQ or DLE DC4 would make the printer answer, or throw its buffer away.
 */
export function soundsRealTime(bits: Uint8Array): boolean {
  return bits.some((byte, at) => startsRealTime(byte, bits[at + 1]));
}

/** The same picture, with one dot more wherever it would be taken for a real-time command. */
export function withoutRealTime(bitmap: Bitmap): Bitmap {
  if (!soundsRealTime(bitmap.bits)) return bitmap;
  const bits = bitmap.bits.map((byte, at) => (startsRealTime(byte, bitmap.bits[at + 1]) ? byte | 0x08 : byte));
  return { ...bitmap, bits };
}

function startsRealTime(byte: number, next: number | undefined): boolean {
  return byte === 0x10 && (next === 0x04 || next === 0x05 || next === 0x14);
}
