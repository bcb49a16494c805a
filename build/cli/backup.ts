/** `jinban backup --config FILE --to DIR`: copies the terminal's store, which may be in use, to a folder of its own in DIR. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSigner } from '../../crypto/node.ts';
import { storeFileOf } from '../../main/core/core.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { keyMend } from '../../main/core/keys/keys.ts';
import { openKeysBeside } from '../../main/core/keys/rotation.ts';
import { bootId, systemClock } from '../../main/core/system.ts';
import { configFailureText } from '../../main/config-file.ts';
import { readTerminalConfig } from '../../main/shell/config.ts';
import { backUp } from '../../sync/backup/backup.ts';
import { stop } from '../say.ts';

const { values } = parseArgs({ options: { config: { type: 'string', default: 'terminal.yaml' }, to: { type: 'string', default: '' } }, strict: false });
const to = String(values.to);
if (to === '') stop('the folder for the backup is not named.', 'Name it: ./jinban backup --config FILE --to DIR');
const read = readTerminalConfig(String(values.config));
if (!read.ok) stop(configFailureText(read.error), 'Correct the file, or name another with --config FILE.');
const config = read.value;
const file = storeFileOf(config);
// Opening keys makes them where there are none.
if (!existsSync(file)) stop('this machine has no store yet.', mendOf('no-store'));
const keys = await openKeysBeside({ folder: config.data, file, nativeBinding: null }, localKeepers(config.keys.keeper));
if (!keys.ok) stop(`the keys do not open: ${keys.error.kind}.`, `${keyMend(keys.error)}.`);
const { store: key, signing } = keys.value;
const made = await backUp({ file, key, nativeBinding: null, signer: createSigner(config.machine, signing.privateKey), clock: systemClock, boot: bootId(), random: (count) => crypto.getRandomValues(new Uint8Array(count)) }, to);
if (!made.ok) stop(`no backup was made: ${made.error.kind}${made.error.kind === 'cannot-write' ? ` (${made.error.code})` : ''}.`, mendOf(made.error.kind));
process.stdout.write(`${made.value}\n`);

function mendOf(kind: string): string {
  switch (kind) {
    case 'no-store':
    case 'not-enrolled':
      return 'There is nothing to back up before the terminal was enrolled.';
    case 'cannot-write':
      return 'Give a folder that this user may write, on a disk with room for the whole store.';
    default:
      return 'Look at the terminal\'s log.';
  }
}
