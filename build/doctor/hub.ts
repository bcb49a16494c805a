/** What a hub of a site has and lacks. */
import { configFailureText } from '../../main/config-file.ts';
import { readHubConfig } from '../../main/site/hub-config.ts';
import { type Check, fine, lacking } from './check.ts';
import { checkKeys } from './keys.ts';
import { checkDisk, checkLocalPort, checkSerialPorts } from './machine.ts';
import { checkSite } from './site.ts';
import { checkHall } from './terminal.ts';

/** @param flags `--config FILE`; without it, site.yaml of this folder */
export async function examineHub(flags: readonly string[]): Promise<Check[]> {
  const at = flags.indexOf('--config');
  const file = at === -1 ? undefined : (flags[at + 1] ?? '');
  const read = readHubConfig(file);
  if (!read.ok) return [lacking('settings', configFailureText(read.error), 'Correct the file, or name another: ./jinban site doctor --config FILE')];
  const { machine, site, data, keys, hall, queue } = read.value;
  return [
    fine('settings', file ?? 'site.yaml'),
    // A hub has no screen: of the programs it needs Node.js alone.
    fine('Node.js', process.versions.node),
    await checkSerialPorts(),
    await checkLocalPort(),
    await checkDisk(data),
    await checkKeys({ data, keys }),
    ...(hall === null ? [fine('road to the hall', 'none: the settings say so')] : await checkHall({ hall })),
    ...(await checkSite({ machine, site, queue })),
  ];
}
