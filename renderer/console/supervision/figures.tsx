import { Alert, Button, Input, Select, Table, type TableColumnsType, Tabs } from 'antd';
import { Download, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { FigureGroup, FigureSheet } from '../../../domain/contracts/supervision.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { type Figure, FIGURES, type FigureName } from '../../../domain/supervision/figures.ts';
import { useNow } from '../clock.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { clockWords } from '../words.ts';
import { DepartmentChart, MonthChart } from './charts.tsx';
import { csvOf, figureOf, fractionWords, valueWords } from './figure-words.ts';
import './supervision.css';

type Period = { from: string; to: string };

/** The months of the year so far, which is what leaders ask for. */
function thisYear(today: string): Period {
  return { from: `${today.slice(0, 4)}-01-01`, to: today };
}

function lastMonth(today: string): Period {
  const to = civilDate(Date.parse(`${today.slice(0, 7)}-01T00:00:00.000+08:00`) - 1);
  return { from: `${to.slice(0, 7)}-01`, to };
}

/** 指标: figures counted from the log, with their formulas, by month, department, item and site. */
export function FiguresPage({ at: _at }: { at: string }): ReactNode {
  const { ask } = useSession();
  const today = civilDate(useNow());
  const [period, setPeriod] = useState<Period>(() => thisYear(today));
  const [department, setDepartment] = useState('');
  const [figure, setFigure] = useState<FigureName>('on-time-rate');
  const [all, setAll] = useState<readonly FigureGroup[]>([]);
  const [answer, again] = useAnswer<FigureSheet, { kind: 'bad-period' }>(`figures ${period.from} ${period.to} ${department}`, async () => {
    const read = await ask((hall) => hall.figures({ ...period, department, item: '', machine: '' }));
    if (read.ok && read.value.ok && department === '') setAll(read.value.value.departments);
    return read.ok ? read.value : read;
  });
  return (
    <section className="sheet sup-figures" aria-labelledby="figures-title">
      <header>
        <h1 id="figures-title">{t('fig.title')}</h1>
        <p>{t('fig.words')}{answer.kind === 'here' && <span className="faint">　{t('fig.as-of', { time: clockWords(answer.value.asOf) })}</span>}</p>
        <div className="figures-tools">
          <Input type="date" aria-label={t('fig.from')} value={period.from} max={period.to} onChange={({ target }) => target.value !== '' && setPeriod({ ...period, from: target.value })} />
          <Input type="date" aria-label={t('fig.to')} value={period.to} min={period.from} onChange={({ target }) => target.value !== '' && setPeriod({ ...period, to: target.value })} />
          <Button onClick={() => setPeriod({ from: `${today.slice(0, 7)}-01`, to: today })}>{t('fig.month')}</Button>
          <Button onClick={() => setPeriod(lastMonth(today))}>{t('fig.last-month')}</Button>
          <Button onClick={() => setPeriod(thisYear(today))}>{t('fig.year')}</Button>
          <Select aria-label={t('fig.narrow')} className="figures-department" value={department} onChange={setDepartment} options={[{ value: '', label: t('fig.all-departments') }, ...all.map(({ key, name }) => ({ value: key, label: name }))]} />
          <span className="figures-space" />
          <Button icon={<Download size={15} aria-hidden="true" />} disabled={answer.kind !== 'here'} onClick={() => answer.kind === 'here' && save(answer.value)}>{t('fig.export')}</Button>
          <Button icon={<Printer size={15} aria-hidden="true" />} onClick={() => window.print()}>{t('fig.print')}</Button>
        </div>
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && (answer.failure.kind === 'bad-period' ? <Alert type="error" showIcon title={t('fig.bad-period')} role="alert" /> : <Failed kind={answer.failure.kind} onRetry={again} />)}
      {answer.kind === 'here' && <Sheet sheet={answer.value} figure={figure} onFigure={setFigure} />}
    </section>
  );
}

