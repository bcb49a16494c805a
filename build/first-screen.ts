/** Draws the kiosk's first screen into pages of their own, beside the one with nothing in it that a later load shows. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { drawnPage } from '../domain/contracts/front.ts';
import { inProject } from './paths.ts';

/** @param folder where the window was built */
export async function drawFirstScreens(folder: string): Promise<void> {
  const workplace = path.join(folder, 'drawn');
  await build({
    configFile: false, envDir: false, logLevel: 'error', publicDir: false, root: inProject(), ssr: { noExternal: true },
    build: { ssr: inProject('renderer', 'kiosk', 'drawn.tsx'), outDir: workplace, emptyOutDir: true, minify: false, rolldownOptions: { external: [/\/later-screens\.tsx$/], output: { format: 'esm', entryFileNames: 'drawn.mjs' } } },
  });
  const { drawInto } = await import(pathToFileURL(path.join(workplace, 'drawn.mjs')).href) as typeof import('../renderer/kiosk/drawn.tsx');
  const empty = await withStyles(folder, await readFile(path.join(folder, 'index.html'), 'utf8'));
  for (const tickets of [false, true]) await writeFile(path.join(folder, drawnPage({ tickets })), drawInto(empty, { tickets }));
  await rm(workplace, { recursive: true });
}

/** The page with its styles in it: fetched by themselves they would keep its first frame back. */
async function withStyles(folder: string, page: string): Promise<string> {
  const [link = '', href = '', ...more] = /<link rel="stylesheet" crossorigin href="([^"]+)">/.exec(page) ?? [];
  if (href === '' || more.length > 0) throw new Error('the page has no style sheet');
  const styles = await readFile(path.join(folder, href), 'utf8');
  // Addresses in a style sheet are seen from it, those in a page from the page.
  return page.replace(link, () => `<style>${styles.replaceAll(/url\((?!data:)(["']?)\.\//g, `url($1${path.posix.dirname(href)}/`)}</style>`);
}
