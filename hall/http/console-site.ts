import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CaseId, Hash, Ulid } from '../../domain/ids.ts';
import { isPractice } from '../../domain/practice/mark.ts';
import { DEED_HEADER, REPLAYED_HEADER } from '../../domain/staff/deeds.ts';
import { may } from '../../domain/staff/rights.ts';
import { recordRead } from '../audit/reads.ts';
import { openBlob } from '../blobs/open.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Desks } from '../feeds/desks.ts';
import type { Ground } from '../ground.ts';
import { LARGEST_SCAN, takeScan } from '../cases/window-scans.ts';
import { staffOfSession } from '../identity/sessions.ts';
import { openRecording, RECORDING_TYPE } from '../messages/recording.ts';
import { registerPapers } from '../papers/site.ts';
import { createConsoleRoad } from './console-road.ts';
import { isHttps, PDF_POLICY } from './headers.ts';
import { registerRoad } from './roads.ts';

/**
 * The session's cookie. Over HTTPS its name has the prefix that makes a browser take it from this very host alone (RFC 6265bis, 4.1.3.2): neither another host of the
 * county's domain nor somebody on a plain line can plant one. The prefix demands the path `/`.
 */
const COOKIES = { https: { name: '__Host-jinban_session', path: '/' }, http: { name: 'jinban_session', path: '/console' } } as const;
type SessionCookie = (typeof COOKIES)['https' | 'http'];

/**
 * What pages may load. Styles are inline because Ant Design writes them at run time; scans are shown from blob addresses that
 * the page makes itself.
 */
const PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const MISSING = '控制台页面还没有生成。请在项目目录运行 ./jinban build 后刷新。\nThe console is not built yet. Run ./jinban build in the project folder, then reload.\n';

const BlobAddress = z.object({ case: CaseId, hash: Hash });

export type ConsoleSettings = {
  /** Built pages; without them the address tells how to build. */
  folder: string | null;
  /** Only over HTTPS: everywhere but on the machine itself. A proxy that says it speaks HTTPS makes it so in any case. */
  secureCookies: boolean;
  production: boolean;
  /** Folder where a window's scan waits until it is whole. */
  scans: string;
};

/** The console: its pages, its API and the scans it shows. */
export async function registerConsole(app: FastifyInstance, ground: Ground, blobs: BlobStore, desks: Desks, settings: ConsoleSettings): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(cookie);
    scope.addHook('onRequest', (request, reply, done) => {
      if (!request.url.startsWith('/console/api/')) reply.header('content-security-policy', PAGE_POLICY);
      if (isForeignWrite(request)) reply.status(403).send({ code: 'FORBIDDEN', status: 403 });
      else done();
    });
    registerApi(scope, ground, blobs, desks, settings);
    registerPapers(scope, ground, async (request) => {
      const session = sessionOf(request, settings.secureCookies);
      return session === undefined ? null : staffOfSession(ground, session);
    });
    registerScans(scope, ground, blobs, settings);
    registerRecordings(scope, ground, blobs, settings);
    await registerPages(scope, settings.folder, isPractice(ground.division));
  });
}

function registerApi(scope: FastifyInstance, ground: Ground, blobs: BlobStore, desks: Desks, settings: ConsoleSettings): void {
  registerRoad(scope, ground, '/console/api', createConsoleRoad(ground, desks, settings.production), (request, reply) => ({
    session: sessionOf(request, settings.secureCookies) ?? null,
    address: request.ip,
    setSession: (session: string | null) => setSessionCookie(reply, session, cookieFor(request, settings.secureCookies)),
    deed: Ulid.safeParse(request.headers[DEED_HEADER]).data ?? null,
    setReplayed: () => void reply.header(REPLAYED_HEADER, 'true'),
  }));
  scope.get('/console/api/blobs/:case/:hash', async (request, reply) => {
    const session = sessionOf(request, settings.secureCookies);
    const staff = session === undefined ? null : await staffOfSession(ground, session);
    if (staff === null) return reply.status(401).send({ code: 'UNAUTHORIZED', status: 401 });
    if (!may(staff.role, 'read-cases')) return reply.status(403).send({ code: 'FORBIDDEN', status: 403 });
    const address = BlobAddress.safeParse(request.params);
    if (!address.success) return reply.status(404).send({ code: 'NOT_FOUND', status: 404 });
    const opened = await openBlob(ground, blobs, { id: address.data.case, hash: address.data.hash, scope: staff.scope });
    if (!opened.ok) {
      const sealedWrong = opened.error.kind === 'cannot-open';
      if (sealedWrong) ground.log({ event: 'failed', where: 'blob', cause: opened.error.kind });
      return reply.status(sealedWrong ? 422 : 404).send({ code: sealedWrong ? 'CANNOT_OPEN' : 'NOT_FOUND', status: sealedWrong ? 422 : 404 });
    }
    await recordRead(ground, staff, { what: 'blob', cases: [address.data.case], blob: address.data.hash });
    if (opened.value.mediaType === 'application/pdf') reply.header('content-security-policy', PDF_POLICY);
    return reply.header('content-type', opened.value.mediaType).header('content-disposition', 'inline').send(Buffer.from(opened.value.bytes));
  });
}

