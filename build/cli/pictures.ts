/** `jinban pictures`: renews the pictures in docs/pictures, made by the tests that look at those pages and by the demo. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from '../lint.ts';
import { inProject } from '../paths.ts';
import { CONSOLE_PICTURES, CONSOLE_PICTURES_FOLDER, PICTURES_FOLDER, SITE_PICTURES } from '../pictures.ts';
import { runInForeground } from '../run.ts';
import { stop } from '../say.ts';

const screens = mkdtempSync(join(tmpdir(), 'jinban-pictures-'));
/** @returns whether all that was looked at is without a fault */
const look = async (...tests: string[]) => (await runInForeground(process.execPath, [programOf('vitest', 'vitest'), 'run', '--root', inProject(), '--no-file-parallelism', ...tests], { cwd: inProject(), environment: { ...process.env, JINBAN_SCREENS_OUT: screens } })) === 0;
const sound = (await look('test/screens/console-screens', 'test/screens/hall', 'test/screens/site')) && (await look('test/screens/kiosk-screens', '-t', 'portrait: nothing overflows'));
const made = [...Object.entries(CONSOLE_PICTURES).map(([name, picture]) => ({ folder: CONSOLE_PICTURES_FOLDER, name, picture })), ...Object.entries(SITE_PICTURES).map(([name, picture]) => ({ folder: PICTURES_FOLDER, name, picture }))];
const missing = made.map(({ picture }) => picture).filter((picture) => !existsSync(join(screens, `${picture}.png`)));
// A page with a fault is no picture to show.
if (sound && missing.length === 0) {
  for (const { folder, name, picture } of made) {
    mkdirSync(inProject(folder), { recursive: true });
    copyFileSync(join(screens, `${picture}.png`), join(inProject(folder), `${name}.png`));
  }
}
rmSync(screens, { recursive: true, force: true });
if (!sound) stop('a page has a fault; no picture was changed.', 'Mend what the tests above say, then run the same command again.');
if (missing.length > 0) stop(`the tests made no picture ${missing.join(', ')}; none was changed.`, 'Name others in build/pictures.ts.');
process.exitCode = await runInForeground(process.execPath, [inProject('build', 'cli', 'demo.ts'), '--headless', '--pictures', inProject(PICTURES_FOLDER)], { cwd: inProject() });
