import { isSetting, SETTINGS, type Settings, settingsWith } from '../../domain/settings/settings.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** What the county has set, and what holds where it has not. */
export async function readSettings(read: Read, division: string): Promise<Settings> {
  const rows = await read.selectFrom('hall_setting').select(['name', 'value']).where('division', '=', division).execute();
  return settingsWith(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
}

/** It holds for what comes from now on: limits that run keep the day they were given. */
export async function changeSetting(ground: Ground, staff: Staff, name: string, value: number): Promise<Result<null, { kind: 'unknown-setting' | 'out-of-range' }>> {
  if (!isSetting(name)) return err({ kind: 'unknown-setting' });
  const { least, most } = SETTINGS[name];
  if (value < least || value > most) return err({ kind: 'out-of-range' });
  const { division } = ground;
  await ground.db.write(async (write) => {
    await write.insertInto('hall_setting').values({ division, name, value }).onConflict((conflict) => conflict.columns(['division', 'name']).doUpdateSet({ value })).execute();
    await recordDeed(ground, write, staff, { what: 'settings.change', subject: name, body: { value } });
  });
  return ok(null);
}
