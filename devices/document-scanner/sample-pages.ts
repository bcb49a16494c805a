/** Pages of nobody's papers, for the emulator and for tests: print on A4, drawn at the resolution that is asked for. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { ScanColour } from '../../domain/contracts/document-scanner.ts';
import type { Sheet, Side } from './escl/emulator.ts';
import { A4_MILLIMETRES } from './paper.ts';

const FONT = 'Jinban Sample';
const LINES = ['新昌县便民服务中心（虚构）', '兹证明本页仅用于试验扫描设备，', '所载内容均为虚构，不涉及任何个人。', '办理事项：城镇居民养老补贴申领', '材料名称：家庭情况说明', '请将原件正面朝上放入送稿器。'];

let isRegistered = false;

function registerFont(): void {
  if (isRegistered) return;
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  GlobalFonts.registerFromPath(join(folder, '400Regular', 'NotoSansSC_400Regular.ttf'), FONT);
  isRegistered = true;
}

/** @param number stands at its head; 0 for an empty page @param degrees clockwise that the print is turned */
export function samplePage(number: number, degrees = 0): Side {
  return async (dpi, colour: ScanColour) => {
    registerFont();
    const dots = (millimetres: number) => Math.round((millimetres / 25.4) * dpi);
    const canvas = createCanvas(dots(A4_MILLIMETRES.width), dots(A4_MILLIMETRES.height));
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#f2f2ee';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((degrees * Math.PI) / 180);
    pen.translate(-canvas.width / 2, -canvas.height / 2);
    pen.fillStyle = '#26262a';
    if (number > 0) {
      pen.font = `${dots(7)}px "${FONT}"`;
      pen.fillText(`样页 ${number}`, dots(90), dots(35));
      pen.font = `${dots(4.2)}px "${FONT}"`;
      for (let line = 0; line < 24; line += 1) pen.fillText(LINES[(line + number) % LINES.length] ?? '', dots(28), dots(55 + line * 9));
      if (colour === 'colour') {
        pen.strokeStyle = '#b8402a';
        pen.lineWidth = dots(1);
        pen.strokeRect(dots(140), dots(230), dots(38), dots(38));
      }
    }
    return new Uint8Array(await canvas.encode('jpeg', 88));
  };
}

/** Printed in front, empty behind. */
export function sampleSheets(count: number, first = 1): Sheet[] {
  return Array.from({ length: count }, (_, index) => ({ front: samplePage(first + index), back: samplePage(0) }));
}
