import { App, Button, Input, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SmsListRow } from '../../../domain/contracts/sms.ts';
import { SLOTS } from '../../../domain/messages/sms-text.ts';
import { drop } from '../../../domain/result.ts';
import { useNow } from '../clock.ts';
import { Desk, useDeskKeys } from '../desk/desk.tsx';
import type { Hall } from '../hall.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import './sms.css';

const LISTS = ['waiting', 'trouble', 'all'] as const;
type Queue = Awaited<ReturnType<Hall['smsQueue']>>;
type Template = Awaited<ReturnType<Hall['smsTemplates']>>[number];

/** Texts to citizens: what waits, what went wrong, what they say and cost. */
export function SmsPage({ at }: { at: string }): ReactNode {
  const { ask } = useSession();
  const show = at === 'costs' ? at : LISTS.find((one) => one === at) ?? 'all';
  const [answer, again] = useAnswer(`sms/${show}`, () => ask((hall) => hall.smsQueue({ show })));
  const rows = useDeskKeys({ reload: again });
  const queue = answer.kind === 'here' ? answer.value : null;
  const count = (...states: readonly string[]) => states.reduce((sum, state) => sum + (queue?.counts[state] ?? 0), 0);
  const counts: Readonly<Partial<Record<typeof LISTS[number], number>>> = { waiting: count('queued'), trouble: count('dead', 'unknown', 'unsettled') };
  const here = at === 'templates' ? at : show;
  return (
    <Desk page="sms" at={here} groups={[
      { title: t('sms.lists'), lists: LISTS.map((one) => ({ at: one, title: word('sms.list', one), ...(counts[one] === undefined ? {} : { count: counts[one] }), late: one === 'trouble' })) },
      { title: t('sms.more'), lists: [{ at: 'templates', title: t('sms.templates') }, { at: 'costs', title: t('sms.costs') }] },
    ]}>
      <section className="desk-sheet" aria-labelledby="sms-title" ref={rows}>
        <header><h1 id="sms-title">{here === 'templates' ? t('sms.templates') : here === 'costs' ? t('sms.costs') : word('sms.list', here)}</h1><p>{t('sms.words')}</p></header>
        {here === 'templates' ? <Templates /> : (
          <>
            {answer.kind === 'loading' && <Loading />}
            {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
            {queue !== null && (here === 'costs' ? <Costs queue={queue} /> : <QueueTable queue={queue} onDone={again} />)}
          </>
        )}
      </section>
    </Desk>
  );
}

function QueueTable({ queue, onDone }: { queue: Queue; onDone: () => void }): ReactNode {
  const now = useNow();
  const { ask } = useSession();
  const { message } = App.useApp();
  const retry = async (id: string) => {
    const answer = await ask((hall) => hall.retrySms({ id }));
    if (!answer.ok) void message.error(t('desk.failed'));
    else if (!answer.value.ok) void message.error(word('sms.retry.fault', answer.value.error.kind));
    else onDone();
  };
  if (queue.rows.length === 0) return <Nothing words={t('sms.empty')}><p>{t('sms.off')}</p></Nothing>;
  const columns: TableColumnsType<SmsListRow> = [
    { title: t('sms.made'), dataIndex: 'madeAt', width: 150, render: (at: string) => momentWords(at, now) },
    { title: t('sms.phone'), dataIndex: 'phone', width: 130, render: (phone: string) => (phone === '' ? <span className="faint">{t('sms.forgotten')}</span> : <span className="number">{phone}</span>) },
    { title: t('sms.text'), dataIndex: 'words' },
    { title: t('sms.parts'), dataIndex: 'parts', width: 66, align: 'right', render: (parts: number) => <span className="number">{parts}</span> },
    { title: t('sms.state'), key: 'state', width: 170, render: (_, row) => <State row={row} now={now} /> },
    { title: t('sms.attempts'), dataIndex: 'attempts', width: 66, align: 'right', render: (attempts: number) => <span className="number">{attempts}</span> },
    { title: t('sms.deed'), key: 'deed', width: 90, render: (_, row) => (row.state === 'dead' && row.phone !== '' ? <Button size="small" onClick={() => drop(retry(row.id))}>{t('sms.retry')}</Button> : null) },
  ];
  return <Table<SmsListRow> rowKey="id" size="middle" pagination={false} scroll={{ x: 900 }} columns={columns} dataSource={queue.rows} />;
}

function State({ row, now }: { row: SmsListRow; now: number }): ReactNode {
  const tone = row.state === 'delivered' ? 'good' : row.state === 'dead' || row.state === 'unsettled' ? 'late' : row.state === 'unknown' ? 'soon' : undefined;
  return (
    <div className="stacked">
      <span className="mark" data-tone={tone}>{word('sms.state', row.state)}</span>
      {row.cause !== '' && <small className="faint">{word('sms.cause', row.cause)}</small>}
      {row.nextAt !== null && <small className="faint">{t('sms.next', { time: momentWords(row.nextAt, now) })}</small>}
    </div>
  );
}

function Costs({ queue: { months, price } }: { queue: Queue }): ReactNode {
  if (months.length === 0) return <Nothing words={t('costs.empty')} />;
  return (
    <>
      <p className="faint">{t('costs.words', { price: (price / 1000).toFixed(3) })}</p>
      <Table<Queue['months'][number]> className="settings" rowKey="month" size="middle" pagination={false} dataSource={months} columns={[
        { title: t('costs.month'), dataIndex: 'month', render: (month: string) => <span className="number">{month}</span> },
        { title: t('costs.texts'), dataIndex: 'texts', align: 'right' },
        { title: t('costs.parts'), dataIndex: 'parts', align: 'right' },
        { title: t('costs.money'), key: 'money', align: 'right', render: (_, { parts }) => <span className="number">{(parts * price / 1000).toFixed(2)}</span> },
      ]} />
    </>
  );
}

function Templates(): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer('sms-templates', () => ask((hall) => hall.smsTemplates()));
  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed kind={answer.failure.kind} onRetry={again} />;
  return (
    <>
      <p className="faint">{t('template.slots', { slots: SLOTS.map((slot) => `{${slot}}`).join(' ') })}</p>
      <ul className="templates">{answer.value.map((template) => <li key={`${template.name}/${template.words}`}><TemplateEditor template={template} onDone={again} /></li>)}</ul>
    </>
  );
}

function TemplateEditor({ template, onDone }: { template: Template; onDone: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const [words, setWords] = useState(template.words);
  const save = async () => {
    const answer = await ask((hall) => hall.changeTemplate({ name: template.name, words }));
    if (!answer.ok) void message.error(t('desk.failed'));
    else if (!answer.value.ok) void message.error(word('template.fault', answer.value.error.kind));
    else onDone();
  };
  return (
    <>
      <h2>{word('template', template.name)}{template.own && <span className="mark">{t('template.own')}</span>}</h2>
      <label className="field"><span>{t('template.words')}</span><Input.TextArea value={words} maxLength={300} autoSize={{ minRows: 2, maxRows: 4 }} onChange={(event) => setWords(event.target.value)} /></label>
      <p className="faint">{template.example} <span className="mark">{t('template.parts', { count: template.parts })}</span></p>
      {words !== template.words && <Button size="small" type="primary" onClick={() => drop(save())}>{t('template.save')}</Button>}
    </>
  );
}
