import type { Speech } from '../text.ts';
import { sentence } from './for-the-ear.ts';
import type { Facts, Role } from './phrase.ts';
import { isControl, isThere } from './stops.ts';

type Language = Speech['language'];

/** What counts its members: "2 of 6". */
const SET = '[role="radiogroup"], [role="group"], [role="toolbar"], nav, ul, ol, .dialog-actions';
const GROUP = '[role="radiogroup"], [role="group"]';

/** The words of an element as they are read, with a pause between its parts. What is hidden from assistive technology is left out. */
export function wordsOf(element: Element, language: Language): string {
  const parts: string[] = [];
  let line = '';
  const put = () => {
    if (line.trim() !== '') parts.push(line.replaceAll(/\s+/g, ' ').trim());
    line = '';
  };
  const read = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) line += node.textContent ?? '';
    if (!(node instanceof HTMLElement)) return;
    if (node !== element && !isThere(node)) return;
    const said = node.dataset['say'] ?? (node.childElementCount === 0 || node.getAttribute('role') === 'img' ? node.getAttribute('aria-label') : null);
    const isInline = getComputedStyle(node).display.startsWith('inline');
    if (!isInline) put();
    if (said !== null) line += said;
    else for (const child of node.childNodes) read(child);
    if (!isInline) put();
  };
  read(element);
  put();
  return parts.reduce((whole, part) => (whole === '' ? part : `${sentence([whole, part], language).replace(/[。.]$/u, '')}`), '');
}

/** A control's name (accname 1.2, the parts of it that our components use), or the words of what is read. */
export function nameOf(element: Element, language: Language): string {
  const said = element.getAttribute('data-say');
  if (said !== null) return said;
  const labelled = byIds(element, 'aria-labelledby', language);
  if (labelled !== '') return labelled;
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    const words = [...(element.labels ?? [])].map((one) => wordsOf(one, language)).filter((one) => one !== '');
    return words.length > 0 ? words.join(' ') : element.placeholder;
  }
  return wordsOf(element, language);
}

function byIds(element: Element, attribute: string, language: Language): string {
  const ids = element.getAttribute(attribute)?.split(/\s+/) ?? [];
  return ids.flatMap((id) => element.ownerDocument.getElementById(id) ?? []).map((one) => wordsOf(one, language)).join(' ').trim();
}

function roleOf(element: Element): Role {
  if (element.matches('input[type="radio"], [role="radio"]')) return 'radio';
  if (element.matches('input, textarea')) return 'field';
  if (element.matches('[aria-pressed], [role="switch"], [role="checkbox"]')) return 'toggle';
  if (isControl(element)) return 'button';
  return element.matches('h1, h2, h3, h4') ? 'heading' : 'text';
}

function chosenOf(element: Element): boolean | null {
  if (element instanceof HTMLInputElement && element.type === 'radio') return element.checked;
  const state = element.getAttribute('aria-pressed') ?? element.getAttribute('aria-checked') ?? (element.getAttribute('aria-current') === null ? null : String(element.getAttribute('aria-current') !== 'false'));
  return state === null ? null : state === 'true';
}

/**
 * What there is to say of one place of the screen.
 * @param stops all places of the screen
 * @param before where the citizen was: the name of a group is said when it is entered, not at each of its members
 */
export function factsOf(element: Element, stops: readonly Element[], before: Element | null, language: Language): Facts {
  const role = roleOf(element);
  const group = element.closest(GROUP);
  const entered = isControl(element) && group !== null && before?.closest(GROUP) !== group ? group : null;
  const owner = role === 'radio' && group !== null ? group : element;
  const wrong = [element, owner].some((one) => one.getAttribute('aria-invalid') === 'true' || one.hasAttribute('data-invalid'));
  const describes = (one: Element) => byIdList(one).map((found) => wordsOf(found, language));
  const described = [...new Set([...describes(element), ...(entered === null && !wrong ? [] : describes(group ?? element))])].filter((one) => one !== '');
  const isField = role === 'field' && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement);
  return {
    role,
    name: nameOf(element, language),
    group: entered === null ? '' : nameOf(entered, language) === wordsOf(entered, language) ? '' : nameOf(entered, language),
    described,
    wrong,
    chosen: chosenOf(element),
    off: element.matches(':disabled, [aria-disabled="true"]'),
    // Of a secret the ear is told what the eye sees: how much is there.
    value: isField ? (element.type === 'password' ? '*'.repeat(element.value.length) : element.value) : null,
    position: positionOf(element, stops),
  };
}

function byIdList(element: Element): Element[] {
  return (element.getAttribute('aria-describedby')?.split(/\s+/) ?? []).flatMap((id) => element.ownerDocument.getElementById(id) ?? []);
}

function positionOf(element: Element, stops: readonly Element[]): Facts['position'] {
  if (!isControl(element)) return null;
  const set = element.closest(SET);
  if (set === null) return null;
  const members = stops.filter((stop) => isControl(stop) && stop.closest(SET) === set);
  return members.length < 2 ? null : { at: members.indexOf(element) + 1, of: members.length };
}
