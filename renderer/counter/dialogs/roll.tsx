/** Enters a roll that was torn off while the machines were dead, and says of each number what became of it. */
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { ticketCode } from '../../../domain/queue/numbers.ts';
import type { Act } from '../act.tsx';
import { useHere } from '../road.ts';
import { enterRoll, type RollStand } from '../roll.ts';
import { t } from '../texts.ts';
import { clockWords, endWords, instantOfToday, refusalWords, wholeNumber } from '../words.ts';
import { Buttons, Dialog } from './dialog.tsx';
import { businessesFrom, BusinessRadios } from './fields.tsx';

/** @param at now, by the machines' clock, milliseconds since 1970 @param own businesses that stand first */
export function RollDialog({ act, at, own, onClose }: { act: Act; at: () => number; own: readonly string[]; onClose: () => void }): ReactNode {
  const { road, about, leave } = useHere();
  const [business, setBusiness] = useState(businessesFrom(about, own)[0]?.key ?? '');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [time, setTime] = useState(() => clockWords(new Date(at()).toISOString()));
  const [fault, setFault] = useState('');
  const [stand, setStand] = useState<RollStand | null>(null);
  const stopped = useRef(false);
  const codeOf = (number: number) => ticketCode(about.businesses.find(({ key }) => key === business)?.prefix ?? '', number);

  const enter = async () => {
    const [from, to] = [wholeNumber(typedNumber(first), 1, 999), wholeNumber(typedNumber(last), 1, 999)];
    if (from === null || to === null || to < from) return setFault(t('roll.wrong'));
    const takenAt = instantOfToday(time, at());
    if (takenAt === null) return setFault(t('roll.wrong-time'));
    setFault('');
    stopped.current = false;
    const over = await enterRoll({ business, first: from, last: to, takenAt }, road.wishes, () => stopped.current, setStand);
    if (over.end === 'signed-out') leave(t('sign-in.expired'));
  };
  const running = stand?.running === true;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!running && !act.busy) drop(enter());
  };
  const close = () => {
    // Esc stops what runs first: what was entered stays entered.
    if (running) stopped.current = true;
    else onClose();
  };
  return (
    <Dialog title={t('roll.title')} act={act} wide onClose={close}>
      {stand === null ? (
        <form onSubmit={submit}>
          <p className="faint">{t('roll.words')}</p>
          <BusinessRadios legend={t('roll.business')} own={own} value={business} onChange={setBusiness} />
          <div className="beside">
            <label className="field">{t('roll.first')}<input value={first} inputMode="numeric" maxLength={5} autoComplete="off" onChange={(event) => setFirst(event.target.value)} /></label>
            <label className="field">{t('roll.last')}<input value={last} inputMode="numeric" maxLength={5} autoComplete="off" onChange={(event) => setLast(event.target.value)} /></label>
            <label className="field">{t('roll.at')}<input value={time} inputMode="numeric" maxLength={5} autoComplete="off" onChange={(event) => setTime(event.target.value)} /></label>
          </div>
          <p className="form-fault" role="alert">{fault}</p>
          <Buttons submit={t('roll.submit')} busy={act.busy} onClose={onClose} />
        </form>
      ) : (
        <Progress stand={stand} codeOf={codeOf} onStop={close} onAgain={() => setStand(null)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Progress({ stand, codeOf, onStop, onAgain, onClose }: { stand: RollStand; codeOf: (number: number) => string; onStop: () => void; onAgain: () => void; onClose: () => void }): ReactNode {
  const { all, done, refused, at, running, end } = stand;
  const left = all - done - refused.length;
  const words = running ? t('roll.progress', { code: codeOf(at), done: done + refused.length, all }) : end === null ? t('roll.over', { done, refused: refused.length }) : t('roll.stopped', { done, refused: refused.length, left });
  return (
    <div className="roll">
      <progress max={all} value={done + refused.length} aria-label={t('roll.title')} />
      <p role="status">{words}{end === null || end === 'stopped' ? '' : endWords(end === 'given-up' || end === 'busy' ? { kind: end } : { kind: end, unknown: false })}</p>
      {refused.length > 0 && (
        <section aria-label={t('roll.refused')} className="roll-refused" tabIndex={0}>
          <ul>{refused.map(({ number, failure }) => <li key={number}>{t('roll.number', { code: codeOf(number), words: refusalWords(failure) })}</li>)}</ul>
        </section>
      )}
      <div className="dialog-buttons">
        {running
          ? <button type="button" className="button" onClick={onStop}>{t('roll.stop')}<kbd>Esc</kbd></button>
          : <><button type="button" className="button" onClick={onAgain}>{t('roll.again')}</button><button type="button" className="button" data-kind="main" ref={(element) => element?.focus()} onClick={onClose}>{t('dialog.close')}<kbd>Enter</kbd></button></>}
      </div>
    </div>
  );
}

/** `A501` and `501` alike: the letter stands on the paper. */
function typedNumber(typed: string): string {
  return typed.normalize('NFKC').trim().replace(/^[A-Za-z]/, '');
}
