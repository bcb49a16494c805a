import type { ReactNode } from 'react';
import type { MessageView } from '../../../domain/contracts/talk.ts';
import { drop } from '../../../domain/result.ts';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { useVisit } from '../visit.tsx';
import './progress.css';

/** The card holder's messages: what each is, where it stands, under which number. */
export function MessageList({ messages }: { messages: readonly MessageView[] }): ReactNode {
  const { t, wish, moment } = useVisit();
  return (
    <ul className="case-list">
      {messages.map((one) => (
        <li key={one.id}>
          <button type="button" className="case-card" onClick={() => drop(wish((core) => core.talk.openMessage({ message: one.id })))}>
            <span className="case-card-words">
              <span className="case-card-head">
                <MessagePill of={one} />
              </span>
              <span className="case-card-name">{t(`talk.${one.of}`)}{one.about === '' ? '' : ` · ${one.about}`}</span>
              <span className="case-card-number number">{one.number ?? one.reference}</span>
              <span className="case-card-facts">{t('sent.lead', { time: moment(one.at) })}</span>
            </span>
            <Icon name="next" size={1.6} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Where a message stands. What the hall does not have yet stands nowhere there, and says so. */
export function MessagePill({ of }: { of: Pick<MessageView, 'travel' | 'stage'> }): ReactNode {
  const { t } = useVisit();
  if (of.travel === 'refused') return <StatusPill tone="fault" icon="failed">{t('message.travel.refused')}</StatusPill>;
  if (of.travel === 'waiting') return <StatusPill tone="warn" icon="offline">{t('message.travel.waiting')}</StatusPill>;
  if (of.stage === null) return <StatusPill tone="info" icon="received">{t('message.travel.received')}</StatusPill>;
  const good = of.stage === 'replied' || of.stage === 'rated' || of.stage === 'closed';
  return <StatusPill tone={of.stage === 'declined' ? 'fault' : good ? 'good' : 'info'} icon={good ? 'done' : 'consult'}>{t(`reply.stage.${of.stage}`)}</StatusPill>;
}
