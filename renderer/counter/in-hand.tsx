import type { ReactNode } from 'react';
import type { CounterTicket, CounterView } from '../../domain/contracts/site.ts';
import { nameOf } from './choose-window.tsx';
import { hintOf } from './keys.ts';
import { useHere, useNow } from './road.ts';
import { t, word } from './texts.ts';
import { clockWords, spanWords } from './words.ts';

/** The ticket in hand, large enough to be read from the next chair. @param at now by the machines' clock, milliseconds since 1970 @param blocked nobody can be called now */
export function InHand({ view, at, blocked }: { view: CounterView; at: () => number; blocked: boolean }): ReactNode {
  useNow(10_000);
  const { inHand } = view;
  return (
    <section className="hand" data-state={inHand?.state ?? 'none'} aria-label={t('hand.title')}>
      {inHand === null ? <Nobody view={view} blocked={blocked} /> : <Held ticket={inHand} now={at()} />}
    </section>
  );
}

function Nobody({ view, blocked }: { view: CounterView; blocked: boolean }): ReactNode {
  const hint = blocked ? '' : view.state === 'paused' ? t('hand.none.paused', { key: hintOf('resume') }) : view.next === null ? t('hand.none.nobody') : t('hand.none.next', { key: hintOf('next') });
  return (
    <>
      <p className="hand-code" data-none>—</p>
      <div className="hand-facts"><p className="hand-state">{t('hand.none')}</p><p className="faint">{hint}</p></div>
    </>
  );
}

function Held({ ticket, now }: { ticket: CounterTicket; now: number }): ReactNode {
  const { about } = useHere();
  const { code, state, since, priority, business, calls, notes, taken, way, case: prepared } = ticket;
  const serving = state === 'serving';
  return (
    <>
      <p className="hand-code number">{code}</p>
      <div className="hand-facts">
        <p className="hand-state">{t(serving ? 'hand.serving' : 'hand.called')}<span className="faint">{t(serving ? 'hand.since.serving' : 'hand.since.called', { span: spanWords(since, now) })}</span></p>
        <p><strong>{nameOf(about.businesses, business)}</strong> <span className="faint">{t('hand.taken.words', { time: clockWords(taken), way: word('way', way) })}</span></p>
        <p>{priority !== null && <span className="pill" data-priority>{t(`priority.${priority}`)}</span>}{calls > 1 && <span className="pill">{t('hand.calls', { count: calls })}</span>}</p>
      </div>
      <div className="hand-more">
        {prepared !== null && <p><strong>{t('hand.case')}</strong><code>{prepared}</code>{about.console !== null && <span className="faint">{t('hand.case.words', { key: hintOf('open-case') })}</span>}</p>}
        <div>
          <strong>{t('hand.notes')}</strong>
          {notes.length === 0 ? <span className="faint"> {t('hand.no-notes')}</span> : <ul className="hand-notes" tabIndex={0} aria-label={t('hand.notes')}>{notes.map((note, index) => <li key={`${index} ${note}`}>{note}</li>)}</ul>}
        </div>
      </div>
    </>
  );
}
