/** Counters of a site in a browser, before real machines: what tests of these pages share. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { ulid } from '../../../domain/ids.ts';
import { lentLeft } from '../../../domain/queue/ranges.ts';
import { type Priority, TicketId } from '../../../domain/queue/types.ts';
import { openTestSite, type SiteMachine, type TestSite } from '../../fixtures/site.ts';
import { openWindow, signIn } from '../../rigs/counter-page.ts';
import { SMALL } from '../console-look.ts';
import { launchChromium } from '../look.ts';

/** A browser on two shared cores. */
export const LONG = 120_000;

export type SiteHall = {
  open(options?: Parameters<typeof openTestSite>[0]): Promise<TestSite>;
  /** The counter's page of a machine, in a browser of its own, with nobody signed in. */
  page(machine: SiteMachine): Promise<Page>;
};

/** For a suite: a browser from before its first test until after its last, and sites that end with their test. A page that made an error fails its test. */
export function siteHall(): SiteHall {
  let browser: Browser;
  const sites: TestSite[] = [];
  const pages: Page[] = [];
  const faults: string[] = [];
  beforeAll(async () => {
    await bundle(['counter']);
    browser = await launchChromium();
  }, LONG);
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    await Promise.all(sites.splice(0).map((site) => site.close()));
    expect(faults.splice(0)).toEqual([]);
  }, LONG);
  afterAll(() => browser.close());
  return {
    async open(options = {}) {
      const site = await openTestSite(options);
      sites.push(site);
      // Until every machine was lent its first numbers: which ones the counters give is certain then.
      await expect.poll(() => site.machines.every((machine) => Object.values(machine.site().days.queue.get().numbers).every((numbers) => lentLeft(numbers, machine.machine) > 0))).toBe(true);
      return site;
    },
    async page(machine) {
      const context = await browser.newContext({ viewport: SMALL, locale: 'zh-CN', timezoneId: 'America/New_York' });
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(String(error)));
      pages.push(page);
      await page.goto(`${machine.origin}/counter/`);
      await page.getByRole('heading', { name: '登录窗口叫号' }).waitFor();
      return page;
    },
  };
}

export async function atWork(hall: SiteHall, machine: SiteMachine, account: string, window: number): Promise<Page> {
  const page = await hall.page(machine);
  await signIn(page, account);
  await openWindow(page, window);
  return page;
}

export function firstOf(site: TestSite): SiteMachine {
  const [machine] = site.machines;
  if (machine === undefined) throw new Error('a site has a machine');
  return machine;
}

let serial = 0;
export function newId(): string {
  serial += 1;
  return ulid(Date.now() + serial, crypto.getRandomValues(new Uint8Array(10)));
}

/** Somebody takes a ticket at a terminal. @returns its number once the counters know it */
export async function takes(machine: SiteMachine, business: string, change: { priority?: Priority; prepared?: CaseId } = {}): Promise<string> {
  const { tickets, days } = machine.site();
  const ticket = TicketId.parse(newId());
  const paper = await tickets.take({ ticket, business, holder: null, priority: change.priority ?? null, appointment: null, case: change.prepared ?? null, way: 'card' });
  if (!paper.ok) throw new Error(paper.error.kind);
  await expect.poll(() => days.queue.get().lines[business]?.some((one) => one.ticket === ticket)).toBe(true);
  return paper.value.code;
}

/** What was agreed on today, by its kind. */
export function deedsOf(site: TestSite): string[] {
  return entriesOf(site).map(({ deed }) => deed.kind).filter((kind) => kind !== 'leased');
}

/** What was agreed on today, as the machine knows it that is furthest on: the others hear a moment later what was decided without them. */
export function entriesOf(site: TestSite) {
  const lists = site.machines.map((machine) => {
    try {
      const { days } = machine.site();
      return days.entries(days.day())?.entries ?? [];
    } catch {
      return [];
    }
  });
  return lists.toSorted((one, other) => other.length - one.length)[0] ?? [];
}
