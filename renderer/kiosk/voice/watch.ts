import type { Speech } from '../text.ts';
import { factsOf, wordsOf } from './facts.ts';
import { sentence } from './for-the-ear.ts';
import { change, phrase } from './phrase.ts';
import type { SayingKind } from './queue.ts';
import { arrival, regionsOf, wholeScreen } from './screen-words.ts';
import { isControl, rootOf, stopsOf, titleOf } from './stops.ts';

/** What stands on the screen is looked at once it is still for so long: a new screen comes in several steps. */
const STILL_MS = 60;
/** A region whose words change only in their figures, and again within this time, counts seconds: nobody wants to hear each. */
const COUNTS_MS = 1600;

/** Attributes that change what there is to say. */
const ATTRIBUTES = ['aria-pressed', 'aria-checked', 'aria-current', 'aria-invalid', 'aria-disabled', 'disabled', 'aria-hidden', 'inert', 'data-selected'];

export type Watch = {
  /** Says what changed since the last look. */
  look(): void;
  /** The citizen is led to a place: says it. */
  goTo(place: Element): void;
  /** Says the whole screen. */
  read(): void;
  close(): void;
};

/**
 * Listens to the page itself: a new title is a new screen, live regions and dialogs are announced, and where the focus goes is said. Screens need no code
 * for it.
 */
export function watchPage(page: Document, parts: { words(): Pick<Speech, 't' | 'language'>; keys(): boolean; say(kind: SayingKind, text: string): void }): Watch {
  const { words, keys, say } = parts;
  let title: Element | null = null;
  let titleWords = '';
  let at: Element | null = null;
  let state = '';
  const regions = new WeakMap<Element, { words: string; changedAt: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function remember(root: Element): void {
    for (const { region, words: said } of regionsOf(root, words().language)) regions.set(region, { words: said, changedAt: performance.now() });
  }

  function facts(place: Element, root: Element, before: Element | null) {
    return factsOf(place, stopsOf(root), before, words().language);
  }

  function arrive(root: Element, found: Element): void {
    title = found;
    titleWords = wordsOf(found, words().language);
    remember(root);
    at = page.activeElement;
    const isDialog = root.matches('[role$="dialog"]');
    const place = isDialog && at !== null && isControl(at) && root.contains(at) ? at : null;
    state = place === null ? '' : change(facts(place, root, null), words());
    const screen = keys() ? arrival(root, words(), true) : wholeScreen(root, words(), false);
    say(root.matches('[role="alertdialog"]') ? 'alert' : 'screen', place === null || !keys() ? screen : `${screen}${phrase(facts(place, root, null), words(), true)}`);
  }

  function announce(root: Element): void {
    const now = performance.now();
    for (const { region, words: said, urgent } of regionsOf(root, words().language)) {
      const before = regions.get(region);
      if (before?.words === said) continue;
      regions.set(region, { words: said, changedAt: now });
      const counts = before !== undefined && now - before.changedAt < COUNTS_MS && before.words.replaceAll(/\d+/g, '') === said.replaceAll(/\d+/g, '');
      // Of errors that were all said, one was put right.
      const fewer = urgent && before !== undefined && said.length < before.words.length;
      if (!counts && !fewer) say(urgent ? 'alert' : 'notice', sentence([said], words().language));
    }
  }

  function followFocus(root: Element, found: Element): void {
    const focus = page.activeElement;
    if (focus === null || !root.contains(focus)) return;
    if (focus !== at) {
      const before = at;
      at = focus;
      state = '';
      // The screen that it is the title of was said already.
      if (focus === found || !stopsOf(root).some((stop) => stop === focus)) return;
      const known = facts(focus, root, before);
      state = change(known, words());
      say('focus', phrase(known, words(), keys()));
      return;
    }
    if (!isControl(focus) || focus.matches('input:not([type="radio"]), textarea')) return;
    const next = change(facts(focus, root, focus), words());
    if (state !== '' && next !== state) say('focus', next);
    state = next;
  }

  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    const root = rootOf(page);
    const found = titleOf(root);
    if (found === null) return;
    if (found !== title || wordsOf(found, words().language) !== titleWords) return arrive(root, found);
    announce(root);
    followFocus(root, found);
  }

  const soon = () => {
    timer ??= setTimeout(look, STILL_MS);
  };
  const changes = new MutationObserver((records) => {
    if (records.some(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('[data-say=""]') === null)) soon();
  });
  changes.observe(page.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  page.addEventListener('focusin', soon);
  page.addEventListener('change', soon);
  soon();

  return {
    look,
    goTo(place) {
      const before = at;
      const known = facts(place, rootOf(page), before);
      at = place;
      state = change(known, words());
      say('focus', phrase(known, words(), keys()));
    },
    read() {
      say('screen', wholeScreen(rootOf(page), words(), keys()));
    },
    close() {
      clearTimeout(timer);
      changes.disconnect();
      page.removeEventListener('focusin', soon);
      page.removeEventListener('change', soon);
    },
  };
}
