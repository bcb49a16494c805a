import { ORPCError } from '@orpc/server';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DATABASE_AWAY } from '../../domain/contracts/away.ts';
import { MAX_BODY } from '../../domain/contracts/hall.ts';
import { drop } from '../../domain/result.ts';
import { DatabaseAway } from '../db/pool.ts';
import type { Ground } from '../ground.ts';
import { causeOf } from '../log-events.ts';
import { registerCompression } from './compression.ts';
import { EVERY_ANSWER } from './headers.ts';

/** Longest a request may take to arrive: 4 MB at 64 kbit/s is under nine minutes. A slower sender holds a socket, nothing else. */
const REQUEST_TIMEOUT = 10 * 60_000;

/** How long the rest of a body that was refused is still read, milliseconds; nobody reads an answer later than that. */
const LINGER = 10_000;

/** When whoever was told 503 may come again, seconds: a database that was started again, or a spare that took its place, is there about then. */
const RETRY_AFTER = 2;

/** A Fastify server that reads JSON up to `MAX_BODY`, answers every failure without quoting what came in, and logs by route. @param proxies addresses of proxies that speak the truth about whom they pass on */
export function createApp(ground: Ground, proxies: readonly string[] = []): FastifyInstance {
  const app = Fastify({
    logger: false,
    // Only these may say whom a request comes from: limits by address would else hold for all who come through them together, or for nobody.
    trustProxy: proxies.length === 0 ? false : [...proxies],
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    // A waiting keep-alive socket shall not keep a closing server up.
    forceCloseConnections: true,
    // Of an address that is none Fastify would quote what it was.
    frameworkErrors: (_cause, _request, reply: FastifyReply) => void reply.headers(EVERY_ANSWER).status(400).send({ code: 'BAD_REQUEST', status: 400 }),
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
  // A proxy that gathers an answer before it passes it on would keep every word of a live line to itself.
  app.addHook('onSend', async (_request, reply) => {
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) reply.header('x-accel-buffering', 'no').header('cache-control', 'no-store');
    if (reply.statusCode === 503) reply.header('retry-after', RETRY_AFTER);
  });
  app.setErrorHandler<FastifyError>((cause, request, reply) => {
    const status = cause instanceof DatabaseAway ? 503 : cause instanceof ORPCError ? cause.status : cause.statusCode ?? 500;
    if (status >= 500) ground.log({ event: 'failed', where: request.routeOptions.url ?? 'unknown', cause: causeOf(cause) });
    if (status === 413) linger(ground, request, reply);
    return reply.status(status).send({ code: CODES[status] ?? 'FAILED', status, ...(cause instanceof DatabaseAway ? { data: DATABASE_AWAY } : {}) });
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ code: 'NOT_FOUND', status: 404 }));
  return app;
}

/**
 * Lets a sender hear that its body is too large. Closing at once, as Fastify does, resets the connection while the sender still writes, and
 * the reset overtakes the answer: the terminal would take it for a lost line and send the same batch again.
 */
function linger(ground: Ground, request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  const cancel = ground.clock.after(LINGER, () => request.raw.socket.destroy());
  request.raw.once('close', cancel);
}

/** The names that the contract's client knows its failures by. */
const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 413: 'PAYLOAD_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE', 429: 'TOO_MANY_REQUESTS', 500: 'INTERNAL_SERVER_ERROR', 503: 'SERVICE_UNAVAILABLE',
};
