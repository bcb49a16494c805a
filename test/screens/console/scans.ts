import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import path from 'node:path';

const FONT = path.join(import.meta.dirname, '../../../node_modules/@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf');

/** A fictional paper as a terminal's camera would have taken it. */
export type Paper = { title: string; lines: readonly string[]; upsideDown?: boolean; tall?: boolean };

/** @returns a JPEG */
export function scan({ title, lines, upsideDown = false, tall = false }: Paper): Buffer {
  const [width, height] = tall ? [1240, 1754] : [1600, 1130];
  const { canvas, pen } = sheet(width, height, '#cfc8ba');
  pen.translate(width / 2, height / 2);
  pen.rotate(upsideDown ? Math.PI + 0.008 : -0.006);
  pen.translate(-width / 2, -height / 2);
  pen.fillStyle = '#faf7ee';
  pen.fillRect(60, 60, width - 120, height - 120);
  pen.fillStyle = '#262320';
  pen.font = '58px Page';
  pen.textAlign = 'center';
  pen.fillText(title, width / 2, 190);
  pen.textAlign = 'left';
  pen.font = '38px Page';
  lines.forEach((line, row) => {
    pen.fillText(line, 150, 310 + row * 92);
    pen.fillStyle = '#a9a294';
    pen.fillRect(150, 330 + row * 92, width - 300, 2);
    pen.fillStyle = '#262320';
  });
  pen.strokeStyle = '#b8402a';
  pen.fillStyle = '#b8402a';
  pen.lineWidth = 7;
  pen.beginPath();
  pen.arc(width - 300, height - 270, 108, 0, Math.PI * 2);
  pen.stroke();
  pen.font = '40px Page';
  pen.fillText('样本', width - 340, height - 256);
  return canvas.toBuffer('image/jpeg', 82);
}

/** @returns a PNG of a signature drawn with a finger */
export function signature(): Buffer {
  const { canvas, pen } = sheet(900, 300, '#ffffff');
  pen.strokeStyle = '#1b2a3a';
  pen.lineWidth = 9;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const stroke of ['M150 90L330 82', 'M160 150L320 142', 'M140 222L345 210', 'M238 84L232 216', 'M430 70C420 130 400 190 370 235', 'M400 110L560 100', 'M480 60C482 130 470 200 430 240', 'M480 130C520 180 555 215 600 232', 'M650 80L800 74L790 220L652 226Z', 'M650 150L796 144', 'M722 78L722 222']) strokePath(pen, stroke);
  return canvas.toBuffer('image/png');
}

function strokePath(pen: SKRSContext2D, stroke: string): void {
  pen.beginPath();
  const parts = stroke.match(/[MLCZ][^MLCZ]*/g) ?? [];
  for (const part of parts) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = part.slice(1).trim().split(/\s+/).map(Number);
    if (part.startsWith('M')) pen.moveTo(a, b);
    else if (part.startsWith('L')) pen.lineTo(a, b);
    else if (part.startsWith('C')) pen.bezierCurveTo(a, b, c, d, e, f);
    else pen.closePath();
  }
  pen.stroke();
}

function sheet(width: number, height: number, colour: string) {
  if (!GlobalFonts.has('Page')) GlobalFonts.registerFromPath(FONT, 'Page');
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, width, height);
  return { canvas, pen };
}
