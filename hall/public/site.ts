import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { diffItems } from '../../domain/item/diff.ts';
import { LIST_NAMES, listCsv, openList } from '../../domain/item/lists.ts';
import { buildIndex, searchItems } from '../../domain/item/search.ts';
import type { Item } from '../../domain/item/types.ts';
import { itemInForce, itemsInForce } from '../../domain/item/versions.ts';
import { isPractice } from '../../domain/practice/mark.ts';
import { CivilDate } from '../../domain/time.ts';
import { publishedVersions } from '../catalogue/items.ts';
import type { Ground } from '../ground.ts';
import { createRateLimiter } from '../http/rate.ts';
import { page, STYLES } from './frame.ts';
import { guidePage } from './guide-page.ts';
import { type Html, html } from './html.ts';
import { indexPage, listPage } from './list-pages.ts';

/** Nothing runs, nothing is loaded from elsewhere, no page can be put into a frame. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** How long what is published may be kept by a server and by browsers and proxies, seconds: a new version shows within twice that. */
const FRESH = 60;
/** One address: somebody who reads opens a page every few seconds; a proxy of an office many at once. */
const RATE = { perSecond: 10, burst: 60 };

const Query = z.object({ q: z.string().trim().max(40).catch(''), since: CivilDate.nullable().catch(null) });
const ListAddress = z.object({ name: z.enum(LIST_NAMES) });
const ItemAddress = z.object({ code: z.string().length(31) });

/** The county's open pages: guides and lists, for anybody, without accounts and without anything personal. Read only. */
export async function registerPublic(app: FastifyInstance, ground: Ground): Promise<void> {
  const limiter = createRateLimiter(RATE, ground.clock);
  const shelf = createShelf(ground);
  const today = () => civilDate(ground.clock.now());
  const whole = (title: string, place: string, body: Html) => page({ title, hall: ground.name, practice: isPractice(ground.division), day: today(), place, wide: place.startsWith('/public/lists/'), styles: null }, body);
  await app.register((scope, _options, done) => {
    scope.addHook('onRequest', (request, reply, next) => {
      reply.header('content-security-policy', POLICY);
      if (limiter.take(request.ip)) next();
      else reply.status(429).header('retry-after', '10').type('text/plain; charset=utf-8').send('访问太频繁，请稍后再试。\n');
    });
    scope.get('/public', (_request, reply) => reply.redirect('/public/', 308));
    scope.get('/public/style.css', (request, reply) => fresh(request, reply.type('text/css; charset=utf-8'), STYLES));
    scope.get('/public/', async (request, reply) => {
      const { q } = Query.parse(request.query);
      const { items, index } = await shelf();
      const found = q === '' ? items : searchItems(index, q).flatMap((code) => items.find((item) => item.code === code) ?? []);
      return fresh(request, asPage(reply), whole('办事指南', '/public/', indexPage(found, q)));
    });
    scope.get('/public/items/:code', async (request, reply) => {
      const address = ItemAddress.safeParse(request.params);
      const { versions } = await shelf();
      const item = address.success ? itemInForce(versions, address.data.code, today()) : null;
      if (item === null) return missing(reply, whole('没有这个事项', '', notHere('没有这个事项，或者它现在不对外公布。')));
      return fresh(request, asPage(reply), whole(item.name, `/public/items/${item.code}`, guidePage(item, changesOf(item, versions))));
    });
    // The name before `.csv` is matched by the same address: a router takes a suffix for part of the parameter.
    scope.get<{ Params: { name: string } }>('/public/lists/:name', async (request, reply) => {
      const asFile = request.params.name.endsWith('.csv');
      const address = ListAddress.safeParse({ name: request.params.name.replace(/\.csv$/, '') });
      if (!address.success) return missing(reply, whole('没有这张清单', '', notHere('没有这张清单。')));
      const { since } = Query.parse(request.query);
      const list = openList(address.data.name, (await shelf()).versions, today(), since);
      if (asFile) return fresh(request, reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${list.name}-${today()}.csv"`), listCsv(list));
      return fresh(request, asPage(reply), whole(list.title, `/public/lists/${list.name}`, listPage(list, today(), since)));
    });
    done();
  });
}

function asPage(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8');
}

/** Answers with what may be kept for a while, or says that what was kept is still right. */
function fresh(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  reply.header('cache-control', `public, max-age=${FRESH}`).header('etag', tag);
  return request.headers['if-none-match'] === tag ? reply.status(304).send() : reply.send(body);
}

function missing(reply: FastifyReply, body: string): FastifyReply {
  return asPage(reply.status(404)).header('cache-control', 'no-store').send(body);
}

function notHere(words: string): Html {
  return html`<h1>找不到</h1><p class="notice">${words}</p><p><a href="/public/">回到办事指南</a></p>`;
}

/** Against the version before it, where there is one. Its number and dates are on the page already. */
function changesOf(item: Item, versions: readonly Item[]) {
  const before = versions.filter(({ code, version }) => code === item.code && version < item.version).at(-1);
  return before === undefined ? [] : diffItems(before, item).filter(({ path }) => !['version', 'effectiveFrom', 'effectiveTo', 'form.schema'].includes(path));
}

type Shelf = { versions: readonly Item[]; items: readonly Item[]; index: ReturnType<typeof buildIndex> };

/** What is published, read again when it is older than `FRESH`; readers that come at once share one reading. */
function createShelf(ground: Ground): () => Promise<Shelf> {
  let kept: { until: number; shelf: Promise<Shelf> } | null = null;
  return () => {
    if (kept !== null && ground.clock.monotonic() < kept.until) return kept.shelf;
    const shelf = read();
    kept = { until: ground.clock.monotonic() + FRESH * 1000, shelf };
    // A reading that failed is not kept: the next reader tries again.
    shelf.catch(() => {
      kept = null;
    });
    return shelf;
  };

  async function read(): Promise<Shelf> {
    const versions = await publishedVersions(ground);
    const items = itemsInForce(versions, civilDate(ground.clock.now()));
    return { versions, items, index: buildIndex(items) };
  }
}
