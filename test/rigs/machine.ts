import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { County } from '../../build/demo/county.ts';
import { createSigner } from '../../crypto/node.ts';
import { MachineId } from '../../domain/ids.ts';
import { configOf } from './citizen.ts';

const Keys = z.looseObject({ store: z.string(), signing: z.object({ publicKey: z.string(), privateKey: z.string() }) });

/** A terminal's own secrets, as whoever stole its disk and key file would have them. */
export function secretsOf(county: Pick<County, 'config'>) {
  const { data, machine: name } = configOf(county);
  const { store, signing } = Keys.parse(JSON.parse(readFileSync(join(data, 'terminal-keys.json'), 'utf8')));
  const machine = MachineId.parse(name);
  return { machine, file: join(data, 'store.db'), storeKey: new Uint8Array(Buffer.from(store, 'base64')), ...signing, signer: createSigner(machine, signing.privateKey) };
}
