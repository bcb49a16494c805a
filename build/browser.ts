import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian and Ubuntu put the browser. Without its own windows, toolbars and the pages behind them it takes a third of the time for each page. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Whether there is a browser to launch. */
export function hasBrowser(): boolean {
  return BROWSERS.some((path) => existsSync(path));
}

/** The machine's own Chromium, without a window. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('there is no Chromium: apt-get install chromium-headless-shell');
  return chromium.launch({ executablePath, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking', ...args] });
}
