/** `jinban pictures`: renews the pictures of the console's pages in docs/pictures/console, made by the tests that look at those pages. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONSOLE_PICTURES, CONSOLE_PICTURES_FOLDER } from '../console-pictures.ts';
import { programOf } from '../lint.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { stop } from '../say.ts';

const screens = mkdtempSync(join(tmpdir(), 'jinban-pictures-'));
const code = await runInForeground(process.execPath, [programOf('vitest', 'vitest'), 'run', '--root', inProject(), '--no-file-parallelism', 'test/screens/console-screens', 'test/screens/hall'], { cwd: inProject(), environment: { ...process.env, JINBAN_SCREENS_OUT: screens } });
const missing = Object.values(CONSOLE_PICTURES).filter((picture) => !existsSync(join(screens, `${picture}.png`)));
// A page with a fault is no picture to show.
if (code === 0 && missing.length === 0) {
  const folder = inProject(CONSOLE_PICTURES_FOLDER);
  mkdirSync(folder, { recursive: true });
  for (const [name, picture] of Object.entries(CONSOLE_PICTURES)) copyFileSync(join(screens, `${picture}.png`), join(folder, `${name}.png`));
}
rmSync(screens, { recursive: true, force: true });
if (code !== 0) stop('a page of the console has a fault; no picture was changed.', 'Mend what the tests above say, then run the same command again.');
if (missing.length > 0) stop(`the tests made no picture ${missing.join(', ')}; none was changed.`, 'Name others in build/console-pictures.ts.');
