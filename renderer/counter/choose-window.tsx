import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { BoardView } from '../../domain/contracts/site.ts';
import { drop } from '../../domain/result.ts';
import { openingWish } from './deeds.ts';
import { Line, useAct } from './act.tsx';
import { Top } from './top.tsx';
import { useLine } from '../site/use-line.ts';
import { useHere } from './road.ts';
import { t, word } from './texts.ts';
import { usePageKeys } from './use-keys.ts';

/** Which window, and for which businesses. One form with the browser's own keys. */
export function ChooseWindow(): ReactNode {
  const here = useHere();
  const { road, about, session } = here;
  const mine = about.windows.filter(({ number }) => session.windows.length === 0 || session.windows.includes(number));
  const [chosen, setChosen] = useState(mine[0]?.number ?? null);
  const [businesses, setBusinesses] = useState<readonly string[]>(mine[0]?.businesses ?? []);
  const [fault, setFault] = useState('');
  const list = useRef<HTMLFieldSetElement>(null);
  const board = useLine<BoardView>(road, 'board', (origin, signal) => road.site(origin).board(undefined, { signal }), null);
  const act = useAct(null);
  usePageKeys(act.busy, {
    'sign-out': () => here.leave(null),
    ...(session.role === 'manager' ? { manager: () => here.go({ kind: 'manager' }) } : {}),
  });
  useEffect(() => list.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);
  const stateOf = (number: number) => board?.word?.view.windows.find(({ window }) => window === number)?.state ?? null;

  const open = async () => {
    if (chosen === null) return;
    const state = stateOf(chosen);
    // A window that is in use is looked at first: whose it is stands there.
    if (state === null || state === 'closed') {
      if (businesses.length === 0) return setFault(t('choose.no-business'));
      const end = await act.go('open', [openingWish(chosen, session.account, [...businesses])]);
      if (end?.kind !== 'granted') return;
    }
    here.go({ kind: 'window', window: chosen });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setFault('');
    drop(open());
  };
  const choose = (number: number) => {
    setChosen(number);
    setBusinesses(mine.find((window) => window.number === number)?.businesses ?? []);
  };

  return (
    <div className="page">
      <Top act={act} title={about.hallName} heard={board} />
      <main className="choose">
        <h1>{t('choose.title')}</h1>
        {chosen === null ? <p className="notice">{t('choose.none')}</p> : (
          <form onSubmit={submit}>
            <fieldset ref={list} className="choose-windows">
              <legend>{t('choose.windows')}</legend>
              {mine.map(({ number, businesses: own }) => {
                const state = stateOf(number);
                return (
                  <label key={number} data-chosen={number === chosen}>
                    <input type="radio" name="window" value={number} checked={number === chosen} onChange={() => choose(number)} />
                    <strong>{t('choose.window', { window: number })}</strong>
                    <span className="choose-own">{own.map((key) => nameOf(about.businesses, key)).join('、')}</span>
                    {state !== null && <span className="pill" data-state={state}>{word('choose.state', state)}</span>}
                  </label>
                );
              })}
            </fieldset>
            <fieldset className="choose-businesses">
              <legend>{t('choose.businesses')}</legend>
              {about.businesses.map(({ key, prefix, name }) => (
                <label key={key}>
                  <input type="checkbox" checked={businesses.includes(key)} onChange={(event) => setBusinesses(event.target.checked ? [...businesses, key] : businesses.filter((one) => one !== key))} />
                  <span>{prefix} {name}</span>
                </label>
              ))}
            </fieldset>
            <p className="form-fault" role="alert">{fault}</p>
            <button type="submit" className="button" data-kind="main" aria-disabled={act.busy}>{t((stateOf(chosen) ?? 'closed') === 'closed' ? 'choose.open' : 'choose.enter')}<kbd>Enter</kbd></button>
            <p className="faint">{t('choose.hint')}</p>
          </form>
        )}
      </main>
      <Line act={act} />
    </div>
  );
}

/** A business that this page does not know is called by its key. */
export function nameOf(businesses: readonly { key: string; name: string }[], key: string): string {
  return businesses.find((business) => business.key === key)?.name ?? key;
}
