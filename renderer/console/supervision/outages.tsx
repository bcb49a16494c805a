import { Button, Input, Select, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { OutageEntry } from '../../../domain/contracts/supervision.ts';
import { may } from '../../../domain/staff/rights.ts';
import { useNow } from '../clock.ts';
import { ListSheet } from '../list-sheet.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, type TextKey } from '../texts.ts';
import { momentWords } from '../words.ts';
import { Field, FormDialog } from './form-dialog.tsx';

const scopeWords = (scope: string) => (scope === 'hall' ? t('out.scope.hall') : scope);
/** What a field for date and time holds is China's time, whatever zone this computer is set to. */
const instantOf = (local: string) => new Date(`${local}:00.000+08:00`).toISOString();
const localOf = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

/** 故障登记: what counts as nobody's time. */
export function OutagesPage(): ReactNode {
  const { ask, me } = useSession();
  const now = useNow();
  const [answer, again] = useAnswer('outages', () => ask((hall) => hall.outages()));
  const [open, setOpen] = useState<'new' | OutageEntry | null>(null);
  const registers = may(me.role, 'supervise') || may(me.role, 'judge-again');
  return (
    <div className="sup-page">
      <ListSheet name="outages" title={t('out.title')} words={t('out.words')} answer={answer} onRetry={again} empty={t('out.empty')} note={registers ? <p><Button type="primary" onClick={() => setOpen('new')}>{t('out.new')}</Button></p> : null}>
        {(rows) => (
          <Table<OutageEntry> rowKey="id" size="middle" pagination={false} dataSource={[...rows]} columns={[
            { title: t('out.column.time'), dataIndex: 'from', render: (_, row) => <span className="stacked"><span>{momentWords(row.from, now)} –</span>{row.to === null ? <span className="mark" data-tone="late">{t('out.lasting')}</span> : <span>{momentWords(row.to, now)}</span>}</span> },
            { title: t('out.column.scope'), dataIndex: 'scope', render: (_, row) => scopeWords(row.scope) },
            { title: t('out.column.reason'), dataIndex: 'reason' },
            { title: t('out.column.by'), dataIndex: 'registeredBy', render: (_, row) => <span className="stacked"><span>{t('out.by', { who: row.registeredBy })}</span><small className="faint">{momentWords(row.registeredAt, now)}</small></span> },
            { title: t('rul.column.act'), key: 'act', render: (_, row) => (registers && row.to === null ? <Button size="small" onClick={() => setOpen(row)}>{t('out.end')}</Button> : null) },
          ]}
          />
        )}
      </ListSheet>
      {open !== null && <OutageDialog outage={open === 'new' ? null : open} onDone={again} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** @param outage to be ended; null registers one */
function OutageDialog({ outage, onDone, onClose }: { outage: OutageEntry | null; onDone: () => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const [from, setFrom] = useState(() => localOf(Date.now() - 3_600_000));
  const [to, setTo] = useState(() => (outage === null ? '' : localOf(Date.now())));
  const [scope, setScope] = useState<'hall' | 'machine'>('hall');
  const [machine, setMachine] = useState('');
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (outage === null && (reason.trim().length < 2 || from === '' || (scope === 'machine' && !/^T\d{6}-\d{4}$/.test(machine)))) return t('deed.needed');
    if (outage !== null && to === '') return t('deed.needed');
    const answer = outage === null
      ? await ask((hall) => hall.registerOutage({ from: instantOf(from), to: to === '' ? null : instantOf(to), scope: scope === 'hall' ? 'hall' : machine, reason: reason.trim() }))
      : await ask((hall) => hall.endOutage({ id: outage.id, to: instantOf(to) }));
    if (!answer.ok) return t('deed.fault.unclear');
    if (!answer.value.ok) return t(`out.fault.${answer.value.error.kind}` as TextKey);
    onDone();
    onClose();
    return null;
  };
  return (
    <FormDialog title={t(outage === null ? 'out.new' : 'out.end')} ok={t(outage === null ? 'out.ok' : 'out.end')} submit={submit} onClose={onClose}>
      {outage === null && (
        <>
          <Field name={t('out.reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
          <div className="sup-form-row">
            <Field name={t('out.scope')}><Select value={scope} onChange={setScope} options={[{ value: 'hall', label: t('out.scope.hall') }, { value: 'machine', label: t('out.machine') }]} /></Field>
            {scope === 'machine' && <Field name={t('out.machine')}><Input placeholder="T330624-0001" value={machine} onChange={(event) => setMachine(event.target.value.trim().toUpperCase())} /></Field>}
          </div>
        </>
      )}
      <div className="sup-form-row">
        {outage === null && <Field name={t('out.from')}><Input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} /></Field>}
        <Field name={t('out.to')}><Input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} /></Field>
      </div>
    </FormDialog>
  );
}
