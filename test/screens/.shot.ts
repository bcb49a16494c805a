import { openStage } from '/work/main/test/screens/browser.ts';
import { mkdirSync } from 'node:fs';
const [,, list, modes] = process.argv;
const stage = await openStage();
mkdirSync('/tmp/jb-shots', { recursive: true });
for (const mode of (modes ?? 'p').split(',')) {
  const size = mode.startsWith('l') ? { width: 1920, height: 1080 } : { width: 1080, height: 1920 };
  const page = await (await stage.browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage();
  page.on('console', (m) => { if (m.type() === 'error' || m.type()==='warning') console.log(mode, m.text()); });
  page.on('pageerror', (e) => console.log('ERR', e.message));
  await page.goto(stage.address);
  await page.waitForSelector('h1');
  await page.evaluate(() => document.fonts.ready);
  const names = list === 'all' ? await page.evaluate(() => window.sceneNames) : (list ?? '').split(',');
  for (const name of names) {
    await page.evaluate((n) => window.showScene(n), name);
    await page.waitForTimeout(60);
    const want = { size: mode.includes('e') ? 'elder' : 'normal', contrast: mode.includes('c') ? 'high' : 'normal', reach: mode.includes('w') ? 'low' : 'normal' };
    for (const [k, label] of [['size', 0], ['contrast', 1], ['reach', 2]] as const) {
      const now = await page.evaluate((x) => document.documentElement.dataset[x], k);
      if (now !== want[k] && name !== 'idle') await page.locator('.tool').nth(label).click();
    }
    if (mode.includes('n') !== (await page.evaluate(() => document.documentElement.lang) === 'en') && name !== 'idle') await page.locator('.tool').nth(3).click();
    await page.waitForTimeout(250);
    await page.screenshot({ path: `/tmp/jb-shots/${mode}-${name}.png` });
  }
}
await stage.close();
