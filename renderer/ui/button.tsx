import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Phrase } from './phrase.tsx';
import './button.css';

/**
 * A button that says what it does.
 * `main`: the one way on, at most one a screen. `plain`: everything else. `quiet`: without a frame. `stop`: gives something up.
 * `busy` keeps the button and its focus, and lets a second press do nothing.
 */
export function Button(props: {
  children: ReactNode;
  onPress(): void;
  tone?: 'main' | 'plain' | 'quiet' | 'stop';
  size?: 'main' | 'normal';
  icon?: ReactNode;
  iconAfter?: ReactNode;
  wide?: boolean;
  busy?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  label?: string;
  describedBy?: string;
  /** The screen's way back, where a key of its own leads; the way on is the `main` one. */
  way?: 'back';
}): ReactNode {
  const { tone = 'plain', size = 'normal', busy = false, wide = false } = props;
  return (
    <AriaButton
      className={`button button-${tone} button-size-${size}${wide ? ' button-wide' : ''}`}
      onPress={() => (busy ? undefined : props.onPress())}
      isDisabled={props.isDisabled ?? false}
      {...(props.way === 'back' ? { 'data-way': 'back' } : tone === 'main' ? { 'data-way': 'on' } : {})}
      autoFocus={props.autoFocus ?? false}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy })}
    >
      {busy ? <span className="button-busy" aria-hidden="true" /> : props.icon}
      <span className="button-words"><Phrase>{props.children}</Phrase></span>
      {props.iconAfter}
    </AriaButton>
  );
}
