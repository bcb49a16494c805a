import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeFileSync } from 'node:fs';

/** Size of the film's pictures, an ordinary document camera's. */
const WIDTH = 1280;
const HEIGHT = 960;
/** Chromium plays the file in a loop; a few frames are enough for something that does not move. */
const FRAMES = 4;

/**
 * Writes what the document camera sees as Motion JPEG, which Chromium's fake capture device plays
 * (`--use-file-for-fake-video-capture`): a fictional paper on a dark desk, or the empty desk.
 */
export function writeCameraFilm(file: string, scene: { kind: 'paper'; title: string; lines: readonly string[] } | { kind: 'empty' }): void {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const draw = canvas.getContext('2d');
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'));
  GlobalFonts.registerFromPath(join(fonts, '400Regular', 'NotoSerifSC_400Regular.ttf'), 'Film Serif');
  draw.fillStyle = '#3d4145';
  draw.fillRect(0, 0, WIDTH, HEIGHT);
  if (scene.kind === 'paper') {
    draw.fillStyle = '#fbfaf4';
    draw.fillRect(290, 40, 700, 880);
    draw.fillStyle = '#20242a';
    draw.textAlign = 'center';
    draw.font = '46px "Film Serif"';
    draw.fillText(scene.title, WIDTH / 2, 130);
    draw.textAlign = 'left';
    draw.font = '26px "Film Serif"';
    scene.lines.forEach((line, index) => {
      const y = 220 + index * 62;
      draw.fillText(line, 340, y);
      draw.fillRect(340, y + 16, 600, 1.5);
    });
    draw.strokeStyle = '#b5382f';
    draw.fillStyle = '#b5382f';
    draw.lineWidth = 5;
    draw.beginPath();
    draw.arc(830, 790, 78, 0, Math.PI * 2);
    draw.stroke();
    draw.textAlign = 'center';
    draw.font = '24px "Film Serif"';
    draw.fillText('样 张', 830, 800);
  }
  const frame = canvas.toBuffer('image/jpeg', 92);
  writeFileSync(file, Buffer.concat(Array.from({ length: FRAMES }, () => frame)));
}
