import type { ReactNode } from 'react';
import type { CaseSummary } from '../../../domain/contracts/kiosk.ts';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { EmptyTray } from '../../ui/illustrations/quiet-scenes.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { MessageList } from './message-list.tsx';
import './progress.css';

/** The citizen's cases; on an errand to print or to rate, those that can be printed or rated come first. */
export function ProgressScreen(): ReactNode {
  const { t, view, terminal, wish } = useVisit();
  const wanted = (one: CaseSummary) => (view.errand === 'print' ? one.canPrint : view.errand === 'rate' ? one.canRate : true);
  const first = view.cases.filter(wanted);
  const rest = view.cases.filter((one) => !wanted(one));
  const errand = view.errand === 'print' || view.errand === 'rate' ? view.errand : 'progress';
  return (
    <Screen title={t(`progress.title.${errand}`)} lead={view.person === null ? undefined : t('progress.lead', { name: view.person.name })} back={{ words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) }}>
      {terminal.line !== 'online' ? <Notice tone="warn" title={t('progress.offline')}>{t('progress.offline.words')}</Notice> : null}
      {view.cases.length === 0 && view.talk.mine.length > 0 ? null : view.cases.length === 0 ? (
        <div className="nothing">
          <EmptyTray />
          <h2>{t('progress.none')}</h2>
          <p>{t('progress.none.words', { phone: terminal.phone })}</p>
          <Button size="main" tone="main" icon={<Icon name="apply" />} onPress={() => drop(wish((core) => core.go({ step: 'items', errand: 'apply' })))}>
            {t('progress.apply')}
          </Button>
        </div>
      ) : (
        <>
          {first.length === 0 ? <Notice tone="info" title={t(errand === 'print' ? 'progress.none.print' : 'progress.none.rate')} /> : <CaseList cases={first} />}
          {rest.length === 0 ? null : (
            <section className="case-rest">
              <h2>{t('progress.others')}</h2>
              <CaseList cases={rest} />
            </section>
          )}
        </>
      )}
      {view.talk.mine.length === 0 || errand !== 'progress' ? null : (
        <section className="case-rest">
          <h2>{t('progress.messages')}</h2>
          <MessageList messages={view.talk.mine} />
        </section>
      )}
    </Screen>
  );
}

function CaseList({ cases }: { cases: readonly CaseSummary[] }): ReactNode {
  const { t, wish, moment } = useVisit();
  return (
    <ul className="case-list">
      {cases.map((one) => (
        <li key={one.id}>
          <button type="button" className="case-card" onClick={() => drop(wish((core) => core.openCase({ case: one.id })))}>
            <span className="case-card-words">
              <span className="case-card-head">
                <StagePill of={one} />
                {one.canPrint ? <StatusPill tone="good" icon="print">{t('case.can-print')}</StatusPill> : null}
              </span>
              <span className="case-card-name">{one.itemName}</span>
              <span className="case-card-number number">
                {one.number}
                {one.provisional ? `（${t('case.provisional')}）` : ''}
              </span>
              <span className="case-card-facts">
                {t('case.handed-in-at', { time: moment(one.handedInAt) })}
                {one.holder === '' ? '' : ` · ${one.holder}`}
              </span>
            </span>
            {one.daysLeft === null ? null : (
              <span className={`case-card-days${one.daysLeft <= 1 ? ' case-card-days-short' : ''}`}>
                {one.daysLeft < 0 ? null : <span>{t('case.days-before')}</span>}
                <strong className="number">{Math.abs(one.daysLeft)}</strong>
                <span>{t(one.daysLeft < 0 ? 'case.days-over' : 'case.days-left')}</span>
              </span>
            )}
            <Icon name="next" size={1.6} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const STAGES: Record<CaseSummary['stage'], { tone: 'quiet' | 'info' | 'good' | 'warn' | 'fault'; icon: IconName }> = {
  'handed-in': { tone: 'info', icon: 'send' },
  'correction-asked': { tone: 'warn', icon: 'supplement' },
  supplemented: { tone: 'info', icon: 'send' },
  accepted: { tone: 'info', icon: 'received' },
  decided: { tone: 'good', icon: 'check' },
  finished: { tone: 'good', icon: 'done' },
  refused: { tone: 'fault', icon: 'failed' },
  withdrawn: { tone: 'quiet', icon: 'failed' },
};

/** Where a case stands, in the words of the law. What the hall does not have yet stands nowhere there, and says so. */
export function StagePill({ of: { stage, travel } }: { of: Pick<CaseSummary, 'stage' | 'travel'> }): ReactNode {
  const { t } = useVisit();
  if (travel === 'waiting-to-travel' && (stage === 'handed-in' || stage === 'supplemented')) {
    return (
      <StatusPill tone="warn" icon="offline">
        {t('stage.waiting')}
      </StatusPill>
    );
  }
  const look = STAGES[stage];
  return (
    <StatusPill tone={look.tone} icon={look.icon}>
      {t(`stage.${stage}`)}
    </StatusPill>
  );
}

/** Whether the citizen may still take the application back: until it is decided. */
export function canWithdraw(stage: CaseSummary['stage']): boolean {
  switch (stage) {
    case 'handed-in':
    case 'correction-asked':
    case 'supplemented':
    case 'accepted':
      return true;
    case 'decided':
    case 'finished':
    case 'refused':
    case 'withdrawn':
      return false;
    default:
      return never(stage);
  }
}

/** Nobody works on it and no time runs any more. */
export function isClosed(stage: CaseSummary['stage']): boolean {
  return stage === 'finished' || stage === 'refused' || stage === 'withdrawn';
}
