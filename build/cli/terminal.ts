/** `jinban terminal --config FILE`: runs this machine's terminal; without a display, on a screen in memory. */
import { displayMend, startDisplay } from '../display.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { say, stop } from '../say.ts';
import { electronSwitches, prepareTerminal } from '../terminal.ts';

const electron = await prepareTerminal();
const environment = { ...process.env };
let closeDisplay = () => Promise.resolve();
const hasDisplay = process.platform !== 'linux' || (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
if (!hasDisplay) {
  const display = await startDisplay();
  if (!display.ok) stop(`this machine has no display: ${display.error.reason}.`, displayMend);
  say(`This machine has no display: the terminal draws on ${display.value.name}, in memory`);
  environment['DISPLAY'] = display.value.name;
  closeDisplay = display.value.stop;
}
const code = await runInForeground(electron.executable, [...electronSwitches(), inProject(), ...process.argv.slice(2)], { environment });
await closeDisplay();
process.exitCode = code;
