import { type ReactNode, useRef, useState } from 'react';
import type { Item } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { ElsewhereLine } from '../elsewhere.tsx';
import { notHereWords } from '../not-here-words.ts';
import { Screen } from '../screen.tsx';
import type { TextKey } from '../text.ts';
import { useItems } from '../use-items.ts';
import { useVisit } from '../visit.tsx';
import { GuideMaterials } from './guide-materials.tsx';
import './guide.css';

/** Sections in the order that a citizen asks: may I, what do I bring, how does it go, how long, what does it cost, by what right, where. */
const SECTIONS = ['conditions', 'materials', 'steps', 'limits', 'basis', 'questions', 'place'] as const;
type Section = (typeof SECTIONS)[number];
const NAMES: Record<Section, TextKey> = { conditions: 'guide.conditions', materials: 'guide.materials', steps: 'guide.steps', limits: 'guide.limits', basis: 'guide.basis', questions: 'guide.questions', place: 'guide.place' };

/** The complete guide of an item, and the one way on: start. */
export function GuideScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const [section, setSection] = useState<Section>('conditions');
  const content = useRef<HTMLDivElement>(null);
  const { item } = view;
  if (item === null) return null;
  const back = { words: t('back.items'), onPress: () => drop(wish((core) => core.go({ step: 'items', errand: 'apply' }))) };
  const start = () => drop(wish((core) => (view.person === null ? core.go({ step: 'identify', errand: 'apply' }) : core.begin())));
  const show = (name: Section) => {
    setSection(name);
    content.current?.querySelector(`#guide-${name}`)?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  };
  const present = SECTIONS.filter((name) => name !== 'questions' || item.questions.length > 0);
  return (
    <Screen
      title={item.name}
      lead={item.summary}
      back={back}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={start}>
          {t('guide.start')}
        </Button>
      }
      top={
        <>
          <div className="guide-pills">
            <StatusPill tone="info" icon="clock">{item.handling === 'on-the-spot' ? t('item.on-the-spot') : t('item.days', { days: item.promised.days })}</StatusPill>
            <StatusPill tone="info" icon="paper">{t('item.materials', { count: item.materials.length })}</StatusPill>
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
        <Conditions item={item} />
        <Card id="guide-materials" icon="paper" title={t('guide.materials')}>
          <GuideMaterials materials={item.materials} />
        </Card>
        <Steps item={item} />
        <Limits item={item} />
        <Basis item={item} />
        {item.questions.length === 0 ? null : (
          <Card id="guide-questions" icon="help" title={t('guide.questions')}>
            <dl className="guide-questions">
              {item.questions.map((one) => (
                <div key={one.question}>
                  <dt>{one.question}</dt>
                  <dd>{one.answer}</dd>
                </div>
              ))}
            </dl>
          </Card>
        )}
        <Card id="guide-place" icon="place" title={t('guide.place')}>
          <Facts
            rows={[
              { label: t('guide.office'), value: [item.body.name, ...item.body.jointOffices].join('、') },
              { label: t('guide.address'), value: `${item.place.name} ${item.place.address}` },
              { label: t('guide.hours'), value: item.place.hours },
              { label: t('guide.phone'), value: item.place.phone },
              { label: t('guide.complaints'), value: `${item.complaints.phone} ${item.complaints.place}` },
            ]}
          />
        </Card>
        <div className="guide-wrong">
          <Button tone="quiet" icon={<Icon name="alert" />} onPress={() => drop(wish((core) => core.talk.begin({ of: 'guide-error', about: { kind: 'item', code: item.code } })))}>
            {t('message.title.guide-error')}
          </Button>
        </div>
        <p className="guide-codes number">
          {t('guide.code')} {item.code} · {t('guide.version', { version: item.version })}
        </p>
      </div>
    </Screen>
  );
}

/** The guide is there for everybody; whoever came to apply is told first that it cannot be done here, and where it can. */
function NotHere({ code }: { code: string }): ReactNode {
  const { word } = useVisit();
  const here = useItems('').cards?.find((card) => card.code === code)?.availability;
  if (here?.kind !== 'not-here') return null;
  return (
    <Notice tone="warn" title={notHereWords(here, word)}>
      <ElsewhereLine wish={{ kind: 'item', code }} />
    </Notice>
  );
}

function Conditions({ item }: { item: Item }): ReactNode {
  const { t } = useVisit();
  return (
    <Card id="guide-conditions" icon="list" title={t('guide.conditions')}>
      <ul className="guide-conditions">
        {item.conditions.map((condition) => (
          <li key={condition}>
            <Icon name="check" size={1.1} />
            <span>{condition}</span>
          </li>
        ))}
      </ul>
      <Facts rows={[{ label: t('guide.audience'), value: item.audience.map((one) => t(`audience.${one}`)).join('、') }, { label: t('guide.result'), value: item.result.name }]} />
    </Card>
  );
}

function Steps({ item }: { item: Item }): ReactNode {
  const { t } = useVisit();
  return (
    <Card id="guide-steps" icon="send" title={t('guide.steps')}>
      <ol className="guide-steps">
        {item.steps.map((step, index) => (
          <li key={step.key}>
            <span className="guide-step-number" aria-hidden="true">{index + 1}</span>
            <div>
              <strong>{step.name}</strong>
              <p>
                {step.who}
                {step.days > 0 ? ` · ${t('guide.step-days', { days: step.days })}` : ''}
              </p>
              {step.note === '' ? null : <p>{step.note}</p>}
            </div>
          </li>
        ))}
      </ol>
      {item.visits.reason === '' ? null : <Notice tone="info">{item.visits.reason}</Notice>}
    </Card>
  );
}

function Limits({ item }: { item: Item }): ReactNode {
  const { t } = useVisit();
  const days = (limit: Item['statutory']) => (limit.days === 0 ? t('item.on-the-spot') : t(limit.unit === 'working' ? 'guide.working-days' : 'guide.natural-days', { days: limit.days }));
  return (
    <Card id="guide-limits" icon="clock" title={t('guide.limits')}>
      <div className="guide-limits">
        <p>
          <span>{t('guide.promised')}</span>
          <strong className="number">{days(item.promised)}</strong>
        </p>
        <p>
          <span>{t('guide.statutory')}</span>
          <strong className="number">{days(item.statutory)}</strong>
        </p>
      </div>
      {[item.promised.note, item.statutory.note].filter((note) => note !== '').map((note) => <p key={note}>{note}</p>)}
      <Facts
        rows={[
          { label: t('guide.fees'), value: item.fee.charged ? item.fee.rows.map((row) => `${row.name} ${row.standard}`).join('；') : t('guide.free') },
          ...(item.fee.basis === '' ? [] : [{ label: t('guide.fee-basis'), value: item.fee.basis }]),
          ...(item.specialProcedures.length === 0 ? [] : [{ label: t('guide.special'), value: item.specialProcedures.join('、') }]),
        ]}
      />
    </Card>
  );
}

function Basis({ item }: { item: Item }): ReactNode {
  const { t } = useVisit();
  return (
    <Card id="guide-basis" icon="hall" title={t('guide.basis')}>
      <ul className="guide-basis">
        {item.legalBasis.map((basis) => (
          <li key={`${basis.law}${basis.article}`}>
            <strong>
              《{basis.law.replace(/^《|》$/g, '')}》{basis.article}
            </strong>
            <p>{basis.text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
