import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CaretakerAnswer, CaretakerView, StickView } from '../../../domain/contracts/caretaker.ts';
import type { TerminalView } from '../../../domain/contracts/kiosk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import type { KioskClient } from '../core.ts';
import type { Speech } from '../text.ts';
import { Outcome } from './outcome.tsx';
import { Devices } from './devices.tsx';
import { Papers } from './papers.tsx';
import { sizeWords } from './size.ts';
import '../screen.css';
import './caretaker.css';

/** The screen says that it will close when so little is left. */
const CLOSING_SECONDS = 30;

type OpenView = Extract<CaretakerView, { kind: 'open' }>;

/** What waits for the caretaker comes first. */
function firstDesk(view: OpenView): 'papers' | 'devices' | 'sticks' {
  if (view.exchanges.length > 0) return 'devices';
  return view.bySticks && view.papers.unknown.length === 0 ? 'sticks' : 'papers';
}

/** What the machine's caretaker does at it: papers and numbered blanks, devices and their self-test, and cases by stick. */
export function CaretakerScreen({ view, devices, client, speech }: { view: OpenView; devices: TerminalView['devices']; client: KioskClient; speech: Speech }): ReactNode {
  const { t } = speech;
  const heading = useRef<HTMLHeadingElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [cardTaken, setCardTaken] = useState(false);
  const [chosen, setChosen] = useState<'papers' | 'devices' | 'sticks'>(firstDesk(view));
  const desk = chosen === 'sticks' && !view.bySticks ? 'papers' : chosen;
  useEffect(() => heading.current?.focus(), []);

  async function wish(call: Promise<CaretakerAnswer>): Promise<boolean> {
    setRefusal(null);
    setCardTaken(false);
    try {
      const answer = await call;
      if (!answer.ok && answer.error.kind !== 'no-caretaker') setRefusal(speech.word('caretaker.refusal.', answer.error.kind, 'caretaker.refusal.other'));
      return answer.ok;
    } catch {
      // Core went away: the waiting screen says so.
      return false;
    }
  }
  const busy = view.deed !== null;
  const interrupted = view.exchanges.filter((exchange) => exchange.interrupted);
  const at = { papers: view.papers, client, speech, wish };

  return (
    <div className="screen caretaker">
      <header className="screen-head">
        <h1 ref={heading} tabIndex={-1}>
          {t('caretaker.title')}
        </h1>
        <p className="screen-lead">{t(`caretaker.lead.${desk}`)}</p>
        <div className="caretaker-tabs" role="tablist" aria-label={t('caretaker.title')}>
          <Tab icon="print" isOn={desk === 'papers'} count={view.papers.unknown.length} onPress={() => setChosen('papers')}>
            {t('caretaker.papers')}
          </Tab>
          <Tab icon="check" isOn={desk === 'devices'} count={view.exchanges.length} onPress={() => setChosen('devices')}>
            {t('caretaker.devices')}
          </Tab>
          {view.bySticks ? (
            <Tab icon="stick" isOn={desk === 'sticks'} count={0} onPress={() => setChosen('sticks')}>
              {t('caretaker.by-stick')}
            </Tab>
          ) : null}
        </div>
      </header>
      <div className="screen-body">
        <ScrollArea label={t('caretaker.title')} up={t('scroll.up')} down={t('scroll.down')}>
          <div className="caretaker-notices">
            {view.outdated === null ? null : (
              <Notice tone="fault" title={t('caretaker.outdated')}>
                <p>{t('caretaker.outdated.words')}</p>
                <p>{t('caretaker.outdated.tell', view.outdated)}</p>
              </Notice>
            )}
            {view.room === 'enough' ? null : (
              <Notice tone={view.room === 'full' ? 'fault' : 'warn'} title={t(`caretaker.room.${view.room}`)}>
                <p>{t('caretaker.room.words')}</p>
              </Notice>
            )}
            {desk !== 'devices' && interrupted.length > 0 ? (
              <Notice tone="fault" title={t('caretaker.exchange.unfinished')} actions={<Button onPress={() => setChosen('devices')}>{t('caretaker.devices')}</Button>} />
            ) : null}
            {refusal === null ? null : <Notice tone="fault" live title={refusal} />}
          </div>
          {desk === 'papers' ? <Papers {...at} exchange={view.exchanges.find(({ device }) => device === 'document-printer') ?? null} /> : desk === 'devices' ? <Devices {...at} devices={devices} exchanges={view.exchanges} selfTest={view.selfTest} /> : (
          <div className="caretaker-content">
            <div className="caretaker-column">
              {cardTaken && view.outcome === null && !busy ? <Notice tone="good" live title={t('caretaker.card.taken')} /> : null}
              {view.deed === null ? null : <Doing deed={view.deed} speech={speech} />}
              {view.outcome === null ? null : (
                <Outcome outcome={view.outcome} speech={speech} onSame={(fingerprint) => drop(wish(client.caretaker.takeCard({ fingerprint })).then(setCardTaken))} />
              )}
              {view.enrolled || view.outcome !== null || cardTaken ? null : (
                <Notice tone="warn" title={t('caretaker.not-enrolled')}>
                  <p>{t('caretaker.not-enrolled.words')}</p>
                </Notice>
              )}
              <Waiting view={view} speech={speech} />
            </div>
            <Card title={t('caretaker.sticks')} icon="stick">
              {view.sticks.length === 0 ? (
                <div className="caretaker-no-stick">
                  <Icon name="stick" size={3} />
                  <strong>{t('caretaker.sticks.none')}</strong>
                  <p>{t('caretaker.sticks.none.words')}</p>
                </div>
              ) : (
                <ul className="caretaker-sticks">
                  {view.sticks.map((stick) => (
                    <li key={stick.stick}>
                      <Stick stick={stick} busy={busy} speech={speech} onPut={() => drop(wish(client.caretaker.put({ stick: stick.stick })))} onTake={() => drop(wish(client.caretaker.take({ stick: stick.stick })))} />
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </div>
          )}
        </ScrollArea>
      </div>
      <div className="screen-actions">
        <Button size="main" icon={<Icon name="leave" />} onPress={() => drop(wish(client.caretaker.leave()))}>
          {t('caretaker.leave')}
        </Button>
        <p className="caretaker-closing">{!busy && view.secondsLeft <= CLOSING_SECONDS ? t('caretaker.closing', { seconds: view.secondsLeft }) : null}</p>
      </div>
    </div>
  );
}

function Tab(props: { icon: IconName; isOn: boolean; count: number; onPress(): void; children: ReactNode }): ReactNode {
  return (
    <button type="button" role="tab" className="caretaker-tab" aria-selected={props.isOn} onClick={props.onPress}>
      <Icon name={props.icon} />
      {props.children}
      {props.count === 0 ? null : <span className="caretaker-tab-count number">{props.count}</span>}
    </button>
  );
}

function Waiting({ view, speech }: { view: OpenView; speech: Speech }): ReactNode {
  const { t } = speech;
  const { cases, pages, bytes, actions } = view.waiting;
  return (
    <Card title={t('caretaker.waiting')} icon="wait">
      {actions + pages === 0 ? (
        <p className="caretaker-none">
          <Icon name="received" />
          {t('caretaker.waiting.none')}
        </p>
      ) : (
        <dl className="caretaker-figures">
          <Figure label={t('caretaker.waiting.cases')} value={t('caretaker.count.cases', { count: cases })} />
          <Figure label={t('caretaker.waiting.pages')} value={t('caretaker.count.pages', { count: pages })} />
          <Figure label={t('caretaker.waiting.size')} value={sizeWords(bytes)} />
        </dl>
      )}
    </Card>
  );
}

function Figure({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="number">{value}</dd>
    </div>
  );
}

function Stick(props: { stick: StickView; busy: boolean; speech: Speech; onPut(): void; onTake(): void }): ReactNode {
  const { t } = props.speech;
  const { stick, free, parcels } = props.stick;
  return (
    <div className="caretaker-stick">
      <span className="caretaker-stick-words">
        <strong>{stick}</strong>
        <span>{t('caretaker.stick.free', { size: sizeWords(free) })}</span>
        {parcels === 0 ? null : <span>{t('caretaker.stick.parcels', { count: parcels })}</span>}
      </span>
      <span className="caretaker-stick-deeds">
        <Button size="main" tone="main" icon={<Icon name="put" />} isDisabled={props.busy} onPress={props.onPut}>
          {t('caretaker.put')}
        </Button>
        <Button size="main" icon={<Icon name="take" />} isDisabled={props.busy} onPress={props.onTake}>
          {t('caretaker.take')}
        </Button>
      </span>
    </div>
  );
}

function Doing({ deed, speech }: { deed: NonNullable<OpenView['deed']>; speech: Speech }): ReactNode {
  const { t } = speech;
  const words = t(`caretaker.doing.${deed.kind}`, { stick: deed.stick });
  return (
    <section className="caretaker-doing" role="status">
      <strong>{words}</strong>
      <progress aria-label={words} {...(deed.total === 0 ? {} : { value: deed.done, max: deed.total })} />
      <p>
        <span>{t('caretaker.doing.words')}</span>
        {deed.total === 0 ? null : <span className="number">{t('caretaker.doing.of', { done: sizeWords(deed.done), total: sizeWords(deed.total) })}</span>}
      </p>
    </section>
  );
}
