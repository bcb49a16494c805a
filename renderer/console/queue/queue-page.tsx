import { Alert, Button, Input, Select, Table, type TableColumnsType, Tabs } from 'antd';
import { Download, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { QueueDayRow, QueueGroup, QueueSheet } from '../../../domain/contracts/queue.ts';
import { CaseId } from '../../../domain/ids.ts';
import { tagText } from '../../../domain/ratings/ratings.ts';
import { useNow } from '../clock.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { routeText } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { clockWords, momentWords } from '../words.ts';
import { HourChart } from './hour-chart.tsx';
import { csvOf, nameWords, overWords, type Part, PARTS, ratingWords, shareWords, timeWords } from './words.ts';
import '../supervision/supervision.css';
import './queue.css';

/** 排队: how people waited at the sites, by business, window, account and hour, and how the sites compare. */
export function QueuePage({ at: _at }: { at: string }): ReactNode {
  const { ask } = useSession();
  const today = civilDate(useNow());
  const [period, setPeriod] = useState({ from: addNaturalDays(today, -6), to: today });
  const [site, setSite] = useState('');
  const [sites, setSites] = useState<readonly string[]>([]);
  const [answer, again] = useAnswer<QueueSheet, { kind: 'bad-period' }>(`queue ${period.from} ${period.to} ${site}`, async () => {
    const read = await ask((hall) => hall.queueFigures({ ...period, site }));
    if (read.ok && read.value.ok && site === '') setSites(read.value.value.sites.map(({ key }) => key).toSorted());
    return read.ok ? read.value : read;
  });
  return (
    <section className="sheet sup-figures" aria-labelledby="queue-title">
      <header>
        <h1 id="queue-title">{t('queue.title')}</h1>
        <p>{t('queue.words')}{answer.kind === 'here' && <span className="faint">　{t('queue.as-of', { time: clockWords(answer.value.asOf) })}</span>}</p>
        <div className="figures-tools">
          <Input type="date" aria-label={t('queue.from')} value={period.from} max={period.to} onChange={({ target }) => target.value !== '' && setPeriod({ ...period, from: target.value })} />
          <Input type="date" aria-label={t('queue.to')} value={period.to} min={period.from} onChange={({ target }) => target.value !== '' && setPeriod({ ...period, to: target.value })} />
          <Button onClick={() => setPeriod({ from: today, to: today })}>{t('queue.today')}</Button>
          <Button onClick={() => setPeriod({ from: addNaturalDays(today, -6), to: today })}>{t('queue.week')}</Button>
          <Button onClick={() => setPeriod({ from: `${today.slice(0, 7)}-01`, to: today })}>{t('queue.month')}</Button>
          <Select aria-label={t('queue.site')} className="figures-department" value={site} onChange={setSite} options={[{ value: '', label: t('queue.all-sites') }, ...sites.map((name) => ({ value: name, label: name }))]} />
          <span className="figures-space" />
          <Button icon={<Download size={15} aria-hidden="true" />} disabled={answer.kind !== 'here'} onClick={() => answer.kind === 'here' && save(answer.value)}>{t('queue.export')}</Button>
          <Button icon={<Printer size={15} aria-hidden="true" />} onClick={() => window.print()}>{t('fig.print')}</Button>
        </div>
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && (answer.failure.kind === 'bad-period' ? <Alert type="error" showIcon title={t('queue.bad-period')} role="alert" /> : <Failed kind={answer.failure.kind} onRetry={again} />)}
      {answer.kind === 'here' && (answer.value.arrived.length === 0 ? <Nothing words={t('queue.empty')} /> : <Sheet sheet={answer.value} />)}
    </section>
  );
}

