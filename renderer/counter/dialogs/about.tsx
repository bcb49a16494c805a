/** Dialogs about the ticket in hand. */
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { CounterTicket } from '../../../domain/contracts/site.ts';
import { drop } from '../../../domain/result.ts';
import { SuspendWhy } from '../../../domain/queue/types.ts';
import type { Act } from '../act.tsx';
import { noteWish, suspendingWish, transferWishes } from '../deeds.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';
import { Buttons, Choices, Dialog, Radios } from './dialog.tsx';
import { BusinessRadios } from './fields.tsx';

type About = { act: Act; window: number; ticket: CounterTicket; onClose: () => void };

export function SuspendDialog({ act, window, ticket, onClose }: About): ReactNode {
  const suspend = async (why: SuspendWhy) => {
    const end = await act.go('suspend', [suspendingWish(window, ticket, why)], () => t('done.suspend', { code: ticket.code }));
    if (end?.kind === 'granted') onClose();
  };
  return (
    <Dialog title={t('suspend.title', { code: ticket.code })} act={act} onClose={onClose}>
      <Choices choices={SuspendWhy.options.map((why) => ({ key: why, words: t(`suspend.${why}`) }))} busy={act.busy} onChoose={(why) => drop(suspend(why))} />
    </Dialog>
  );
}

const ANY = 'any';

/** To another business, and there to any window, to one, or to this very one. @param open whether the window may call: it goes on at this very one by being called there */
export function TransferDialog({ act, window, open, ticket, onClose }: About & { open: boolean }): ReactNode {
  const { about } = useHere();
  const [business, setBusiness] = useState<string>(about.businesses.find(({ key }) => key !== ticket.business)?.key ?? ticket.business);
  const [to, setTo] = useState<string>(ANY);
  const [place, setPlace] = useState<'end' | 'keep'>('end');
  const serving = about.windows.filter(({ businesses }) => businesses.includes(business)).map(({ number }) => number);
  const here = to === String(window);
  const transfer = async () => {
    const number = to === ANY ? null : Number(to);
    const end = await act.go('transfer', transferWishes(window, ticket, { business, to: number, keepsPlace: place === 'keep' }), () => t(here ? 'done.transfer-here' : 'done.transfer', { code: ticket.code }));
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy) drop(transfer());
  };
  return (
    <Dialog title={t('transfer.title', { code: ticket.code })} act={act} wide onClose={onClose}>
      <form onSubmit={submit}>
        <BusinessRadios legend={t('transfer.business')} own={[]} value={business} onChange={(next) => {
          setBusiness(next);
          setTo(ANY);
        }} />
        <Radios name="to" legend={t('transfer.to')} value={to} onChange={setTo} options={[
          { key: ANY, words: t('transfer.any') }, ...(open ? [{ key: String(window), words: t('transfer.here') }] : []), ...serving.filter((number) => number !== window).map((number) => ({ key: String(number), words: t('transfer.window', { window: number }) })),
        ]} />
        {!here && <Radios name="place" legend={t('transfer.place')} value={place} onChange={setPlace} options={[{ key: 'end', words: t('transfer.end') }, { key: 'keep', words: t('transfer.keep') }]} />}
        <Buttons submit={t('transfer.submit')} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

export function NoteDialog({ act, ticket, onClose }: Omit<About, 'window'>): ReactNode {
  const [words, setWords] = useState('');
  const note = async () => {
    if (words.trim() === '') return act.say({ tone: 'bad', words: t('note.empty') });
    const end = await act.go('note', [noteWish(ticket, words.trim())], () => t('done.note', { code: ticket.code }));
    if (end?.kind === 'granted') onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!act.busy) drop(note());
  };
  return (
    <Dialog title={t('note.title', { code: ticket.code })} act={act} onClose={onClose}>
      <form onSubmit={submit}>
        <label className="field">{t('note.words')}<input data-first value={words} maxLength={300} autoComplete="off" onChange={(event) => setWords(event.target.value)} /></label>
        <p className="faint">{t('note.hint')}</p>
        <Buttons submit={t('note.submit')} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
