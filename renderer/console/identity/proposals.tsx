import { App, Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { z } from 'zod';
import type { Proposal, ScopeChoices } from '../../../domain/contracts/accounts.ts';
import { Role } from '../../../domain/contracts/staff.ts';
import { drop, ok } from '../../../domain/result.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import { Scope } from '../../../domain/staff/scope.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { ScopeNames } from './scope-fields.tsx';
import './identity.css';

/** What waits for a second person, and what was decided lately. */
export function ProposalsPage(): ReactNode {
  const { ask, me } = useSession();
  const { message } = App.useApp();
  const [answer, again] = useAnswer('proposals', () => ask((hall) => hall.proposals()));
  const named = mayCall(me.role, 'scopeChoices');
  const [choices] = useAnswer<ScopeChoices | null, never>('scope-choices', async () => (named ? ask((hall) => hall.scopeChoices()) : ok(null)));

  const decide = async (proposal: Proposal, how: 'approve' | 'refuse' | 'withdraw') => {
    const asked = await ask((hall) => (how === 'withdraw' ? hall.withdrawProposal({ id: proposal.id }) : hall.decideProposal({ id: proposal.id, approve: how === 'approve' })));
    if (!asked.ok) void message.error(t('decide.fault.broken'));
    else if (asked.value.ok) void message.success(t(`decide.done.${how}`));
    else void message.error(word('decide.fault', asked.value.error.kind));
    again();
  };

  return (
    <section className="sheet" aria-labelledby="proposals-title">
      <header>
        <h1 id="proposals-title">{t('proposals.title')}</h1>
        <p>{t('proposals.words')}</p>
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && (
        <>
          <h2 className="sheet-part">{t('proposals.open')}</h2>
          {answer.value.open.length === 0 && <Nothing words={t('proposals.none')} />}
          <ul className="proposals">
            {answer.value.open.map((proposal) => <Waiting key={proposal.id} proposal={proposal} at={answer.at} choices={choices.kind === 'here' ? choices.value : null} onDecide={(how) => drop(decide(proposal, how))} />)}
          </ul>
          {answer.value.decided.length > 0 && (
            <>
              <h2 className="sheet-part">{t('proposals.decided')}</h2>
              <Table<Proposal> rowKey="id" size="middle" pagination={false} scroll={{ x: 900 }} columns={columnsFor(answer.at)} dataSource={answer.value.decided} />
            </>
          )}
        </>
      )}
    </section>
  );
}

function Waiting({ proposal, at, choices, onDecide }: { proposal: Proposal; at: number; choices: ScopeChoices | null; onDecide: (how: 'approve' | 'refuse' | 'withdraw') => void }): ReactNode {
  return (
    <li className="proposal">
      <div className="proposal-what">
        <h3>{word('proposal', proposal.what)}<span className="number">{proposal.subject}</span></h3>
        <Particulars proposal={proposal} choices={choices} />
        <p className="faint">{t('proposals.by', { name: proposal.proposer, at: momentWords(proposal.at, at) })}　{t('proposals.until', { until: momentWords(proposal.until, at) })}</p>
      </div>
      <div className="proposal-ways">
        {proposal.mayDecide && (
          <>
            <Popconfirm title={t('proposals.approve')} description={t('proposals.sure.approve')} okText={t('proposals.approve')} cancelText={t('act.cancel')} placement="topRight" onConfirm={() => onDecide('approve')}><Button type="primary">{t('proposals.approve')}</Button></Popconfirm>
            <Popconfirm title={t('proposals.refuse')} description={t('proposals.sure.refuse')} okText={t('proposals.refuse')} cancelText={t('act.cancel')} placement="topRight" onConfirm={() => onDecide('refuse')}><Button>{t('proposals.refuse')}</Button></Popconfirm>
          </>
        )}
        {proposal.own && <><span className="faint">{t('proposals.own')}</span><Button onClick={() => onDecide('withdraw')}>{t('proposals.withdraw')}</Button></>}
        {!proposal.own && !proposal.mayDecide && <span className="faint">{t('proposals.other')}</span>}
      </div>
    </li>
  );
}

const RoleBody = z.object({ from: z.object({ role: Role, scope: Scope, granted: z.string().nullable() }), to: z.object({ role: Role, scope: Scope }) });
const RetentionBody = z.object({ before: z.string() });

/** What exactly is proposed. An act that this page does not know is shown as it is kept. */
function Particulars({ proposal: { what, body }, choices }: { proposal: Proposal; choices: ScopeChoices | null }): ReactNode {
  const parsed = useMemo(() => JSON.parse(body) as unknown, [body]);
  const role = RoleBody.safeParse(parsed);
  if (what === 'account.role' && role.success) {
    const { from, to } = role.data;
    return (
      <dl className="proposal-change">
        {from.granted === null ? null : <div><dt>{t('proposal.from')}</dt><dd><strong>{word('role', from.role)}</strong><ScopeNames scope={from.scope} choices={choices} /></dd></div>}
        <div><dt>{t(from.granted === null ? 'proposal.new' : 'proposal.to')}</dt><dd><strong>{word('role', to.role)}</strong><ScopeNames scope={to.scope} choices={choices} /></dd></div>
      </dl>
    );
  }
  if (what === 'account.second-factor-reset') return <p>{t('proposal.second')}</p>;
  const retention = RetentionBody.safeParse(parsed);
  if (what === 'retention.reads' && retention.success) return <p>{t('proposal.retention', retention.data)}</p>;
  return <pre className="proposal-body">{JSON.stringify(parsed, null, 2)}</pre>;
}

const OUTCOME_TONES: Readonly<Record<Proposal['outcome'], string>> = { open: 'soon', approved: 'good', refused: 'late', withdrawn: 'none', expired: 'none' };

function columnsFor(now: number): TableColumnsType<Proposal> {
  return [
    { title: t('proposals.column.what'), dataIndex: 'what', render: (_, row) => word('proposal', row.what) },
    { title: t('proposals.column.subject'), dataIndex: 'subject', render: (_, row) => <span className="number">{row.subject}</span> },
    { title: t('proposals.column.outcome'), dataIndex: 'outcome', width: 120, render: (_, row) => <span className="mark" data-tone={OUTCOME_TONES[row.outcome]}>{word('outcome-of', row.outcome)}</span> },
    { title: t('proposals.column.by'), dataIndex: 'proposer', render: (_, row) => <span className="stacked">{row.proposer}<small className="faint">{momentWords(row.at, now)}</small></span> },
    { title: t('proposals.column.decided'), dataIndex: 'decidedBy', render: (_, row) => (row.decidedBy === null || row.decidedAt === null ? <span className="faint">{t('accounts.second.off')}</span> : <span className="stacked">{row.decidedBy}<small className="faint">{momentWords(row.decidedAt, now)}</small></span>) },
  ];
}