/** What somebody said at a terminal. */
function registerRecordings(scope: FastifyInstance, ground: Ground, blobs: BlobStore, settings: ConsoleSettings): void {
  scope.get('/console/api/recordings/:message', async (request, reply) => {
    const session = sessionOf(request, settings.secureCookies);
    const staff = session === undefined ? null : await staffOfSession(ground, session);
    if (staff === null) return reply.status(401).send({ code: 'UNAUTHORIZED', status: 401 });
    if (!may(staff.role, 'messages')) return reply.status(403).send({ code: 'FORBIDDEN', status: 403 });
    const address = z.object({ message: Ulid }).safeParse(request.params);
    const opened = address.success ? await openRecording(ground, blobs, staff, address.data.message) : null;
    if (opened === null || !opened.ok) return reply.status(404).send({ code: 'NOT_FOUND', status: 404 });
    await recordRead(ground, staff, { what: 'message', cases: [address.data?.message ?? ''], blob: opened.value.hash });
    return reply.header('content-type', RECORDING_TYPE).send(Buffer.from(opened.value.bytes));
  });
}

/** A page that a window scanned, for a case that it is about to hand in. The body is the file itself. */
function registerScans(scope: FastifyInstance, ground: Ground, blobs: BlobStore, settings: ConsoleSettings): void {
  scope.addContentTypeParser(['image/jpeg', 'image/png', 'application/pdf'], { parseAs: 'buffer', bodyLimit: LARGEST_SCAN }, (_request, body, done) => done(null, body));
  scope.post('/console/api/scans/:case', { bodyLimit: LARGEST_SCAN }, async (request, reply) => {
    const session = sessionOf(request, settings.secureCookies);
    const staff = session === undefined ? null : await staffOfSession(ground, session);
    if (staff === null) return reply.status(401).send({ code: 'UNAUTHORIZED', status: 401 });
    if (!may(staff.role, 'receive')) return reply.status(403).send({ code: 'FORBIDDEN', status: 403 });
    const id = z.object({ case: CaseId }).safeParse(request.params);
    if (!id.success) return reply.status(404).send({ code: 'NOT_FOUND', status: 404 });
    if (!(request.body instanceof Buffer)) return reply.status(415).send({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415 });
    return takeScan(ground, blobs, settings.scans, { staff, id: id.data.case, bytes: request.body });
  });
}

function cookieFor(request: FastifyRequest, always: boolean): SessionCookie {
  return isHttps(request, always) ? COOKIES.https : COOKIES.http;
}

function sessionOf(request: FastifyRequest, always: boolean): string | undefined {
  return request.cookies[cookieFor(request, always).name];
}

function setSessionCookie(reply: FastifyReply, session: string | null, { name, path }: SessionCookie): void {
  const options = { path, httpOnly: true, sameSite: 'strict', secure: name === COOKIES.https.name } as const;
  if (session === null) reply.clearCookie(name, options);
  else reply.setCookie(name, session, options);
}

/** SameSite=Strict keeps the cookie from other sites; this keeps their forms and scripts from the address at all, signed in or not. */
function isForeignWrite(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

async function registerPages(scope: FastifyInstance, folder: string | null, practice: boolean): Promise<void> {
  scope.get('/console', (_request, reply) => reply.redirect('/console/', 308));
  if (folder === null || !existsSync(folder)) {
    scope.get('/console/*', (_request, reply) => reply.status(404).type('text/plain; charset=utf-8').send(MISSING));
    return;
  }
  if (practice) {
    const page = practicePage(await readFile(join(folder, 'index.html'), 'utf8'));
    for (const path of ['/console/', '/console/index.html']) scope.get(path, (_request, reply) => reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page));
  }
  // Assets carry their hash in their names; the page that names them is asked for each time.
  await scope.register(serveStatic, { root: folder, prefix: '/console/', index: practice ? false : ['index.html'], setHeaders: (reply, path) => void reply.header('cache-control', path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable') });
}

/** The band stands in the page itself, over whatever screen is shown in it: also where nobody is signed in, the line is lost or a screen has crashed. */
function practicePage(html: string): string {
  return html.replace('<html ', '<html data-practice ').replace('<body>', `<body>\n    <p class="practice-band" role="note">${PRACTICE_BAND}</p>`);
}

const PRACTICE_BAND = '<strong>练习大厅</strong>人和件都是虚构的，在这里办的什么都不算数';
