import { type ReactNode, useState } from 'react';
import type { DraftView } from '../../../domain/contracts/talk.ts';
import { DRAFT_FIELDS } from '../../../domain/contracts/talk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { ChoiceField } from '../../ui/field/choice-field.tsx';
import type { FieldWords } from '../../ui/field/field-frame.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { FieldValue } from '../form-rules.ts';
import { Recorder } from '../recording/recorder.tsx';
import { useSaver } from '../saving.ts';
import { Screen } from '../screen.tsx';
import { useVisit, type Visit } from '../visit.tsx';
import { AboutField } from './message-about.tsx';
import { PublicWays } from './talk.tsx';
import './message.css';

const plain = (label: string, help = '', optional = '', saved = ''): FieldWords => ({ label, help, error: '', example: '', source: '', optional, saved });

/** Fields are saved into the message that is written. */
const intoDraft = (client: Visit['client'], name: string, value: FieldValue) => client.talk.save({ field: name === 'words' ? 'words' : name === 'name' ? 'name' : 'phone', value: String(value ?? '') });

/** Writing to the hall: what it is about, words typed or spoken, and a name only from who wants to give one. */
export function MessageScreen(): ReactNode {
  const { t, view } = useVisit();
  const { draft } = view.talk;
  return draft === null ? null : <Writing title={t(`message.title.${draft.of}`)} draft={draft} />;
}

function Writing({ title, draft }: { title: string; draft: DraftView }): ReactNode {
  const { t, view, client, wish, busy } = useVisit();
  // What was typed since; what core has comes from the view, after a restart as well.
  const [typed, setTyped] = useState<Partial<Record<keyof typeof DRAFT_FIELDS, string>>>({});
  const [empty, setEmpty] = useState(false);
  const [speaking, setSpeaking] = useState(false);
  const saver = useSaver(client, intoDraft);
  const value = (name: keyof typeof DRAFT_FIELDS) => typed[name] ?? draft[name];
  const put = (name: keyof typeof DRAFT_FIELDS) => (text: string) => {
    setTyped((held) => ({ ...held, [name]: text }));
    setEmpty(false);
    saver.put(name, text);
  };
  const saved = (name: string) => (saver.saved.has(name) ? t('form.saved') : '');
  async function send(): Promise<void> {
    if (value('words').trim() === '' && draft.seconds === null) return setEmpty(true);
    // The last letters may still be on their way.
    await saver.settled();
    await wish((core) => core.talk.send());
  }
  return (
    <Screen
      title={title}
      lead={t('message.lead')}
      back={draft.of === 'guide-error' ? { words: t('back.guide'), onPress: () => drop(wish((core) => core.go({ step: 'guide', errand: view.errand }))) } : { words: t('back.talk'), onPress: () => drop(wish((core) => core.go({ step: 'talk', errand: 'talk' }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} isDisabled={speaking} icon={<Icon name="send" />} onPress={() => drop(send())}>
          {t('message.send')}
        </Button>
      }
    >
      {draft.of === 'guide-error' ? <p className="message-about">{draft.about}</p> : <AboutField draft={draft} />}
      <TextField id="message-words" words={{ ...plain(t('message.words'), t(`message.words.help.${draft.of}`), '', saved('words')), error: empty && !speaking && draft.seconds === null ? t('message.empty') : '' }} value={value('words')} keyboard="text" lines={5} most={DRAFT_FIELDS.words} onChange={put('words')} />
      <Recorder seconds={draft.seconds} onRunning={setSpeaking} />
      <ChoiceField id="message-who" words={plain(t('message.who'))} value={draft.anonymous ? 'anonymous' : 'named'} options={(['named', 'anonymous'] as const).map((one) => ({ value: one, label: t(`message.who.${one}`) }))} onChange={(one) => drop(wish((core) => core.talk.setAnonymous({ anonymous: one === 'anonymous' })))} />
      <Notice tone={draft.anonymous ? 'warn' : 'info'}>{t(draft.anonymous ? 'message.who.anonymous.words' : 'message.who.named.words')}</Notice>
      {draft.anonymous ? null : (
        <>
          {view.person === null ? <TextField id="message-name" words={plain(t('message.name'), '', t('form.optional'), saved('name'))} value={value('name')} keyboard="text" most={DRAFT_FIELDS.name} onChange={put('name')} /> : <p className="message-about">{t('message.who.card', { name: view.person.name })}</p>}
          <TextField id="message-phone" words={plain(t('message.phone'), '', t('form.optional'), saved('phone'))} value={value('phone')} keyboard="phone" most={DRAFT_FIELDS.phone} onChange={put('phone')} />
        </>
      )}
      <PublicWays />
    </Screen>
  );
}
