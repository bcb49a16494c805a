import { Alert, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { drop, never } from '../../../domain/result.ts';
import type { SignInStep } from '../../../domain/staff/sign-in.ts';
import { answerOf, type Hall } from '../hall.ts';
import { SignInFrame } from '../sign-in.tsx';
import { t } from '../texts.ts';
import { momentWords } from '../words.ts';
import { lackOf, NewPasswordFields, NO_PASSWORD, passwordFaultWords } from './password-fields.tsx';
import { type Call, CodeField, EnrolSecondFactor } from './second-factor.tsx';
import './identity.css';

type Step = { call: Call; onStep: () => void };

/** What is asked for between the password and the console. @param onStep asks the hall where signing in stands now */
export function SignInSteps({ hall, step, onStep, onLeave }: { hall: Hall; step: SignInStep; onStep: () => void; onLeave: () => void }): ReactNode {
  const call: Call = (make) => answerOf(make(hall));
  return (
    <SignInFrame>
      <div className="sign-in-form" data-wide={step === 'enrol'}>
        <Asked step={step} call={call} onStep={onStep} />
        <Button type="link" onClick={onLeave}>{t('step.leave')}</Button>
      </div>
    </SignInFrame>
  );
}

function Asked({ step, ...rest }: Step & { step: SignInStep }): ReactNode {
  switch (step) {
    case 'code':
      return <CodeStep {...rest} />;
    case 'password':
      return <PasswordStep {...rest} />;
    case 'enrol':
      return (
        <>
          <h1>{t('enrol.title')}</h1>
          <p>{t('enrol.words')}</p>
          <EnrolSecondFactor call={rest.call} done={t('recovery.go-on')} onDone={rest.onStep} />
        </>
      );
    case 'whole':
      return null;
    default:
      return never(step);
  }
}

function CodeStep({ call, onStep }: Step): ReactNode {
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    setBusy(true);
    setFault('');
    const answer = await call((hall) => hall.giveCode({ code }));
    setBusy(false);
    setCode('');
    if (!answer.ok) return setFault(answer.error.kind === 'away' ? t('sign-in.away') : t('step.broken'));
    if (answer.value.ok) return onStep();
    const { error } = answer.value;
    if (error.kind === 'signed-out') return onStep();
    setFault(error.kind === 'locked' ? t('sign-in.locked', { until: momentWords(error.until, Date.now()) }) : t(recovery ? 'code.recovery.refused' : 'code.refused'));
  };

  return (
    <form
      className="step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        drop(submit());
      }}
    >
      <h1>{t('code.title')}</h1>
      <p>{t(recovery ? 'code.recovery.words' : 'code.words')}</p>
      {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
      {recovery
        ? <label className="field"><span>{t('code.recovery.label')}</span><Input className="code-field" size="large" autoFocus maxLength={24} value={code} onChange={(event) => setCode(event.target.value)} /></label>
        : <CodeField label={t('code.label')} value={code} onChange={setCode} autoFocus />}
      <Button type="primary" size="large" htmlType="submit" block loading={busy} disabled={code.replaceAll(' ', '').length < 6}>{t('code.submit')}</Button>
      <Button
        type="link"
        onClick={() => {
          setRecovery(!recovery);
          setCode('');
          setFault('');
        }}
      >
        {t(recovery ? 'code.use-app' : 'code.use-recovery')}
      </Button>
    </form>
  );
}

function PasswordStep({ call, onStep }: Step): ReactNode {
  const [value, setValue] = useState(NO_PASSWORD);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const lack = lackOf(value);
    if (lack !== '') return setFault(lack);
    setBusy(true);
    setFault('');
    const answer = await call((hall) => hall.choosePassword({ password: value.password }));
    setBusy(false);
    if (!answer.ok) return setFault(answer.error.kind === 'away' ? t('sign-in.away') : t('step.broken'));
    if (answer.value.ok || answer.value.error.kind === 'signed-out') return onStep();
    setFault(passwordFaultWords(answer.value.error));
    setValue(NO_PASSWORD);
  };

  return (
    <form
      className="step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        drop(submit());
      }}
    >
      <h1>{t('first-password.title')}</h1>
      <p>{t('first-password.words')}</p>
      {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
      <NewPasswordFields value={value} onChange={setValue} autoFocus />
      <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('password.save')}</Button>
    </form>
  );
}
