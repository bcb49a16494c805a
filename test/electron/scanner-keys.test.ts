import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { type County, startCounty } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { type Display, displayMend, startDisplay } from '../../build/display.ts';
import { prepareTerminal } from '../../build/terminal.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';

const SIZE = { width: 1080, height: 1920 };

let folder: string;
let county: County;
let display: Display;
let window: TerminalWindow;
const log: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-keys-'));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '样张', lines: ['内容均为虚构'] });
  county = await startCounty({ folder: join(folder, 'county'), size: SIZE });
  const shown = await startDisplay(SIZE);
  if (!shown.ok) throw new Error(`${shown.error.reason}. ${displayMend}`);
  display = shown.value;
  window = await openTerminalWindow({ electron: await prepareTerminal(), config: county.config, film, display: display.name, log: (line) => log.push(line) });
}, 180_000);
afterAll(async () => {
  await window?.close();
  await county?.stop();
  await display?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Keys as a keyboard brings them to Electron, so many milliseconds apart. */
async function press(keys: readonly string[], apart: number): Promise<void> {
  await window.app.evaluate(async ({ BrowserWindow }, { strokes, wait }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    for (const keyCode of strokes) {
      contents.sendInputEvent({ type: 'keyDown', keyCode });
      if (keyCode.length === 1) contents.sendInputEvent({ type: 'char', keyCode });
      contents.sendInputEvent({ type: 'keyUp', keyCode });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }, { strokes: keys, wait: apart });
}

test("what a scanner types stays out of a form, and a person's keys go in", async () => {
  const { page } = window;
  await page.getByRole('button', { name: zhCN['home.apply'] }).first().click();
  const search = page.getByRole('textbox');
  await search.click();
  await press([...'330624199001010018jb01', 'Enter'], 1);
  await expect.poll(() => log.join('').includes('typed-code-kept-out'), { timeout: 10_000 }).toBe(true);
  expect(await search.inputValue()).toBe('');
  await press([...'yyzz'], 120);
  await expect.poll(() => search.inputValue(), { timeout: 10_000 }).toBe('yyzz');
  // What a code said is in no log.
  expect(log.join('')).not.toContain('330624199001010018');
});
