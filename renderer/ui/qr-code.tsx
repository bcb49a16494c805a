import { create } from 'qrcode';
import { type ReactNode, useMemo } from 'react';

/** Quiet zone of ISO/IEC 18004: four modules. */
const QUIET = 4;

/** A QR code as one path, dark on white whatever the theme: cameras want it so. */
export function QrCode({ text, label }: { text: string; label: string }): ReactNode {
  const { path, side } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    let dark = '';
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) if (modules.get(row, column) === 1) dark += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
    return { path: dark, side: modules.size + 2 * QUIET };
  }, [text]);
  return (
    <svg className="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#10201f" />
    </svg>
  );
}
