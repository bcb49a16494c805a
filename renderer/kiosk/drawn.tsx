/** The first screen as text, drawn when the window is built: a machine that was switched on shows it before its script is read (decision 0045). */
import { renderToString } from 'react-dom/server';
import { MARKS } from '../../domain/contracts/front.ts';
import { App } from './app.tsx';
import { createCore } from './core.ts';
import { applySettings, DEFAULT_SETTINGS } from './settings.ts';
import { speech } from './text.ts';
import { LANGUAGES } from './texts/languages.ts';

/** Any instant: its time of day gives way to the mark. */
const SOME_TIME = new Date('2026-01-01T00:00:00.000Z');

/** The page's script, which the preload begins when the screen is seen: until then it is read only. */
const SCRIPT = /<script type="module" crossorigin src="([^"]+)"><\/script>/;
const BEGINS_LATER = '<link rel="modulepreload" crossorigin href="$1" data-begins>';

/** Marks what was drawn and cannot hear yet (`main/preload/first-screen.ts`). */
const DRAWN = '<div class="app" data-drawn>';

/**
 * @param page the built window's, with an empty root
 * @returns the page with the first screen in it, as of a machine of which the words stand as `MARKS`
 */
export function drawInto(page: string, { tickets }: { tickets: boolean }): string {
  const core = createCore({ whenStill: (call) => call() }, { ...MARKS, tickets }, SOME_TIME);
  const drawn = renderToString(<App core={core} languages={LANGUAGES} />);
  const [language] = LANGUAGES;
  const html = { dataset: {} as Record<string, string>, lang: '', dir: '' };
  applySettings(html, DEFAULT_SETTINGS, language);
  const attributes = [`lang="${html.lang}"`, `dir="${html.dir}"`, ...Object.entries(html.dataset).map(([name, value]) => `data-${name}="${value}"`)].join(' ');
  if (!SCRIPT.test(page)) throw new Error('the page has no script');
  return put(put(page.replace(SCRIPT, BEGINS_LATER), '<html lang="zh-CN">', `<html ${attributes}>`), '<div id="root"></div>', `<div id="root">${put(put(drawn, '<div class="app">', DRAWN), `>${speech(language).clock(SOME_TIME.toISOString())}<`, `>${MARKS.clock}<`)}</div>`);
}

/** Puts something in the place of what stands there once. */
function put(whole: string, place: string, other: string): string {
  const parts = whole.split(place);
  if (parts.length !== 2) throw new Error(`“${place}” stands ${parts.length - 1} times where it should stand once`);
  return parts.join(other);
}
