import { Alert, Button, Input } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { drop, type Result } from '../../../domain/result.ts';
import { Loading, Nothing } from '../parts.tsx';
import type { CallFailure } from '../hall.ts';
import { t } from '../texts.ts';
import type { Span } from './audit-page.tsx';

export type SpanProps = { span: Span; onSpan: (span: Span) => void };

/** Two civil days. The browser's own field for dates: it is typed into as well as picked from. */
export function SpanFields({ span, onSpan }: SpanProps): ReactNode {
  return (
    <>
      <label className="field"><span>{t('audit.from')}</span><Input type="date" value={span.from} max={span.to} onChange={(event) => onSpan({ ...span, from: event.target.value })} /></label>
      <label className="field"><span>{t('audit.to')}</span><Input type="date" value={span.to} min={span.from} onChange={(event) => onSpan({ ...span, to: event.target.value })} /></label>
    </>
  );
}

type Page<Row> = { rows: readonly Row[]; next: number };
type Found<Row, More> = { kind: 'none' } | { kind: 'asking' } | { kind: 'failed'; words: string } | { kind: 'here'; rows: readonly Row[]; next: number; first: More; at: number };

/**
 * A search that is only made when it is asked for, because each is written down, and its pages one after the other.
 * @param ask reads the page behind `before`; 0 is the first
 */
export function useSearch<Row, More extends Page<Row>>(ask: (before: number) => Promise<Result<Result<More, { kind: string }>, CallFailure>>): { found: Found<Row, More>; search: () => void; more: () => void } {
  const [found, setFound] = useState<Found<Row, More>>({ kind: 'none' });
  // A page of the search before the last is not put under the last.
  const turn = useRef(0);
  // What stands in the form may have changed since: further pages are of the search that was made.
  const made = useRef(ask);
  const read = async (before: number) => {
    const mine = before === 0 ? (turn.current += 1) : turn.current;
    if (before === 0) made.current = ask;
    const answer = await made.current(before);
    if (mine !== turn.current) return;
    if (!answer.ok || !answer.value.ok) {
      setFound({ kind: 'failed', words: t(answer.ok ? 'audit.fault.bad-span' : 'audit.fault.broken') });
      return;
    }
    const page = answer.value.value;
    setFound((earlier) => (before > 0 && earlier.kind === 'here' ? { ...earlier, rows: [...earlier.rows, ...page.rows], next: page.next } : { kind: 'here', rows: page.rows, next: page.next, first: page, at: Date.now() }));
  };
  return {
    found,
    search: () => {
      setFound({ kind: 'asking' });
      drop(read(0));
    },
    more: () => {
      if (found.kind === 'here' && found.next > 0) drop(read(found.next));
    },
  };
}

/** Below the form: what was found, or why nothing is there. */
export function FoundRows<Row, More>({ found, onMore, children }: { found: Found<Row, More>; onMore: () => void; children: (rows: readonly Row[], first: More, at: number) => ReactNode }): ReactNode {
  switch (found.kind) {
    case 'none':
      return <Nothing words={t('audit.ask')} />;
    case 'asking':
      return <Loading />;
    case 'failed':
      return <Alert type="error" showIcon title={found.words} role="alert" />;
    case 'here':
      return (
        <>
          {children(found.rows, found.first, found.at)}
          {found.rows.length === 0 && <Nothing words={t('audit.none')} />}
          {found.next > 0 && <p className="audit-more"><Button onClick={onMore}>{t('audit.more')}</Button></p>}
        </>
      );
  }
}
