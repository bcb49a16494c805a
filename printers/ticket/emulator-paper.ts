import { createCanvas } from '@napi-rs/canvas';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { Bitmap } from './bitmap.ts';
import { blank, isBlack, stamp } from './bitmap.ts';
import type { PrinterModel } from './model.ts';

/** What a piece of paper says, for tests: in the order it was printed. */
export type Mark = { kind: 'text'; text: string } | { kind: 'qr'; data: string } | { kind: 'picture'; rows: number };

/** One piece of paper as it left the printer, or as far as it has come. */
export type Strip = { marks: Mark[]; prints: { bitmap: Bitmap; x: number; y: number }[]; height: number };

export function freshStrip(): Strip {
  return { marks: [], prints: [], height: 0 };
}

/** Picture pixels for one dot. */
const ZOOM = 2;
/** Grey table around the paper, in dots. */
const TABLE_DOTS = 28;
/** Blank paper above the first line: the distance from the head to the blade, 12 mm in printers of this class. */
const HEAD_TO_BLADE_MM = 12;
/** Teeth of the blade, in dots. */
const TOOTH = { width: 10, height: 5 };

const TABLE = '#c9ccd1';
const PAPER = '#f6f5f1';
/** Thermal ink is a warm dark grey, never black. */
const INK = '#2f2d33';

/** The strip as a photograph of it would show it: PNG at twice the printer's dots. */
export function paperPng(strip: Strip, model: PrinterModel): Uint8Array {
  const paperDots = Math.round((model.paper / 25.4) * model.dotsPerInch);
  const top = Math.round((HEAD_TO_BLADE_MM / 25.4) * model.dotsPerInch);
  const size = { width: paperDots, height: top + strip.height };
  const canvas = createCanvas((size.width + 2 * TABLE_DOTS) * ZOOM, (size.height + 2 * TABLE_DOTS) * ZOOM);
  const pen = canvas.getContext('2d');
  pen.fillStyle = TABLE;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(ZOOM, ZOOM);
  pen.translate(TABLE_DOTS, TABLE_DOTS);

  pen.save();
  pen.shadowColor = 'rgba(20, 24, 32, 0.35)';
  pen.shadowBlur = 14 * ZOOM;
  pen.shadowOffsetY = 4 * ZOOM;
  pen.fillStyle = PAPER;
  outline(pen, size);
  pen.fill();
  pen.restore();

  const printed = blank(model.dots, Math.max(strip.height, 1));
  for (const { bitmap, x, y } of strip.prints) stamp(printed, bitmap, x, y);
  pen.imageSmoothingEnabled = true;
  pen.drawImage(inkOf(printed), Math.round((paperDots - model.dots) / 2), top);
  return new Uint8Array(canvas.toBuffer('image/png'));
}

/** Cut by the blade at both ends. */
function outline(pen: SKRSContext2D, { width, height }: { width: number; height: number }): void {
  const teeth = Math.round(width / TOOTH.width);
  const step = width / teeth;
  pen.beginPath();
  pen.moveTo(0, 0);
  for (let tooth = 0; tooth < teeth; tooth += 1) {
    pen.lineTo((tooth + 0.5) * step, TOOTH.height);
    pen.lineTo((tooth + 1) * step, 0);
  }
  for (let tooth = teeth; tooth > 0; tooth -= 1) {
    pen.lineTo(tooth * step, height);
    pen.lineTo((tooth - 0.5) * step, height + TOOTH.height);
  }
  pen.lineTo(0, height);
  pen.closePath();
}

function inkOf(printed: Bitmap): Canvas {
  const canvas = createCanvas(printed.width, printed.height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = INK;
  for (let y = 0; y < printed.height; y += 1) {
    for (let x = 0; x < printed.width; x += 1) {
      if (!isBlack(printed, x, y)) continue;
      const start = x;
      while (x + 1 < printed.width && isBlack(printed, x + 1, y)) x += 1;
      pen.fillRect(start, y, x + 1 - start, 1);
    }
  }
  return canvas;
}
