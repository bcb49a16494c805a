import { promisify } from 'node:util';
// As a whole: a runtime without zstd (Electron 33) has no such names to import.
import * as zlib from 'node:zlib';
import type { Encoding } from '../../domain/contracts/hall.ts';

/** The quickest level of both: JSON comes down to a fifth, and higher levels cost a small machine more time than its line wins. */
const LEVEL = 1;

const gzip = promisify(zlib.gzip);
/** null where this runtime has none. */
const zstd = 'zstdCompress' in zlib ? promisify(zlib.zstdCompress) : null;

/** The best packing that this runtime has and the hall takes; gzip every hall takes. @param spoken what the hall says it takes */
export function bestEncoding(spoken: readonly string[], here: boolean = zstd !== null): Encoding {
  return here && spoken.includes('zstd') ? 'zstd' : 'gzip';
}

export async function pack(text: string, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return new Uint8Array(await gzip(text, { level: LEVEL }));
  if (zstd === null) throw new Error('this runtime has no zstd');
  return new Uint8Array(await zstd(text, { params: { [zlib.constants.ZSTD_c_compressionLevel]: LEVEL } }));
}
