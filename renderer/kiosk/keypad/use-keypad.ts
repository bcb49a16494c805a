import { useEffect, useRef } from 'react';
import { drop, never } from '../../../domain/result.ts';
import { isKeyboardKind } from '../../ui/keyboard/layouts.ts';
import { loadPinyinDictionary } from '../../ui/keyboard/load.ts';
import type { PinyinDictionary } from '../../ui/keyboard/pinyin.ts';
import { erase, type Typable, type } from '../../ui/keyboard/typing.ts';
import type { Settings } from '../settings.ts';
import type { Speech } from '../text.ts';
import { nameOf } from '../voice/facts.ts';
import { wayBack, wayOn, whereAmI } from '../voice/screen-words.ts';
import { isControl, rootOf, stopsOf } from '../voice/stops.ts';
import type { VoiceDesk } from '../voice/desk.ts';
import { PACES, VOLUMES } from '../voice/voice.ts';
import { candidateWords, typingWords } from './keypad-words.ts';
import { type Around, candidatesOf, isPadKey, type PadEffect, type PadState, padStep, WALKING } from './keypad.ts';

type Parts = { desk: VoiceDesk; speech: Speech; settings: Settings; onSettings(settings: Settings): void; help(): void };
/** Null while it is being read, or cannot be: figures can be typed without it. */
type Words = PinyinDictionary | null;

/**
 * Serves the keypad: everything on the screen by twelve keys. The first key that somebody presses outside of a field switches it on, and the voice with it;
 * before that, figures typed into a field are a keyboard's.
 * @param parts null while nobody is served (the caretaker has a screen of their own)
 */
export function useKeypad(parts: Parts | null): void {
  const now = useRef(parts);
  useEffect(() => {
    now.current = parts;
  });
  useEffect(() => {
    const pad = createPad(() => now.current);
    window.addEventListener('keydown', pad, { capture: true });
    return () => window.removeEventListener('keydown', pad, { capture: true });
  }, []);
}

function createPad(parts: () => Parts | null): (event: KeyboardEvent) => void {
  let state: PadState = WALKING;
  let typingInto: Element | null = null;
  let last: Element | null = null;
  let words: Words = null;

  return (event) => {
    const served = parts();
    if (served === null || event.ctrlKey || event.altKey || event.metaKey || !isPadKey(event.key)) return;
    const { desk, settings, onSettings } = served;
    if (settings.keys === 'off' && fieldAt() !== null) return;
    event.preventDefault();
    event.stopPropagation();
    if (settings.keys === 'off') {
      state = WALKING;
      onSettings({ ...settings, keys: 'on', voice: 'on' });
      drop(loadPinyinDictionary().then((loaded) => {
        words = loaded;
        // The first question is prepared for some tenths of a second: better now than in the middle of a name.
        loaded.suggestDigits('2', 1);
      }, () => undefined));
      desk.say('alert', served.speech.t('voice.welcome'));
      return;
    }
    if (!event.repeat) desk.hush();
    // Another field has the focus now: nobody types into it yet.
    if (document.activeElement !== typingInto) state = WALKING;
    const step = padStep(state, event.key, event.repeat, aroundNow(served, words));
    ({ state } = step);
    for (const effect of step.effects) last = act(effect, served, last, words);
    typingInto = state.mode === 'walk' ? null : document.activeElement;
  };
}

