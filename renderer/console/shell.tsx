import { Button, Tooltip } from 'antd';
import { CircleHelp, Inbox as InboxIcon, LogOut, WifiOff } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { may } from '../../domain/staff/rights.ts';
import { CasePage } from './case/case-page.tsx';
import { HelpCalls } from './help/help-calls.tsx';
import { InboxPage } from './inbox.tsx';
import { KeyHelp } from './key-help.tsx';
import { useKeys } from './keys.ts';
import { useLiveLine } from './live.ts';
import type { Away } from './repeats.ts';
import { go, homeOf, type InboxRoute, type Route, routeText, useRoute } from './route.ts';
import { useSession } from './session.tsx';
import { allowedRoute, SHEET_LIST, sheetsOf } from './sheets.tsx';
import { t, word } from './texts.ts';
import { useInbox } from './use-inbox.ts';
import './shell.css';

/** What stands around every screen: where one is, who one is, and whether the hall answers. */
export function Shell({ away, onRetry, onBroken, onLeave }: { away: Away | null; onRetry: () => void; /** The live line was cut. */ onBroken: () => void; onLeave: () => void }): ReactNode {
  const { me } = useSession();
  const route = allowedRoute(useRoute(), me.role);
  const [help, setHelp] = useState(false);
  const [list, setList] = useState<InboxRoute>(route.page === 'inbox' ? route : homeOf(me.role));
  // The list that a case was opened from stays as it was while the case is worked on.
  if (route.page === 'inbox' && routeText(route) !== routeText(list)) setList(route);
  const inbox = useInbox(list, may(me.role, 'read-cases'));
  useLiveLine(may(me.role, 'read-cases'), onBroken);
  // Whoever comes without an address begins with the list of their own work.
  useEffect(() => {
    if (location.hash === '' && may(me.role, 'read-cases')) go(homeOf(me.role), 'replace');
  }, [me.role]);
  useKeys(['everywhere'], { help: () => setHelp(true), ...(may(me.role, 'read-cases') ? { inbox: () => go(list) } : {}), ...(may(me.role, 'receive') ? { window: () => go({ page: 'window', at: '' }) } : {}) });

  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={skip}>{t('shell.skip')}</a>
      <header className="top">
        <p className="top-hall"><span className="top-mark" aria-hidden="true">{t('product')}</span><span className="top-name">{me.hall}</span><span className="top-desk">{t('product.desk')}</span></p>
        <nav className="top-nav" aria-label={t('shell.navigation')}>
          {may(me.role, 'read-cases') && <NavLink to={list} here={route.page === 'inbox' || route.page === 'case'} icon={<InboxIcon size={16} aria-hidden="true" />} words={t('shell.inbox')} count={inbox.counts['open'] ?? 0} />}
          {sheetsOf(me.role).filter(({ rights }) => rights !== 'everybody').map(({ name, icon, title }) => <NavLink key={name} to={{ page: name, at: '' }} here={route.page === name} icon={icon} words={t(title)} />)}
        </nav>
        {!me.production && <p className="top-demo">{t('not-for-production')}</p>}
        <a className="top-who" href={routeText({ page: 'my-account', at: '' })} aria-current={route.page === 'my-account' ? 'page' : undefined} title={t('shell.my-account')}><strong>{me.name}</strong><span>{word('role', me.role)}</span></a>
        <Tooltip title={`${t('shell.help')}  ?`}><Button type="text" className="top-button" aria-label={t('shell.help')} icon={<CircleHelp size={18} aria-hidden="true" />} onClick={() => setHelp(true)} /></Tooltip>
        <Tooltip title={t('shell.sign-out')}><Button type="text" className="top-button" aria-label={t('shell.sign-out')} icon={<LogOut size={18} aria-hidden="true" />} onClick={onLeave} /></Tooltip>
      </header>
      {away !== null && (
        <div className="away" role="alert">
          <WifiOff size={18} aria-hidden="true" />
          <p><strong>{t(`away.title.${away}`)}</strong>{t('away.words')}</p>
          <Button size="small" onClick={onRetry}>{t('away.retry')}</Button>
        </div>
      )}
      <HelpCalls />
      <main className="main" id="main" tabIndex={-1}>
        <Page route={route} list={list} inbox={inbox} />
      </main>
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function Page({ route, list, inbox }: { route: Route; list: InboxRoute; inbox: ReturnType<typeof useInbox> }): ReactNode {
  switch (route.page) {
    case 'inbox':
      return <InboxPage route={route} inbox={inbox} />;
    case 'case':
      return <CasePage key={route.id} id={route.id} list={list} inbox={inbox} />;
    default: {
      const sheet = SHEET_LIST.find(({ name }) => name === route.page);
      return sheet === undefined ? null : <sheet.Page key={route.page} at={route.at} />;
    }
  }
}

/** The address after `#` names a screen, so jumping to the content must not change it. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function NavLink({ to, here, icon, words, count = 0 }: { to: Route; here: boolean; icon: ReactNode; words: string; count?: number }): ReactNode {
  return (
    <a href={routeText(to)} aria-current={here ? 'page' : undefined}>
      {icon}
      {words}
      {count > 0 && <span className="top-count">{count}</span>}
    </a>
  );
}
