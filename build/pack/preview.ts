import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Site } from '../../domain/item/site.ts';
import type { Item } from '../../domain/item/types.ts';
import { page, STYLES } from '../../hall/public/frame.ts';
import { guidePage } from '../../hall/public/guide-page.ts';
import { hasBrowser, launchBrowser } from '../browser.ts';
import { say } from '../say.ts';

/** Writes each guide as the hall shows it: a page that stands alone, and where there is a browser its picture and its A4 print. @returns the files */
export async function preview(items: readonly Item[], { folder, out, day }: { folder: string; out: string; day: string }): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const hall = await hallOf(folder);
  const files: string[] = [];
  for (const item of items) {
    const file = path.join(out, `${item.code}-${item.version}.html`);
    await writeFile(file, page({ title: item.name, hall, day, place: null, styles: STYLES }, guidePage(item)));
    files.push(file);
  }
  if (!hasBrowser()) {
    say('There is no Chromium here, so there are pages only, no pictures and PDFs: apt-get install chromium-headless-shell');
    return files;
  }
  const browser = await launchBrowser();
  try {
    const sheet = await browser.newPage({ viewport: { width: 1100, height: 800 }, javaScriptEnabled: false });
    for (const file of [...files]) {
      await sheet.goto(pathToFileURL(path.resolve(file)).href);
      const name = file.replace(/\.html$/, '');
      await sheet.screenshot({ path: `${name}.png`, fullPage: true });
      await sheet.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
      files.push(`${name}.png`, `${name}.pdf`);
    }
  } finally {
    await browser.close();
  }
  return files;
}

/** The pack's hall by name; a pack without a site yet is shown under the name of its folder. */
async function hallOf(folder: string): Promise<string> {
  const file = path.join(folder, 'site.json');
  const site = existsSync(file) ? Site.safeParse(JSON.parse(await readFile(file, 'utf8'))) : null;
  return site?.success === true ? site.data.hall : path.basename(path.resolve(folder));
}
