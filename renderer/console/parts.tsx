/** Small pieces that several screens are put together from. */
import { Button } from 'antd';
import { CircleAlert, Inbox, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { InboxRow } from '../../domain/contracts/cases.ts';
import { t, type TextKey, word } from './texts.ts';
import type { Due } from './words.ts';

/** The cap of a key, beside what it does. Read aloud it would only disturb: the help lists all keys. */
export function Key({ name }: { name: string }): ReactNode {
  return <kbd className="key" aria-hidden="true">{name}</kbd>;
}

export function StageTag({ stage }: { stage: InboxRow['stage'] }): ReactNode {
  return <span className="stage" data-stage={stage}>{word('stage', stage)}</span>;
}

export function DueTag({ due, inline = false }: { due: Due; inline?: boolean }): ReactNode {
  return (
    <span className="due" data-tone={due.tone} data-inline={inline}>
      <span className="due-words">{due.words}</span>
      {due.note !== '' && <span className="due-note">{due.note}</span>}
    </span>
  );
}

/** In place of a screen whose content did not come, or of a part of one that has its own title. @param kind of the failure */
export function Failed({ kind, onRetry, title: Title = 'h2' }: { kind: string; onRetry: () => void; title?: 'h1' | 'h2' }): ReactNode {
  const known: Record<string, TextKey> = { away: 'failed.away', 'not-allowed': 'failed.not-allowed', 'too-fast': 'failed.too-fast', 'unknown-case': 'failed.unknown-case', 'unknown-item': 'catalogue.failed.unknown', 'unknown-draft': 'catalogue.failed.unknown', 'unknown-page': 'catalogue.failed.unknown' };
  return (
    <div className="notice" role="alert">
      <CircleAlert aria-hidden="true" size={36} strokeWidth={1.5} />
      <Title>{t('failed.title')}</Title>
      <p>{t(known[kind] ?? 'failed.broken')}</p>
      <Button icon={<RotateCw size={15} aria-hidden="true" />} onClick={onRetry}>{t('failed.retry')}</Button>
    </div>
  );
}

export function Nothing({ words, children }: { words: string; children?: ReactNode }): ReactNode {
  return (
    <div className="notice" data-quiet="true" role="status">
      <Inbox aria-hidden="true" size={40} strokeWidth={1.25} />
      <p>{words}</p>
      {children}
    </div>
  );
}

export function Loading(): ReactNode {
  return (
    <div className="loading" role="status" aria-label={t('loading')}>
      {['62%', '88%', '74%', '91%', '58%', '80%'].map((width) => <span key={width} style={{ width }} />)}
    </div>
  );
}

/** Names and values in two columns. */
export function Facts({ rows }: { rows: readonly { name: string; value: ReactNode }[] }): ReactNode {
  return (
    <dl className="facts">
      {rows.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
