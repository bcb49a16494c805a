/** A ticket by its number: typed, or chosen among those that the counter shows. */
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useId, useState } from 'react';
import type { CounterTicket, CounterView } from '../../../domain/contracts/site.ts';
import { drop } from '../../../domain/result.ts';
import type { Act } from '../act.tsx';
import { callWishes, known, leavingWish, meant, priorityWish, returningWish } from '../deeds.ts';
import { useHere, useNow } from '../road.ts';
import { t } from '../texts.ts';
import { nameOf } from '../choose-window.tsx';
import { spanWords } from '../words.ts';
import { Buttons, Dialog } from './dialog.tsx';
import { type ChosenPriority, priorityOf, PriorityRadios } from './fields.tsx';

export type Picks = 'call' | 'return' | 'leave' | 'priority';

/** @param view as it stands: a ticket that is gone from it can no longer be chosen */
export function PickDialog({ picks, act, view, onClose }: { picks: Picks; act: Act; view: CounterView; onClose: () => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const all = candidates(picks, view);
  /** By its id: while the lists change, a choice never becomes another. */
  const [choice, setChoice] = useState(all[0]?.ticket ?? null);
  const [which, setWhich] = useState<ChosenPriority>('elderly');
  const [reason, setReason] = useState('');
  const found = meant(all, typed);
  const chosen = found.find(({ ticket }) => ticket === choice);

  const go = async () => {
    if (chosen === undefined) return act.say({ tone: 'bad', words: found.length === 0 ? t('pick.none', { typed }) : t('pick.gone') });
    if (picks === 'priority' && reason.trim() === '') return act.say({ tone: 'bad', words: t('priority.no-reason') });
    const wishes = picks === 'call' ? callWishes(view.window, chosen) : picks === 'return' ? [returningWish(chosen)] : picks === 'leave' ? [leavingWish(chosen)] : [priorityWish(chosen, priorityOf(which), reason.trim())];
    const end = await act.go(picks, wishes, () => t(`done.${picks}`, { code: chosen.code }));
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy) drop(go());
  };
  return (
    <Dialog title={t(`${picks}.title`)} act={act} wide onClose={onClose}>
      <form onSubmit={submit}>
        <TicketList tickets={found} chosen={chosen} typed={typed} view={view} onType={(next) => {
          setTyped(next);
          setChoice(meant(all, next)[0]?.ticket ?? null);
        }} onChoose={setChoice} />
        {picks === 'priority' && (
          <>
            <PriorityRadios legend={t('priority.which')} order="none-last" value={which} onChange={setWhich} />
            <label className="field">{t('priority.reason')}<input value={reason} maxLength={200} autoComplete="off" onChange={(event) => setReason(event.target.value)} /></label>
          </>
        )}
        {picks === 'leave' && <p className="faint">{t('leave.words')}</p>}
        <Buttons submit={t(`${picks}.submit`)} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** Whom a command may be about, the likeliest first. */
function candidates(picks: Picks, view: CounterView): CounterTicket[] {
  const inHand = view.inHand === null ? [] : [view.inHand];
  switch (picks) {
    case 'call':
      return known(view);
    case 'return':
      return view.aside;
    case 'leave':
      return [...inHand.filter(({ state }) => state === 'called'), ...known(view)];
    case 'priority':
      return [...inHand, ...known(view)];
  }
}

function TicketList({ tickets, chosen, typed, view, onType, onChoose }: { tickets: readonly CounterTicket[]; chosen: CounterTicket | undefined; typed: string; view: CounterView; onType: (typed: string) => void; onChoose: (ticket: CounterTicket['ticket']) => void }): ReactNode {
  const id = useId();
  const now = useNow(10_000);
  const { about } = useHere();
  const place = chosen === undefined ? -1 : tickets.indexOf(chosen);
  const onKey = (event: KeyboardEvent) => {
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    if (step === 0 || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const next = tickets[Math.max(0, Math.min(tickets.length - 1, place + step))];
    if (next !== undefined) onChoose(next.ticket);
  };
  return (
    <>
      <label className="field">{t('pick.number')}
        <input
          data-first value={typed} maxLength={8} autoComplete="off" spellCheck={false} role="combobox" aria-expanded={tickets.length > 0} aria-controls={id} aria-autocomplete="list"
          {...(place < 0 ? {} : { 'aria-activedescendant': `${id}-${place}` })}
          onChange={(event) => onType(event.target.value)} onKeyDown={onKey}
        />
      </label>
      {tickets.length === 0 && <p className="pick-none">{t('pick.none', { typed })}</p>}
      <ul id={id} className="pick" role="listbox" aria-label={t('pick.list')}>
        {tickets.map((ticket, index) => (
          <li key={ticket.ticket} id={`${id}-${index}`} role="option" aria-selected={ticket === chosen} onClick={() => onChoose(ticket.ticket)} ref={(element) => (ticket === chosen ? element?.scrollIntoView({ block: 'nearest' }) : undefined)}>
            <strong className="number">{ticket.code}</strong>
            <span className="pick-what">{ticket.ticket === view.inHand?.ticket ? t('pick.hand') : whereWords(ticket)}</span>
            <span className="faint">{nameOf(about.businesses, ticket.business)}</span>
            <span className="faint">{spanWords(ticket.state === 'waiting' ? ticket.taken : ticket.since, now)}</span>
          </li>
        ))}
      </ul>
      <p className="faint">{t('dialog.choose')}</p>
    </>
  );
}

/** Where a ticket waits. */
export function whereWords({ state, why, priority }: CounterTicket): string {
  if (state === 'missed') return t('aside.missed');
  if (state === 'suspended') return why === null ? '' : t(`suspend.${why}`);
  return priority === null ? '' : t(`priority.${priority}`);
}
