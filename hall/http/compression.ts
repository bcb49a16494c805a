import { PassThrough, pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Encoding } from '../../domain/contracts/hall.ts';

const compress = promisify(gzip);
/** Below it the header costs about what is saved. */
const WORTH_IT = 1024;
/** Lines to townships are thin and the hall's processor is not: level 1 already takes JSON down to a fifth. */
const LEVEL = 1;

/** How a request body may be packed. */
export const ENCODINGS: Encoding[] = ['gzip'];

/** Takes request bodies in gzip and answers in gzip to those who ask for it. The body limit holds for the unpacked bytes. */
export function registerCompression(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') return done(null, payload);
    if (encoding !== 'gzip') return done(Object.assign(new Error('content encoding not spoken'), { statusCode: 415 }));
    delete request.headers['content-encoding'];
    done(null, unpacked(payload));
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH_IT || reply.hasHeader('content-encoding') || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload;
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    return compress(payload, { level: LEVEL });
  });
}

/** Counts the packed bytes too: Fastify compares them with the declared length. */
function unpacked(payload: Readable): Readable & { receivedEncodedLength: number } {
  const counted = Object.assign(new PassThrough(), { receivedEncodedLength: 0 });
  payload.on('data', (chunk: Buffer) => {
    counted.receivedEncodedLength += chunk.length;
  });
  pipeline(payload, createGunzip(), counted, (cause) => {
    if (cause != null) counted.destroy(Object.assign(new Error('body is not gzip'), { statusCode: 400 }));
  });
  return counted;
}
