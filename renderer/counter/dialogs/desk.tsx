/** Dialogs that are about no ticket in hand: a ticket for somebody, somebody without one, the window itself. */
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { CounterView } from '../../../domain/contracts/site.ts';
import { drop } from '../../../domain/result.ts';
import type { Act } from '../act.tsx';
import { closingWish, pausingWish, servedWish, takingWish } from '../deeds.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';
import { wholeNumber } from '../words.ts';
import { Buttons, Choices, Dialog } from './dialog.tsx';
import { businessesFrom, BusinessRadios, type ChosenPriority, priorityOf, PriorityRadios } from './fields.tsx';

type Desk = { act: Act; view: CounterView; onClose: () => void };

/** A number for somebody who stands there. It is told large, for there may be no paper to print it on. */
export function TakeDialog({ act, view, onClose }: Desk): ReactNode {
  const { about } = useHere();
  const own = view.lines.map((line) => line.business);
  const [business, setBusiness] = useState(businessesFrom(about, own)[0]?.key ?? '');
  const [priority, setPriority] = useState<ChosenPriority>('none');
  const [code, setCode] = useState<string | null>(null);
  const take = async () => {
    const end = await act.go('take', [takingWish(business, priorityOf(priority))]);
    if (end?.kind === 'granted') setCode(end.granted.code);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (code !== null) onClose();
    else if (!act.busy) drop(take());
  };
  if (code !== null) {
    return (
      <Dialog key="taken" title={t('take.done')} act={null} onClose={onClose}>
        <p className="taken number">{code}</p>
        <div className="dialog-buttons"><button type="button" className="button" data-kind="main" data-first onClick={onClose}>{t('dialog.close')}<kbd>Enter</kbd></button></div>
      </Dialog>
    );
  }
  return (
    <Dialog key="taking" title={t('take.title')} act={act} wide onClose={onClose}>
      <form onSubmit={submit}>
        <BusinessRadios legend={t('take.business')} own={own} value={business} onChange={setBusiness} />
        <PriorityRadios legend={t('take.priority')} order="none-first" value={priority} onChange={setPriority} />
        <Buttons submit={t('take.submit')} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

export function ServeDialog({ act, view, onClose }: Desk): ReactNode {
  const { about } = useHere();
  const own = view.lines.map((line) => line.business);
  const [business, setBusiness] = useState(businessesFrom(about, own)[0]?.key ?? '');
  const [minutes, setMinutes] = useState('5');
  const serve = async () => {
    const spent = wholeNumber(minutes, 0, 600);
    if (spent === null) return act.say({ tone: 'bad', words: t('serve.wrong') });
    const end = await act.go('serve', [servedWish(view.window, business, spent)]);
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy) drop(serve());
  };
  return (
    <Dialog title={t('serve.title')} act={act} wide onClose={onClose}>
      <form onSubmit={submit}>
        <BusinessRadios legend={t('serve.business')} own={own} value={business} onChange={setBusiness} />
        <label className="field">{t('serve.minutes')}<input value={minutes} inputMode="numeric" maxLength={3} autoComplete="off" onChange={(event) => setMinutes(event.target.value)} /></label>
        <Buttons submit={t('serve.submit')} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

const PAUSES = ['1', '2', '3', '4'] as const;

export function PauseDialog({ act, view, onClose }: Desk): ReactNode {
  const [other, setOther] = useState('');
  const pause = async (why: string) => {
    const end = await act.go('pause', [pausingWish(view.window, why)]);
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy && other.trim() !== '') drop(pause(other.trim()));
  };
  return (
    <Dialog title={t('pause.title')} act={act} onClose={onClose}>
      <Choices choices={PAUSES.map((key) => ({ key, words: t(`pause.${key}`) }))} busy={act.busy} onChoose={(key) => drop(pause(t(`pause.${key}`)))} />
      <form onSubmit={submit} className="beside">
        <label className="field">{t('pause.other')}<input value={other} maxLength={60} autoComplete="off" onChange={(event) => setOther(event.target.value)} /></label>
        <button type="submit" className="button" aria-disabled={act.busy || other.trim() === ''}>{t('pause.other.button')}<kbd>Enter</kbd></button>
      </form>
    </Dialog>
  );
}

export function CloseDialog({ act, view, onClose }: Desk): ReactNode {
  const waiting = view.lines.reduce((sum, line) => sum + line.waiting, 0);
  const close = async () => {
    const end = await act.go('close', [closingWish(view.window)]);
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy) drop(close());
  };
  return (
    <Dialog title={t('close.title', { window: view.window })} act={act} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{waiting === 0 ? t('close.none') : t('close.words', { count: waiting })}</p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => !act.busy && onClose()}>{t('dialog.cancel')}<kbd>Esc</kbd></button>
          <button type="submit" className="button" data-kind="main" data-first aria-disabled={act.busy}>{t('close.submit')}<kbd>Enter</kbd></button>
        </div>
      </form>
    </Dialog>
  );
}
