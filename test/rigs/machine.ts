import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { County } from '../../build/demo/county.ts';
import { createSigner } from '../../crypto/node.ts';
import { storeFileOf } from '../../main/core/core.ts';
import { keyFileOf } from '../../main/core/keys/keys.ts';
import { configOf } from './citizen.ts';

const Sealed = z.looseObject({ keeper: z.literal('file'), sealed: z.string() });
const Keys = z.looseObject({ store: z.string(), signing: z.object({ publicKey: z.string(), privateKey: z.string() }) });

/** A terminal's own secrets, as whoever stole its disk would have them: a file keeps nothing from a thief. */
export function secretsOf(county: Pick<County, 'config'>) {
  const config = configOf(county);
  const { sealed } = Sealed.parse(JSON.parse(readFileSync(keyFileOf(config.data), 'utf8')));
  const { store, signing } = Keys.parse(JSON.parse(Buffer.from(sealed, 'base64').toString('utf8')));
  return { machine: config.machine, file: storeFileOf(config), storeKey: new Uint8Array(Buffer.from(store, 'base64')), ...signing, signer: createSigner(config.machine, signing.privateKey) };
}
