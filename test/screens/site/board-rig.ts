/** Boards in a real browser before real machines of a site, and what they must hold, whatever they show. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ulid } from '../../../domain/ids.ts';
import type { QueueWish } from '../../../domain/queue/decide.ts';
import { saying, taking } from '../../../domain/queue/test-site.ts';
import { TicketId } from '../../../domain/queue/types.ts';
import type { SiteMachine } from '../../fixtures/site.ts';
import { seriousFaults, settle } from '../look.ts';

/** Pictures and recordings of every state go here when it is set. */
export const OUT = process.env['JINBAN_SCREENS_OUT'];
export const PORTRAIT = { width: 1080, height: 1920 };
export const TABLET = { width: 1280, height: 800 };

let serial = 0;
const newId = () => {
  serial += 1;
  return ulid(Date.now() + serial, crypto.getRandomValues(new Uint8Array(10)));
};

/** Clerks at the counters of a site, by the wishes of their pages. */
export function counters(machine: () => SiteMachine, token: string) {
  async function wish(asked: QueueWish): Promise<TicketId> {
    const id = newId();
    let granted: TicketId | null = null;
    await expect.poll(async () => {
      const answer = await machine().client(token).wish({ id, wish: asked });
      if (!answer.ok) return answer.error.kind;
      const { deed } = answer.value.entry;
      granted = 'ticket' in deed ? TicketId.parse(deed.ticket) : deed.kind === 'issued' ? TicketId.parse(deed.issue.ticket) : null;
      return 'granted';
    }).toBe('granted');
    return granted ?? TicketId.parse(newId());
  }
  return {
    wish,
    open: (window: number, businesses: string[]) => wish(saying({ kind: 'window-opened', window, account: 'wang.li', businesses })),
    take: (business: string) => wish(taking(business, { way: 'staff' })),
    /** Whom it brings, and the number that is called. */
    async next(window: number): Promise<{ ticket: TicketId; code: string }> {
      const ticket = await wish({ kind: 'next', window });
      // The machine that is asked hears of it a moment later than the one that decided.
      await expect.poll(async () => (await machine().client().position({ ticket })).position?.state).toBe('called');
      return { ticket, code: (await machine().client().position({ ticket })).position?.code ?? '' };
    },
    again: (window: number, ticket: TicketId) => wish(saying({ kind: 'recalled', ticket, window })),
    start: (window: number, ticket: TicketId) => wish(saying({ kind: 'started', ticket, window })),
    finish: (window: number, ticket: TicketId) => wish(saying({ kind: 'finished', ticket, window, items: [] })),
  };
}

/** The rule of a browser on a desk, which one without a screen does not have: no sound before a touch. */
export async function withSoundAfterTouch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Free = AudioContext;
    window.AudioContext = class extends Free {
      constructor() {
        super();
        if (!navigator.userActivation.hasBeenActive) void super.suspend();
      }

      override resume(): Promise<void> {
        return navigator.userActivation.hasBeenActive ? super.resume() : new Promise(() => {});
      }
    };
  });
}

/** Nothing lies outside of the screen, over something else or is cut off, and axe finds no serious fault. @param name of its picture */
export async function expectShown(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await settle(page);
  if (OUT !== undefined) {
    await mkdir(OUT, { recursive: true });
    await page.screenshot({ path: path.join(OUT, `${name}.png`) });
  }
  expect(await breaches(page), name).toEqual([]);
  expect(await seriousFaults(page), name).toEqual([]);
}

function breaches(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight) found.push(`the page is ${root.scrollWidth} × ${root.scrollHeight} px`);
    if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} titles`);
    const words = [...document.querySelectorAll<HTMLElement>('h1, h2, p, li, button, .banner, .foot, .face-tile')].filter((element) => element.getClientRects().length > 0 && element.textContent !== '');
    for (const element of words) {
      const box = element.getBoundingClientRect();
      if (box.left < -1 || box.top < -1 || box.right > root.clientWidth + 1 || box.bottom > root.clientHeight + 1) found.push(`“${element.textContent}” lies outside`);
      if (element.scrollWidth > element.clientWidth + 1) found.push(`“${element.textContent}” is cut off`);
    }
    const boxes = [...document.querySelectorAll<HTMLElement>('.head, .banner, .call, .more, .lines, .serving, .foot, .window-main, .window-businesses, .rating-head, .rating-main > *, .rating-quiet')].filter((element) => element.getClientRects().length > 0);
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        const [here, there] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        const [wide, high] = [Math.min(here.right, there.right) - Math.max(here.left, there.left), Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top)];
        if (wide > 1 && high > 1 && !one.contains(other)) found.push(`${one.className} and ${other.className} lie over each other`);
      }
    }
    return found;
  });
}
