/** Who keeps the terminal's keys, and whether that works on this machine for this user. */
import { randomBytes } from 'node:crypto';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { type Keepers, localKeepers } from '../../main/core/keys/keepers.ts';
import { keeperOf, keyFileOf, keyMend } from '../../main/core/keys/keys.ts';
import { fine, lacking, warning } from './check.ts';
import type { Check } from './check.ts';

const NAME = 'keys';

export async function checkKeys(config: Pick<TerminalConfig, 'data' | 'keys'>, keepers: Keepers = localKeepers): Promise<Check> {
  const { keeper } = config.keys;
  const file = keyFileOf(config.data);
  const kept = keeperOf(config.data);
  if (!kept.ok) return lacking(NAME, file, `${keyMend(kept.error)}.`);
  if (kept.value !== null && kept.value.keeper !== keeper) {
    const failure = { kind: 'other-keeper', kept: kept.value.keeper, wanted: keeper } as const;
    return lacking(NAME, `${file}, kept by ${kept.value.keeper}`, `${keyMend(failure)}.`);
  }
  const found = `${keeper}${kept.value === null ? ', none made yet' : ''}`;
  switch (keeper) {
    case 'file':
      return warning(NAME, `${found}: for development only`, 'Before citizens use this machine set keys.keeper to systemd-creds (Windows: dpapi) and start the terminal once with --move-keys.');
    case 'dpapi':
      // Only Electron reaches it: the terminal itself says at its start when it does not work.
      return process.platform === 'win32' ? fine(NAME, `${found}, not tried`) : lacking(NAME, `${found}, which is a part of Windows`, 'Set keys.keeper to systemd-creds.');
    case 'systemd-creds': {
      const probe = new Uint8Array(randomBytes(16));
      const chosen = keepers(keeper);
      const sealed = await chosen.keep(probe);
      if (!sealed.ok) return lacking(NAME, found, `${keyMend(sealed.error)}.`);
      const opened = await chosen.open(kept.value?.sealed ?? sealed.value);
      return opened.ok ? fine(NAME, `${found}, seals and opens`) : lacking(NAME, found, `${keyMend(opened.error)}.`);
    }
  }
}
