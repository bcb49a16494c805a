import { Table, type TableColumnsType } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { addNaturalDays, civilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import type { FigureGroup } from '../../../domain/contracts/ratings.ts';
import { FEWEST_FOR_STARS, STAR_FORMULA } from '../../../domain/ratings/figures.ts';
import { indicatorsAt } from '../../../domain/ratings/indicators.ts';
import { useNow } from '../clock.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';

const LEVELS = [5, 4, 3, 2, 1] as const;
/** What is looked at first: the last year, which stars are about. */
const YEAR = 365;

/** 满意率 and 星级 by item, site, clerk or month, with how they come about. */
export function FiguresView({ by }: { by: 'item' | 'site' | 'clerk' | 'month' }): ReactNode {
  const { ask } = useSession();
  const today = civilDate(useNow());
  const [from, setFrom] = useState(addNaturalDays(today, -YEAR));
  const [to, setTo] = useState(today);
  const sound = isCivilDate(from) && isCivilDate(to);
  const [span, setSpan] = useState({ from, to });
  if (sound && (span.from !== from || span.to !== to)) setSpan({ from, to });
  const [answer, again] = useAnswer(`figures/${by}/${span.from}/${span.to}`, () => ask((hall) => hall.ratingFigures({ by, ...span })));
  const { version, source } = indicatorsAt(Date.parse(`${today}T00:00:00Z`));
  return (
    <section className="desk-sheet" aria-labelledby="figures-title">
      <header>
        <h1 id="figures-title">{t('figures.title')}</h1>
        <fieldset className="figures-period">
          <legend className="visually-hidden">{t('figures.period')}</legend>
          <label>{t('figures.from')}<input type="date" value={from} max={to} onChange={(event) => setFrom(event.target.value)} /></label>
          <label>{t('figures.to')}<input type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} /></label>
        </fieldset>
        <p>{STAR_FORMULA}<br />{t('figures.indicators', { version, source })}</p>
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && answer.value.groups.length === 0 && <Nothing words={t('figures.empty')} />}
      {answer.kind === 'here' && answer.value.groups.length > 0 && (
        <Table<FigureGroup> rowKey="key" size="middle" pagination={false} scroll={{ x: 960 }} columns={COLUMNS} dataSource={[{ ...answer.value.total, key: '.total', name: t('figures.total') }, ...answer.value.groups]} rowClassName={({ key }) => (key === '.total' ? 'figures-total' : '')} />
      )}
    </section>
  );
}

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)}%`);

const COLUMNS: TableColumnsType<FigureGroup> = [
  { title: t('figures.name'), dataIndex: 'name', render: (name: string) => (name === '' ? <span className="faint">{t('figures.nobody')}</span> : name) },
  { title: t('figures.stars'), dataIndex: 'stars', width: 190, render: (stars: number | null) => (stars === null ? <span className="faint">{t('figures.no-stars', { count: FEWEST_FOR_STARS })}</span> : <Stars stars={stars} />) },
  { title: t('figures.satisfied'), dataIndex: 'satisfied', width: 90, align: 'right', render: (share: number | null) => <span className="number">{percent(share)}</span> },
  { title: t('figures.mean'), dataIndex: 'mean', width: 80, align: 'right', render: (mean: number | null) => <span className="number">{mean === null ? '–' : mean.toFixed(2)}</span> },
  { title: t('figures.levels'), key: 'levels', width: 230, render: (_, { counts, counted }) => <LevelBar counts={counts} counted={counted} /> },
  { title: t('figures.counted'), dataIndex: 'counted', width: 70, align: 'right', render: (count: number) => <span className="number">{count}</span> },
  { title: t('figures.poor'), dataIndex: 'poor', width: 70, align: 'right', render: (count: number) => <span className={count > 0 ? 'number missing' : 'number faint'}>{count}</span> },
  { title: t('figures.excluded'), dataIndex: ['counts', 'excluded'], width: 80, align: 'right', render: (count: number) => <span className="number faint">{count}</span> },
];

/** A star of 16 units, its points on a circle. */
const STAR = 'M8 .8l2.2 4.7 5.1.6-3.8 3.5 1 5L8 12.1 3.5 14.6l1-5L.7 6.1l5.1-.6z';

function Stars({ stars }: { stars: number }): ReactNode {
  const clip = useId();
  return (
    <span className="stars">
      <svg viewBox="0 0 88 16" width="88" height="16" aria-hidden="true">
        <clipPath id={clip}><rect width={stars * 18} height="16" /></clipPath>
        {[0, 1, 2, 3, 4].map((index) => <path key={index} d={STAR} transform={`translate(${index * 18} 0)`} fill="var(--line)" />)}
        <g clipPath={`url(#${clip})`}>{[0, 1, 2, 3, 4].map((index) => <path key={index} d={STAR} transform={`translate(${index * 18} 0)`} fill="#b7791f" />)}</g>
      </svg>
      <span className="number">{t('figures.star-words', { stars: stars.toFixed(1) })}</span>
    </span>
  );
}

/** Shares of the five levels from left to right, 5 first. */
function LevelBar({ counts, counted }: { counts: FigureGroup['counts']; counted: number }): ReactNode {
  if (counted === 0) return <span className="faint">–</span>;
  const words = t('figures.bar', { l5: counts[5], l4: counts[4], l3: counts[3], l2: counts[2], l1: counts[1] });
  const starts = LEVELS.map((_, index) => LEVELS.slice(0, index).reduce((sum, level) => sum + counts[level], 0) / counted * 200);
  return (
    <svg className="level-bar" viewBox="0 0 200 12" width="200" height="12" preserveAspectRatio="none" role="img" aria-label={words}>
      <title>{words}</title>
      {LEVELS.map((level, index) => <rect key={level} data-level={level} x={starts[index]} width={Math.max(counts[level] / counted * 200 - 1, 0)} height="12"><title>{`${word('level', String(level))} ${counts[level]}`}</title></rect>)}
    </svg>
  );
}
