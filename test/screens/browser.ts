import react from '@vitejs/plugin-react';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { build, preview } from 'vite';
import { makeScreenFonts, SCREEN_FONTS } from '../../build/screen-fonts/faces.ts';
import { writeCameraPicture } from './camera-picture.ts';
import { launchChromium } from './look.ts';

const root = path.join(import.meta.dirname, 'preview');

/** The built preview behind a local address, and Debian's Chromium with a camera that shows a document. */
export type Stage = { address: string; browser: Browser; close(): Promise<void> };

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jinban-screens-'));
  const outDir = path.join(folder, 'site');
  const shared = { root, configFile: false as const, logLevel: 'error' as const, publicDir: false as const };
  await makeScreenFonts();
  const [video] = await Promise.all([
    writeCameraPicture(path.join(folder, 'camera.y4m'), 'page').then(() => path.join(folder, 'camera.y4m')),
    build({ ...shared, base: './', plugins: [react()], resolve: { alias: { [SCREEN_FONTS.name]: SCREEN_FONTS.folder } }, build: { outDir, emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000, minify: false } }),
  ]);
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1', open: false } });
  const browser = await launchChromium(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${video}`]);
  return {
    address: server.resolvedUrls?.local[0] ?? '',
    browser,
    async close() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
