import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { drop } from '../../domain/result.ts';
import type { Road } from './road.ts';
import type { Session } from './session.ts';
import { askAround } from '../site/machines.ts';
import { type TextKey, t } from './texts.ts';

/** @param said why one stands here again; null: nothing is to be said */
export function SignIn({ road, hallName, said, onSignedIn }: { road: Road; hallName: string; said: string | null; onSignedIn: (session: Session) => void }): ReactNode {
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<TextKey | null>(null);
  const [account, setAccount] = useState('');
  const [pin, setPin] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const signIn = async () => {
    // Whoever types an account with the input method on means the plain letters.
    const asked = { account: account.normalize('NFKC').trim().toLowerCase(), pin: pin.normalize('NFKC') };
    if (asked.account === '' || asked.pin === '') return setFailed('sign-in.empty');
    setAsking(true);
    setFailed(null);
    const { answer, origin } = await askAround(around(road), (machine) => road.site(machine).signIn(asked));
    setAsking(false);
    if (!answer.ok) return setFailed(answer.error.kind === 'away' ? 'sign-in.away' : answer.error.kind === 'not-allowed' ? 'sign-in.not-allowed' : answer.error.kind === 'signed-out' ? 'sign-in.wrong' : 'sign-in.broken');
    while (road.ring.now() !== origin) road.ring.goOn(road.ring.now());
    if (!answer.value.ok) {
      setPin('');
      second.current?.focus();
      return setFailed(answer.value.error.kind === 'wrong' ? 'sign-in.wrong' : 'sign-in.too-many');
    }
    const { token, name, role, account: known } = answer.value.value;
    onSignedIn({ token, account: known, name, role, at: { kind: role === 'manager' ? 'manager' : 'choosing' } });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!asking) drop(signIn());
  };

  return (
    <main className="lonely">
      <p className="product">{t('product')} · {hallName}</p>
      <h1>{t('sign-in.title')}</h1>
      {said !== null && <p className="notice" role="status">{said}</p>}
      <form onSubmit={submit} className="sign-in">
        <label>{t('sign-in.account')}<input ref={first} value={account} onChange={(event) => setAccount(event.target.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} /></label>
        <label>{t('sign-in.pin')}<input ref={second} value={pin} onChange={(event) => setPin(event.target.value)} type="password" autoComplete="current-password" maxLength={64} /></label>
        <p className="form-fault" role="alert">{failed === null ? '' : t(failed)}</p>
        <button type="submit" className="button" data-kind="main" aria-disabled={asking}>{t(asking ? 'sign-in.asking' : 'sign-in.submit')}</button>
      </form>
      <p className="faint">{t('sign-in.notice')}</p>
    </main>
  );
}

/** All machines, the one that is asked now first. */
function around({ ring }: Road): string[] {
  const origins: string[] = [];
  for (let origin = ring.now(); !origins.includes(origin); origin = ring.after(origin)) origins.push(origin);
  return origins;
}
