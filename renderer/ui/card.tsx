import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import './card.css';

/** A sheet of paper on the paper: groups what belongs together. `id` makes it the target of a tab. */
export function Card(props: { title?: string; icon?: IconName; id?: string; aside?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section className="card" {...(props.id === undefined ? {} : { id: props.id })}>
      {props.title === undefined ? null : (
        <header className="card-head">
          {props.icon === undefined ? null : <Icon name={props.icon} size={1.2} />}
          <h2>{props.title}</h2>
          {props.aside}
        </header>
      )}
      {props.children}
    </section>
  );
}

const NOTICE_ICONS = { info: 'info', good: 'done', warn: 'warning', fault: 'alert' } as const satisfies Record<string, IconName>;

/** A sentence the citizen must not miss. `live` reads it aloud when it appears. */
export function Notice(props: { tone: 'info' | 'good' | 'warn' | 'fault'; title?: string | undefined; children?: ReactNode; live?: boolean; actions?: ReactNode }): ReactNode {
  return (
    <div className={`notice notice-${props.tone}`} {...(props.live === true ? { role: props.tone === 'fault' ? 'alert' : 'status' } : {})}>
      <Icon name={NOTICE_ICONS[props.tone]} size={1.4} />
      <div className="notice-words">
        {props.title === undefined ? null : <strong>{props.title}</strong>}
        {props.children}
        {props.actions === undefined ? null : <div className="notice-actions">{props.actions}</div>}
      </div>
    </div>
  );
}

/** Label and value pairs; long values wrap under their label's column. */
export function Facts({ rows }: { rows: readonly { label: string; value: ReactNode }[] }): ReactNode {
  return (
    <dl className="facts">
      {rows.map((row) => (
        <div key={row.label} className="facts-row">
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
