/** `jinban device NAME (status|test|watch|accept) [--config FILE] [OPTION…]`: speaks to one device of this terminal, which must not be running. */
import { configFailureText } from '../../main/config-file.ts';
import { readTerminalConfig } from '../../main/shell/config.ts';
import { DeviceName } from '../../domain/contracts/devices.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { acceptDevice } from '../acceptance/verb.ts';
import { toolFor, type DeviceVerb } from '../device/tool.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { stop } from '../say.ts';

const VERBS: readonly DeviceVerb[] = ['status', 'test', 'watch'];

const given = process.argv.slice(2);
const at = given.indexOf('--config');
const file = at === -1 ? 'terminal.yaml' : (given[at + 1] ?? '');
const [name, verb, ...more] = at === -1 ? given : given.toSpliced(at, 2);
const device = DeviceName.safeParse(name);
const wanted = VERBS.find((known) => known === verb);
if (!device.success) stop(name === undefined ? 'name the device.' : `there is no device ${name}.`, `Name one of: ${DeviceName.options.join(', ')}.`);
if (verb === 'accept') process.exit(await acceptDevice(settings(), device.data, more));
if (wanted === undefined) stop(verb === undefined ? 'say what to do.' : `a device has no verb ${verb}.`, `Say one of: ${[...VERBS, 'accept'].join(', ')}.`);
const tool = toolFor(settings().devices, device.data, wanted);
if (!tool.ok) stop(`${file} says that this machine has no ${device.data}.`, 'Write down where it is; docs/devices.md tells how.');
process.exitCode = await runInForeground(process.execPath, [inProject(tool.value.file), ...tool.value.args, ...more]);

function settings(): TerminalConfig {
  const read = readTerminalConfig(file);
  return read.ok ? read.value : stop(configFailureText(read.error), 'Correct it, or name another: --config FILE.');
}
