import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the kernel keeps the name of its boot (random(4)). */
export const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/**
 * A script that runs a program as after a boot of the machine: the kernel's name for it is another each time. What is mounted for it is seen by this program alone. Needs the right to mount.
 * @param folder where the script is kept
 */
export function bootingInto(program: string, folder: string): string {
  const script = join(folder, 'booted');
  const name = join(folder, 'boot-id');
  writeFileSync(name, '');
  writeFileSync(script, `#!/bin/sh
cat /proc/sys/kernel/random/uuid >'${name}'
exec unshare --mount sh -c 'mount --bind "$0" ${BOOT_ID} && exec "$@"' '${name}' '${program}' "$@"
`);
  chmodSync(script, 0o755);
  return script;
}