function save(sheet: FigureSheet): void {
  const address = URL.createObjectURL(new Blob([csvOf(sheet)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `figures-${sheet.from}-${sheet.to}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

function Sheet({ sheet, figure, onFigure }: { sheet: FigureSheet; figure: FigureName; onFigure: (figure: FigureName) => void }): ReactNode {
  const shown = figureOf({ figures: sheet.months[0]?.figures ?? [] }, figure) === null ? 'on-time-rate' : figure;
  return (
    <>
      {sheet.pending > 0 && <Alert type="info" showIcon title={t('fig.pending', { count: sheet.pending })} />}
      <ul className="figure-tiles">
        {sheet.whole.map((one) => <Tile key={one.name} figure={one} chosen={one.name === shown} onChoose={onFigure} />)}
      </ul>
      <p className="figure-formula"><strong>{FIGURES[figure].name}</strong> = {FIGURES[figure].formula}</p>
      {sheet.months.length === 0 ? <Nothing words={t('fig.empty')} /> : (
        <>
          <div className="charts">
            <figure><figcaption>{FIGURES[shown].name} · {t('fig.by-month')}</figcaption><MonthChart months={sheet.months} figure={shown} /></figure>
            <figure><figcaption>{FIGURES[shown].name} · {t('fig.by-department')}</figcaption><DepartmentChart departments={sheet.departments} figure={shown} /></figure>
          </div>
          <Tabs items={[
            { key: 'department', label: t('fig.by-department'), children: <Groups groups={sheet.departments} label={t('fig.by-department')} /> },
            { key: 'item', label: t('fig.by-item'), children: <Groups groups={sheet.items} label={t('fig.by-item')} /> },
            { key: 'site', label: t('fig.by-site'), children: <Groups groups={sheet.sites} label={t('fig.by-site')} /> },
            { key: 'month', label: t('fig.by-month'), children: <Groups groups={sheet.months} label={t('fig.by-month')} /> },
          ]}
          />
        </>
      )}
    </>
  );
}

function Tile({ figure, chosen, onChoose }: { figure: Figure; chosen: boolean; onChoose: (figure: FigureName) => void }): ReactNode {
  const { name, unit } = FIGURES[figure.name];
  return (
    <li>
      <button type="button" className="figure-tile" aria-pressed={chosen} onClick={() => onChoose(figure.name)}>
        <span>{name}</span>
        <strong>{valueWords(figure)}</strong>
        <small>{unit === 'cases' ? '　' : fractionWords(figure)}</small>
      </button>
    </li>
  );
}

/** Figures that fit beside each other; the export has all. */
const COLUMNS: readonly FigureName[] = ['closed-rate', 'on-time-rate', 'early-rate', 'handling-speed-up', 'over-promised', 'over-statutory', 'average-used', 'average-own', 'visits', 'terminal-rate'];

function Groups({ groups, label }: { groups: readonly FigureGroup[]; label: string }): ReactNode {
  const columns: TableColumnsType<FigureGroup> = [
    { title: t('fig.name'), dataIndex: 'name', width: 190, render: (_, group) => <span className="sup-cut" title={group.name}>{group.name}</span> },
    { title: t('fig.cases'), dataIndex: 'cases', width: 76, align: 'right', render: (_, group) => <span className="number">{group.cases.toLocaleString('zh-CN')}</span> },
    ...COLUMNS.map((name) => ({
      title: FIGURES[name].name, key: name, width: 92, align: 'right' as const,
      render: (_: unknown, group: FigureGroup) => {
        const figure = figureOf(group, name);
        return figure === null ? '' : <span className="number" title={fractionWords(figure)}>{valueWords(figure)}</span>;
      },
    })),
  ];
  return <div className="figures-table" role="region" aria-label={label} tabIndex={0}><Table<FigureGroup> rowKey="key" size="small" pagination={groups.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} columns={columns} dataSource={[...groups]} /></div>;
}
