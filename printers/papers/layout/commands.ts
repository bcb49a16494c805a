/**
 * What is drawn, as plain data: the level between a document's facts and the bytes of a PDF.
 * Points (1/72 inch), origin at the top left, y downwards, angles clockwise in degrees.
 */

/** `#RRGGBB`. */
export type Colour = string;

export type Command =
  /** `y` is the baseline. `angle` turns the text about (x, y). `spacing` is added after every character. */
  | { kind: 'text'; x: number; y: number; text: string; font: string; size: number; width: number; colour: Colour; spacing: number; angle: number }
  /** An SVG path. `dash` is on and off in points. */
  | { kind: 'path'; path: string; fill?: Colour; stroke?: Colour; line?: number; dash?: [number, number]; evenOdd?: boolean }
  /** One stroked path drawn at many places; the file holds it once. `bounds` is left, top, right, bottom of the tile. */
  | { kind: 'tiles'; path: string; stroke: Colour; line: number; bounds: [number, number, number, number]; at: { x: number; y: number; angle: number }[] }
  /** Bars one unit high on a grid of `unit` points from (x, y): column, row and length of each. A QR code. */
  | { kind: 'bars'; x: number; y: number; unit: number; colour: Colour; bars: [number, number, number][] }
  /** A PNG or JPEG. */
  | { kind: 'image'; x: number; y: number; width: number; height: number; bytes: Uint8Array };

export type Sheet = { width: number; height: number; commands: Command[] };

/** A4 upright in points. */
export const A4 = { width: 595.28, height: 841.89 };

/** A number as it goes into a path: two decimals are 0.004 mm, finer than any printer. */
export function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${fixed(x)} ${fixed(y)}h${fixed(width)}v${fixed(height)}h${fixed(-width)}z`;
}

export function roundedRectangle(x: number, y: number, width: number, height: number, radius: number): string {
  const r = fixed(radius);
  return (
    `M${fixed(x + radius)} ${fixed(y)}h${fixed(width - 2 * radius)}a${r} ${r} 0 0 1 ${r} ${r}v${fixed(height - 2 * radius)}` +
    `a${r} ${r} 0 0 1 ${fixed(-radius)} ${r}h${fixed(2 * radius - width)}a${r} ${r} 0 0 1 ${fixed(-radius)} ${fixed(-radius)}` +
    `v${fixed(2 * radius - height)}a${r} ${r} 0 0 1 ${r} ${fixed(-radius)}z`
  );
}

export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `M${fixed(x1)} ${fixed(y1)}L${fixed(x2)} ${fixed(y2)}`;
}

export function circle(x: number, y: number, radius: number): string {
  const r = fixed(radius);
  return `M${fixed(x - radius)} ${fixed(y)}a${r} ${r} 0 1 0 ${fixed(2 * radius)} 0a${r} ${r} 0 1 0 ${fixed(-2 * radius)} 0z`;
}
