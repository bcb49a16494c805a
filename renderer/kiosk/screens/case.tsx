import { type ReactNode, useState } from 'react';
import type { CaseDetail } from '../../../domain/contracts/kiosk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ConfirmDialog } from '../dialogs.tsx';
import { Screen } from '../screen.tsx';
import { travelWords } from '../travel-words.ts';
import { useVisit } from '../visit.tsx';
import { canWithdraw, isClosed, StagePill } from './progress.tsx';
import './case.css';

/** One case: where it is, who has it, how long it may still take, what happened, and what the citizen can do now. */
export function CaseScreen(): ReactNode {
  const { t, view, wish, busy, moment, day, terminal } = useVisit();
  const [withdrawing, setWithdrawing] = useState(false);
  const { case: detail } = view;
  if (detail === null) return null;
  const { item } = view;
  const byReceipt = view.person === null;
  return (
    <Screen
      title={detail.itemName}
      lead={<span className="number">{detail.provisional ? t('case.number.provisional', { number: detail.number }) : t('case.number', { number: detail.number })}</span>}
      back={byReceipt ? { words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) } : { words: t('back.cases'), onPress: () => drop(wish((core) => core.go({ step: 'progress', errand: view.errand }))) }}
      {...(byReceipt
        ? {
            actions: (
              <Button size="main" tone="main" onPress={() => drop(wish((core) => core.go({ step: 'identify', errand: 'progress' })))}>
                {t('case.by-receipt.card')}
              </Button>
            ),
          }
        : {})}
      {...(detail.canSupplement || detail.canPrint || detail.canRate
        ? {
            actions: (
              <>
                {detail.canRate ? (
                  <Button size="main" tone={detail.canPrint || detail.canSupplement ? 'plain' : 'main'} icon={<Icon name="rate" />} onPress={() => drop(wish((core) => core.go({ step: 'rate', errand: view.errand })))}>
                    {t('case.rate')}
                  </Button>
                ) : null}
                {detail.canPrint ? (
                  <Button size="main" tone="main" busy={busy} icon={<Icon name="print" />} onPress={() => drop(wish((core) => core.printResult({ case: detail.id })))}>
                    {t('case.print')}
                  </Button>
                ) : null}
                {detail.canSupplement ? (
                  <Button size="main" tone="main" busy={busy} icon={<Icon name="supplement" />} onPress={() => drop(wish((core) => core.supplement({ case: detail.id })))}>
                    {t(detail.stage === 'correction-asked' ? 'case.supplement' : 'case.bring')}
                  </Button>
                ) : null}
              </>
            ),
          }
        : {})}
    >
      {byReceipt ? <Notice tone="info" title={t('case.by-receipt')}>{t('case.by-receipt.words')}</Notice> : null}
      <CaseHead detail={detail} />
      {detail.asks.length === 0 || !detail.canSupplement ? null : (
        <section className="case-asks">
          <h2>
            <Icon name="supplement" size={1.2} />
            {t(detail.stage === 'correction-asked' ? 'case.asks' : 'case.deferred')}
          </h2>
          <ol>
            {detail.asks.map((ask) => (
              <li key={`${ask.target} ${ask.key}`}>
                <span className="case-ask-kind">{t(`case.ask.${ask.target}`)}</span>
                <span>
                  {ask.target === 'material' ? <strong>{item?.materials.find((material) => material.key === ask.key)?.name ?? ''} </strong> : null}
                  {ask.words}
                </span>
              </li>
            ))}
          </ol>
          <p>{t(detail.stage === 'correction-asked' ? 'case.asks.words' : 'case.deferred.words')}</p>
        </section>
      )}
      {detail.reason === '' ? null : <Notice tone={detail.stage === 'refused' ? 'fault' : 'info'} title={t('case.reason')}>{detail.reason}</Notice>}
      {detail.certificate === null ? null : (
        <Card icon="paper" title={detail.certificate.title}>
          <Facts
            rows={[
              { label: t('case.certificate.number'), value: <span className="number">{detail.certificate.number}</span> },
              { label: t('case.certificate.holder'), value: detail.certificate.holder },
              { label: t('case.certificate.issuer'), value: detail.certificate.issuer },
              { label: t('case.certificate.day'), value: day(detail.certificate.issuedOn) },
            ]}
          />
        </Card>
      )}
      <Card icon="clock" title={t('case.history')}>
        <ol className="timeline">
          {detail.history.map((entry, index) => (
            <li key={`${entry.kind} ${entry.at}`} className={index === detail.history.length - 1 ? 'timeline-now' : ''}>
              <strong>{entry.words}</strong>
              <span className="number">{moment(entry.at)}</span>
            </li>
          ))}
        </ol>
      </Card>
      <p className="case-as-of">
        <Icon name={terminal.line === 'online' ? 'online' : 'offline'} size={1.1} />
        {detail.asOf === null ? t('case.as-of.never') : t('case.as-of', { time: moment(detail.asOf) })}
      </p>
      {!byReceipt && canWithdraw(detail.stage) ? (
        <div className="case-withdraw">
          <Button tone="stop" onPress={() => setWithdrawing(true)}>
            {t('case.withdraw')}
          </Button>
        </div>
      ) : null}
      {withdrawing ? (
        <ConfirmDialog
          title={t('case.withdraw.title')}
          words={t('case.withdraw.words')}
          yes={t('case.withdraw.yes')}
          no={t('case.withdraw.no')}
          busy={busy}
          onYes={() => drop(wish((core) => core.withdraw({ case: detail.id, reason: t('case.withdraw.reason') })).then(() => setWithdrawing(false)))}
          onNo={() => setWithdrawing(false)}
        />
      ) : null}
    </Screen>
  );
}

function CaseHead({ detail }: { detail: CaseDetail }): ReactNode {
  const { t, day, moment } = useVisit();
  return (
    <section className="case-head">
      <div>
        <span>{t('case.state')}</span>
        <StagePill of={detail} />
        {detail.stage === 'handed-in' || detail.stage === 'supplemented' ? <p>{travelWords(detail, { t, moment })}</p> : null}
      </div>
      <div>
        <span>{t('case.holder')}</span>
        <strong>{detail.holder !== '' ? detail.holder : t(isClosed(detail.stage) ? 'case.holder.done' : 'case.holder.none')}</strong>
      </div>
      <div>
        <span>{t('case.time')}</span>
        {detail.daysLeft === null || detail.promisedBy === null ? (
          <strong>{t(isClosed(detail.stage) ? 'case.time.done' : 'case.time.none')}</strong>
        ) : (
          <>
            <strong className="number">{t(detail.daysLeft < 0 ? 'case.time.over' : 'case.time.left', { days: Math.abs(detail.daysLeft) })}</strong>
            <p>{t('case.time.by', { day: day(detail.promisedBy) })}</p>
          </>
        )}
      </div>
    </section>
  );
}
