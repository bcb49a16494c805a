import { useLayoutEffect, useRef, useState } from 'react';
import { type Command, commandsOf, keepSingleKeys, singleKeys } from './keys.ts';

/** Whether an element takes typed characters itself. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null;
}

/** Calls what a key means while the page is there; a dialog above it keeps all keys to itself. Where a key means two things, the one that is handed in here counts. @param busy a wish is under way: no key acts */
export function usePageKeys(busy: boolean, commands: Partial<Record<Command, () => void>>): void {
  const current = useRef({ busy, commands });
  // With the drawing itself, not some time after it: a key that comes at once is meant for what is seen, and acts on it.
  useLayoutEffect(() => {
    current.current = { busy, commands };
  });
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // A held Enter or space would press the button that has the focus again and again.
      if (event.repeat && (event.code === 'Enter' || event.code === 'NumpadEnter' || event.code === 'Space') && !isTyping(event.target)) return event.preventDefault();
      if (event.defaultPrevented || (isTyping(event.target) && !/^F\d+$/.test(event.code)) || document.querySelector('dialog[open]') !== null) return;
      const meant = commandsOf(event, singleKeys(localStorage));
      const command = meant.find((one) => current.current.commands[one] !== undefined);
      // Also where it does nothing now: F3 or F6 would otherwise be the browser's.
      if (command !== undefined || (meant.length > 0 && /^F\d+$/.test(event.code))) event.preventDefault();
      if (command !== undefined && !current.current.busy) current.current.commands[command]?.();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Whether single letters act on this computer, and how to change it. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => singleKeys(localStorage));
  return [on, (next) => {
    keepSingleKeys(localStorage, next);
    setOn(next);
  }];
}
