import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../icons.tsx';
import type { Typable } from './typing.ts';
import type { KeyboardWords } from './words-on-keys.ts';

/** Held this long a repeating key starts, then acts this often: the habit of office keyboards, a little slower for unsteady hands. */
const REPEAT_AFTER_MS = 500;
const REPEAT_EVERY_MS = 110;

/**
 * One key. It acts when the finger comes down, as keys do (some on release), and leaves the focus in the field. A screen reader's click works too.
 * Keys are no tab stops: who has a real keyboard types with it.
 */
export function Key(props: { children: ReactNode; onPress(): void; label?: string; tone?: 'plain' | 'dim' | 'on' | 'done' | 'best' | 'bare'; wide?: boolean; space?: boolean; repeats?: boolean; /** For a key that stays down: whether it is. */ pressed?: boolean; off?: boolean; /** Waits for the finger to leave: in a page that scrolls under it. */ onRelease?: boolean }): ReactNode {
  const { tone = 'plain' } = props;
  const act = useRef(props.onPress);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    act.current = props.onPress;
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  function down(): void {
    act.current();
    if (props.repeats !== true) return;
    const again = (wait: number) => {
      timer.current = setTimeout(() => {
        act.current();
        again(REPEAT_EVERY_MS);
      }, wait);
    };
    again(REPEAT_AFTER_MS);
  }
  const up = () => clearTimeout(timer.current);
  // Candidates scroll sideways under the finger, and what lies under a vanished keyboard must not get the rest of the touch.
  const onRelease = props.onRelease === true || tone === 'best' || tone === 'bare' || tone === 'done';

  return (
    <button
      type="button"
      tabIndex={-1}
      className={`key key-${tone}${props.wide === true ? ' key-wide' : ''}${props.space === true ? ' key-space' : ''}`}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      disabled={props.off === true}
      onPointerDown={(event) => {
        event.preventDefault();
        if (!onRelease) down();
      }}
      onPointerUp={up}
      onPointerLeave={up}
      onPointerCancel={up}
      onClick={(event) => {
        if (onRelease || event.detail === 0) act.current();
      }}
    >
      {props.children}
    </button>
  );
}

/** Done typing: the keyboard goes. */
export function HideKey({ field, words }: { field: Typable; words: KeyboardWords }): ReactNode {
  return (
    <Key tone="done" onPress={() => field.blur()}>
      <Icon name="check" size={1.1} /> {words.hide}
    </Key>
  );
}
