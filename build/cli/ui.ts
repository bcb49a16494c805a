/** `jinban ui [--port N] [--out DIR]`: shows the design language of the screens on one page, until Ctrl+C; with --out, keeps it as pictures and ends. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../browser.ts';
import { serveCatalogue } from '../catalogue.ts';
import { say } from '../say.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, out: { type: 'string' } } });
const { address, close } = await serveCatalogue(Number(values.port));
if (values.out === undefined) {
  process.stdout.write(`${address}\n`);
} else {
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  // As wide as a terminal, and high enough that no chapter scrolls under the head.
  const page = await browser.newPage({ viewport: { width: 1080, height: 12_000 }, reducedMotion: 'reduce' });
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const chapters = await page.locator('.catalogue-chapter').all();
  for (const [index, chapter] of chapters.entries()) {
    const file = join(folder, `${String(index + 1).padStart(2, '0')}-${(await chapter.locator('h2').first().innerText()).trim()}.png`);
    await chapter.screenshot({ path: file });
    say(file);
  }
  await browser.close();
  await close();
}
