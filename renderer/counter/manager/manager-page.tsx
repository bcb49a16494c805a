import { type ReactNode, useState } from 'react';
import type { ArrangementView, ManagerView } from '../../../domain/contracts/site.ts';
import { type Act, Line, useAct } from '../act.tsx';
import { nameOf } from '../choose-window.tsx';
import { HelpDialog } from '../dialogs/help.tsx';
import { RollDialog } from '../dialogs/roll.tsx';
import { hintOf } from '../keys.ts';
import { useLine } from '../../site/use-line.ts';
import type { About } from '../../site/machines.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';
import { Top, useTrouble } from '../top.tsx';
import { usePageKeys } from '../use-keys.ts';
import { clockWords } from '../words.ts';
import { ArrangeSheet, type Edit } from './arrange-sheet.tsx';
import { CloseOther } from './close-other.tsx';
import { Expected } from './expected.tsx';
import { FiguresSheet } from './figures.tsx';

type Asked = { kind: 'roll' } | { kind: 'help' } | { kind: 'close'; window: number; account: string };

/** The site as its manager sees it: the morning as it is, how it is arranged, and what days add up to. */
export function ManagerPage(): ReactNode {
  const here = useHere();
  const { road, about, go, leave } = here;
  const line = useLine<ManagerView>(road, 'manager', (origin, signal) => road.site(origin).manager(undefined, { signal }), (failure) => (failure.kind === 'signed-out' ? leave(t('sign-in.expired')) : go({ kind: 'choosing' })));
  const arrangement = useLine<ArrangementView>(road, 'arrangement', (origin, signal) => road.site(origin).arrangement(undefined, { signal }), null)?.word?.view ?? null;
  const act = useAct(null);
  const trouble = useTrouble(line);
  const [shown, setShown] = useState<'live' | 'arrange' | 'figures'>('live');
  const [edit, setEdit] = useState<Edit | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = (next: Asked) => {
    act.say(null);
    setAsked(next);
  };
  const enterRoll = () => (trouble === null ? ask({ kind: 'roll' }) : act.say({ tone: 'bad', words: t(`deny.${trouble}`), under: trouble }));
  usePageKeys(act.busy, { manager: () => go({ kind: 'choosing' }), help: () => ask({ kind: 'help' }), roll: enterRoll, arrange: () => setShown('arrange'), 'sign-out': () => leave(null) });
  const at = () => (line?.word == null ? Date.now() : Date.now() + Date.parse(line.word.at) - line.heard);
  const view = line?.word?.view ?? null;
  return (
    <div className="page">
      <Top act={act} heard={line} title={`${about.hallName} · ${t('manager.title')}`} commands={{ help: () => ask({ kind: 'help' }), counter: () => go({ kind: 'choosing' }) }} />
      <main className="manager" data-stale={trouble === 'offline'}>
        <h1 className="visually-hidden">{t('manager.title')}</h1>
        <nav className="tabs" aria-label={t('manager.title')}>
          {(['live', 'arrange', 'figures'] as const).map((name) => <button key={name} type="button" aria-current={shown === name ? 'page' : undefined} onClick={() => setShown(name)}>{t(`manager.${name}`)}{name === 'arrange' && <kbd>{hintOf('arrange')}</kbd>}</button>)}
          <span className="top-space" />
          <button type="button" className="button" aria-disabled={trouble !== null} onClick={enterRoll}>{t('command.roll')}<kbd>{hintOf('roll')}</kbd></button>
        </nav>
        {shown === 'figures' ? <FiguresSheet /> : shown === 'arrange' ? (arrangement === null ? <p role="status">{t('loading')}</p> : <ArrangeSheet view={arrangement} act={act} trouble={trouble} edit={edit} onEdit={setEdit} />) : view === null ? <p role="status">{t('loading')}</p> : <Live view={view} act={act} blocked={trouble !== null} onClose={(window, account) => ask({ kind: 'close', window, account })} />}
      </main>
      <Line act={act} trouble={trouble} />
      {asked?.kind === 'roll' && <RollDialog act={act} at={at} own={[]} onClose={() => setAsked(null)} />}
      {asked?.kind === 'help' && <HelpDialog onClose={() => setAsked(null)} />}
      {asked?.kind === 'close' && <CloseOther act={act} window={asked.window} account={asked.account} onClose={() => setAsked(null)} />}
    </div>
  );
}

