import { type ReactNode, useState } from 'react';
import type { MessageView } from '../../../domain/contracts/talk.ts';
import type { RatingLevel } from '../../../domain/ratings/ratings.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Faces } from '../faces.tsx';
import { HOTLINE } from '../hotline.ts';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { MessagePill } from './message-list.tsx';
import './message.css';

/** The contract's limits. */
const MOST_RATING_WORDS = 500;
const MOST_REOPENING_WORDS = 2000;

/** A message and what became of it: the reply, the citizen's word on it, and once a way back. */
export function ReplyScreen(): ReactNode {
  const { t, view, wish, day, moment, terminal } = useVisit();
  const { message } = view.talk;
  const [reopening, setReopening] = useState(false);
  if (message === null) return null;
  const back = view.person === null ? { words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) } : { words: t('back.talk'), onPress: () => drop(wish((core) => core.go({ step: view.errand === 'talk' ? 'talk' : 'progress', errand: view.errand }))) };
  return (
    <Screen
      title={t('reply.title')}
      lead={<span className="number">{message.number ?? message.reference}</span>}
      back={back}
      {...(message.canReopen && !reopening ? { actions: <Button size="main" icon={<Icon name="supplement" />} onPress={() => setReopening(true)}>{t('reply.reopen')}</Button> } : {})}
    >
      {view.person === null ? <Notice tone="info">{t('reply.private')}</Notice> : null}
      <div className="message-facts">
        <MessagePill of={message} />
        <Facts
          rows={[
            { label: t(`talk.${message.of}`), value: t('sent.lead', { time: moment(message.at) }) },
            ...(message.about === '' ? [] : [{ label: t('reply.about'), value: message.about }]),
            ...(message.due === null ? [] : [{ label: t('reply.due'), value: day(message.due) }]),
          ]}
        />
      </div>
      {message.reply === null ? (
        <Notice tone={message.travel === 'refused' ? 'warn' : 'info'} title={t('reply.waiting')}>
          {message.travel === 'refused' ? t('message.travel.refused.words', { phone: terminal.phone }) : message.stage === 'handed-over' ? t('reply.hotline') : message.due === null ? t('sent.no-number') : t('sent.due', { day: day(message.due) })}
        </Notice>
      ) : (
        <Card icon="consult" title={t('reply.answer')}>
          <p className="message-reply">{message.reply}</p>
        </Card>
      )}
      <Said message={message} />
      {message.canRate ? <Rate /> : null}
      {reopening && message.canReopen ? <Reopen onDone={() => setReopening(false)} /> : null}
      <p className="case-as-of">
        <Icon name={terminal.line === 'online' ? 'online' : 'offline'} size={1.1} />
        {message.asOf === null ? t('case.as-of.never') : t('case.as-of', { time: moment(message.asOf) })}
      </p>
      {message.stage === 'declined' ? <Notice tone="info">{`${t('talk.ways.hotline')} ${HOTLINE} · ${t('talk.ways.complaints')} ${terminal.complaintPhone}`}</Notice> : null}
    </Screen>
  );
}

function Said({ message }: { message: MessageView }): ReactNode {
  const { t } = useVisit();
  const level = ([1, 2, 3, 4, 5] as const).find((one) => one === message.rating);
  return (
    <>
      {level === undefined ? null : <Notice tone="good" title={t('reply.rated', { level: t(`rate.level.${level}`) })} />}
      {message.reopened ? <Notice tone="info" title={t('reply.reopened')} /> : null}
    </>
  );
}

function Rate(): ReactNode {
  const { t, wish, busy } = useVisit();
  const [level, setLevel] = useState<RatingLevel | null>(null);
  const [words, setWords] = useState('');
  return (
    <section className="message-rate">
      <h2>{t('reply.rate')}</h2>
      <Faces level={level} label={t('reply.rate')} onLevel={setLevel} />
      {level === null ? null : (
        <>
          <TextField id="reply-rating" words={{ label: t('reply.rate.words'), help: '', error: '', example: '', source: '', optional: '', saved: '' }} value={words} keyboard="text" lines={3} most={MOST_RATING_WORDS} onChange={setWords} />
          <Button size="main" tone="main" busy={busy} icon={<Icon name="send" />} onPress={() => drop(wish((core) => core.talk.rateReply({ level, words: words.trim() })))}>
            {t('reply.rate.send')}
          </Button>
        </>
      )}
    </section>
  );
}

function Reopen({ onDone }: { onDone(): void }): ReactNode {
  const { t, wish, busy } = useVisit();
  const [words, setWords] = useState('');
  return (
    <Card icon="supplement" title={t('reply.reopen.title')}>
      <TextField id="reply-reopening" words={{ label: t('reply.reopen'), help: t('reply.reopen.help'), error: '', example: '', source: '', optional: '', saved: '' }} value={words} keyboard="text" lines={4} most={MOST_REOPENING_WORDS} onChange={setWords} />
      <Button size="main" tone="main" busy={busy} isDisabled={words.trim() === ''} icon={<Icon name="send" />} onPress={() => drop(wish((core) => core.talk.reopen({ words: words.trim() })).then((done) => (done ? onDone() : undefined)))}>
        {t('reply.reopen.send')}
      </Button>
    </Card>
  );
}
