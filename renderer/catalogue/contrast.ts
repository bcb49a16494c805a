/**
 * Contrast ratio of two colours (WCAG 2.2, "contrast ratio" and "relative luminance").
 * @param one, other `#rrggbb`, or `#rgb` as bundlers write it
 * @returns 1 … 21
 */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.slice(1);
  const [red = 0, green = 0, blue = 0] = (digits.length === 3 ? [...digits].map((digit) => digit + digit) : digits.match(/../g) ?? []).map((part) => linear(Number.parseInt(part, 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(share: number): number {
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
