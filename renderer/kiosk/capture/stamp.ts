/** Share of the page's long side that the band is high: on A4 at 200 dpi some 9 mm, with print of 3.5 mm. */
const BAND = 0.032;
/** The words across the page: enough to be seen on paper or ink, too little to hide a stroke of what is under them. */
const FAINT = 0.2;
/** Rise of the words across the page, radians: along no line of print, and across no whole page. */
const SLOPE = -0.2;
const FONT = "'Noto Sans SC', 'Source Han Sans SC', sans-serif";

/**
 * The picture with what it was made for burnt in (108号: 复印件加注用途). A band stands under the page, on ground of its own, so that it is legible whatever the page
 * is and hides nothing; and because a band can be cut off, the same words run twice across the page, faintly, above and below its middle.
 */
export function stamped(page: HTMLCanvasElement, words: string): HTMLCanvasElement {
  const lines = linesOf(words, page);
  const line = Math.max(18, Math.round(Math.max(page.width, page.height) * BAND));
  const canvas = document.createElement('canvas');
  canvas.width = page.width;
  canvas.height = page.height + line * lines.length;
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.drawImage(page, 0, 0);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const height of [0.3, 0.72]) across(pen, words, page, height);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, page.height, canvas.width, canvas.height - page.height);
  pen.fillStyle = '#a31d1d';
  pen.fillRect(0, page.height, canvas.width, Math.max(2, Math.round(line / 24)));
  for (const [index, text] of lines.entries()) {
    fit(pen, text, line * 0.56, canvas.width * 0.97);
    pen.fillText(text, canvas.width / 2, page.height + line * (index + 0.54));
  }
  return canvas;
}

/** One line, or two where the page is so narrow that one would be too small to read. */
function linesOf(words: string, { width, height }: HTMLCanvasElement): string[] {
  if (words.length <= (width / Math.max(width, height)) * 48) return [words];
  const middle = words.lastIndexOf(' ', words.length * 0.62);
  return middle < 1 ? [words] : [words.slice(0, middle), words.slice(middle + 1)];
}

function across(pen: CanvasRenderingContext2D, words: string, { width, height }: HTMLCanvasElement, at: number): void {
  pen.save();
  pen.translate(width / 2, height * at);
  pen.rotate(SLOPE);
  pen.globalAlpha = FAINT;
  fit(pen, words, width * 0.05, width * 0.9);
  // Light beside dark: one of the two is seen on any ground.
  pen.fillStyle = '#ffffff';
  pen.fillText(words, 1.5, 1.5);
  pen.fillStyle = '#202020';
  pen.fillText(words, 0, 0);
  pen.restore();
}

/** Sets the largest print that fits. */
function fit(pen: CanvasRenderingContext2D, words: string, size: number, most: number): void {
  pen.font = `600 ${size}px ${FONT}`;
  const { width } = pen.measureText(words);
  if (width > most) pen.font = `600 ${(size * most) / width}px ${FONT}`;
}
