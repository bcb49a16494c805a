import { Button, Input, Table, type TableColumnsType } from 'antd';
import { ChevronRight, UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Account } from '../../../domain/contracts/accounts.ts';
import { NEEDS_SECOND_FACTOR } from '../../../domain/staff/sign-in.ts';
import { ListSheet } from '../list-sheet.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { AccountEditor } from './account-editor.tsx';
import { scopeWords } from './scope-fields.tsx';
import './identity.css';

const TONES = { active: 'good', disabled: 'none', waiting: 'soon' } as const;

/** Every account, and the editor of one. */
export function AccountsPage(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('accounts', () => ask((hall) => hall.accounts()));
  const [choices] = useAnswer('scope-choices', () => ask((hall) => hall.scopeChoices()));
  const [search, setSearch] = useState('');
  /** `make`: a new one. */
  const [edited, setEdited] = useState<{ make: true } | { account: string } | null>(null);
  const rows = answer.kind === 'here' ? answer.value : [];
  const account = edited === null || 'make' in edited ? null : rows.find((row) => row.account === edited.account) ?? null;
  const found = (row: Account) => [row.account, row.name, word('role', row.role)].some((text) => text.includes(search.trim()));
  return (
    <>
      <ListSheet
        name="accounts" title={t('accounts.title')} words={t('accounts.words')} answer={answer} onRetry={again} empty={t('accounts.empty')}
        note={(
          <div className="tools">
            <Input.Search className="tools-search" aria-label={t('accounts.search')} placeholder={t('accounts.search')} value={search} onChange={(event) => setSearch(event.target.value)} />
            <Button type="primary" icon={<UserPlus size={16} aria-hidden="true" />} onClick={() => setEdited({ make: true })}>{t('accounts.make')}</Button>
          </div>
        )}
      >
        {(accounts, at) => (
          <Table<Account>
            rowKey="account" size="middle" pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 1040 }} locale={{ emptyText: t('accounts.nobody') }}
            columns={columnsFor(at, (opened) => setEdited({ account: opened }))} dataSource={accounts.filter(found)} rowClassName="row-opens" onRow={(row) => ({ onClick: () => setEdited({ account: row.account }) })}
          />
        )}
      </ListSheet>
      {edited !== null && ('make' in edited || account !== null) && <AccountEditor key={account?.account ?? ''} account={account} choices={choices.kind === 'here' ? choices.value : null} onChanged={again} onClose={() => setEdited(null)} />}
    </>
  );
}

function columnsFor(now: number, open: (account: string) => void): TableColumnsType<Account> {
  return [
    { title: t('accounts.column.account'), dataIndex: 'account', width: 190, render: (_, row) => <span className="stacked"><strong>{row.name}</strong><small className="number faint">{row.account}</small></span> },
    { title: t('accounts.column.role'), dataIndex: 'role', width: 150, render: (_, row) => word('role', row.role) },
    { title: t('accounts.column.scope'), dataIndex: 'scope', render: (_, row) => scopeWords(row.scope) },
    { title: t('accounts.column.standing'), dataIndex: 'standing', width: 190, render: (_, row) => <Standing row={row} now={now} /> },
    { title: t('accounts.column.second'), dataIndex: 'secondFactor', width: 100, render: (_, row) => (row.secondFactor ? t('accounts.second.on') : <span className={NEEDS_SECOND_FACTOR[row.role] ? 'missing' : 'faint'}>{t(NEEDS_SECOND_FACTOR[row.role] ? 'mine.second.off' : 'accounts.second.off')}</span>) },
    { title: t('accounts.column.last'), dataIndex: 'lastSignIn', width: 150, render: (_, row) => (row.lastSignIn === null ? <span className="faint">{t('accounts.never')}</span> : momentWords(row.lastSignIn, now)) },
    { title: t('accounts.column.sessions'), dataIndex: 'sessions', width: 80, align: 'right', render: (_, row) => <span className={row.sessions > 0 ? 'number' : 'number faint'}>{row.sessions}</span> },
    { title: '', key: 'open', width: 56, render: (_, row) => <Button type="text" aria-label={t('accounts.edit', { name: row.name })} icon={<ChevronRight size={16} aria-hidden="true" />} onClick={() => open(row.account)} /> },
  ];
}

function Standing({ row, now }: { row: Account; now: number }): ReactNode {
  return (
    <span className="stacked">
      <span className="mark" data-tone={TONES[row.standing]}>{word('standing', row.standing)}</span>
      {row.lockedUntil !== null && <span className="mark" data-tone="late">{t('accounts.locked', { until: momentWords(row.lockedUntil, now) })}</span>}
      {row.oneTime && <small className="faint">{t('accounts.one-time')}</small>}
      {row.standing !== 'waiting' && row.proposed.length > 0 && <small className="faint">{t('accounts.proposed')}</small>}
    </span>
  );
}
