/** What a clerk does, on its way: the wishes of one command, one after the other, and what is said of them. */
import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { CounterView } from '../../domain/contracts/site.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import type { QueueDeed } from '../../domain/queue/types.ts';
import { shows } from './deeds.ts';
import type { Command } from './keys.ts';
import { useHere, useNow, useWishStand } from './road.ts';
import { t, type TextKey } from './texts.ts';
import type { WishEnd, WishStand } from './wishes.ts';
import { endWords } from './words.ts';

export type Deed = Exclude<Command, 'open-case' | 'undo' | 'help' | 'manager' | 'arrange' | 'sign-out'> | 'open';
/** @property under what is the matter that it is about: over with that */
export type Said = { tone: 'good' | 'bad' | 'plain'; words: string; under?: Trouble };
/** What keeps a counter from calling: nothing is heard, or the machines do not agree. */
export type Trouble = 'offline' | 'alone';
/** Deeds about the ticket in hand. */
const IN_HAND: readonly Deed[] = ['recall', 'start', 'finish', 'finish-next', 'missed', 'suspend', 'transfer'];

/**
 * @property busy a wish is under way: nothing else is taken
 * @property doing what it is about; empty when nothing is under way
 * @property said of the last one
 */
export type Act = {
  busy: boolean;
  stand: WishStand;
  doing: string;
  said: Said | null;
  say(said: Said | null): void;
  /** Brings the wishes one after the other, until one is not granted. @param words of its success; left out: those of the command @returns the end of the last; null: another one is under way */
  go(deed: Deed, wishes: readonly QueueWish[], words?: (code: string) => string): Promise<WishEnd | null>;
  giveUp(): void;
};

/** Longest that keys wait for the line to show what was granted, milliseconds: it tells in some tens of them. */
const LONGEST_LOOK = 2000;

/** @param view of the counter, so that keys are taken again only when it shows what was granted; null: there is none */
export function useAct(view: CounterView | null): Act {
  const { road, leave } = useHere();
  const stand = useWishStand(road.wishes);
  const [said, say] = useState<Said | null>(null);
  const [doing, setDoing] = useState('');
  const seen = useRef<{ view: CounterView | null; looks: (() => void) | null }>({ view, looks: null });
  useLayoutEffect(() => {
    seen.current.view = view;
    seen.current.looks?.();
  }, [view]);

  const untilShown = (deed: QueueDeed) => new Promise<void>((resolve) => {
    const end = () => {
      stop();
      seen.current.looks = null;
      resolve();
    };
    const stop = road.after(LONGEST_LOOK, end);
    seen.current.looks = () => {
      if (seen.current.view === null || shows(seen.current.view, deed)) end();
    };
    seen.current.looks();
  });

  return {
    busy: doing !== '', stand, doing, said, say,
    async go(deed, wishes, words) {
      if (doing !== '' || wishes.length === 0) return null;
      setDoing(t(`doing.${deed}`));
      say(null);
      let end: WishEnd = { kind: 'busy' };
      let code = '';
      let done = 0;
      try {
        for (const wish of wishes) {
          end = await road.wishes.bring(wish);
          if (end.kind !== 'granted') break;
          code = end.granted.code ?? code;
          done += 1;
          if (done === wishes.length) await untilShown(end.granted.entry.deed);
        }
      } finally {
        setDoing('');
      }
      if (end.kind === 'granted') say({ tone: 'good', words: words?.(code) ?? t(`done.${deed}` as TextKey, { code }) });
      else if (end.kind === 'signed-out') leave(endWords(end));
      else if (done === 0) say({ tone: 'bad', words: endWords(end, IN_HAND.includes(deed)) });
      else if (deed === 'finish-next' && end.kind === 'refused' && end.failure.kind === 'nobody-waits') say({ tone: 'good', words: t('done.finished-nobody') });
      else say({ tone: 'bad', words: t('done.half', { words: endWords(end) }) });
      return end;
    },
    giveUp: () => road.wishes.giveUp(),
  };
}

/** A wish that is brought again, with the one thing that may be done meanwhile. Null while there is none. */
export function Again({ act }: { act: Act }): ReactNode {
  const now = useNow(1000);
  const { road } = useHere();
  if (act.stand.kind !== 'again') return null;
  const { why, since } = act.stand;
  return (
    <div className="band" data-tone="bad">
      <strong role="alert">{t(`again.title.${why}`)}</strong>
      <span>{t('again.words', { seconds: Math.max(0, Math.round((now - since) / 1000)) })}{t('again.machine', { machine: new URL(road.ring.now()).host })}</span>
      <button type="button" className="button" onClick={() => act.giveUp()}>{t('again.give-up')}<kbd>Esc</kbd></button>
    </div>
  );
}

/** The foot of a page: what is under way, or what became of the last deed. */
export function Line({ act, trouble = null }: { act: Act; trouble?: Trouble | null }): ReactNode {
  const said = act.said?.under === undefined || act.said.under === trouble ? act.said : null;
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.code !== 'Escape' || event.defaultPrevented || act.stand.kind !== 'again') return;
    event.preventDefault();
    act.giveUp();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onEscape(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <footer className="line" data-tone={act.busy ? 'plain' : (said?.tone ?? 'plain')}>
      <p role="status" aria-live="polite">{act.busy ? <><span className="spin" aria-hidden />{act.doing}</> : (said?.words ?? '')}</p>
    </footer>
  );
}