function fieldAt(): Typable | null {
  const field = document.activeElement;
  return (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && isKeyboardKind(field.dataset['keyboard']) ? field : null;
}

function kindOf(field: Typable | null): Around['field'] {
  const kind = field?.dataset['keyboard'];
  return isKeyboardKind(kind) ? kind : null;
}

function aroundNow({ speech }: Parts, words: Words): Around {
  const field = fieldAt();
  return { field: kindOf(field), empty: (field?.value ?? '') === '', chinese: speech.language === 'zh-CN', candidates: (way, code) => candidatesOf(way, code, (digits, most) => words?.suggestDigits(digits, most) ?? []) };
}

/** @returns the place where the citizen is now */
function act(effect: PadEffect, parts: Parts, last: Element | null, words: Words): Element | null {
  const { desk, speech, settings, onSettings } = parts;
  const { t } = speech;
  const say = (text: string) => desk.say('focus', text);
  const root = rootOf(document);
  const field = fieldAt();
  switch (effect.do) {
    case 'move':
      return move(effect.by, root, last, parts);
    case 'press': {
      const place = placeOf(last);
      if (place instanceof HTMLElement && root.contains(place) && isControl(place)) press(place, desk);
      else if (place !== null && root.contains(place)) desk.watch()?.goTo(place);
      return last;
    }
    case 'main':
    case 'back': {
      const way = effect.do === 'main' ? wayOn(root) : wayBack(root);
      if (way !== null) press(way, desk);
      else if (effect.do === 'back' && root.matches('[role$="dialog"]')) escape();
      else say(t(effect.do === 'main' ? 'voice.none-main' : 'voice.none-back'));
      return last;
    }
    case 'read':
      desk.watch()?.read();
      return last;
    case 'where':
      say(whereAmI(root, placeOf(last), speech));
      return last;
    case 'help':
      parts.help();
      return last;
    case 'leave':
      if (root.matches('[role$="dialog"]')) escape();
      else say(t('voice.quiet'));
      return last;
    case 'louder': {
      const volume = (settings.volume + 1) % VOLUMES.length;
      onSettings({ ...settings, volume });
      say(t('voice.volume', { at: volume + 1, of: VOLUMES.length }));
      return last;
    }
    case 'pace': {
      const pace = Math.min(PACES.length - 1, Math.max(0, settings.pace + effect.by));
      onSettings({ ...settings, pace });
      say(t('voice.pace', { at: pace + 1, of: PACES.length }));
      return last;
    }
    case 'begin':
      say(typingWords(kindOf(field), field === null ? '' : nameOf(field, speech.language), speech));
      return last;
    case 'type':
    case 'instead': {
      if (field === null) return last;
      if (effect.do === 'instead') erase(field);
      const before = field.value;
      type(field, effect.text);
      if (field.value === before) say(t('keypad.full'));
      else if (goesOn(field)) return move(1, root, field, parts);
      else say([...effect.text].length === 1 && /\d/.test(effect.text) ? effect.text : t('keypad.typed', { text: effect.text, value: field.value }));
      return field;
    }
    case 'erase':
      if (field !== null) erase(field);
      say(t('keypad.erased', { value: heard(field, t) }));
      return last;
    case 'done':
    case 'abandon':
      say(t('keypad.done', { value: heard(field, t) }));
      return field;
    case 'code':
      say(effect.code === '' ? t('keypad.nothing') : t('keypad.code', { code: effect.code }));
      return last;
    case 'offer':
      say(candidateWords(effect, speech, (character) => words?.explain(character) ?? ''));
      return last;
    case 'none':
      say(t('keypad.none'));
      return last;
    default:
      return never(effect);
  }
}

/** Where the citizen is: what has the focus, or where the keys led last. */
function placeOf(last: Element | null): Element | null {
  return document.activeElement === document.body ? last : document.activeElement;
}

/** The next part of a date: its field is full, and another one of the same question comes next. */
function goesOn(field: Typable): boolean {
  const group = field.closest('[role="group"]');
  if (group === null || field.value.length < field.maxLength) return false;
  return [...group.querySelectorAll('input')].at(-1) !== field;
}

function move(by: 1 | -1, root: Element, last: Element | null, { desk, speech }: Parts): Element | null {
  const stops = stopsOf(root);
  const at = stops.findIndex((stop) => stop === document.activeElement);
  const from = at === -1 ? stops.findIndex((stop) => stop === last) : at;
  const next = stops[from === -1 && by === -1 ? 0 : from + by];
  if (next === undefined) {
    desk.say('focus', speech.t(by === 1 ? 'voice.last' : 'voice.first'));
    return last;
  }
  if (!isControl(next) && !next.hasAttribute('tabindex')) {
    next.tabIndex = -1;
    next.addEventListener('blur', () => next.removeAttribute('tabindex'), { once: true });
  }
  // What is switched off takes no focus; the citizen is there all the same.
  if (next.matches(':disabled') && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  next.focus({ preventScroll: true });
  (next.closest('label') ?? next).scrollIntoView({ block: 'center' });
  desk.watch()?.goTo(next);
  return next;
}

function press(place: HTMLElement, desk: VoiceDesk): void {
  // What cannot be pressed says so.
  if (place.matches(':disabled, [aria-disabled="true"]')) desk.watch()?.goTo(place);
  else place.click();
}

/** What the Escape key does to a dialog that may be left without an answer. */
function escape(): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true }));
}

/** What stands in a field, for the ear; of a secret only how much. */
function heard(field: HTMLInputElement | HTMLTextAreaElement | null, t: Speech['t']): string {
  if (field === null || field.value === '') return t('keypad.nothing');
  return field.type === 'password' ? t('keypad.secret', { count: field.value.length }) : field.value;
}
