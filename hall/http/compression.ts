import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGunzip, createZstdDecompress, gzip, zstdCompress } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { Encoding } from '../../domain/contracts/hall.ts';

const [packGzip, packZstd] = [promisify(gzip), promisify(zstdCompress)];
/** Below it the header costs about what is saved. */
const WORTH_IT = 1024;
/** Lines to townships are thin and the hall's processor is not: level 1 already takes JSON down to a fifth. */
const LEVEL = 1;

/** Most memory that a zstd body may ask for to be unpacked, as a power of two: 4 MB, as much as a body may hold. The format allows gigabytes. */
const ZSTD_WINDOW = 22;

const UNPACK: Readonly<Record<Encoding, () => Transform>> = {
  gzip: createGunzip,
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW } }),
};
/** How a request body may be packed. */
export const ENCODINGS = Encoding.options;

/** Takes packed request bodies and packs answers for those who ask for it. The body limit holds for the unpacked bytes. */
export function registerCompression(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') return done(null, payload);
    const known = Encoding.safeParse(encoding);
    if (!known.success) return done(Object.assign(new Error('content encoding not spoken'), { statusCode: 415 }));
    delete request.headers['content-encoding'];
    done(null, unpacked(payload, UNPACK[known.data]()));
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const accepted = acceptedEncoding(request.headers['accept-encoding'] ?? '');
    if (typeof payload !== 'string' || payload.length < WORTH_IT || reply.hasHeader('content-encoding') || accepted === null) return payload;
    reply.header('content-encoding', accepted).header('vary', 'accept-encoding').removeHeader('content-length');
    return accepted === 'zstd' ? packZstd(payload, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }) : packGzip(payload, { level: LEVEL });
  });
}

function acceptedEncoding(accept: string): Encoding | null {
  if (/\bzstd\b/.test(accept)) return 'zstd';
  return /\bgzip\b/.test(accept) ? 'gzip' : null;
}

/** Counts the packed bytes too: Fastify compares them with the declared length. */
function unpacked(payload: Readable, unpack: Transform): Readable & { receivedEncodedLength: number } {
  const counted = Object.assign(new PassThrough(), { receivedEncodedLength: 0 });
  payload.on('data', (chunk: Buffer) => {
    counted.receivedEncodedLength += chunk.length;
  });
  pipeline(payload, unpack, counted, (cause) => {
    if (cause != null) counted.destroy(Object.assign(new Error('body is not packed as it says'), { statusCode: 400 }));
  });
  return counted;
}
