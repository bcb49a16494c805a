/** A clerk at a counter's page and the display over the window beside it, both in a browser: how long until the page is there, and how long from the key to the voice. */
import { setTimeout as wait } from 'node:timers/promises';
import { launchBrowser } from '../../../build/browser.ts';
import { heardBy, openBoard, voicesOf } from '../../rigs/board-page.ts';
import { openWindow, says, signIn } from '../../rigs/counter-page.ts';

/** A clerk does not call in the moment in which the last number was said. */
const PAUSE_MS = 300;
/** Openings of the counter's page. */
const OPENINGS = 5;

/**
 * @property origin of the machine that serves both pages
 * @property window the account's place in the list of windows, too
 * @property calls how many are timed
 */
type Asked = { origin: string; window: number; account: string; calls: number; /** Lets somebody come who waits for this window. */ comes(): Promise<void> };

/** @returns milliseconds each: `painted` until a counter's page that keeps nothing is drawn first, `voices` from the key to the first sample */
export async function timeCounter({ origin, window, account, calls, comes }: Asked): Promise<{ painted: number[]; voices: number[] }> {
  const browser = await launchBrowser(['--autoplay-policy=no-user-gesture-required']);
  try {
    const open = async () => {
      const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
      await page.goto(`${origin}/counter/`);
      await page.getByRole('heading', { name: '登录窗口叫号' }).waitFor();
      return page;
    };
    const painted: number[] = [];
    while (painted.length < OPENINGS) {
      const page = await open();
      painted.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity));
      await page.context().close();
    }
    const counter = await open();
    await signIn(counter, account);
    await openWindow(counter, window);
    const display = await openBoard(await browser.newContext({ locale: 'zh-CN' }), `${origin}/board/?window=${window}&voice=mandarin&times=1`);
    await display.locator('.window-main').getByText('请等候叫号').waitFor();
    const voices: number[] = [];
    while (voices.length < calls) {
      await comes();
      // The clerk's page knows of them.
      await counter.getByText(/^按 .* 叫下一位$/).waitFor();
      const pressed = Date.now();
      await counter.keyboard.press('n');
      await says(counter, '叫了');
      await display.waitForFunction((count) => (globalThis as unknown as { heard: unknown[] }).heard.length > count, voices.length);
      const begun = (await voicesOf(display))[voices.length] ?? Number.NaN;
      voices.push(begun - pressed);
      await counter.keyboard.press('s');
      await says(counter, '开始办理');
      await counter.keyboard.press('f');
      await says(counter, '办结');
      // Nothing that is said is cut off: a call before its end would wait for it.
      const { samples = [], rate = 1 } = (await heardBy(display)).at(-1) ?? {};
      await wait(Math.max(0, begun + (samples.length / rate) * 1000 - Date.now()) + PAUSE_MS);
    }
    return { painted, voices };
  } finally {
    await browser.close();
  }
}
