/** A QR code (ISO/IEC 18004) as one vector path, so that it is sharp on every printer. */
import QRCode from 'qrcode';
import type { Command } from './commands.ts';
import { fixed } from './commands.ts';

/** White border in modules that ISO/IEC 18004 §6.3.8 demands. */
const QUIET = 4;

/**
 * @param side of the square including the quiet zone, in points
 * @param text up to about 600 characters; error correction M (15 %) survives a fold and a coffee ring
 */
export function qrCode(text: string, x: number, y: number, side: number): Command {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const unit = side / (modules.size + 2 * QUIET);
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      // Neighbours in a row are one bar: no hairline between them, and a smaller file.
      let length = 1;
      while (column + length < modules.size && modules.get(row, column + length)) length += 1;
      path += `M${fixed(x + (QUIET + column) * unit)} ${fixed(y + (QUIET + row) * unit)}h${fixed(length * unit)}v${fixed(unit)}h${fixed(-length * unit)}z`;
      column += length;
    }
  }
  return { kind: 'path', path, fill: '#000000' };
}
