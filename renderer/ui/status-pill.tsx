import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import './status-pill.css';

/** A state in two or three words; the icon says the same without colour. */
export function StatusPill(props: { tone: 'quiet' | 'info' | 'good' | 'warn' | 'fault'; icon: IconName; children: ReactNode }): ReactNode {
  return (
    <span className={`pill pill-${props.tone}`}>
      <Icon name={props.icon} size={1.1} />
      <span>{props.children}</span>
    </span>
  );
}
