import { type ReactNode, useState } from 'react';
import type { AppointmentRow } from '../../../domain/contracts/appointments.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { EmptyTray } from '../../ui/illustrations/quiet-scenes.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { ConfirmDialog } from '../dialogs.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { NumberNow } from './booking-way.tsx';
import { BookingTime } from './booking-time.tsx';
import { slotWords } from './booking-words.ts';
import { BookingWait } from './free-state.tsx';
import '../screens/progress.css';
import '../finding/situation.css';
import './booking.css';

/** How many of the past are shown: enough to see what counted. */
const MOST_BEFORE = 5;

/** 我的预约: what whoever showed the card has booked, how each stands, and how many were missed. */
export function MyBookingsScreen(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const { booking } = view;
  if (booking === null) return null;
  const { mine, doing, trouble } = booking;
  return (
    <Screen
      title={t('my-bookings.title')}
      lead={view.person === null || mine?.kind !== 'known' || mine.rows.length === 0 ? undefined : t('my-bookings.lead', { name: view.person.name })}
      back={{ words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="calendar" />} onPress={() => drop(wish((core) => core.booking.begin({ item: null })))}>
          {t('my-bookings.another')}
        </Button>
      }
    >
      <div className="situation">
        {doing === 'cancelling' ? <Notice tone="info" live title={t('my-bookings.cancelling')} /> : null}
        {trouble === null ? null : <Notice tone="warn" live title={t(`cancel-trouble.${trouble.kind}`)}>{t(`cancel-trouble.${trouble.kind}.words`, { phone: terminal.phone })}</Notice>}
        {mine === null || mine.kind === 'asking' ? (
          <BookingWait words={t('my-bookings.asking')} />
        ) : mine.kind === 'no-line' ? (
          <Notice
            tone="warn"
            live
            title={t('my-bookings.no-line')}
            actions={
              <Button size="main" busy={busy} icon={<Icon name="retry" />} onPress={() => drop(wish((core) => core.booking.mine()))}>
                {t('booking.again')}
              </Button>
            }
          >
            {t('my-bookings.no-line.words', { phone: terminal.phone })}
          </Notice>
        ) : (
          <Known rows={mine.rows} standing={mine.standing} />
        )}
      </div>
    </Screen>
  );
}

function Known({ rows, standing: { missed, limitedUntil } }: Pick<Extract<NonNullable<NonNullable<ReturnType<typeof useVisit>['view']['booking']>['mine']>, { kind: 'known' }>, 'rows' | 'standing'>): ReactNode {
  const { t, view, terminal, day } = useVisit();
  const rules = view.booking?.rules ?? null;
  const coming = rows.filter(({ state }) => state === 'booked').toReversed();
  const before = rows.filter(({ state }) => state !== 'booked').slice(0, MOST_BEFORE);
  return (
    <>
      {limitedUntil !== null ? (
        <Notice tone="warn" title={t('my-bookings.limited', { day: day(limitedUntil) })} actions={<NumberNow />}>{t('my-bookings.limited.words')}</Notice>
      ) : missed === 0 || rules === null || rules.rest === 0 ? null : (
        <Notice tone="info" title={t('my-bookings.missed', { missed })}>{t('my-bookings.missed.words', { times: rules.noShows, rest: rules.rest })}</Notice>
      )}
      {coming.length === 0 ? (
        <div className="nothing">
          <EmptyTray />
          <h2>{t('my-bookings.none')}</h2>
          <p>{t('my-bookings.none.words', { phone: terminal.phone })}</p>
        </div>
      ) : (
        <>
          <Rows rows={coming} />
          <p className="booking-note">{t('my-bookings.phone', { phone: terminal.phone })}</p>
        </>
      )}
      {before.length === 0 ? null : (
        <section className="case-rest">
          <h2>{t('my-bookings.before')}</h2>
          <Rows rows={before} />
        </section>
      )}
    </>
  );
}

const STATES: Record<AppointmentRow['state'], { tone: 'quiet' | 'info' | 'good' | 'warn'; icon: IconName }> = {
  booked: { tone: 'good', icon: 'done' }, kept: { tone: 'quiet', icon: 'received' }, 'no-show': { tone: 'warn', icon: 'warning' }, cancelled: { tone: 'quiet', icon: 'failed' }, unsettled: { tone: 'quiet', icon: 'help' },
};

function Rows({ rows }: { rows: readonly AppointmentRow[] }): ReactNode {
  const visit = useVisit();
  const { t, view, wish, busy } = visit;
  const [leaving, setLeaving] = useState<AppointmentRow | null>(null);
  const cancel = (row: AppointmentRow) => drop(wish((core) => core.booking.cancel({ appointment: row.id })).then(() => setLeaving(null)));
  return (
    <>
      <ul className="case-list">
        {rows.map((row) => (
          <li key={row.id} className="booking-row">
            <span className="case-card-words">
              <span className="case-card-head">
                <StatusPill tone={STATES[row.state].tone} icon={STATES[row.state].icon}>{t(`appointment.${row.state}`)}</StatusPill>
              </span>
              <span className="case-card-name">{row.name}</span>
              <span className="booking-when"><BookingTime of={row} /></span>
              <span className="case-card-facts">{row.site} · <span className="number" data-say={[...row.number].join(' ')}>{row.number}</span></span>
              {row.state === 'booked' && !row.mayChange ? <span className="case-card-facts">{t('my-bookings.too-late')}</span> : null}
            </span>
            {row.state === 'booked' && row.mayChange ? (
              <Button busy={busy || view.booking?.doing === 'cancelling'} icon={<Icon name="remove" />} onPress={() => setLeaving(row)}>
                {t('my-bookings.cancel')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {leaving === null ? null : (
        <ConfirmDialog title={t('cancel-booking.title')} words={t('cancel-booking.words', { name: leaving.name, time: slotWords(leaving, visit) })} yes={t('cancel-booking.yes')} no={t('cancel-booking.no')} busy={busy} onYes={() => cancel(leaving)} onNo={() => setLeaving(null)} />
      )}
    </>
  );
}
