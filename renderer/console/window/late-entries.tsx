import { Button, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { LateEntry } from '../../../domain/contracts/window.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/csv.ts';
import { useNow } from '../clock.ts';
import { saveFile } from '../desk/save-file.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { routeText } from '../route.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { momentWords } from '../words.ts';

/** What is looked at unless somebody asks for more. */
const DAYS = 30;

/** 补录清单: what was taken on paper while the hall was out, with both times; as a table for spreadsheets too. */
export function LateEntries(): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const today = civilDate(now);
  const [from, setFrom] = useState(addNaturalDays(today, -DAYS));
  const [to, setTo] = useState(today);
  const [answer, again] = useAnswer(`late/${from}/${to}`, () => ask((hall) => hall.lateEntries({ from, to })));
  const save = (rows: readonly LateEntry[]) => {
    const lines = [['number', 'item', 'paper', 'happened', 'entered', 'by', 'outage', 'days'].map((column) => t(`window.late.${column}` as 'window.late.number')), ...rows.map((row) => [row.number, row.itemName, row.paper, row.happenedAt, row.enteredAt, row.enteredBy, row.outage, String(row.days)])];
    saveFile(t('window.late.file', { from, to }), 'text/csv;charset=utf-8', BYTE_ORDER_MARK + lines.map(csvLine).join(''));
  };
  const rows = answer.kind === 'here' ? answer.value as LateEntry[] : [];
  return (
    <div className="sheet">
      <p className="late-span">
        <label>{t('window.late.from')}<input type="date" value={from} max={to} onChange={(event) => event.target.value !== '' && setFrom(event.target.value)} /></label>
        <label>{t('window.late.to')}<input type="date" value={to} min={from} max={today} onChange={(event) => event.target.value !== '' && setTo(event.target.value)} /></label>
        <Button disabled={rows.length === 0} onClick={() => save(rows)}>{t('export.title')}</Button>
      </p>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && rows.length === 0 && <Nothing words={t('window.late.empty')} />}
      {rows.length > 0 && (
        <Table<LateEntry>
          rowKey="id"
          size="small"
          pagination={false}
          dataSource={rows}
          columns={[
            { title: t('window.late.number'), render: (_, row) => <a className="number" href={routeText({ page: 'case', id: row.id })}>{row.number}</a> },
            { title: t('window.late.item'), dataIndex: 'itemName' },
            { title: t('window.late.paper'), dataIndex: 'paper' },
            { title: t('window.late.happened'), render: (_, row) => momentWords(row.happenedAt, now) },
            { title: t('window.late.entered'), render: (_, row) => `${momentWords(row.enteredAt, now)} ${row.enteredBy}` },
            { title: t('window.late.days'), dataIndex: 'days' },
            { title: t('window.late.outage'), dataIndex: 'outage' },
          ]}
        />
      )}
    </div>
  );
}
