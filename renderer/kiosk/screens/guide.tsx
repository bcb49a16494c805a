import { type ReactNode, useRef, useState } from 'react';
import { asksWayFirst } from '../../../domain/item/applicants.ts';
import { materialCounts, situationOf } from '../../../domain/item/situation.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { ElsewhereLine } from '../elsewhere.tsx';
import { AnswersSaid } from '../finding/answers-said.tsx';
import { isAsked, useStart } from '../finding/use-start.ts';
import { materialsWords } from '../finding/materials-words.ts';
import { TakeHome } from '../finding/take-home.tsx';
import { materialsOf } from '../form-rules.ts';
import { notHereWords } from '../not-here-words.ts';
import { ItemBookingWay } from '../booking/booking-way.tsx';
import { Screen } from '../screen.tsx';
import { DEFAULT_SETTINGS } from '../settings.ts';
import type { TextKey } from '../text.ts';
import { TicketWay } from '../ticketing/ticket-way.tsx';
import { useCard } from '../use-items.ts';
import { useVisit } from '../visit.tsx';
import { GuideMaterials } from './guide-materials.tsx';
import { Basis, Conditions, Limits, Place, Questions, Reasons, Steps } from './guide-sections.tsx';
import './guide.css';

/** Sections in the order that a citizen asks: what do I bring, may I, how does it go, how long, what does it cost, by what right, where; the paper last. */
const SECTIONS = ['materials', 'conditions', 'steps', 'limits', 'place', 'basis', 'questions', 'print'] as const;
type Section = (typeof SECTIONS)[number];
const NAMES: Record<Section, TextKey> = {
  conditions: 'guide.conditions', materials: 'guide.materials', steps: 'guide.steps', limits: 'guide.limits', basis: 'guide.basis', questions: 'guide.questions', place: 'guide.place', print: 'guide.print',
};

/** The complete guide of an item, and the one way on: the questions that lead to the exact list, then the application. */
export function GuideScreen(): ReactNode {
  const { t, view, wish, busy, moment, day, terminal, settings } = useVisit();
  const [section, setSection] = useState<Section>('materials');
  const content = useRef<HTMLDivElement>(null);
  const start = useStart();
  const { item } = view;
  if (item === null) return null;
  const situation = situationOf(item, view.answers);
  const materials = materialsOf(view);
  const counts = situation.complete ? { least: materials.length, most: materials.length } : materialCounts(item);
  const toQuestions = () => drop(wish((core) => core.go({ step: 'situation', errand: 'apply' })));
  const show = (name: Section) => {
    setSection(name);
    content.current?.querySelector(`#guide-${name}`)?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  };
  const present = SECTIONS.filter((name) => name !== 'questions' || item.questions.length > 0);
  return (
    <Screen
      title={item.name}
      lead={item.summary}
      back={{ words: t('back.items'), onPress: () => drop(wish((core) => core.go({ step: 'items', errand: 'apply' }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={item.situations === undefined || situation.complete || (asksWayFirst(item) && isAsked(view)) ? start : toQuestions}>
          {t('guide.start')}
        </Button>
      }
      top={
        <>
          <div className="guide-pills">
            <StatusPill tone="info" icon="clock">{item.handling === 'on-the-spot' ? t('item.on-the-spot') : t('item.days', { days: item.promised.days })}</StatusPill>
            <StatusPill tone="info" icon="paper">{materialsWords(counts, t)}</StatusPill>
            <StatusPill tone={item.fee.charged ? 'warn' : 'good'} icon={item.fee.charged ? 'info' : 'done'}>{item.fee.charged ? t('guide.fee') : t('guide.free')}</StatusPill>
            <StatusPill tone="quiet" icon="place">{item.visits.count === 0 ? t('guide.no-visit') : t('guide.visits', { count: item.visits.count })}</StatusPill>
          </div>
          <nav className="guide-tabs" aria-label={t('guide.tabs')}>
            {present.map((name) => (
              <button key={name} type="button" className="guide-tab" aria-current={section === name} onClick={() => show(name)}>
                {t(NAMES[name])}
              </button>
            ))}
          </nav>
        </>
      }
    >
      <div className="guide" ref={content}>
        <NotHere code={item.code} />
        {settings.language === DEFAULT_SETTINGS.language ? null : <Notice tone="info" title={t('guide.language')}>{t('guide.language.words')}</Notice>}
        <Card id="guide-materials" icon="paper" title={t('guide.materials')}>
          {situation.complete ? <AnswersSaid answered={situation.answered} onChange={toQuestions} /> : null}
          <GuideMaterials item={item} materials={materials} />
        </Card>
        <Conditions item={item} />
        <Steps item={item} />
        <Limits item={item} />
        <Place item={item} />
        <BookAhead code={item.code} />
        <Basis item={item} />
        <Questions item={item} />
        <Reasons item={item} />
        <div className="guide-wrong">
          <Button tone="quiet" icon={<Icon name="alert" />} onPress={() => drop(wish((core) => core.talk.begin({ of: 'guide-error', about: { kind: 'item', code: item.code } })))}>
            {t('message.title.guide-error')}
          </Button>
        </div>
        <div id="guide-print" className="guide-print">
          <TakeHome papers={['materials-slip', 'guide']} />
        </div>
        <p className="guide-codes number">
          {t('guide.code')} {item.code}
          <br />
          {t('guide.version', { version: item.version })} · {t('guide.since', { day: day(item.effectiveFrom) })} · {terminal.lastContact === null ? t('line.never') : t('guide.as-of', { time: moment(terminal.lastContact) })}
        </p>
      </div>
    </Screen>
  );
}

/** The guide is there for everybody; whoever came to apply is told first that it cannot be done here, and where it can. */
function NotHere({ code }: { code: string }): ReactNode {
  const { word } = useVisit();
  const here = useCard(code)?.availability;
  if (here?.kind !== 'not-here') return null;
  return (
    <Notice tone="warn" title={notHereWords(here, word)}>
      <ElsewhereLine wish={{ kind: 'item', code }} />
      <TicketWay item={code} />
      <ItemBookingWay item={code} />
    </Notice>
  );
}

/** Whoever can do it here may book a counter all the same; where it cannot be done here, the notice on top says so. */
function BookAhead({ code }: { code: string }): ReactNode {
  return useCard(code)?.availability.kind === 'not-here' ? null : <ItemBookingWay item={code} />;
}
