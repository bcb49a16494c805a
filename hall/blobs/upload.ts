import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ORPCError } from '@orpc/server';
import { FileStore } from '@tus/file-store';
import { Server, type ServerOptions } from '@tus/server';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CaseId, Hash } from '../../domain/ids.ts';
import { drop } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import { authenticate } from '../http/terminal-road.ts';
import type { KnownMachine } from '../identity/machines.ts';
import { keepBlob, namedSize } from './arrive.ts';
import type { BlobStore } from './store.ts';

/** The contract's largest sealed file. */
const MAX_BLOB = 64 * 1024 * 1024;
/** How long a part lies and waits for its rest: longer than the week that a village may be without a line. */
const PART_LIFE = 14 * 24 * 3_600_000;
/** tus 1.0, checksum extension: the bytes are not what was promised. */
const CHECKSUM_MISMATCH = 460;

type Request = Parameters<NonNullable<ServerOptions['onUploadCreate']>>[0];
type Upload = Parameters<NonNullable<ServerOptions['onUploadCreate']>>[1];

const Metadata = z.object({ hash: Hash, case: CaseId });

/** What tus takes as a refusal. */
function refusal(status_code: number, body: string): { status_code: number; body: string } {
  return { status_code, body };
}

/**
 * tus 1.0 at `/api/v1/blobs`: a terminal sends a sealed file in pieces and takes up a broken upload where it stopped. Only files that a case handed in at
 * that terminal names are taken, and only if their bytes have the hash that the case's signed log says.
 * @param folder where parts wait; under it nothing is ever served
 */
export async function registerUploads(app: FastifyInstance, ground: Ground, store: BlobStore, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const senders = new WeakMap<IncomingMessage, KnownMachine>();
  const senderOf = (request: Request): KnownMachine => {
    const node = request.runtime?.node?.req;
    const sender = node === undefined ? undefined : senders.get(node as IncomingMessage);
    if (sender === undefined) throw refusal(401, 'unauthorized');
    return sender;
  };
  const parts = new FileStore({ directory: folder, expirationPeriodInMilliseconds: PART_LIFE });
  /** Moves a whole upload in and remembers that it is here; throws tus's refusal when the bytes are others. */
  const settle = async (machine: string, upload: Upload): Promise<void> => {
    const { hash } = Metadata.parse(upload.metadata);
    const kept = await keepBlob(ground, store, { machine, path: join(folder, upload.id), hash });
    await parts.configstore.delete(upload.id);
    if (!kept.ok) throw refuse(machine, CHECKSUM_MISMATCH, kept.error.kind);
  };
  const refuse = (machine: string, status: number, why: string) => {
    ground.log({ event: 'blob-refused', machine, why });
    return refusal(status, why);
  };

  const tus = new Server({
    path: '/api/v1/blobs',
    datastore: parts,
    maxSize: MAX_BLOB,
    relativeLocation: true,
    allowedOrigins: () => false,
    // The machine in an upload's name is whose it is.
    namingFunction: (request) => `${senderOf(request).machine}.${randomBytes(16).toString('hex')}`,
    async onIncomingRequest(request, id) {
      if (!id.startsWith(`${senderOf(request).machine}.`)) throw refusal(404, 'not found');
    },
    async onUploadCreate(request, upload) {
      const { machine } = senderOf(request);
      const metadata = Metadata.safeParse(upload.metadata);
      if (!metadata.success || upload.size === undefined) throw refuse(machine, 400, 'bad-metadata');
      const size = await namedSize(ground, { machine, ...metadata.data });
      if (size === null) throw refuse(machine, 409, 'not-named-by-a-case');
      if (size !== upload.size) throw refuse(machine, 400, 'wrong-size');
      return {};
    },
    async onUploadFinish(request, upload) {
      await settle(senderOf(request).machine, upload);
      return {};
    },
  });
  // Parts that nobody came back for; their terminal still has the whole.
  await tus.cleanUpExpiredUploads();

  /**
   * A hall that stopped between the last byte and the move left the upload whole but not taken; the terminal, asking how far it got, would be told that
   * nothing is left to send, for ever. So the question settles it: the answer is then that there is no such upload, and no such file missing.
   */
  async function settleLeftOver(machine: string, id: string): Promise<void> {
    if (!id.startsWith(`${machine}.`)) return;
    const upload = await parts.getUpload(id).catch(() => null);
    if (upload !== null && upload.size !== undefined && upload.offset === upload.size) await settle(machine, upload).catch(ignoreRefusal);
  }

  await app.register(async (scope) => {
    // tus reads the bytes itself.
    scope.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
    for (const [url, method] of [['/api/v1/blobs', ['POST', 'OPTIONS']], ['/api/v1/blobs/:upload', ['HEAD', 'PATCH', 'DELETE', 'OPTIONS']]] as const) {
      scope.route({
        method: [...method], url, bodyLimit: MAX_BLOB,
        async handler(request, reply) {
          const sender = await authenticate(ground, request.headers.authorization).catch((cause: unknown) => {
            if (cause instanceof ORPCError) return null;
            throw cause;
          });
          if (sender === null) return reply.status(401).send({ code: 'UNAUTHORIZED', status: 401 });
          senders.set(request.raw, sender);
          if (request.method === 'HEAD') await settleLeftOver(sender.machine, uploadOf(request.params));
          reply.hijack();
          drop(tus.handle(request.raw, reply.raw));
          return reply;
        },
      });
    }
  });
}

/** The upload that an address names; empty for none. */
function uploadOf(params: unknown): string {
  const parsed = z.object({ upload: z.string() }).safeParse(params);
  return parsed.success ? parsed.data.upload : '';
}

/** Wrong bytes were thrown away, which is all that can be done with them. */
function ignoreRefusal(cause: unknown): void {
  if (cause instanceof Error) throw cause;
}
