/** The site host on the network: the API for counters, boards and phones, and the pages themselves. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { ORPCError } from '@orpc/server';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { codeOf, err, ok, type Result } from '../../domain/result.ts';
import type { SiteLog } from './log.ts';
import type { createSiteRoad, SiteContext } from './road.ts';

/** A wish with a note is under 2 kB; the largest arrangement has 16 000 characters, and the wish some hundred around it. */
const MAX_BODY = 16 * 1024;
const REQUEST_TIMEOUT = 15_000;
/** Fifty counters, their rating screens, twenty boards, and the phones of a full hall that ask every ten seconds. */
const MOST_CONNECTIONS = 600;
const PREFIX = '/site/api';
/** Each page's folder in `dist/`, and the address it has. */
const PAGES = { counter: '/counter/', board: '/board/', position: '/position/', voice: '/voice/' } as const;

const EVERY_ANSWER: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
};

export type SiteServer = { port: number; close(): Promise<void> };
/** @property pages folder of the built pages @property origins of the site's machines: a counter goes on with the next when its own is gone @property tls certificate and key, PEM */
export type ServerSettings = { host: string; port: number; tls: { cert: string; key: string } | null; pages: string; origins: readonly string[]; road: ReturnType<typeof createSiteRoad>; log: SiteLog };

export async function openSiteServer(settings: ServerSettings): Promise<Result<SiteServer, { kind: 'cannot-listen'; code: string }>> {
  const { host, port, tls, log } = settings;
  const app = Fastify({ logger: false, bodyLimit: MAX_BODY, requestTimeout: REQUEST_TIMEOUT, forceCloseConnections: true, https: tls, frameworkErrors: (_cause, _request, reply: FastifyReply) => void reply.headers(EVERY_ANSWER).status(400).send({ code: 'BAD_REQUEST', status: 400 }) });
  app.server.maxConnections = MOST_CONNECTIONS;
  registerHeaders(app, settings.origins);
  app.setErrorHandler<Error & { statusCode?: number }>((cause, request, reply) => {
    const status = cause.statusCode ?? 500;
    if (status >= 500) log({ event: 'site-failed', where: request.routeOptions.url ?? 'unknown', cause: cause.constructor.name });
    return reply.status(status).send({ code: 'FAILED', status });
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ code: 'NOT_FOUND', status: 404 }));
  registerApi(app, settings);
  await registerPages(app, settings);
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    return err({ kind: 'cannot-listen', code: codeOf(cause) });
  }
  const address = app.server.address();
  return ok({ port: typeof address === 'object' && address !== null ? address.port : port, close: () => app.close() });
}

/** Pages of the site's machines may speak to each other's; nobody else's page may. */
function registerHeaders(app: FastifyInstance, origins: readonly string[]): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(EVERY_ANSWER);
    const { origin } = request.headers;
    if (origin !== undefined && origins.includes(origin)) reply.headers({ 'access-control-allow-origin': origin, vary: 'origin', 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '600' });
    if (request.method === 'OPTIONS') reply.status(204).send();
    else done();
  });
}

function registerApi(app: FastifyInstance, { road, log }: ServerSettings): void {
  const handler = new OpenAPIHandler<SiteContext>(road, {
    // Live lines have heartbeats of their own, which say something.
    eventIteratorKeepAliveEnabled: false,
    interceptors: [async ({ next }) => {
      try {
        return await next();
      } catch (cause) {
        if (!(cause instanceof ORPCError) || cause.status >= 500) log({ event: 'site-failed', where: PREFIX, cause: cause instanceof Error ? cause.constructor.name : 'unknown' });
        // Without its data: what a schema says of an input names the members that were sent.
        throw cause instanceof ORPCError ? new ORPCError(cause.code, { status: cause.status, message: cause.message }) : new ORPCError('INTERNAL_SERVER_ERROR');
      }
    }],
  });
  app.all(`${PREFIX}/*`, async (request, reply) => {
    const [, token = null] = /^Bearer ([\w.-]{1,1000})$/.exec(request.headers.authorization ?? '') ?? [];
    const { matched } = await handler.handle(request, reply, { prefix: PREFIX, context: { token } });
    if (!matched) reply.callNotFound();
  });
}

async function registerPages(app: FastifyInstance, { pages, origins }: ServerSettings): Promise<void> {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ${origins.join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const asPage = (reply: FastifyReply) => reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
  for (const [folder, prefix] of Object.entries(PAGES)) {
    const root = join(pages, folder);
    if (!existsSync(root)) continue;
    await app.register(async (scope) => {
      await scope.register(serveStatic, { root, prefix, decorateReply: false, cacheControl: false, setHeaders: (reply) => void asPage(reply) });
    });
  }
  app.get('/', (_request, reply) => reply.redirect(PAGES.counter));
  const position = join(pages, 'position', 'index.html');
  if (!existsSync(position)) return;
  const page = readFileSync(position);
  // The id stands in the address and is read by the page; a wrong one gets the same page, which says so.
  app.get('/q/:ticket', (_request, reply) => asPage(reply).type('text/html; charset=utf-8').send(page));
}
