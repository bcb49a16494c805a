import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { run } from '../run.ts';

/** Pictures in the papers of the project are this wide: sharp on a page, small in the repository. */
const WIDTH = { portrait: 480, landscape: 960, paper: 480 } as const;

/** The screens that the readme shows, by the name they have in the demo. */
const SHOWN: Record<string, string> = { home: 'home', guide: 'guide', 'handed-in': 'handed-in', 'console-case': 'console-case', identify: 'identify', check: 'check', progress: 'progress', rate: 'rate', 'console-inbox': 'console-inbox' };

/** Makes the readme's pictures out of what a demo left in `out`. */
export async function makePictures(out: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const screens = readdirSync(join(out, 'screens'));
  for (const [name, picture] of Object.entries(SHOWN)) {
    const file = screens.find((candidate) => candidate.replace(/^\d+-/, '') === `${name}.png`);
    if (file === undefined) throw new Error(`the demo made no picture of ${name}`);
    await shrink(join(out, 'screens', file), join(folder, `${picture}.png`), name.startsWith('console') ? WIDTH.landscape : WIDTH.portrait);
  }
  await shrink(join(out, 'ticket.png'), join(folder, 'ticket.png'), WIDTH.paper);
  for (const paper of ['receipt', 'certificate']) {
    const drawn = await run('pdftoppm', ['-png', '-singlefile', '-r', '110', join(out, `${paper}.pdf`), join(out, paper)]);
    if (!drawn.ok) throw new Error('pdftoppm is missing: apt-get install poppler-utils');
    await shrink(join(out, `${paper}.png`), join(folder, `${paper}.png`), WIDTH.paper);
  }
}

async function shrink(from: string, to: string, width: number): Promise<void> {
  const image = await loadImage(from);
  const canvas = createCanvas(width, Math.round((image.height * width) / image.width));
  const draw = canvas.getContext('2d');
  draw.imageSmoothingQuality = 'high';
  draw.drawImage(image, 0, 0, canvas.width, canvas.height);
  writeFileSync(to, canvas.toBuffer('image/png'));
}
