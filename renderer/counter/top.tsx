import type { ReactNode } from 'react';
import { civilTime } from '../../domain/calendar/civil-date.ts';
import { type Act, Again, type Trouble } from './act.tsx';
import { hintOf } from './keys.ts';
import type { LineStand } from '../site/line.ts';
import { useHere, useNow } from './road.ts';
import { t } from './texts.ts';
import { clockWords } from './words.ts';

/** Machines that are without each other for a shorter time are choosing who leads, milliseconds: nobody need hear of it. */
const CHOOSING = 4000;

export function useTrouble(stand: LineStand<unknown> | null): Trouble | null {
  const now = useNow(1000);
  if (stand === null) return null;
  if (!stand.live) return 'offline';
  return stand.alone !== null && now - stand.alone >= CHOOSING - 1000 ? 'alone' : null;
}

/** The head of every page: where one is, who one is, how fresh it is, and what is the matter. @param heard the page's line; null: not heard yet */
export function Top({ act, title, state, heard, commands = {} }: { act: Act; title: ReactNode; state?: ReactNode; heard: LineStand<unknown> | null; commands?: { help?: () => void; counter?: () => void } }): ReactNode {
  const here = useHere();
  const trouble = useTrouble(heard);
  const { session } = here;
  return (
    <header className="top">
      <div className="top-row">
        <span className="product">{t('product')}</span>
        <span className="top-title">{title}</span>
        {state}
        <span className="top-space" />
        {heard?.word != null && <span className="faint number">{t('top.heard', { time: civilTime(Date.parse(heard.word.at)) })}</span>}
        <span className="top-who">{session.name}<span className="faint"> {t(`top.role.${session.role}`)}</span></span>
        {commands.counter !== undefined && <button type="button" className="quiet" onClick={commands.counter}>{t('command.counter')}<kbd>{hintOf('manager')}</kbd></button>}
        {commands.counter === undefined && session.role === 'manager' && <button type="button" className="quiet" onClick={() => here.go({ kind: 'manager' })}>{t('command.manager')}<kbd>{hintOf('manager')}</kbd></button>}
        {commands.help !== undefined && <button type="button" className="quiet" onClick={commands.help}>{t('command.help')}<kbd>{hintOf('help')}</kbd></button>}
        <button type="button" className="quiet" onClick={() => here.leave(null)}>{t('command.sign-out')}<kbd>{hintOf('sign-out')}</kbd></button>
      </div>
      <Again act={act} />
      {trouble === 'offline' && heard !== null && <div className="band" data-tone="bad" role="alert"><strong>{t('offline.title')}</strong><span>{t('offline.words', { time: heard.word === null ? clockWords(new Date(heard.heard).toISOString()) : civilTime(Date.parse(heard.word.at)) })}</span></div>}
      {trouble === 'alone' && <div className="band" data-tone="warn" role="alert"><strong>{t('alone.title')}</strong><span>{t('alone.words')}</span></div>}
    </header>
  );
}
