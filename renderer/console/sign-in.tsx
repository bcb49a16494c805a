import { Alert, Button, Input } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { drop } from '../../domain/result.ts';
import { Hills } from '../ui/illustrations/hills.tsx';
import { answerOf, type Hall } from './hall.ts';
import { t } from './texts.ts';
import { momentWords } from './words.ts';
import './sign-in.css';

/** @param expired the session ran out while somebody worked */
export function SignIn({ hall, expired, onSignedIn }: { hall: Hall; expired: boolean; onSignedIn: () => Promise<void> }): ReactNode {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const passwordField = useRef<HTMLDivElement>(null);

  const submit = async () => {
    if (account.trim() === '' || password === '') return setFault(t('sign-in.empty'));
    setBusy(true);
    setFault('');
    const answer = await answerOf(hall.signIn({ account: account.trim(), password }));
    if (answer.ok && answer.value.ok) {
      await onSignedIn();
      return;
    }
    setBusy(false);
    setPassword('');
    passwordField.current?.querySelector('input')?.focus();
    if (!answer.ok) setFault(answer.error.kind === 'away' ? t('sign-in.away') : t(answer.error.kind === 'too-fast' ? 'failed.too-fast' : 'failed.broken'));
    else if (!answer.value.ok) setFault(answer.value.error.kind === 'locked' ? t('sign-in.locked', { until: momentWords(answer.value.error.until, Date.now()) }) : t('sign-in.refused'));
  };

  return (
    <SignInFrame>
      <form
        className="sign-in-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          drop(submit());
        }}
      >
        <h1>{t('sign-in.title')}</h1>
        {expired && fault === '' && <Alert type="info" showIcon title={t('sign-in.expired')} role="status" />}
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        <label>
          <span>{t('sign-in.account')}</span>
          <Input size="large" autoFocus autoComplete="username" maxLength={64} value={account} onChange={(event) => setAccount(event.target.value)} />
        </label>
        <div ref={passwordField}>
          <label htmlFor="password"><span>{t('sign-in.password')}</span></label>
          <Input id="password" type="password" size="large" autoComplete="current-password" maxLength={200} value={password} onChange={(event) => setPassword(event.target.value)} />
        </div>
        <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('sign-in.submit')}</Button>
        <p className="sign-in-notice">{t('sign-in.notice')}</p>
      </form>
    </SignInFrame>
  );
}

/** What stands around signing in, whatever its step. */
export function SignInFrame({ children }: { children: ReactNode }): ReactNode {
  return (
    <main className="sign-in">
      <div className="sign-in-picture">
        <p className="sign-in-brand"><strong>{t('product')}</strong><span>{t('product.line')}</span></p>
        <Hills />
      </div>
      {children}
    </main>
  );
}
