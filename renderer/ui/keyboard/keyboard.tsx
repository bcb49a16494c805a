import { type ReactNode, useEffect, useState } from 'react';
import { Keypad } from './keypad.tsx';
import { isKeyboardKind, type KeyboardKind } from './layouts.ts';
import { TextBoard } from './text-board.tsx';
import type { Typable } from './typing.ts';
import type { KeyboardWords } from './words-on-keys.ts';
import './keyboard.css';

/**
 * The machine's own keyboard. It serves whichever field has focus and names a kind in `data-keyboard`, and never takes the focus itself.
 * Below its keys lies the toolbar, so it is part of the page and moves it up rather than covering it. A screen that goes takes its field along
 * without an event, but the next one's title takes the focus; whoever draws no title gives this another `key`.
 */
export function Keyboard({ words, chinese }: { words: KeyboardWords; chinese: boolean }): ReactNode {
  const [target, setTarget] = useState<{ field: Typable; kind: KeyboardKind } | null>(null);

  useEffect(() => {
    // While a finger is down nothing moves: a keyboard that closed under it would take the pressed button away, and the press be lost.
    let pressed = false;
    const follow = () => {
      if (pressed) return;
      const field = document.activeElement;
      const kind = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.dataset['keyboard'] : undefined;
      if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && isKeyboardKind(kind)) setTarget((held) => (held?.field === field ? held : { field, kind }));
      else setTarget(null);
    };
    const leave = () => queueMicrotask(follow);
    const press = () => (pressed = true);
    // The click comes after the finger has left; only then may the page move.
    const release = () => setTimeout(() => {
      pressed = false;
      follow();
    });
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('pointerup', release, true);
    document.addEventListener('pointercancel', release, true);
    document.addEventListener('focusin', follow);
    document.addEventListener('focusout', leave);
    follow();
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('pointerup', release, true);
      document.removeEventListener('pointercancel', release, true);
      document.removeEventListener('focusin', follow);
      document.removeEventListener('focusout', leave);
    };
  }, []);

  useEffect(() => {
    document.documentElement.dataset['keyboard'] = target === null ? 'shut' : 'open';
    if (target === null) return;
    const frame = requestAnimationFrame(() => target.field.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, [target]);

  if (target === null) return null;
  const { field, kind } = target;
  return (
    <section className="keyboard" data-say="" aria-label={words.title} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()}>
      {kind === 'text' || kind === 'latin' ? (
        <TextBoard key={kind} field={field} words={words} first={kind === 'text' && chinese ? 'pinyin' : 'latin'} />
      ) : (
        <Keypad field={field} kind={kind} words={words} />
      )}
    </section>
  );
}
