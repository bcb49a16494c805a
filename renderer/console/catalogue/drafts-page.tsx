import { Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DraftRow } from '../../../domain/contracts/catalogue.ts';
import { ADJUSTMENTS } from '../../../domain/item/dictionaries.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { momentWords } from '../words.ts';
import { DraftState } from './bits.tsx';

type Shown = DraftRow['state'] | 'open';
const SHOWN: readonly Shown[] = ['open', 'in-review', 'approved', 'rejected', 'published', 'withdrawn'];

/** What is being written, judged and published. A reviewer sees first what waits for a verdict. */
export function DraftsPage(): ReactNode {
  const { ask, me } = useSession();
  const [state, setState] = useState<Shown>(may(me.role, 'edit-items') ? 'open' : 'in-review');
  const [answer, again] = useAnswer(`drafts/${state}`, () => ask((hall) => hall.drafts({ state })));
  return (
    <div className="items">
      <div className="items-states" role="group" aria-label={t('catalogue.states')}>
        {SHOWN.map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => setState(one)}>{t(`catalogue.state.${one}`)}</button>)}
      </div>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && answer.value.length === 0 && <Nothing words={t('catalogue.drafts.empty')} />}
      {answer.kind === 'here' && answer.value.length > 0 && <div className="items-table"><Table<DraftRow> rowKey="id" size="small" columns={columnsAt(answer.at)} dataSource={answer.value} pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }} /></div>}
    </div>
  );
}

function columnsAt(now: number): TableColumnsType<DraftRow> {
  return [
    { title: t('catalogue.column.name'), dataIndex: 'name', render: (_, row) => <a className="item-link" href={`#/catalogue/drafts/${row.id}`}><strong>{row.name === '' ? t('catalogue.draft.unnamed') : row.name}</strong><small className="number">{row.codes.join(' ')}</small></a> },
    { title: t('catalogue.column.kind'), dataIndex: 'kind', width: 90, render: (_, row) => <span className="mark">{ADJUSTMENTS[row.kind]}</span> },
    { title: t('catalogue.column.body'), dataIndex: 'body', width: 200 },
    { title: t('catalogue.column.state'), dataIndex: 'state', width: 110, render: (_, row) => <DraftState state={row.state} /> },
    { title: t('catalogue.column.author'), dataIndex: 'createdBy', width: 120 },
    { title: t('catalogue.column.changed'), dataIndex: 'changedAt', width: 190, sorter: (left, right) => (left.changedAt < right.changedAt ? -1 : 1), render: (_, row) => <span className="two-lines"><span>{momentWords(row.changedAt, now)}</span><small>{row.changedBy}</small></span> },
  ];
}
