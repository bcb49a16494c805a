import type { ReactNode } from 'react';
import type { TimeSpan } from '../../../domain/contracts/supervision.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { t, word } from '../texts.ts';
import { dateWords, momentWords } from '../words.ts';

/** A span is drawn at least so wide, percent of the bar: an hour among weeks must still be seen. */
const THINNEST = 1.2;

const nameOf = ({ owner, departments }: TimeSpan) => (owner === 'department' ? departments.join('、') : word('time-owner', owner));
const rounded = (days: number) => String(Math.round(days * 10) / 10);

/** A case's time as one bar of owners, each as long as its working days. @param since where on it the card came to hold */
export function TimeBar({ line, since, now }: { line: readonly TimeSpan[]; since: string; now: number }): ReactNode {
  const widths = line.map(({ days, from, to }) => Math.max(days, (Date.parse(to) - Date.parse(from)) / 86_400_000 * 0.05, 0.01));
  const sum = widths.reduce((all, width) => all + width, 0);
  const shares = widths.map((width) => Math.max(width / sum * 100, THINNEST));
  const drawn = shares.reduce((all, share) => all + share, 0);
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined) return null;
  const parts = line.map((span) => `${nameOf(span)} ${t('sup.days', { days: rounded(span.days) })}`);
  const sums = new Map<string, { owner: TimeSpan['owner']; name: string; days: number }>();
  for (const span of line) {
    const [key, name] = [`${span.owner} ${nameOf(span)}`, nameOf(span)];
    sums.set(key, { owner: span.owner, name, days: (sums.get(key)?.days ?? 0) + span.days });
  }
  const legend = [...sums.values()];
  const mark = markAt(line, shares.map((share) => share / drawn * 100), Date.parse(since));
  return (
    <figure className="time-bar">
      <div className="time-bar-line" role="img" aria-label={t('sup.line.label', { parts: parts.join('，') })}>
        {line.map((span, index) => <span key={span.from} data-owner={span.owner} style={{ width: `${(shares[index] ?? 0) / drawn * 100}%` }} title={`${nameOf(span)}　${momentWords(span.from, now)} – ${momentWords(span.to, now)}　${t('sup.days', { days: rounded(span.days) })}`} />)}
        {mark !== null && <i style={{ left: `${mark}%` }} title={t('sup.line.here')} />}
      </div>
      <p className="time-bar-ends"><span>{dateWords(civilDate(Date.parse(first.from)), now)}</span><span>{dateWords(civilDate(Date.parse(last.to)), now)}</span></p>
      <ul className="time-bar-legend">
        {legend.map(({ owner, name, days }) => <li key={owner + name}><span data-owner={owner} aria-hidden="true" />{name}<strong>{t('sup.days', { days: rounded(days) })}</strong></li>)}
      </ul>
    </figure>
  );
}

/** Percent of the bar; null when the instant lies outside. */
function markAt(line: readonly TimeSpan[], shares: readonly number[], instant: number): number | null {
  let left = 0;
  for (const [index, { from, to }] of line.entries()) {
    const share = shares[index] ?? 0;
    if (instant <= Date.parse(to)) return instant < Date.parse(from) ? null : left + share * (instant - Date.parse(from)) / Math.max(Date.parse(to) - Date.parse(from), 1);
    left += share;
  }
  return null;
}
