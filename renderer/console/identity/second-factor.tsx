import { Alert, Button, Checkbox, Input } from 'antd';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { drop, type Result } from '../../../domain/result.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import type { CallFailure, Hall } from '../hall.ts';
import { Failed, Loading } from '../parts.tsx';
import { t } from '../texts.ts';
import { momentWords } from '../words.ts';

/** Calls the hall, before signing in is whole or after. */
export type Call = <Value>(call: (hall: Hall) => Promise<Value>) => Promise<Result<Value, CallFailure>>;

type Offer = { kind: 'loading' } | { kind: 'failed' } | { kind: 'here'; secret: string; address: string };

/** Six digits of the app. */
export function CodeField({ label, value, onChange, autoFocus = false }: { label: string; value: string; onChange: (value: string) => void; autoFocus?: boolean }): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <Input className="code-field" size="large" inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus={autoFocus} value={value} onChange={(event) => onChange(event.target.value.replaceAll(/[^\d ]/g, ''))} />
    </label>
  );
}

/** Enrols a second factor: a QR code, a first code, and the recovery codes to write down. @param onDone once they are written down */
export function EnrolSecondFactor({ call, onDone, done }: { call: Call; onDone: () => void; done: string }): ReactNode {
  const [offer, setOffer] = useState<Offer>({ kind: 'loading' });
  const [code, setCode] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);

  const begin = () => drop(call((hall) => hall.beginSecondFactor({})).then((answer) => setOffer(answer.ok && answer.value.ok ? { kind: 'here', ...answer.value.value } : { kind: 'failed' })));
  const first = useEffectEvent(begin);
  useEffect(() => first(), []);

  const prove = async () => {
    setBusy(true);
    setFault('');
    const answer = await call((hall) => hall.proveSecondFactor({ code }));
    setBusy(false);
    setCode('');
    if (!answer.ok) return setFault(t('step.broken'));
    if (answer.value.ok) return setRecovery(answer.value.value.recovery);
    const { error } = answer.value;
    setFault(error.kind === 'locked' ? t('sign-in.locked', { until: momentWords(error.until, Date.now()) }) : error.kind === 'refused' ? t('enrol.refused') : t('step.over'));
  };

  if (recovery !== null) return <RecoveryCodes codes={recovery} done={done} onDone={onDone} />;
  if (offer.kind === 'loading') return <Loading />;
  if (offer.kind === 'failed') return <Failed kind="broken" onRetry={begin} />;
  return (
    <form
      className="enrol"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        drop(prove());
      }}
    >
      {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
      <div className="enrol-scan">
        <QrCode text={offer.address} label={t('enrol.qr')} />
        <div>
          <p><strong>{t('enrol.scan')}</strong></p>
          <p className="faint">{t('enrol.apps')}</p>
          <p className="enrol-typed"><span>{t('enrol.typed')}</span><code>{offer.secret.match(/.{1,4}/g)?.join(' ')}</code></p>
        </div>
      </div>
      <CodeField label={t('enrol.code')} value={code} onChange={setCode} autoFocus />
      <Button type="primary" size="large" htmlType="submit" block loading={busy} disabled={code.replaceAll(' ', '').length < 6}>{t('enrol.submit')}</Button>
    </form>
  );
}

/** Shown this once: nobody goes on without having said that they are written down. */
export function RecoveryCodes({ codes, done, onDone }: { codes: readonly string[]; done: string; onDone: () => void }): ReactNode {
  const [written, setWritten] = useState(false);
  return (
    <div className="recovery">
      <div>
        <h2>{t('recovery.title')}</h2>
        <p>{t('recovery.words')}</p>
      </div>
      <ol>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <Checkbox checked={written} onChange={(event) => setWritten(event.target.checked)}>{t('recovery.written')}</Checkbox>
      <div className="recovery-ways">
        <Button size="large" onClick={() => window.print()}>{t('recovery.print')}</Button>
        <Button type="primary" size="large" disabled={!written} onClick={onDone}>{done}</Button>
      </div>
    </div>
  );
}
