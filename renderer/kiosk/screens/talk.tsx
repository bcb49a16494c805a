import type { ReactNode } from 'react';
import type { MessageKind } from '../../../domain/messages/message.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Tile } from '../../ui/tile.tsx';
import { HOTLINE } from '../hotline.ts';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { MessageList } from './message-list.tsx';
import './talk.css';

const KINDS: readonly { of: Exclude<MessageKind, 'guide-error'>; icon: IconName }[] = [{ of: 'consult', icon: 'help' }, { of: 'complain', icon: 'alert' }, { of: 'suggest', icon: 'star' }];

/** Everything that can be said to the hall from here, and the telephone beside it: nobody has to type. */
export function TalkScreen(): ReactNode {
  const { t, view, terminal, wish } = useVisit();
  const { mine } = view.talk;
  return (
    <Screen title={t('talk.title')} lead={t('talk.lead')} back={{ words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) }}>
      {terminal.takesLetters ? null : <Notice tone="warn">{t('talk.waits')}</Notice>}
      <div className="talk-kinds">
        {KINDS.map(({ of, icon }) => (
          <Tile key={of} icon={icon} title={t(`talk.${of}`)} words={t(`talk.${of}.words`)} onPress={() => drop(wish((core) => core.talk.begin({ of, about: { kind: 'none' } })))} />
        ))}
      </div>
      {terminal.surveys.length === 0 ? null : (
        <section className="talk-surveys">
          <h2>{t('talk.surveys')}</h2>
          <ul>
            {terminal.surveys.map((survey) => (
              <li key={survey.id}>
                <button type="button" className="case-card" onClick={() => drop(wish((core) => core.talk.openSurvey({ survey: survey.id })))}>
                  <span className="case-card-words">
                    <span className="case-card-name">{survey.title}</span>
                    <span className="case-card-facts">
                      {t('talk.survey.questions', { count: survey.questions })}
                      {survey.card ? ` · ${t('talk.survey.card')}` : ''}
                    </span>
                  </span>
                  <Icon name="next" size={1.6} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mine.length > 0 ? (
        <section className="talk-surveys">
          <h2>{t('talk.mine.title')}</h2>
          <MessageList messages={mine} />
        </section>
      ) : view.person === null ? (
        <Button size="main" wide icon={<Icon name="search" />} onPress={() => drop(wish((core) => core.go({ step: 'identify', errand: 'talk' })))}>
          {t('talk.mine')}
        </Button>
      ) : null}
      <PublicWays />
    </Screen>
  );
}

/** The ways that are open to everybody, machine or no machine. */
export function PublicWays(): ReactNode {
  const { t, terminal } = useVisit();
  const phone = (number: string) => <span className="number">{number}</span>;
  return (
    <Card icon="phone" title={t('talk.ways')}>
      <Facts rows={[{ label: t('talk.ways.hotline'), value: phone(HOTLINE) }, { label: t('talk.ways.complaints'), value: phone(terminal.complaintPhone) }, { label: t('talk.ways.service'), value: phone(terminal.phone) }]} />
    </Card>
  );
}
