/** What a citizen sees of a tap, measured in the window itself: from the finger's lift to the next screen's painted frame, and the longest wait between two frames. */
import type { Page } from 'playwright-core';

export type Taps = {
  /** Milliseconds from tap to paint, of each tap that led to another screen. */
  took: number[];
  /** Longest time between two frames, milliseconds: what a moving picture would have stood still. */
  longestFrame: number;
};

declare global {
  interface Window {
    jinbanTaps?: Taps;
  }
}

/** Begins to measure; once a page. A screen that comes by itself, after a card or a paper, is no tap's. */
export function watchTaps(page: Page): Promise<void> {
  return page.evaluate(() => {
    const taps: Taps = { took: [], longestFrame: 0 };
    window.jinbanTaps = taps;
    const title = () => document.querySelector('.app-step h1')?.textContent ?? '';
    let pending: { at: number; from: string } | null = null;
    addEventListener('pointerup', ({ timeStamp }) => {
      pending = { at: timeStamp, from: title() };
    }, true);
    new MutationObserver(() => {
      const now = title();
      if (pending === null || now === '' || now === pending.from) return;
      const { at } = pending;
      pending = null;
      requestAnimationFrame(() => {
        // Heard after the frame is painted: a message waits behind it.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          taps.took.push(performance.now() - at);
          port1.close();
        };
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      taps.longestFrame = Math.max(taps.longestFrame, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** What was measured since it began, or since it was last read. */
export function readTaps(page: Page): Promise<Taps> {
  return page.evaluate(() => {
    const taps = window.jinbanTaps ?? { took: [], longestFrame: 0 };
    const read = { took: [...taps.took], longestFrame: taps.longestFrame };
    taps.took.length = 0;
    taps.longestFrame = 0;
    return read;
  });
}
