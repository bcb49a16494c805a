import { App, Input, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { MessageSubject } from '../../../domain/contracts/messages.ts';
import { ulid } from '../../../domain/ids.ts';
import { MessageKind } from '../../../domain/messages/message.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { dateWords } from '../words.ts';

/** How staff take a message down. */
const CHANNELS = ['phone', 'window', 'paper'] as const;
const ABOUT = ['none', 'item', 'case', 'site'] as const;

/** Takes down what somebody says at the desk or on the phone. Its id is made once, so a second try registers nothing twice. */
export function NewMessageDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const [id] = useState(() => ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
  const [kind, setKind] = useState<MessageKind>('consult');
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('phone');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [about, setAbout] = useState<(typeof ABOUT)[number]>('none');
  const [aboutName, setAboutName] = useState('');
  const [words, setWords] = useState('');
  const register = async () => {
    const answer = await ask((hall) => hall.registerMessage({ id, kind, channel, site: '', subject: subjectOf(about, aboutName), person: { name, phone }, words, audio: null }));
    if (!answer.ok) return { words: t('new.failed'), final: false };
    void message.success(t('new.done', { number: answer.value.number, date: dateWords(answer.value.due, Date.now()) }), 8);
    onDone();
    onClose();
    return null;
  };
  return (
    <ConfirmDialog title={t('new.title')} ok={t('new.ok')} width={700} lacks={words.trim() === '' ? t('new.needed') : ''} confirm={register} onClose={onClose}>
      <div className="desk-form-row">
        <fieldset className="field" data-first="true"><legend>{t('new.kind')}</legend><Radio.Group value={kind} options={MessageKind.options.map((value) => ({ value, label: word('message.kind', value) }))} onChange={(event) => setKind(MessageKind.parse(event.target.value))} /></fieldset>
        <fieldset className="field"><legend>{t('new.channel')}</legend><Radio.Group value={channel} options={CHANNELS.map((value) => ({ value, label: word('message.channel', value) }))} onChange={(event) => setChannel(CHANNELS.find((one) => one === event.target.value) ?? 'phone')} /></fieldset>
      </div>
      <label className="field"><span>{t('new.words')}</span><Input.TextArea value={words} maxLength={4000} autoSize={{ minRows: 5, maxRows: 10 }} onChange={(event) => setWords(event.target.value)} /></label>
      <div className="desk-form-row">
        <label className="field"><span>{t('new.name')}</span><Input value={name} maxLength={60} autoComplete="off" onChange={(event) => setName(event.target.value)} /></label>
        <label className="field"><span>{t('new.phone')}</span><Input value={phone} maxLength={20} autoComplete="off" inputMode="tel" onChange={(event) => setPhone(event.target.value)} /></label>
      </div>
      <div className="desk-form-row">
        <label className="field"><span>{t('new.about')}</span><Select aria-label={t('new.about')} value={about} options={ABOUT.map((value) => ({ value, label: t(`message.subject.${value}`, { name: '' }) }))} onChange={setAbout} /></label>
        {about !== 'none' && <label className="field"><span>{t('new.about.name')}</span><Input value={aboutName} maxLength={50} onChange={(event) => setAboutName(event.target.value)} /></label>}
      </div>
      <p className="faint">{t('new.anonymous')}</p>
    </ConfirmDialog>
  );
}

function subjectOf(about: (typeof ABOUT)[number], name: string): MessageSubject {
  switch (about) {
    case 'none':
      return { kind: 'none' };
    case 'item':
      return { kind: 'item', code: '', name };
    case 'case':
      return { kind: 'case', number: name };
    case 'site':
      return { kind: 'site', name };
  }
}
