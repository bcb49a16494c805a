/** A QR code (ISO/IEC 18004) as vector bars, so that it is sharp on every printer. */
import QRCode from 'qrcode';
import type { Command } from './commands.ts';

/** White border in modules that ISO/IEC 18004 §6.3.8 demands. */
const QUIET = 4;

/**
 * @param side of the square including the quiet zone, in points
 * @param text up to about 600 characters; error correction M (15 %) survives a fold and a coffee ring
 */
export function qrCode(text: string, x: number, y: number, side: number): Command {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const unit = side / (modules.size + 2 * QUIET);
  const bars: [number, number, number][] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      // Neighbours in a row are one bar: no hairline between them, and a smaller file.
      let length = 1;
      while (column + length < modules.size && modules.get(row, column + length)) length += 1;
      bars.push([QUIET + column, QUIET + row, length]);
      column += length;
    }
  }
  return { kind: 'bars', x, y, unit, colour: '#000000', bars };
}
