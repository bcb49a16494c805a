/** A board in a browser whose sound is written down as it is played. */
import type { BrowserContext, Page } from 'playwright-core';

export const LANDSCAPE = { width: 1920, height: 1080 };

/** @property at when it began, by the page's own `performance.now()` */
export type Heard = { samples: number[]; rate: number; at: number };

export async function openBoard(context: BrowserContext, address: string, size = LANDSCAPE): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.addInitScript(() => {
    const heard: { samples: number[]; rate: number; at: number }[] = [];
    Object.assign(window, { heard });
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function record(...when) {
      if (this.buffer !== null) heard.push({ samples: Array.from(this.buffer.getChannelData(0), (sample) => Math.round(sample * 32_768)), rate: this.buffer.sampleRate, at: performance.now() });
      start.apply(this, when);
    };
  });
  await page.goto(address);
  return page;
}

export const heardBy = (page: Page): Promise<Heard[]> => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);

/** When each announcement began: milliseconds since the epoch, as every page of this computer counts them. */
export const voicesOf = (page: Page): Promise<number[]> => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard.map(({ at }) => performance.timeOrigin + at));
