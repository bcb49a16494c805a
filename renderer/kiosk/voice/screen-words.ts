import type { Speech } from '../text.ts';
import { factsOf, nameOf, wordsOf } from './facts.ts';
import { sentence } from './for-the-ear.ts';
import { phrase } from './phrase.ts';
import { isControl, isThere, stopsOf, titleOf } from './stops.ts';

type Words = Pick<Speech, 't' | 'language'>;

/** What is announced when it appears or changes. */
const LIVE = '[role="alert"], [role="status"], [aria-live]';

/** Live regions with their words; those without words, and those within another, are left out. */
export function regionsOf(root: Element, language: Speech['language']): { region: Element; words: string; urgent: boolean }[] {
  return [...root.querySelectorAll(LIVE)]
    .filter((region) => region.parentElement?.closest(LIVE) === null && region.closest('[data-say=""], [inert], [aria-hidden="true"]') === null && isThere(region))
    .map((region) => ({ region, words: wordsOf(region, language), urgent: region.matches('[role="alert"], [aria-live="assertive"]') }))
    .filter(({ words }) => words !== '');
}

/** The button that goes on, and the one that goes back, as components mark them. */
export function wayOn(root: Element): HTMLElement | null {
  return root.querySelector<HTMLElement>('[data-way="on"]');
}
export function wayBack(root: Element): HTMLElement | null {
  return root.querySelector<HTMLElement>('[data-way="back"]');
}

/** A screen as it is said on arrival: its title and lead, what it has to announce, and what can be done. */
export function arrival(root: Element, words: Words, keys: boolean): string {
  return joined([...head(root, words), ...regionsOf(root, words.language).map((region) => sentence([region.words], words.language)), ...canDo(root, words, keys)], words);
}

/** A screen read from its title to its last button. The tools that stand on every screen are left out. */
export function wholeScreen(root: Element, words: Words, keys: boolean): string {
  const stops = stopsOf(root).filter((stop) => stop.closest('.toolbar') === null);
  const before = new Set(headElements(root));
  const read = stops.filter((stop) => ![...before].some((element) => element.contains(stop))).map((stop, index) => phrase(factsOf(stop, stops, stops[index - 1] ?? null, words.language), words, false));
  return joined([...head(root, words), ...read, ...(keys ? canDo(root, words, keys) : [])], words);
}

/** Where the citizen is: the screen, the step of the journey, and the place on it. */
export function whereAmI(root: Element, at: Element | null, words: Words): string {
  const step = root.querySelector('[data-step]')?.getAttribute('data-step') ?? '';
  const stops = stopsOf(root);
  const here = at === null || !stops.some((stop) => stop === at) ? '' : phrase(factsOf(at, stops, null, words.language), words, true);
  return joined([...head(root, words).slice(0, 1), step === '' ? '' : sentence([step], words.language), here], words);
}

function headElements(root: Element): Element[] {
  const title = titleOf(root);
  const lead = root.matches('[role$="dialog"]') ? root.querySelector('.dialog-words') : (title?.nextElementSibling ?? null);
  return [title, lead].filter((element) => element !== null);
}

function head(root: Element, { language }: Words): string[] {
  return headElements(root).map((element) => sentence([isControl(element) ? nameOf(element, language) : wordsOf(element, language)], language));
}

function canDo(root: Element, { t, language }: Words, keys: boolean): string[] {
  const count = stopsOf(root).filter((stop) => isControl(stop) && stop.closest('.toolbar') === null && !stop.matches(':disabled')).length;
  const [on, back] = [wayOn(root), wayBack(root)];
  const ways = keys ? [on === null ? '' : t('voice.can.main', { name: nameOf(on, language) }), back === null ? '' : t('voice.can.back', { name: nameOf(back, language) })] : [];
  return [t('voice.can', { count }), ...ways].filter((one) => one !== '').map((one) => sentence([one], language));
}

function joined(parts: readonly string[], { language }: Words): string {
  return parts.filter((part) => part !== '').join(language === 'en' ? ' ' : '');
}
