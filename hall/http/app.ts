import { ORPCError } from '@orpc/server';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { MAX_BODY } from '../../domain/contracts/hall.ts';
import { drop } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import { causeOf } from '../log-events.ts';
import { registerCompression } from './compression.ts';

/** Longest a request may take to arrive: 4 MB at 64 kbit/s is under nine minutes. A slower sender holds a socket, nothing else. */
const REQUEST_TIMEOUT = 10 * 60_000;

/** A Fastify server that reads JSON up to `MAX_BODY`, answers every failure without quoting what came in, and logs by route. */
export function createApp(ground: Ground): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    // A waiting keep-alive socket shall not keep a closing server up.
    forceCloseConnections: true,
  });
  const parseJson = app.getDefaultJsonParser('remove', 'remove');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') done(null, undefined);
    // Fastify's own parser answers through `done`; its type also allows a promise.
    else drop(Promise.resolve(parseJson(request, text as string, done)));
  });
  registerCompression(app);
  app.addHook('onResponse', (request, reply, done) => {
    ground.log({ event: 'request', method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) });
    done();
  });
  app.setErrorHandler<FastifyError>((cause, request, reply) => {
    const status = cause instanceof ORPCError ? cause.status : cause.statusCode ?? 500;
    if (status >= 500) ground.log({ event: 'failed', where: request.routeOptions.url ?? 'unknown', cause: causeOf(cause) });
    return reply.status(status).send({ code: CODES[status] ?? 'FAILED', status });
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ code: 'NOT_FOUND', status: 404 }));
  return app;
}

/** The names that the contract's client knows its failures by. */
const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 413: 'PAYLOAD_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE', 429: 'TOO_MANY_REQUESTS', 500: 'INTERNAL_SERVER_ERROR',
};