function save(sheet: QueueSheet): void {
  const address = URL.createObjectURL(new Blob([csvOf(sheet)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `queue-${sheet.from}-${sheet.to}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

function Sheet({ sheet }: { sheet: QueueSheet }): ReactNode {
  const { whole } = sheet;
  const tiles = [
    { name: t('queue.figure.taken'), value: whole.taken.toLocaleString('zh-CN') }, { name: t('queue.figure.served'), value: whole.served.toLocaleString('zh-CN') }, { name: t('queue.figure.waiting'), value: timeWords(whole.waiting?.mean) },
    { name: t('queue.figure.over', { minutes: sheet.overMinutes }), value: overWords(whole) }, { name: t('queue.figure.service'), value: timeWords(whole.service?.mean) }, { name: t('queue.figure.abandoned'), value: whole.abandoned.toLocaleString('zh-CN') },
    { name: t('queue.figure.kiosk'), value: shareWords(whole.kioskShare) }, { name: t('queue.figure.rating'), value: ratingWords(whole) },
  ];
  const shown = PARTS.filter((part) => sheet[part].length > 0);
  return (
    <>
      {sheet.arrived.map((row) => <Refused key={`${row.day} ${row.site}`} row={row} />)}
      <ul className="figure-tiles queue-tiles">{tiles.map(({ name, value }) => <li key={name}><div className="figure-tile"><span>{name}</span><strong>{value}</strong></div></li>)}</ul>
      <div className="charts queue-chart"><figure><figcaption>{t('queue.by-hour')}</figcaption><HourChart hours={sheet.hours} /></figure></div>
      {sheet.site === '' && <p className="faint">{t('queue.one-site')}</p>}
      <Tabs items={[
        ...shown.map((part) => ({ key: part, label: t(`queue.part.${part}`), children: <Groups part={part} groups={sheet[part]} minutes={sheet.overMinutes} /> })),
        { key: 'poor', label: t('queue.part.poor'), children: <Poor poor={sheet.poor} /> },
        { key: 'arrived', label: t('queue.part.arrived'), children: <Arrived rows={sheet.arrived} /> },
      ]}
      />
    </>
  );
}

/** Machines that do not agree are for county IT at once: a queue was led twice. */
function Refused({ row: { day, site, refused } }: { row: QueueDayRow }): ReactNode {
  if (refused === null) return null;
  return <Alert type="error" showIcon role="alert" title={t('queue.refused', { day, site, machine: refused.machine, why: word('queue.why', refused.why).replace('{place}', String(refused.place ?? '')) })} />;
}

function Groups({ part, groups, minutes }: { part: Part; groups: readonly QueueGroup[]; minutes: number }): ReactNode {
  const number = (title: string, key: string, value: (group: QueueGroup) => string, width = 86) => ({ title, key, width, align: 'right' as const, render: (_: unknown, group: QueueGroup) => <span className="number">{value(group)}</span> });
  const columns: TableColumnsType<QueueGroup> = [
    { title: t('queue.name'), dataIndex: 'name', width: 150, render: (_, group) => <span className="sup-cut" title={group.name}>{nameWords(part, group)}</span> },
    ...(part === 'days' ? [] : [number(t('queue.figure.days'), 'days', ({ days }) => String(days), 60)]),
    number(t('queue.figure.taken'), 'taken', ({ taken }) => taken.toLocaleString('zh-CN'), 70), number(t('queue.figure.served'), 'served', ({ served }) => served.toLocaleString('zh-CN'), 70),
    number(t('queue.figure.waiting'), 'mean', ({ waiting }) => timeWords(waiting?.mean)), number(t('queue.figure.median'), 'median', ({ waiting }) => timeWords(waiting?.median)), number(t('queue.figure.p90'), 'p90', ({ waiting }) => timeWords(waiting?.p90), 92),
    number(t('queue.figure.over', { minutes }), 'over', overWords, 120), number(t('queue.figure.service'), 'service', ({ service }) => timeWords(service?.mean)), number(t('queue.figure.missed'), 'missed', ({ missed }) => String(missed), 60),
    number(t('queue.figure.abandoned'), 'abandoned', ({ abandoned }) => String(abandoned), 60), number(t('queue.figure.kiosk'), 'kiosk', ({ kioskShare }) => shareWords(kioskShare), 84), number(t('queue.figure.rating'), 'rating', ratingWords, 96),
  ];
  return <div className="figures-table queue-table" role="region" aria-label={t(`queue.part.${part}`)} tabIndex={0}><Table<QueueGroup> rowKey="key" size="small" pagination={groups.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} columns={columns} dataSource={[...groups]} /></div>;
}

type PoorRow = QueueSheet['poor'][number];

function Poor({ poor }: { poor: readonly PoorRow[] }): ReactNode {
  const now = useNow();
  if (poor.length === 0) return <Nothing words={t('queue.poor.empty')} />;
  const columns: TableColumnsType<PoorRow> = [
    { title: t('queue.poor.at'), key: 'at', width: 150, render: (_, { at }) => momentWords(at, now) }, { title: t('queue.site'), dataIndex: 'site', width: 170 },
    { title: t('queue.poor.code'), key: 'code', width: 130, render: (_, row) => <span className="number">{row.code} {row.business}</span> }, { title: t('queue.poor.place'), key: 'window', width: 100, render: (_, row) => t('queue.window', { window: row.window }) },
    { title: t('queue.poor.account'), dataIndex: 'account', width: 110 }, { title: t('queue.poor.level'), key: 'level', width: 110, render: (_, { level }) => word('level', String(level)) },
    { title: t('queue.poor.tags'), key: 'tags', render: (_, { tags }) => tags.map((tag) => tagText(tag) ?? tag).join('、') },
    { title: t('queue.poor.state'), key: 'state', width: 190, render: (_, row) => (row.case === null ? word('queue.poor.state', row.state) : <a href={routeText({ page: 'case', id: CaseId.parse(row.case) })}>{word('queue.poor.state', row.state)}</a>) },
  ];
  return <div className="figures-table" role="region" aria-label={t('queue.part.poor')} tabIndex={0}><Table<PoorRow> rowKey={({ site, day, code, at }) => `${site} ${day} ${code} ${at}`} size="small" pagination={poor.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} columns={columns} dataSource={[...poor]} /></div>;
}

function Arrived({ rows }: { rows: readonly QueueDayRow[] }): ReactNode {
  const now = useNow();
  const columns: TableColumnsType<QueueDayRow> = [
    { title: t('queue.arrived.day'), dataIndex: 'day', width: 120, className: 'number' }, { title: t('queue.site'), dataIndex: 'site', width: 220 }, { title: t('queue.arrived.entries'), key: 'entries', width: 90, align: 'right', render: (_, { entries }) => <span className="number">{entries.toLocaleString('zh-CN')}</span> },
    { title: t('queue.arrived.state'), key: 'state', width: 110, render: (_, { over, refused }) => <span className="mark" data-tone={refused !== null ? 'late' : over ? undefined : 'soon'}>{t(refused !== null ? 'queue.arrived.refused' : over ? 'queue.arrived.over' : 'queue.arrived.going')}</span> },
    { title: t('queue.arrived.at'), key: 'at', width: 150, render: (_, { lastAt }) => momentWords(lastAt, now) }, { title: t('queue.arrived.machines'), key: 'machines', render: (_, { machines }) => <span className="number">{machines.join('、')}</span> },
  ];
  return <div className="figures-table" role="region" aria-label={t('queue.part.arrived')} tabIndex={0}><Table<QueueDayRow> rowKey={({ day, site }) => `${day} ${site}`} size="small" pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} columns={columns} dataSource={[...rows]} /></div>;
}
