import { Alert, App, Button, Input, Modal, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Session } from '../../../domain/contracts/staff.ts';
import { drop } from '../../../domain/result.ts';
import type { Hall } from '../hall.ts';
import { Failed, Loading } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { lackOf, NewPasswordFields, NO_PASSWORD, passwordFaultWords } from './password-fields.tsx';
import { CodeField, EnrolSecondFactor, RecoveryCodes } from './second-factor.tsx';
import './identity.css';

type Mine = Awaited<ReturnType<Hall['myAccount']>>;

/** One's own password, second factor and sessions: for everybody. */
export function MyAccountPage(): ReactNode {
  const { ask, me } = useSession();
  const [answer, again] = useAnswer('my-account', () => ask((hall) => hall.myAccount()));
  return (
    <section className="sheet" aria-labelledby="my-account-title">
      <header>
        <h1 id="my-account-title">{t('mine.title')}</h1>
        <p>{me.name}　{t('mine.words', { account: me.account, role: word('role', me.role) })}</p>
        {me.last !== null && answer.kind === 'here' && <p>{t('welcome.last', { at: momentWords(me.last.at, answer.at), address: me.last.address })}</p>}
        {me.secondFactor === 'off' && <p>{t('demo.no-second-factor')}</p>}
      </header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && (
        <div className="own-account">
          <Password onChanged={again} />
          <SecondFactor mine={answer.value.secondFactor} at={answer.at} onChanged={again} />
          <Sessions sessions={answer.value.sessions} at={answer.at} onChanged={again} />
        </div>
      )}
    </section>
  );
}

function Password({ onChanged }: { onChanged: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const [old, setOld] = useState('');
  const [value, setValue] = useState(NO_PASSWORD);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const lack = old === '' ? t('password.empty') : lackOf(value);
    if (lack !== '') return setFault(lack);
    setBusy(true);
    setFault('');
    const answer = await ask((hall) => hall.changePassword({ old, password: value.password }));
    setBusy(false);
    if (!answer.ok) return setFault(t('step.broken'));
    if (!answer.value.ok) return setFault(passwordFaultWords(answer.value.error));
    setOld('');
    setValue(NO_PASSWORD);
    void message.success(t('mine.password.done'));
    onChanged();
  };

  return (
    <section className="mine-part" aria-labelledby="mine-password">
      <h2 id="mine-password">{t('mine.password')}</h2>
      <form
        className="mine-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          drop(submit());
        }}
      >
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        <label className="field"><span>{t('password.old')}</span><Input type="password" size="large" autoComplete="current-password" maxLength={200} value={old} onChange={(event) => setOld(event.target.value)} /></label>
        <NewPasswordFields value={value} onChange={setValue} />
        <div className="mine-foot"><Button type="primary" htmlType="submit" loading={busy}>{t('password.save')}</Button><span className="faint">{t('mine.password.words')}</span></div>
      </form>
    </section>
  );
}

function SecondFactor({ mine, at, onChanged }: { mine: Mine['secondFactor']; at: number; onChanged: () => void }): ReactNode {
  const { ask } = useSession();
  const [open, setOpen] = useState<'enrol' | 'recovery' | null>(null);
  const close = () => {
    setOpen(null);
    onChanged();
  };
  return (
    <section className="mine-part" aria-labelledby="mine-second">
      <h2 id="mine-second">{t('mine.second')}</h2>
      {mine.since === null ? (
        <>
          <p><span className="mark" data-tone={mine.needed ? 'late' : 'none'}>{t('mine.second.off')}</span></p>
          <p className="faint">{t(mine.needed ? 'mine.second.needed' : 'mine.second.free')}</p>
          <div className="mine-foot"><Button type="primary" onClick={() => setOpen('enrol')}>{t('mine.second.enrol')}</Button></div>
        </>
      ) : (
        <>
          <p><span className="mark" data-tone="good">{t('mine.second.on', { at: momentWords(mine.since, at) })}</span></p>
          <p>{t('mine.recovery.left', { count: mine.recoveryLeft })}</p>
          <p className="faint">{t('mine.second.lost')}</p>
          <div className="mine-foot"><Button onClick={() => setOpen('recovery')}>{t('mine.recovery.renew')}</Button></div>
        </>
      )}
      <Modal open={open === 'enrol'} title={t('enrol.title')} width={620} centered footer={null} destroyOnHidden mask={{ closable: false }} onCancel={close}>
        <EnrolSecondFactor call={ask} done={t('recovery.done')} onDone={close} />
      </Modal>
      <Modal open={open === 'recovery'} title={t('mine.recovery.renew')} width={520} centered footer={null} destroyOnHidden mask={{ closable: false }} onCancel={close}>
        <RenewRecovery onDone={close} />
      </Modal>
    </section>
  );
}

function RenewRecovery({ onDone }: { onDone: () => void }): ReactNode {
  const { ask } = useSession();
  const [code, setCode] = useState('');
  const [fault, setFault] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const submit = async () => {
    const answer = await ask((hall) => hall.renewRecovery({ code }));
    setCode('');
    if (!answer.ok) return setFault(t('step.broken'));
    if (answer.value.ok) return setCodes(answer.value.value.recovery);
    setFault(answer.value.error.kind === 'locked' ? passwordFaultWords(answer.value.error) : t('code.refused'));
  };
  if (codes !== null) return <RecoveryCodes codes={codes} done={t('recovery.done')} onDone={onDone} />;
  return (
    <form
      className="enrol"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        drop(submit());
      }}
    >
      <p>{t('mine.recovery.words')}</p>
      {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
      <CodeField label={t('code.label')} value={code} onChange={setCode} autoFocus />
      <Button type="primary" htmlType="submit" disabled={code.replaceAll(' ', '').length < 6}>{t('mine.recovery.renew')}</Button>
    </form>
  );
}

function Sessions({ sessions, at, onChanged }: { sessions: readonly Session[]; at: number; onChanged: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const end = async (id: string) => {
    const answer = await ask((hall) => hall.endMySessions({ id }));
    if (answer.ok) void message.success(t('mine.sessions.ended', { count: answer.value.ended }));
    else void message.error(t('step.broken'));
    onChanged();
  };
  const columns: TableColumnsType<Session> = [
    { title: t('mine.sessions.seen'), dataIndex: 'seenAt', width: 150, render: (_, row) => (row.own ? <span className="mark" data-tone="good">{t('mine.sessions.own')}</span> : momentWords(row.seenAt, at)) },
    { title: t('mine.sessions.since'), dataIndex: 'since', width: 150, render: (_, row) => momentWords(row.since, at) },
    { title: t('mine.sessions.address'), dataIndex: 'address', render: (_, row) => <span className="number">{row.address}</span> },
    { title: '', key: 'end', width: 90, align: 'right', render: (_, row) => (row.own ? null : <Button size="small" onClick={() => drop(end(row.id))}>{t('mine.sessions.end')}</Button>) },
  ];
  return (
    <section className="mine-part" data-wide="true" aria-labelledby="mine-sessions">
      <h2 id="mine-sessions">{t('mine.sessions')}</h2>
      <p className="faint">{t('mine.sessions.words')}{sessions.length < 2 && t('mine.sessions.none')}</p>
      <Table<Session> rowKey="id" size="small" pagination={false} columns={columns} dataSource={sessions} />
      {sessions.length > 1 && <div className="mine-foot"><Button onClick={() => drop(end('others'))}>{t('mine.sessions.end-others')}</Button></div>}
    </section>
  );
}
