/** `jinban doctor [--config FILE]`: says what this machine has and lacks, with the mend for each lack. */
import { existsSync } from 'node:fs';
import { configFailureText } from '../../main/config-file.ts';
import { readTerminalConfig } from '../../main/shell/config.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { fine, lacking, report, warning } from '../doctor/check.ts';
import type { Check } from '../doctor/check.ts';
import { checkKeys } from '../doctor/keys.ts';
import { checkDatabase, checkDisk, checkLocalPort, checkLockdown, checkSerialPorts } from '../doctor/machine.ts';
import { checkSite } from '../doctor/site.ts';
import { checkDevices, checkHall, checkPack } from '../doctor/terminal.ts';
import { checkDisplay, checkFonts, checkRuntimes, checkTools } from '../doctor/software.ts';

const { config, check } = readConfig();
const checks: Check[] = [
  ...(await checkRuntimes()),
  await checkDisplay(),
  ...(await checkTools()),
  ...(await checkFonts()),
  await checkSerialPorts(),
  await checkDatabase(),
  await checkLocalPort(),
  await checkDisk(config?.data ?? process.cwd()),
  check,
  ...(config === null ? [] : [await checkKeys(config), checkPack(config), ...(await checkHall(config)), ...(await checkDevices(config)), ...(config.queue === null ? [] : await checkSite({ machine: config.machine, site: config.site, queue: config.queue }))]),
  ...checkLockdown(config),
];
process.exitCode = report(checks);

/** The terminal's settings are only there on a terminal; a machine for development does well without. */
function readConfig(): { config: TerminalConfig | null; check: Check } {
  const at = process.argv.indexOf('--config');
  const file = at === -1 ? 'terminal.yaml' : (process.argv[at + 1] ?? '');
  if (at === -1 && !existsSync(file)) return { config: null, check: warning('settings', 'no terminal.yaml here', 'On a terminal name it: ./jinban doctor --config FILE') };
  if (file === '') return { config: null, check: lacking('settings', '--config names no file', 'Name it: ./jinban doctor --config FILE') };
  const read = readTerminalConfig(file);
  if (!read.ok) return { config: null, check: lacking('settings', configFailureText(read.error), 'Correct the file.') };
  return { config: read.value, check: fine('settings', file) };
}
