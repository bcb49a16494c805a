import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { run } from '../run.ts';

/** Pictures in the papers of the project are this wide: sharp on a page, small in the repository. */
const WIDTH = { portrait: 480, landscape: 960, paper: 480 } as const;

/** The screens that the readme shows, by the name they have in the demo, and the papers. */
const SCREENS = ['home', 'guide', 'handed-in', 'console-case'] as const;
export const DEMO_PICTURES: readonly string[] = [...SCREENS, 'ticket', 'certificate'];

/** Makes the readme's pictures out of what a demo left in `out`. */
export async function makePictures(out: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const screens = readdirSync(join(out, 'screens'));
  for (const name of SCREENS) {
    const file = screens.find((candidate) => candidate.replace(/^\d+-/, '') === `${name}.png`);
    if (file === undefined) throw new Error(`the demo made no picture of ${name}`);
    await shrink(join(out, 'screens', file), join(folder, `${name}.png`), name.startsWith('console') ? WIDTH.landscape : WIDTH.portrait);
  }
  await shrink(join(out, 'ticket.png'), join(folder, 'ticket.png'), WIDTH.paper);
  const drawn = await run('pdftoppm', ['-png', '-singlefile', '-r', '110', join(out, 'certificate.pdf'), join(out, 'certificate')]);
  if (!drawn.ok) throw new Error('pdftoppm is missing: apt-get install poppler-utils');
  await shrink(join(out, 'certificate.png'), join(folder, 'certificate.png'), WIDTH.paper);
}

async function shrink(from: string, to: string, width: number): Promise<void> {
  const image = await loadImage(from);
  const canvas = createCanvas(width, Math.round((image.height * width) / image.width));
  const draw = canvas.getContext('2d');
  draw.imageSmoothingQuality = 'high';
  draw.drawImage(image, 0, 0, canvas.width, canvas.height);
  writeFileSync(to, canvas.toBuffer('image/png'));
}
