import { join } from 'node:path';
import { type County, startCounty } from '../../build/demo/county.ts';
import { layMigratedDatabase } from '../fixtures/pglite-image.ts';

/** The demo's county for a test: its hall begins with a database that is migrated already, as every start but a hall's first does. */
export async function startTestCounty(options: Parameters<typeof startCounty>[0]): Promise<County> {
  await layMigratedDatabase(join(options.folder, 'hall'));
  return startCounty(options);
}
