import { type ReactNode, type SubmitEvent, useEffect, useState } from 'react';
import type { CounterView } from '../../../domain/contracts/site.ts';
import { drop } from '../../../domain/result.ts';
import type { Act } from '../act.tsx';
import { closingWish, wishesOf } from '../deeds.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { useLine } from '../../site/use-line.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';

/** Closes a window that somebody forgot. What it has in hand is brought to an end first: missed where it was only called, so that it may come back; finished where it was being served. */
export function CloseOther({ act, window, account, onClose }: { act: Act; window: number; account: string; onClose: () => void }): ReactNode {
  const { road, names } = useHere();
  const [away, setAway] = useState(false);
  const line = useLine<CounterView>(road, `counter ${window}`, (origin, signal) => road.site(origin).counter({ window }, { signal }), () => setAway(true));
  const view = line?.word?.view ?? null;
  const state = view === null ? 'asking' : view.state === 'closed' ? 'closed' : (view.inHand?.state ?? 'free');
  const known = state === 'free' || state === 'called' || state === 'serving' ? state : null;
  const name = names[account] ?? account;
  useEffect(() => {
    // Somebody closed it while it was looked at.
    if (state === 'closed') onClose();
  }, [state, onClose]);

  const close = async () => {
    if (view === null || known === null) return;
    const first = known === 'called' ? wishesOf('missed', view) : known === 'serving' ? wishesOf('finish', view) : [];
    const end = await act.go('close', [...first, closingWish(window)]);
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy) drop(close());
  };
  return (
    <Dialog title={t('close-other.title', { window })} act={act} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{away || line?.live === false ? t('close-other.away') : known === null ? t('close-other.asking') : t(`close-other.${known}`, { name, code: view?.inHand?.code ?? '' })}</p>
        <div className="dialog-buttons">
          <button type="button" className="button" data-first onClick={() => !act.busy && onClose()}>{t('dialog.cancel')}<kbd>Esc</kbd></button>
          <button type="submit" className="button" data-kind="main" aria-disabled={act.busy || known === null}>{t(known === 'called' ? 'close-other.missed' : known === 'serving' ? 'close-other.finished' : 'close-other.submit')}</button>
        </div>
      </form>
    </Dialog>
  );
}