function Live({ view, act, blocked, onClose }: { view: ManagerView; act: Act; blocked: boolean; onClose: (window: number, account: string) => void }): ReactNode {
  const { about, names } = useHere();
  return (
    <div className="live">
      <section className="alarms" aria-label={t('manager.alarms')} aria-live="polite">
        <h2>{t('manager.alarms')}</h2>
        {view.alarms.length === 0 ? <p className="faint">{t('manager.no-alarms')}</p> : <ul>{view.alarms.map((alarm) => <li key={JSON.stringify(alarm)}>{alarmWords(alarm, about)}</li>)}</ul>}
      </section>
      <dl className="sums">
        {(['taken', 'served', 'waiting', 'left'] as const).map((name) => <div key={name}><dt>{t(`manager.${name}`)}</dt><dd className="number">{view[name]}</dd></div>)}
      </dl>
      <section className="table" aria-label={t('manager.lines')} tabIndex={0}>
        <h2>{t('manager.lines')}</h2>
        <table>
          <thead><tr><th scope="col">{t('manager.line')}</th><th scope="col">{t('manager.line.waiting')}</th><th scope="col">{t('manager.line.longest')}</th><th scope="col">{t('manager.line.wait')}</th><th scope="col">{t('manager.line.windows')}</th></tr></thead>
          <tbody>
            {view.lines.map(({ business, name, waiting, longest, wait, windows }) => (
              <tr key={business}>
                <th scope="row">{name}</th><td className="number">{waiting}</td><td className="number">{longest === null ? '' : t('manager.minutes', { count: longest })}</td>
                <td className="number">{wait.least === null || wait.most === null ? t('manager.nobody-can-say') : t('manager.range', { least: wait.least, most: wait.most })}</td><td className="number">{windows}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Expected lines={view.lines} />
      <section className="table live-windows" aria-label={t('manager.windows')} tabIndex={0}>
        <h2>{t('manager.windows')}</h2>
        <table>
          <thead><tr><th scope="col">{t('manager.window')}</th><th scope="col">{t('manager.window.state')}</th><th scope="col">{t('manager.window.who')}</th><th scope="col">{t('manager.window.code')}</th><th scope="col">{t('manager.window.since')}</th><th scope="col">{t('manager.window.served')}</th><th scope="col"><span className="visually-hidden">{t('manager.window.close')}</span></th></tr></thead>
          <tbody>
            {view.windows.map(({ window, state, account, why, since, code, served }) => (
              <tr key={window}>
                <th scope="row">{t('figures.window', { window })}</th>
                <td><span className="pill" data-state={state}>{t(`manager.state.${state}`)}{why === '' ? '' : `：${why}`}</span></td>
                <td className="who">{account === null ? '' : (names[account] ?? account)}</td><td className="number">{code ?? ''}</td><td className="number">{since === null ? '' : clockWords(since)}</td><td className="number">{served}</td>
                <td>{account !== null && state !== 'closed' && <button type="button" className="quiet" aria-disabled={act.busy || blocked} aria-label={`${t('manager.window.close')} ${window}`} onClick={() => !act.busy && !blocked && onClose(window, account)}>{t('manager.window.close')}</button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function alarmWords(alarm: ManagerView['alarms'][number], { businesses }: About): string {
  const business = nameOf(businesses, alarm.business);
  switch (alarm.kind) {
    case 'waits-long':
      return t('alarm.waits-long', { business, code: alarm.code, minutes: alarm.minutes });
    case 'long-line':
    case 'nobody-serves':
      return t(`alarm.${alarm.kind}`, { business, waiting: alarm.waiting });
  }
}
