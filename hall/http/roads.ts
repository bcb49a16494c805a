import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { AnyContractRouter } from '@orpc/contract';
import { ORPCError, type Router } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { consoleContract } from '../../domain/contracts/console.ts';
import { hallContract } from '../../domain/contracts/hall.ts';
import { DATABASE_AWAY } from '../../domain/contracts/away.ts';
import { DatabaseAway } from '../db/pool.ts';
import type { Ground } from '../ground.ts';
import { causeOf } from '../log-events.ts';

/** Serves a contract's implementation under a prefix. @param contextOf what a handler gets of the request */
export function registerRoad<Context extends Record<PropertyKey, unknown>>(app: FastifyInstance, ground: Ground, prefix: `/${string}`, router: Router<AnyContractRouter, Context>, contextOf: (request: FastifyRequest, reply: FastifyReply) => Context): void {
  const handler = new OpenAPIHandler<Context>(router, {
    // A live line has heartbeats of its own, which say something.
    eventIteratorKeepAliveEnabled: false,
    interceptors: [async ({ next, request }) => {
      try {
        return await next();
      } catch (cause) {
        // Refusals are answers; anything else is a surprise, and its message may quote a row.
        if (!(cause instanceof ORPCError) || cause.status >= 500) ground.log({ event: 'failed', where: `${prefix} ${request.method}`, cause: causeOf(cause) });
        if (cause instanceof DatabaseAway) throw new ORPCError('SERVICE_UNAVAILABLE', { data: DATABASE_AWAY });
        // Without its data: what a schema says of an input names the members that were sent.
        throw cause instanceof ORPCError ? new ORPCError(cause.code, { status: cause.status, message: cause.message }) : new ORPCError('INTERNAL_SERVER_ERROR');
      }
    }],
  });
  app.all(`${prefix}/*`, async (request, reply) => {
    const { matched } = await handler.handle(request, reply, { prefix, context: contextOf(request, reply) });
    if (!matched) reply.callNotFound();
  });
}

/** Both contracts as one OpenAPI document, made from the same schemas that check every request. */
export async function openApiDocument(): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const info = { title: 'Jinban hall', version: '1' };
  const [terminal, console] = await Promise.all([
    generator.generate(hallContract, { info, servers: [{ url: '/api/v1' }] }),
    generator.generate(consoleContract, { info, servers: [{ url: '/console/api' }] }),
  ]);
  const paths = (document: { paths?: Record<string, unknown> }, prefix: string) => Object.entries(document.paths ?? {}).map(([path, operations]) => [prefix + path, operations] as const);
  return { ...terminal, servers: [{ url: '/' }], paths: Object.fromEntries([...paths(terminal, '/api/v1'), ...paths(console, '/console/api')]) };
}
