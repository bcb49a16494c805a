import { Alert, App, Button, Drawer, Input, Modal, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Account, AccountName, PersonName, type ScopeChoices } from '../../../domain/contracts/accounts.ts';
import { drop, type Result } from '../../../domain/result.ts';
import { COUNTY } from '../../../domain/staff/scope.ts';
import type { CallFailure, Hall } from '../hall.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { type Reach, ReachFields } from './scope-fields.tsx';

type Props = { account: Account | null; choices: ScopeChoices | null; onChanged: () => void; onClose: () => void };
type Answered<Value> = Result<Result<Value, { kind: string }>, CallFailure>;

/** Makes an account, or changes one. @param account null for a new one */
export function AccountEditor({ account, choices, onChanged, onClose }: Props): ReactNode {
  const { me } = useSession();
  const [fault, setFault] = useState('');
  const [given, setGiven] = useState<{ account: string; password: string } | null>(null);
  /** Says what came of a deed; `done` goes on when it was done. */
  const settle = <Value,>(answer: Answered<Value>, done: (value: Value) => void) => {
    setFault('');
    if (!answer.ok) return setFault(t('editor.fault.broken'));
    if (!answer.value.ok) return setFault(word('editor.fault', answer.value.error.kind));
    onChanged();
    done(answer.value.value);
  };
  return (
    <Drawer open title={account === null ? t('editor.new') : account.name} size={520} onClose={onClose} destroyOnHidden>
      <div className="editor">
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        {account?.account === me.account && <Alert type="info" showIcon title={t('editor.own')} role="status" />}
        {account === null
          ? <NewAccount choices={choices} settle={settle} onMade={setGiven} onFault={setFault} />
          : <Changes account={account} choices={choices} own={account.account === me.account} settle={settle} onGiven={setGiven} />}
      </div>
      <Modal
        open={given !== null} title={t('one-time.title', { account: given?.account ?? '' })} width={460} centered closable={false} keyboard={false} mask={{ closable: false }}
        footer={<Button type="primary" onClick={() => (account === null ? onClose() : setGiven(null))}>{t('one-time.close')}</Button>}
      >
        <p>{t('one-time.words')}</p>
        <p className="one-time"><code>{given?.password}</code></p>
      </Modal>
    </Drawer>
  );
}

type Settle = <Value>(answer: Answered<Value>, done: (value: Value) => void) => void;

function NewAccount({ choices, settle, onMade, onFault }: { choices: ScopeChoices | null; settle: Settle; onMade: (given: { account: string; password: string }) => void; onFault: (words: string) => void }): ReactNode {
  const { ask } = useSession();
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const [reach, setReach] = useState<Reach>({ role: 'clerk', scope: COUNTY });
  const make = async () => {
    if (!AccountName.safeParse(account).success || !PersonName.safeParse(name).success) return onFault(t('editor.incomplete'));
    settle(await ask((hall) => hall.makeAccount({ account, name: name.trim(), ...reach })), ({ password }) => onMade({ account, password }));
  };
  return (
    <form
      className="editor-part"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        drop(make());
      }}
    >
      <label className="field"><span>{t('editor.account')}</span><Input autoFocus autoComplete="off" maxLength={32} value={account} onChange={(event) => setAccount(event.target.value.toLowerCase())} /><span className="faint">{t('editor.account.rule')}</span></label>
      <label className="field"><span>{t('editor.name')}</span><Input autoComplete="off" maxLength={40} value={name} onChange={(event) => setName(event.target.value)} /></label>
      <ReachFields value={reach} choices={choices} onChange={setReach} />
      <p className="faint">{t('editor.make.words')}</p>
      <Button type="primary" htmlType="submit">{t('editor.make')}</Button>
    </form>
  );
}

function Changes({ account, choices, own, settle, onGiven }: { account: Account; choices: ScopeChoices | null; own: boolean; settle: Settle; onGiven: (given: { account: string; password: string }) => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const [name, setName] = useState(account.name);
  const [reach, setReach] = useState<Reach>({ role: account.role, scope: account.scope });
  const named = { account: account.account };
  const say = (words: string) => () => void message.success(words);
  const does = <Value,>(call: (hall: Hall) => Promise<Result<Value, { kind: string }>>, done: (value: Value) => void) => drop(ask(call).then((answer) => settle(answer, done)));
  return (
    <>
      <section className="editor-part" aria-labelledby="editor-who">
        <h3 id="editor-who">{t('editor.part.who')}</h3>
        <label className="field"><span>{t('editor.name')}</span><Input maxLength={40} value={name} onChange={(event) => setName(event.target.value)} /></label>
        <div><Button disabled={name.trim() === '' || name.trim() === account.name} onClick={() => does((hall) => hall.renameAccount({ ...named, name: name.trim() }), say(t('editor.done.rename')))}>{t('editor.name.save')}</Button></div>
      </section>
      <section className="editor-part" aria-labelledby="editor-reach">
        <h3 id="editor-reach">{t('editor.part.role')}</h3>
        <ReachFields value={reach} choices={choices} onChange={setReach} />
        {account.proposed.includes('account.role') && <Alert type="info" showIcon title={t('accounts.proposed')} role="status" />}
        <div><Button type="primary" disabled={account.proposed.includes('account.role')} onClick={() => does((hall) => hall.proposeRole({ ...named, ...reach }), say(t('editor.done.propose')))}>{t('editor.propose')}</Button></div>
      </section>
      <section className="editor-part" aria-labelledby="editor-safety">
        <h3 id="editor-safety">{t('editor.part.safety')}</h3>
        {!own && <Deed title={t('editor.reset-password')} words={t('editor.reset-password.words')} onSure={() => does((hall) => hall.resetPassword(named), ({ password }) => onGiven({ ...named, password }))} />}
        {account.sessions > 0 && <Deed title={t('editor.end-sessions')} words={t('editor.end-sessions.words', { count: account.sessions })} onSure={() => does((hall) => hall.endSessions(named), ({ ended }) => void message.success(t('editor.done.sessions', { count: ended })))} />}
        {account.secondFactor && <Deed title={t('editor.no-second')} words={t('editor.no-second.words')} onSure={() => does((hall) => hall.proposeNoSecondFactor(named), say(t('editor.done.propose')))} />}
        {!own && (account.standing === 'disabled'
          ? <Deed title={t('editor.enable')} words={t('editor.enable.words')} onSure={() => does((hall) => hall.enableAccount(named), say(t('editor.done.enable')))} />
          : <Deed danger title={t('editor.disable')} words={t('editor.disable.words')} onSure={() => does((hall) => hall.disableAccount(named), say(t('editor.done.disable')))} />)}
      </section>
    </>
  );
}

/** What it does beside its button; asked once more before it is done. */
function Deed({ title, words, danger = false, onSure }: { title: string; words: string; danger?: boolean; onSure: () => void }): ReactNode {
  return (
    <div className="editor-deed">
      <p>{words}</p>
      <Popconfirm title={title} description={words} okText={title} cancelText={t('act.cancel')} placement="topRight" okButtonProps={{ danger }} onConfirm={onSure}><Button danger={danger}>{title}</Button></Popconfirm>
    </div>
  );
}
