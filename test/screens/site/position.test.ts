/** The page on a citizen's phone, before a real machine of a site. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inProject } from '../../../build/paths.ts';
import { ulid } from '../../../domain/ids.ts';
import { holderOf, saying } from '../../../domain/queue/test-site.ts';
import { TicketId } from '../../../domain/queue/types.ts';
import { openTestSite, type SiteMachine, type TestSite } from '../../fixtures/site.ts';
import { launchChromium, seriousFaults, settle } from '../look.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const OUT = process.env['JINBAN_SCREENS_OUT'];
let pages: string;
let site: TestSite;
let machine: SiteMachine;
let browser: Browser;
beforeAll(async () => {
  if (OUT !== undefined) await mkdir(OUT, { recursive: true });
  pages = await mkdtemp(path.join(tmpdir(), 'jinban-position-'));
  await build({ root: inProject('renderer', 'position'), base: '/position/', configFile: false, logLevel: 'error', publicDir: false, build: { outDir: path.join(pages, 'position'), target: 'chrome130', assetsInlineLimit: 0 } });
  [site, browser] = await Promise.all([openTestSite({ pages }), launchChromium()]);
  machine = site.machines[0] as SiteMachine;
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(pages, { recursive: true, force: true });
});

let serial = 0;
const newId = () => ulid(Date.now() + (serial += 1), crypto.getRandomValues(new Uint8Array(10)));

async function phoneAt(address: string): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', deviceScaleFactor: 2 });
  await context.addInitScript(() => {
    const felt: unknown[] = [];
    Object.assign(window, { felt });
    navigator.vibrate = (pattern) => felt.push(pattern) > 0;
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address);
  return { page, faults };
}
/** What a phone does that is taken out of a pocket. */
const look = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
async function expectGood(page: Page, name: string): Promise<void> {
  await settle(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0);
  expect(await seriousFaults(page), name).toEqual([]);
  if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `position-${name}.png`), fullPage: true });
}

test('a phone sees how many wait before, is called to its window with all it has, is told when its machine is out of reach, and stops asking when it was served', async () => {
  const taken = await Promise.all([1, 2].map((person) => machine.site().tickets.take({ ticket: TicketId.parse(newId()), business: 'social-security', holder: holderOf(person), priority: null, appointment: null, case: null, way: 'card' })));
  const papers = taken.map((one) => (one.ok ? one.value : expect.unreachable(one.error.kind)));
  const second = papers.find(({ code }) => code === 'A002');
  const { page, faults } = await phoneAt(second?.position ?? '');
  await page.getByText('正在排队').waitFor();
  expect([await page.locator('h1').textContent(), await page.locator('#business').textContent()]).toEqual(['A002', '社保']);
  // Brought to the list a moment after the paper was out; nobody serves yet.
  await vi.waitFor(async () => {
    await look(page);
    expect([await page.locator('#ahead').textContent(), await page.locator('#minutes').textContent()]).toEqual(['1 位', '等开窗口']);
  });
  await expectGood(page, 'waiting');

  const token = await site.signIn('wang.li');
  const counter = machine.client(token);
  // As a counter does it: what is not sure is asked again under its id, and is done once.
  const wish = async (wanted: Parameters<typeof counter.wish>[0]['wish']) => {
    const id = newId();
    await expect.poll(async () => {
      const answer = await counter.wish({ id, wish: wanted });
      return answer.ok ? 'granted' : answer.error.kind;
    }).toBe('granted');
  };
  await wish(saying({ kind: 'window-opened', window: 1, account: 'wang.li', businesses: ['social-security'] }));
  const ticket = TicketId.parse(second?.ticket);
  await wish(saying({ kind: 'called', ticket, window: 1 }));
  await look(page);
  await page.getByText('1 号窗口', { exact: true }).waitFor();
  expect(await page.evaluate(() => (window as unknown as { felt: unknown[] }).felt)).toEqual([[500, 250, 500, 250, 500]]);
  const titles = new Set<string>();
  await vi.waitFor(async () => expect([...titles.add(await page.title())].sort()).toEqual(['A002', '请到 1 号窗口']));
  await expectGood(page, 'called');
  // It is looked at again, and not rung again.
  await look(page);
  expect(await page.evaluate(() => (window as unknown as { felt: unknown[] }).felt.length)).toBe(1);

  await machine.stop();
  await look(page);
  await page.getByText('暂时连不上大厅，上面是').waitFor();
  expect(await page.locator('#window').textContent()).toBe('1 号窗口');
  await expectGood(page, 'away');
  await machine.start();
  await vi.waitFor(async () => expect((await counter.wish({ id: newId(), wish: saying({ kind: 'started', ticket, window: 1 }) })).ok).toBe(true), { timeout: 20_000 });
  await look(page);
  await page.getByText('正在1 号窗口办理').waitFor();
  await wish(saying({ kind: 'finished', ticket, window: 1, items: [] }));
  await look(page);
  await page.getByText('办完了', { exact: true }).waitFor();
  expect(await page.title()).toBe('A002 办完了');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('whoever waits may let it ring; an address of no ticket says so', async () => {
  const taken = await machine.site().tickets.take({ ticket: TicketId.parse(newId()), business: 'housing', holder: holderOf(9), priority: null, appointment: null, case: null, way: 'phone' });
  const { page } = await phoneAt(taken.ok ? (taken.value.position ?? '') : '');
  const bell = page.getByRole('button', { name: '叫到我时响铃' });
  await bell.click();
  expect(await bell.getAttribute('aria-pressed')).toBe('true');
  await bell.click();
  expect(await bell.getAttribute('aria-pressed')).toBe('false');
  for (const wrong of [newId(), 'no-ticket']) {
    await page.goto(`${machine.origin}/q/${wrong}`);
    await page.getByText('还没有查到这个号').waitFor();
  }
  await expectGood(page, 'nothing');
  await page.context().close();
});
