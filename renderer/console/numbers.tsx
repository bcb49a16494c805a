import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { NumberAccount } from '../../domain/contracts/console.ts';
import { ListSheet } from './list-sheet.tsx';
import { useAnswer, useSession } from './session.tsx';
import { t, word } from './texts.ts';

/** One run of numbers that no case has. */
type Unused = NumberAccount['ranges'][number] & Pick<NumberAccount, 'kind' | 'year'>;

/** Where every number is that was ever given out, and by name those that no case has. */
export function NumbersPage(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('numbers', () => ask((hall) => hall.numbers()));
  return (
    <ListSheet name="numbers" title={t('numbers.title')} words={t('numbers.words')} answer={answer} onRetry={again} empty={t('numbers.empty')}>
      {(accounts) => (
        <>
          <Table<NumberAccount> rowKey={({ kind, year }) => `${kind}/${year}`} size="middle" pagination={false} scroll={{ x: 700 }} columns={ACCOUNTS} dataSource={accounts} />
          <h2 className="sheet-part">{t('numbers.unused')}</h2>
          <Table<Unused> rowKey={({ kind, first }) => `${kind}/${first}`} size="middle" pagination={false} scroll={{ x: 900 }} columns={UNUSED} dataSource={unusedOf(accounts)} locale={{ emptyText: t('numbers.unused.none') }} />
        </>
      )}
    </ListSheet>
  );
}

/** Gaps first: they are what an auditor asks about. */
function unusedOf(accounts: readonly NumberAccount[]): Unused[] {
  const all = accounts.flatMap(({ kind, year, ranges }) => ranges.map((range) => ({ ...range, kind, year })));
  return [...all.filter(({ state }) => state === 'gap'), ...all.filter(({ state }) => state === 'open')];
}

const kindWords = (_: unknown, { kind }: Pick<NumberAccount, 'kind'>) => word('numbers.kind', kind);
const amount = (count: number) => <span className={count > 0 ? 'number' : 'number faint'}>{count.toLocaleString('zh-CN')}</span>;

const ACCOUNTS: TableColumnsType<NumberAccount> = [
  { title: t('numbers.kind'), dataIndex: 'kind', render: kindWords },
  { title: t('numbers.year'), dataIndex: 'year', render: (year: string) => <span className="number">{year}</span> },
  { title: t('numbers.granted'), dataIndex: 'granted', align: 'right', render: amount },
  { title: t('numbers.used'), dataIndex: 'used', align: 'right', render: amount },
  { title: t('numbers.open'), dataIndex: 'open', align: 'right', render: amount },
  { title: t('numbers.gaps'), dataIndex: 'gaps', align: 'right', render: (count: number) => <span className={count > 0 ? 'number missing' : 'number faint'}>{count.toLocaleString('zh-CN')}</span> },
];

const UNUSED: TableColumnsType<Unused> = [
  { title: t('numbers.why'), dataIndex: 'state', render: (_, { reason }) => (reason === null ? <span className="mark" data-tone="good">{t('numbers.at-machine')}</span> : <span className="mark" data-tone={reason === 'unaccounted' ? 'late' : 'none'}>{word('numbers.reason', reason)}</span>) },
  { title: t('numbers.kind'), dataIndex: 'kind', render: kindWords },
  { title: t('numbers.year'), dataIndex: 'year', render: (year: string) => <span className="number">{year}</span> },
  { title: t('numbers.machine'), dataIndex: 'machine', render: (machine: string) => <span className="number">{machine}</span> },
  { title: t('numbers.range'), dataIndex: 'first', render: (_, { first, last }) => <span className="number">{first === last ? first : t('numbers.from-to', { first, last })}</span> },
  { title: t('numbers.count'), dataIndex: 'count', align: 'right', render: amount },
];
