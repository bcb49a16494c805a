/**
 * The console's keys: one table that the screens obey and the help shows. A single letter never acts by itself: it opens a
 * confirmation or moves. Clerks who speak to their computer, or lean on the keyboard, can turn single keys off (WCAG 2.1.4).
 */
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';

export type Scope = 'everywhere' | 'inbox' | 'case' | 'more' | 'scan' | 'window' | 'desk' | 'catalogue' | 'cards';
export type Command =
  | 'help' | 'inbox' | 'window' | 'down' | 'up' | 'search' | 'reload' | 'mark' | 'bulk-claim' | 'bulk-hand-over' | 'bulk-take-over' | 'export' | 'order' | 'save-filter' | 'filter'
  | 'claim' | 'originals' | 'identity' | 'accept' | 'correct' | 'supplement' | 'refuse' | 'review' | 'finish' | 'resume' | 'take-over' | 'deliver' | 'compare' | 'more' | 'next-case' | 'previous-case'
  | 'release' | 'edit' | 'pause' | 'extend' | 'withdraw' | 'return' | 'lapse' | 'transfer' | 'survey' | 'survey-held' | 'hand-over' | 'archive'
  | 'next-page' | 'previous-page' | 'larger' | 'smaller' | 'fit' | 'width' | 'turn-left' | 'turn-right' | 'leave'
  | 'hand-in' | 'late' | 'slip' | 'register'
  | 'card-urged' | 'card-explained' | 'card-accepted' | 'card-rejected' | 'card-corrected' | 'card-appealed' | 'card-revoked' | 'card-upheld' | 'card-closed';

/** @property keys as `KeyboardEvent.key` says them, in lower case */
export type KeyRow = { scope: Scope; command: Command; keys: readonly string[] };

export const KEYS: readonly KeyRow[] = [
  { scope: 'everywhere', command: 'help', keys: ['?', '？'] },
  { scope: 'everywhere', command: 'inbox', keys: ['i'] },
  { scope: 'everywhere', command: 'window', keys: ['w'] },
  { scope: 'inbox', command: 'down', keys: ['j', 'arrowdown'] },
  { scope: 'inbox', command: 'up', keys: ['k', 'arrowup'] },
  { scope: 'inbox', command: 'search', keys: ['/'] },
  { scope: 'inbox', command: 'reload', keys: ['u'] },
  { scope: 'inbox', command: 'mark', keys: ['x'] },
  { scope: 'inbox', command: 'bulk-claim', keys: ['l'] },
  { scope: 'inbox', command: 'bulk-hand-over', keys: ['h'] },
  { scope: 'inbox', command: 'bulk-take-over', keys: ['t'] },
  { scope: 'inbox', command: 'export', keys: ['e'] },
  { scope: 'inbox', command: 'order', keys: ['o'] },
  { scope: 'inbox', command: 'save-filter', keys: ['s'] },
  { scope: 'inbox', command: 'filter', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  { scope: 'catalogue', command: 'down', keys: ['j', 'arrowdown'] },
  { scope: 'catalogue', command: 'up', keys: ['k', 'arrowup'] },
  { scope: 'catalogue', command: 'search', keys: ['/'] },
  { scope: 'catalogue', command: 'reload', keys: ['u'] },
  { scope: 'case', command: 'claim', keys: ['l'] },
  { scope: 'case', command: 'originals', keys: ['o'] },
  { scope: 'case', command: 'identity', keys: ['y'] },
  { scope: 'case', command: 'accept', keys: ['a'] },
  { scope: 'case', command: 'correct', keys: ['c'] },
  { scope: 'case', command: 'supplement', keys: ['s'] },
  { scope: 'case', command: 'refuse', keys: ['r'] },
  { scope: 'case', command: 'review', keys: ['v'] },
  { scope: 'case', command: 'finish', keys: ['f'] },
  { scope: 'case', command: 'resume', keys: ['g'] },
  { scope: 'case', command: 'take-over', keys: ['t'] },
  { scope: 'case', command: 'deliver', keys: ['d'] },
  { scope: 'case', command: 'compare', keys: ['b'] },
  { scope: 'case', command: 'more', keys: ['m'] },
  { scope: 'case', command: 'next-case', keys: ['j'] },
  { scope: 'case', command: 'previous-case', keys: ['k'] },
  { scope: 'case', command: 'leave', keys: ['escape'] },
  // In the menu that `more` opens: a letter begins a deed there and nowhere else.
  { scope: 'more', command: 'release', keys: ['u'] },
  { scope: 'more', command: 'edit', keys: ['e'] },
  { scope: 'more', command: 'hand-over', keys: ['h'] },
  { scope: 'more', command: 'pause', keys: ['p'] },
  { scope: 'more', command: 'extend', keys: ['x'] },
  { scope: 'more', command: 'survey', keys: ['s'] },
  { scope: 'more', command: 'survey-held', keys: ['m'] },
  { scope: 'more', command: 'return', keys: ['t'] },
  { scope: 'more', command: 'lapse', keys: ['n'] },
  { scope: 'more', command: 'transfer', keys: ['z'] },
  { scope: 'more', command: 'withdraw', keys: ['w'] },
  { scope: 'more', command: 'archive', keys: ['a'] },
  { scope: 'window', command: 'hand-in', keys: ['f9'] },
  { scope: 'window', command: 'late', keys: ['f8'] },
  { scope: 'window', command: 'slip', keys: ['f2'] },
  { scope: 'desk', command: 'down', keys: ['j', 'arrowdown'] },
  { scope: 'desk', command: 'up', keys: ['k', 'arrowup'] },
  { scope: 'desk', command: 'search', keys: ['/'] },
  { scope: 'desk', command: 'reload', keys: ['u'] },
  { scope: 'desk', command: 'register', keys: ['n'] },
  { scope: 'scan', command: 'next-page', keys: ['n', 'pagedown'] },
  { scope: 'scan', command: 'previous-page', keys: ['p', 'pageup'] },
  { scope: 'scan', command: 'larger', keys: ['+', '='] },
  { scope: 'scan', command: 'smaller', keys: ['-'] },
  { scope: 'scan', command: 'fit', keys: ['0'] },
  { scope: 'scan', command: 'width', keys: ['9'] },
  { scope: 'scan', command: 'turn-left', keys: ['['] },
  { scope: 'scan', command: 'turn-right', keys: [']'] },
  { scope: 'cards', command: 'card-urged', keys: ['g'] },
  { scope: 'cards', command: 'card-explained', keys: ['e'] },
  { scope: 'cards', command: 'card-corrected', keys: ['c'] },
  { scope: 'cards', command: 'card-appealed', keys: ['p'] },
  { scope: 'cards', command: 'card-accepted', keys: ['a'] },
  { scope: 'cards', command: 'card-rejected', keys: ['r'] },
  { scope: 'cards', command: 'card-revoked', keys: ['v'] },
  { scope: 'cards', command: 'card-upheld', keys: ['h'] },
  { scope: 'cards', command: 'card-closed', keys: ['x'] },
];

const NAMES: Readonly<Record<string, string>> = { arrowdown: '↓', arrowup: '↑', escape: 'Esc', pagedown: 'PgDn', pageup: 'PgUp' };

/** How a key is written on its cap. */
export function keyName(key: string): string {
  return NAMES[key] ?? key.toUpperCase();
}

/** The cap that stands beside a command's button. */
export function hintOf(command: Command): string {
  const row = KEYS.find((one) => one.command === command);
  return row === undefined ? '' : keyName(row.keys[0] ?? '');
}

export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** What a key means in these scopes, or null. Keys with a modifier belong to the browser, keys of a composing input method to it. */
export function commandOf(pressed: Pressed, scopes: readonly Scope[]): Command | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return null;
  const key = pressed.key.toLowerCase();
  return KEYS.find((row) => scopes.includes(row.scope) && row.keys.includes(key))?.command ?? null;
}

