/**
 * The places of a screen that the keypad walks over, found in the page itself, so that every screen can be heard without code of its own: whatever can be
 * pressed or filled in, and whatever is there to read, a paragraph or a row at a time.
 * `data-say` gives a place other words for the ear; empty ones leave it out, with all that is in it.
 */

/** What can be pressed or filled in. */
const CONTROL = 'button, input, textarea, select, a[href], [role="button"], [role="radio"], [role="checkbox"], [role="switch"]';
/** What is read as one, unless it holds something to press. */
const GRAIN = 'h1, h2, h3, h4, p, li, dt, dd, dl > div, figcaption, [role="alert"], [role="status"], [role="img"], [data-say]';

export function isControl(element: Element): boolean {
  return element.matches(CONTROL);
}

/** Whether somebody who sees would see it, and who hears is meant to hear it. */
export function isThere(element: Element): boolean {
  return element.getAttribute('aria-hidden') !== 'true' && !element.hasAttribute('inert') && element.getAttribute('data-say') !== '' && element.checkVisibility({ visibilityProperty: true });
}

/** What is uppermost: a dialog, or the page. */
export function rootOf(page: Document): Element {
  return [...page.querySelectorAll('[role="dialog"], [role="alertdialog"]')].findLast(isThere) ?? page.querySelector('.app') ?? page.body;
}

/** The title of what is uppermost; null while there is none. */
export function titleOf(root: Element): Element | null {
  return [...root.querySelectorAll(root.matches('[role$="dialog"]') ? 'h2' : 'h1')].find((title) => title.closest('[inert], [aria-hidden="true"]') === null) ?? null;
}

/** Title first, then the content in its order, then what stands on every screen. */
export function stopsOf(root: Element): HTMLElement[] {
  const title = titleOf(root);
  // The page's foot and head come last: they are the same on every screen.
  const parts = root.matches('.app') ? [...root.querySelectorAll(':scope > main, :scope > .toolbar')] : [root];
  const spoken = new Set(parts.flatMap((part) => [...part.querySelectorAll(CONTROL)].flatMap(told)));
  const found: HTMLElement[] = [];
  for (const part of parts) walk(part, spoken, found);
  return title instanceof HTMLElement && found.includes(title) ? [title, ...found.filter((stop) => stop !== title)] : found;
}

/** What is said together with a control, and is no place of its own: its label, the name of its group, its help and error. */
function told(control: Element): Element[] {
  const labels = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement ? [...(control.labels ?? [])].filter((label) => !label.contains(control)) : [];
  const group = control.closest('[role="radiogroup"], [role="group"]');
  const ids = [control, ...(group === null ? [] : [group])].flatMap((element) => ['aria-labelledby', 'aria-describedby'].flatMap((name) => element.getAttribute(name)?.split(/\s+/) ?? []));
  return [...labels, ...ids.flatMap((id) => control.ownerDocument.getElementById(id) ?? [])];
}

function walk(element: Element, spoken: ReadonlySet<Element>, found: HTMLElement[]): void {
  if (!(element instanceof HTMLElement) || spoken.has(element) || !isThere(element)) return;
  if (isControl(element)) {
    // A choice that is not chosen is no tab stop of the browser's, but a place here; other controls without one are not meant for keys.
    if (element.tabIndex >= 0 || element.matches('input[type="radio"], [role="radio"], :disabled')) found.push(element);
    return;
  }
  if (element instanceof HTMLLabelElement && element.control !== null && element.contains(element.control)) return walk(element.control, spoken, found);
  const holds = [...element.querySelectorAll(CONTROL)].some(isThere);
  if (!holds && (element.matches(GRAIN) || hasOwnText(element))) {
    if (hasWords(element)) found.push(element);
    return;
  }
  if (holds && hasOwnText(element) && element.querySelector('input') === null) found.push(element);
  for (const child of element.children) walk(child, spoken, found);
}

function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
}

function hasWords(element: HTMLElement): boolean {
  return (element.dataset['say'] ?? element.getAttribute('aria-label') ?? element.textContent).trim() !== '';
}
