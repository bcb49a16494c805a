/**
 * The first screen, while it is there and its script is not: it came drawn with the page (`renderer/kiosk/drawn.tsx`). Its script begins when it is seen; what is touched until then, and heard by nobody, is done on the screen
 * that takes its place, which has everything where it was.
 */

/** What was drawn and hears nothing; it goes with the first drawing of the window's own. */
const DRAWN = '[data-drawn]';

/** From the finger's lift to the click that a touch screen makes of it, milliseconds. */
const CLICK_MS = 60;
/** A finger that went further drew, or scrolled, px. */
const FAR = 24;
/** A script that is not there after this long will not come, milliseconds. */
const PATIENCE = 20_000;

/** A window that draws no frame begins all the same after this, milliseconds. */
const LATEST_BEGIN = 300;

type Place = { x: number; y: number };

/** @param page whose window it is */
export function keepEarlyTouches(page: Window): void {
  const { document } = page;
  const isDrawn = () => document.querySelector(DRAWN) !== null;
  let down: Place | null = null;
  let kept: Place | null = null;

  function press({ x, y }: Place): void {
    document.elementFromPoint(x, y)?.closest<HTMLElement>('button, a')?.click();
  }
  const swallow = (event: Event) => event.stopImmediatePropagation();
  const live = new MutationObserver(() => {
    if (isDrawn()) return;
    live.disconnect();
    if (kept !== null) press(kept);
    kept = null;
  });
  page.addEventListener('pointerdown', ({ clientX, clientY }) => {
    down = isDrawn() ? { x: clientX, y: clientY } : null;
  }, { capture: true, passive: true });
  page.addEventListener('pointerup', ({ clientX, clientY }) => {
    const place = down;
    down = null;
    if (place === null || Math.hypot(clientX - place.x, clientY - place.y) > FAR) return;
    if (isDrawn()) {
      kept = place;
      return live.observe(document, { childList: true, subtree: true });
    }
    // It was laid on what was drawn and lifted from what took its place: some systems make a click of that, and some do not, and a button that did not feel the finger come takes none of them.
    page.addEventListener('click', swallow, { capture: true });
    setTimeout(() => {
      page.removeEventListener('click', swallow, { capture: true });
      press(place);
    }, CLICK_MS);
  }, { capture: true, passive: true });
  // A picture that nobody will ever hear behind is worse than none.
  setTimeout(() => document.querySelector(DRAWN)?.remove(), PATIENCE);
}

/**
 * Begins the script of a page that came drawn, once its first frame is made: begun at once it would come a moment earlier, and the picture a quarter of a second later.
 * @returns when the page has its script and hears what is sent to it, whether it came drawn or not
 */
export function beginWhenSeen(page: Window): Promise<void> {
  const { document } = page;
  return new Promise((begun) => {
    const begin = () => {
      const waiting = document.querySelector<HTMLLinkElement>('link[data-begins]');
      if (waiting === null) return;
      waiting.removeAttribute('data-begins');
      const script = document.createElement('script');
      script.type = 'module';
      script.crossOrigin = '';
      script.src = waiting.href;
      script.addEventListener('load', () => begun());
      document.head.append(script);
    };
    document.addEventListener('DOMContentLoaded', () => {
      if (document.querySelector('link[data-begins]') === null) return begun();
      setTimeout(begin, LATEST_BEGIN);
      page.requestAnimationFrame(() => setTimeout(begin));
    });
  });
}