/** Keys that still work with single keys turned off: they are no characters. */
export function isCharacter(key: string): boolean {
  return [...key].length === 1;
}

/** Ctrl+Enter, once: a key that is held down confirms nothing further. */
export function isConfirmation(pressed: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'repeat'>): boolean {
  return pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey) && !pressed.repeat;
}

/** Whether an element takes typed characters itself. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]') !== null;
}

/** A closed dialog may stay in the page, unseen. */
function dialogOpen(): boolean {
  return [...document.querySelectorAll('[role=dialog]')].some((dialog) => dialog.checkVisibility());
}

const SINGLE_KEYS = 'jinban-console-single-keys';
const settingWatchers = new Set<() => void>();

/** Whether single letters act, as this computer's user chose. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore((watch) => {
    settingWatchers.add(watch);
    return () => settingWatchers.delete(watch);
  }, singleKeys);
  return [on, (next) => {
    localStorage.setItem(SINGLE_KEYS, next ? 'on' : 'off');
    for (const watch of [...settingWatchers]) watch();
  }];
}

function singleKeys(): boolean {
  return localStorage.getItem(SINGLE_KEYS) !== 'off';
}

/** Calls what a key means while the screen is there. A dialog above it keeps all keys to itself. */
export function useKeys(scopes: readonly Scope[], commands: Partial<Record<Command, (key: string) => void>>): void {
  const current = useRef({ scopes, commands });
  // With the drawing itself, not some time after it: a key that comes at once is meant for what is seen, and acts on it.
  useLayoutEffect(() => {
    current.current = { scopes, commands };
  });
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (isTyping(event.target) && !/^F\d+$/.test(event.key)) || dialogOpen()) return;
      if (isCharacter(event.key) && !singleKeys()) return;
      const command = commandOf(event, current.current.scopes);
      const call = command === null ? undefined : current.current.commands[command];
      if (call === undefined) return;
      event.preventDefault();
      call(event.key);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
