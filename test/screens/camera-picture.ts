import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

const FONT = path.join(import.meta.dirname, '../../node_modules/@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf');
const WIDTH = 1280;
const HEIGHT = 960;

/**
 * A still picture of a paper on a table as raw video (YUV4MPEG2, 4:2:0), which Chromium plays as if it came from a camera.
 * @param what `page`: a sharp, lit page; `blank`: the bare sheet
 */
export async function writeCameraPicture(file: string, what: 'page' | 'blank'): Promise<void> {
  GlobalFonts.registerFromPath(FONT, 'Page');
  const canvas = createCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#c9c2b4';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  if (what === 'page') {
    pen.translate(WIDTH / 2, HEIGHT / 2);
    pen.rotate(0.02);
    pen.fillStyle = '#f7f3e8';
    pen.fillRect(-560, -410, 1120, 820);
    pen.fillStyle = '#2d2a26';
    pen.font = '44px Page';
    pen.fillText('浙江省居住证（样本）', -220, -310);
    pen.font = '30px Page';
    const lines = ['姓名  王守田（虚构）', '性别  男        民族  汉', '公民身份号码  330624********0016', '现居住地址  新昌县儒岙镇下里村 18 号', '签发机关  新昌县公安局', '有效期限  2025.03.02 — 2027.03.01', '本页仅用于显示测试，不是真实证件。'];
    for (const [row, line] of lines.entries()) {
      pen.fillText(line, -460, -210 + row * 78);
      pen.fillRect(-460, -195 + row * 78, 920, 1.5);
    }
    pen.strokeStyle = '#b8402a';
    pen.lineWidth = 6;
    pen.strokeRect(260, 180, 150, 150);
  }
  const { data } = pen.getImageData(0, 0, WIDTH, HEIGHT);
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const blue = Buffer.alloc((WIDTH * HEIGHT) / 4);
  const red = Buffer.alloc((WIDTH * HEIGHT) / 4);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const at = (y * WIDTH + x) * 4;
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      // ITU-R BT.601, studio range.
      luma[y * WIDTH + x] = 16 + (65.7 * r + 129.1 * g + 25.1 * b) / 256;
      if (y % 2 === 0 && x % 2 === 0) {
        const half = (y / 2) * (WIDTH / 2) + x / 2;
        blue[half] = 128 + (-37.9 * r - 74.5 * g + 112.4 * b) / 256;
        red[half] = 128 + (112.4 * r - 94.2 * g - 18.3 * b) / 256;
      }
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, blue, red]);
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
}
