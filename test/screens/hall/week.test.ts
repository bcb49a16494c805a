import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import { randomFor } from '../../../domain/seed/random.ts';
import { factsOf } from '../../../domain/supervision/facts.ts';
import { recount } from '../../../domain/supervision/figures.ts';
import { loadTrails, loadWorld } from '../../../hall/supervision/world.ts';
import { nameOf, packItem, PGLITE, POSTGRES } from '../../fixtures/hall.ts';
import { jointItem } from '../../fixtures/joint-item.ts';
import { launchChromium } from '../look.ts';
import { type Book, countBooks, figuresOf, HOUR, isPaused, MINUTE, type Written } from './week/book.ts';
import { readersOf, shownFigures } from './week/oversight.ts';
import { openWeekHall, type WeekHall } from './week/served.ts';
import { KIND_NAMES, KINDS } from './week/stories.ts';
import { MONDAY, setStage } from './week/stage.ts';
import { liveWeek, type Plan } from './week/week.ts';

/** `JINBAN_WEEK`: so many cases, on PostgreSQL, with two outages; 0: the short week on PGlite. `JINBAN_WEEK_SEED` repeats a week; a failure prints its own. */
const CASES = Number(process.env['JINBAN_WEEK'] ?? 0);
const SEED = Number(process.env['JINBAN_WEEK_SEED'] ?? 20_261_123);
const LONG = (CASES === 0 ? 4 : 120) * MINUTE;
vi.setConfig({ testTimeout: LONG, hookTimeout: LONG });

const ITEMS = [packItem('elder-card'), packItem('water-permit'), packItem('business-registration'), jointItem()];
const random = randomFor(SEED, 'plan');
/** The ordinary week is as short as it can be with everything in it once. An outage brings four cases of its own: two from terminals, one half typed, one on paper. Hours count from Monday's first, nine a day. */
const PLAN: Plan = CASES === 0
  ? { cases: ['correction', 'refused', 'transferred', 'unanswered', 'paused', 'joint', 'withdrawn', 'hurried'], pace: 0, outages: [{ at: 1, lasts: 20 * MINUTE }], told: () => undefined }
  : { cases: Array.from({ length: CASES - 8 }, (_, index) => KIND_NAMES[index] ?? random.pick(KIND_NAMES)), pace: 5, outages: [{ at: random.between(10, 16), lasts: 20 * MINUTE }, { at: random.between(28, 33), lasts: 2 * HOUR }], told: console.info };

let week: WeekHall;
let browser: Browser;
beforeAll(async () => {
  await bundle(['console']);
  week = await openWeekHall(CASES === 0 ? PGLITE : POSTGRES, ITEMS, MONDAY - HOUR);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await week.close();
});

// Even the short week takes two cores more than a minute: it is lived when somebody asks for it.
test.runIf(process.env['JINBAN_WEEK'] !== undefined)(`a week in the hall, as its people live it (seed ${SEED})`, async () => {
  const faults: string[] = [];
  const stage = await setStage(week, browser, { items: ITEMS, seed: SEED, clerks: CASES === 0 ? 3 : 5, faults });
  await liveWeek(stage, PLAN).catch((cause: unknown) => {
    // A surprise at the hall is named in its own log only.
    throw new Error(`the week ended early; the hall's last surprises: ${week.hall.logged.filter((line) => line.includes('"event":"failed"')).slice(-5).join('')}`, { cause });
  });
  const { books, lives, outages, cast } = stage;

  // Every case stands where people left it, and its log says what they did and nothing else.
  const { hall: { ground }, db: { read } } = week.hall;
  const rows = await read.selectFrom('case_view').select(['id', 'stage', 'paused']).execute();
  const standing = (list: readonly { id: string; stage: string; paused: boolean }[]) => list.map(({ id, stage, paused }) => `${id} ${stage} ${paused}`).toSorted();
  expect(standing(rows)).toEqual(standing(books.map((book) => ({ id: book.id, stage: book.stage, paused: isPaused(book) }))));
  const trails = await loadTrails(read, ground.division, rows.map(({ id }) => id));
  expect(Object.fromEntries(books.map(({ id }) => [id, trails.get(id as never)?.deeds.map(({ action }) => action.payload.kind)]))).toEqual(Object.fromEntries(books.map(({ id, log }) => [id, log])));

  // The log counted, the books counted, and what the page shows: one number.
  const sums = countBooks(books, outages);
  const world = await loadWorld(read, ground.division);
  expect(recount([...trails.values()].flatMap((trail) => factsOf(trail, week.clock.now(), world) ?? []), '2026-01-01', '2026-12-31')).toEqual(sums);
  const page = await shownFigures(stage.colleague('jiang'));
  expect(page.whole).toEqual([...figuresOf(sums), ...ofCatalogue()]);
  expect(page.departments.toSorted()).toEqual(rowsBy(books, outages, ({ item }) => item.body.name));
  expect(page.sites.toSorted()).toEqual(rowsBy(books, outages, ({ machine }) => (machine.startsWith('H') ? '政务大厅窗口' : machine)));

  // Who read a case is known to the auditor: those whose pages opened it, nobody else.
  const watched = lives.find(({ kind }) => kind === 'hurried')?.book;
  const readers = [...cast.values()].filter(({ seen }) => seen.has(watched?.id ?? '')).map(({ account }) => `${nameOf(account)} ${account}`).toSorted();
  expect(readers.length).toBeGreaterThan(2);
  expect(await readersOf(stage.colleague('shenji'), watched?.number ?? '', '2026-11-16')).toEqual(readers);

  // Every kind came to its end at least once, and in the ordinary run every case.
  const ended = lives.filter(({ kind, next }) => next >= KINDS[kind].length);
  expect(new Set(ended.map(({ kind }) => kind))).toEqual(new Set(CASES === 0 ? lives.map(({ kind }) => kind) : KIND_NAMES));
  expect(ended.length).toBeGreaterThanOrEqual(CASES === 0 ? lives.length : lives.length * 0.8);
  expect(faults).toEqual([]);
  PLAN.told(`${lives.length} cases, ${[...trails.values()].reduce((sum, { deeds }) => sum + deeds.length, 0)} actions, ${sums.finished} finished: ${sums.onTime} on time, ${sums.overStatutory} over the law`);
});

/** A table of the page: a row a group, with the figures that fit beside each other. */
function rowsBy(books: readonly Book[], outages: Parameters<typeof countBooks>[1], nameOf: (book: Book) => string): string[] {
  const shown = ['办结率', '按时办结率', '提前办结率', '办理提速率', '超承诺办结', '超法定办结', '平均用时', '窗口和部门用时', '跑动次数', '自助办件率'];
  return [...new Set(books.map(nameOf))].map((name) => {
    const sums = countBooks(books.filter((book) => nameOf(book) === name), outages);
    const figures = figuresOf(sums);
    return [name, String(sums.finished), ...shown.map((column) => figures.find((figure) => figure.name === column)?.value ?? '')].join(' | ');
  }).toSorted();
}

/** What the items say of themselves: all are taken at the hall and online, as deep as each says. */
function ofCatalogue(): Written[] {
  const [all, depth] = [ITEMS.length, ITEMS.reduce((sum, { online }) => sum + (online?.depth ?? 0), 0)];
  return [{ name: '进驻比率', value: '100%', fraction: `${all} ÷ ${all}` }, { name: '网办比率', value: '100%', fraction: `${all} ÷ ${all}` }, { name: '网上办理深度', value: `${depth / all} 级`, fraction: `${depth} ÷ ${all}` }];
}
