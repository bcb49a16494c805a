import { type ReactNode, type SubmitEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ChoiceView } from '../../domain/contracts/site.ts';
import { drop } from '../../domain/result.ts';
import { openingWish } from './deeds.ts';
import { Line, useAct } from './act.tsx';
import { Top } from './top.tsx';
import { useLine } from '../site/use-line.ts';
import { useHere } from './road.ts';
import { t, word } from './texts.ts';
import { usePageKeys } from './use-keys.ts';

/** Which window, and for which businesses. One form with the browser's own keys; what there is to choose follows the arrangement. */
export function ChooseWindow(): ReactNode {
  const here = useHere();
  const { road, about, session } = here;
  const line = useLine<ChoiceView>(road, 'choice', (origin, signal) => road.site(origin).choice(undefined, { signal }), ({ kind }) => kind === 'signed-out' && here.leave(t('sign-in.expired')));
  const mine = line?.word?.view.windows ?? null;
  const [choice, setChoice] = useState<number | null>(null);
  /** null: those that the window has. */
  const [picked, setPicked] = useState<{ window: number; businesses: readonly string[] } | null>(null);
  const [fault, setFault] = useState('');
  const list = useRef<HTMLFieldSetElement>(null);
  const act = useAct(null);
  usePageKeys(act.busy, {
    'sign-out': () => here.leave(null),
    ...(session.role === 'manager' ? { manager: () => here.go({ kind: 'manager' }) } : {}),
  });
  const chosen = mine?.find(({ window }) => window === choice) ?? mine?.[0] ?? null;
  const businesses = (picked !== null && picked.window === chosen?.window ? picked : chosen)?.businesses ?? [];
  const isThere = chosen !== null;
  useLayoutEffect(() => list.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), [isThere]);

  const open = async () => {
    if (chosen === null) return;
    // A window that is in use is looked at first: whose it is stands there.
    if (chosen.state === 'closed') {
      if (businesses.length === 0) return setFault(t('choose.no-business'));
      const end = await act.go('open', [openingWish(chosen.window, session.account, [...businesses])]);
      if (end?.kind !== 'granted') return;
    }
    here.go({ kind: 'window', window: chosen.window });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setFault('');
    drop(open());
  };
  const choose = (window: number) => {
    setChoice(window);
    setPicked(null);
  };

  return (
    <div className="page">
      <Top act={act} title={about.hallName} heard={line} />
      {mine === null ? <main className="lonely"><h1>{about.hallName}</h1><p role="status">{t('loading')}</p></main> : (
        <main className="choose">
          <h1>{t('choose.title')}</h1>
          {chosen === null ? <p className="notice">{t('choose.none')}</p> : (
            <form onSubmit={submit}>
              <fieldset ref={list} className="choose-windows">
                <legend>{t('choose.windows')}</legend>
                {mine.map(({ window, state, businesses: own }) => (
                  <label key={window} data-chosen={window === chosen.window}>
                    <input type="radio" name="window" value={window} checked={window === chosen.window} onChange={() => choose(window)} />
                    <strong>{t('choose.window', { window })}</strong>
                    <span className="choose-own">{own.map((key) => nameOf(about.businesses, key)).join('、')}</span>
                    <span className="pill" data-state={state}>{word('choose.state', state)}</span>
                  </label>
                ))}
              </fieldset>
              <fieldset className="choose-businesses">
                <legend>{t('choose.businesses')}</legend>
                {about.businesses.map(({ key, prefix, name }) => (
                  <label key={key}>
                    <input type="checkbox" checked={businesses.includes(key)} onChange={(event) => setPicked({ window: chosen.window, businesses: event.target.checked ? [...businesses, key] : businesses.filter((one) => one !== key) })} />
                    <span>{prefix} {name}</span>
                  </label>
                ))}
              </fieldset>
              <p className="form-fault" role="alert">{fault}</p>
              <button type="submit" className="button" data-kind="main" aria-disabled={act.busy}>{t(chosen.state === 'closed' ? 'choose.open' : 'choose.enter')}<kbd>Enter</kbd></button>
              <p className="faint">{t('choose.hint')}</p>
            </form>
          )}
        </main>
      )}
      <Line act={act} />
    </div>
  );
}

/** A business that this page does not know is called by its key. */
export function nameOf(businesses: readonly { key: string; name: string }[], key: string): string {
  return businesses.find((business) => business.key === key)?.name ?? key;
}
