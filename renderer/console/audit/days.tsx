import { Alert, App, Button, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { JournalDay } from '../../../domain/contracts/audit.ts';
import { drop } from '../../../domain/result.ts';
import type { Hall } from '../hall.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { SpanFields, type SpanProps } from './search-form.tsx';

type Checked = Extract<Awaited<ReturnType<Hall['checkJournals']>>, { ok: true }>['value'];
type Finding = Checked['findings'][number];
type Check = { kind: 'none' } | { kind: 'asking' } | { kind: 'failed'; words: string } | { kind: 'here'; value: Checked };

/** The days that were closed, whether the record holds, and what may be let go. */
export function DaysTab({ span, onSpan }: SpanProps): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('audit-days', () => ask((hall) => hall.auditDays()));
  const [check, setCheck] = useState<Check>({ kind: 'none' });
  const run = async () => {
    setCheck({ kind: 'asking' });
    const asked = await ask((hall) => hall.checkJournals(span));
    setCheck(asked.ok && asked.value.ok ? { kind: 'here', value: asked.value.value } : { kind: 'failed', words: t(asked.ok ? 'audit.fault.bad-span' : 'audit.fault.broken') });
    again();
  };
  return (
    <>
      <p className="audit-words">{t('days.words')}</p>
      <form
        className="audit-form"
        onSubmit={(event) => {
          event.preventDefault();
          drop(run());
        }}
      >
        <SpanFields span={span} onSpan={onSpan} />
        <Button type="primary" htmlType="submit" loading={check.kind === 'asking'}>{t(check.kind === 'asking' ? 'days.checking' : 'days.check')}</Button>
      </form>
      {check.kind === 'failed' && <Alert type="error" showIcon title={check.words} role="alert" />}
      {check.kind === 'here' && <Verdict checked={check.value} />}
      <p className="audit-words faint">{t('days.export', span)}</p>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && (
        <>
          {answer.value.days.length === 0
            ? <Nothing words={t('days.none')} />
            : <Table<JournalDay> rowKey={({ kind, date }) => `${kind}/${date}`} size="small" pagination={{ pageSize: 14, hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 1000 }} columns={DAYS} dataSource={answer.value.days} />}
          <p className="audit-key"><span className="faint">{t('days.key')}</span><code>{answer.value.publicKey}</code></p>
          <h2 className="sheet-part">{t('retention.title')}</h2>
          <Retention expired={answer.value.expired} onProposed={again} />
        </>
      )}
    </>
  );
}

function Verdict({ checked }: { checked: Checked }): ReactNode {
  const { findings, ...counts } = checked;
  if (findings.length === 0) return <Alert type="success" showIcon role="status" title={`${t('days.whole', counts)}${counts.removed > 0 ? t('days.whole.removed', counts) : ''}`} />;
  return (
    <>
      <Alert type="error" showIcon role="alert" title={t('days.broken', { count: findings.length })} />
      <ul className="findings">{findings.slice(0, 50).map((finding, index) => <li key={index}><strong>{word('journal', finding.journal ?? 'none')}</strong><span className="number">{whereWords(finding)}</span>{word('finding', finding.kind)}</li>)}</ul>
    </>
  );
}

function whereWords({ position, from, to, date }: Finding): string {
  if (date !== null) return t('finding.date', { date });
  if (from !== null && to !== null && from !== to) return t('finding.between', { from, to });
  const at = from ?? position;
  return at === null ? '' : t('finding.where', { position: at });
}

const DAYS: TableColumnsType<JournalDay> = [
  { title: t('days.date'), dataIndex: 'date', width: 120, render: (date: string) => <span className="number">{date}</span> },
  { title: t('days.kind'), dataIndex: 'kind', width: 80, render: (kind: string) => word('journal', kind) },
  { title: t('days.count'), dataIndex: 'count', width: 90, align: 'right', render: (count: number) => <span className={count > 0 ? 'number' : 'number faint'}>{count.toLocaleString('zh-CN')}</span> },
  { title: t('days.position'), dataIndex: 'position', width: 110, align: 'right', render: (position: number) => <span className="number">{position.toLocaleString('zh-CN')}</span> },
  // In groups, so that it can be compared with what stands on paper.
  { title: t('days.hash'), dataIndex: 'hash', render: (hash: string) => <code className="audit-hash">{hash.match(/.{1,8}/g)?.join(' ')}</code> },
];

function Retention({ expired, onProposed }: { expired: { before: string; rows: number; proposed: boolean }; onProposed: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const propose = async () => {
    const asked = await ask((hall) => hall.proposeRetention({}));
    if (asked.ok && asked.value.ok) void message.success(t('retention.done'));
    else void message.error(t('retention.failed'));
    onProposed();
  };
  if (expired.rows === 0) return <p className="faint">{t('retention.none')}</p>;
  return (
    <div className="tools">
      <p>{t('retention.some', { before: expired.before, rows: expired.rows })}</p>
      {expired.proposed ? <span className="mark" data-tone="soon">{t('retention.proposed')}</span> : <Button onClick={() => drop(propose())}>{t('retention.propose')}</Button>}
    </div>
  );
}
