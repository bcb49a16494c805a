import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ExchangeReason } from '../../../domain/contracts/exchange.ts';
import type { Errand } from '../../../domain/contracts/kiosk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Hills } from '../../ui/illustrations/hills.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { Tile } from '../../ui/tile.tsx';
import { Attract, slidesOf } from '../attract.tsx';
import { HelpDialog } from '../dialogs.tsx';
import { ElsewhereLine } from '../elsewhere.tsx';
import type { TextKey } from '../text.ts';
import { useItems } from '../use-items.ts';
import { useVisit } from '../visit.tsx';
import './home.css';

/** Items offered at once on the first screen; more would hide the six ways in. */
const MOST_QUICK = 4;

/** Of a device that nobody has heard of yet: a machine that was only just switched on. */
const STARTING = ['host-starting', 'starting'];

type Way = { name: 'apply' | 'progress' | 'queue' | 'print' | 'consult' | 'rate'; icon: IconName };
const WAYS: readonly Way[] = [
  { name: 'apply', icon: 'apply' },
  { name: 'progress', icon: 'search' },
  { name: 'queue', icon: 'queue' },
  { name: 'print', icon: 'print' },
  { name: 'consult', icon: 'consult' },
  { name: 'rate', icon: 'rate' },
];
/** With large type four ways fit without scrolling; the others are reached through them or by telephone. */
const ELDER_WAYS: readonly Way['name'][] = ['apply', 'progress', 'print', 'consult'];
const ELDER_WAYS_WITH_NUMBERS: readonly Way['name'][] = ['apply', 'queue', 'progress', 'print'];

/** The first screen, also when nobody is here: six ways in, each of which says plainly when it does not work. */
export function HomeScreen(): ReactNode {
  const visit = useVisit();
  const { t, terminal, view, settings, wish, moment } = visit;
  const [plain, setPlain] = useState<{ title: string; words: string } | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (view.session !== null) heading.current?.focus();
  }, [view.session]);

  const online = (device: 'id-card-reader' | 'code-scanner') => terminal.devices[device]?.kind === 'online';
  function isStarting(device: 'id-card-reader' | 'document-printer'): boolean {
    const status = terminal.devices[device];
    return status.kind !== 'online' && STARTING.includes(status.reason);
  }
  function whyOff(device: 'id-card-reader' | 'document-printer', off: TextKey): TextKey | null {
    const status = terminal.devices[device];
    if (status.kind === 'online') return null;
    if (isStarting(device)) return 'home.off.starting';
    return status.reason === ('maintenance' satisfies ExchangeReason) ? 'home.off.maintenance' : off;
  }
  function offReason(name: Way['name']): TextKey | null {
    if (name === 'queue') return terminal.tickets?.desk != null ? null : isStarting('id-card-reader') ? 'home.off.starting' : 'home.off.queue';
    // Who comes for progress may show a receipt instead of a card.
    const needsCard = name !== 'apply' && name !== 'consult' && !(name === 'progress' && online('code-scanner'));
    const reader = needsCard ? whyOff('id-card-reader', 'home.off.reader') : null;
    return reader ?? (name === 'print' ? whyOff('document-printer', 'home.off.printer') : null);
  }
  /** What stands under a way that works. */
  function wordsOf(name: Way['name']): TextKey {
    if (name === 'consult' && terminal.surveys.length > 0) return 'home.consult.asks';
    return name === 'queue' && terminal.tickets?.desk?.open === false ? 'home.queue.closed' : `home.${name}.words`;
  }
  function start(name: Exclude<Way['name'], 'queue' | 'consult'>): void {
    drop(wish((core) => core.go(name === 'apply' ? { step: 'items', errand: 'apply' } : { step: view.person === null ? 'identify' : 'progress', errand: name satisfies Errand })));
  }
  function choose(name: Way['name']): void {
    const off = offReason(name);
    if (off !== null) setPlain({ title: t(`home.${name}`), words: t(off) });
    else if (name === 'consult') drop(wish((core) => core.go({ step: 'talk', errand: 'talk' })));
    else if (name === 'queue') drop(wish((core) => core.ticket.begin({ item: null })));
    else start(name);
  }

  // A way that this machine does not have is no way: only what is broken for a while stays, and says so.
  const large = terminal.tickets === null ? ELDER_WAYS : ELDER_WAYS_WITH_NUMBERS;
  const ways = WAYS.filter(({ name }) => (name !== 'queue' || terminal.tickets !== null) && (settings.size !== 'elder' || large.includes(name)));
  return (
    <div className="home">
      <section className="home-hero">
        <Hills />
        <div className="home-greeting">
          <Attract
            idle={view.session === null && terminal.power === 'mains'}
            slides={slidesOf(terminal, visit)}
            first={
              <>
                <h1 ref={heading} tabIndex={-1}>
                  {t('home.title')}
                </h1>
                {/* Who listens has no tile to touch. */}
                {terminal.power === 'battery' ? <p>{t('home.lead.battery')}</p> : <p data-say={t('home.lead.said')}>{t('home.lead')}</p>}
              </>
            }
          />
        </div>
      </section>
      <ScrollArea label={t('home.title')} up={t('scroll.up')} down={t('scroll.down')}>
        <div className="home-content">
          <nav className="home-tiles" aria-label={t('home.title')}>
            {ways.map((way) => {
              const off = offReason(way.name);
              return <Tile key={way.name} icon={way.icon} title={t(`home.${way.name}`)} words={t(wordsOf(way.name))} prominent={way.name === 'apply'} off={off === null ? undefined : t(off)} onPress={() => choose(way.name)} />;
            })}
          </nav>
          {online('id-card-reader') || isStarting('id-card-reader') ? null : <ElsewhereLine wish={{ kind: 'identify' }} />}
          {online('code-scanner') && online('id-card-reader') ? (
            <Button wide icon={<Icon name="paper" />} onPress={() => drop(wish((core) => core.go({ step: 'identify', errand: 'resume' })))}>
              {t('resume.home')}
            </Button>
          ) : null}
          {settings.size === 'elder' ? null : <QuickItems />}
          {terminal.waiting > 0 || terminal.line !== 'online' ? (
            <p className="home-note">
              <Icon name="info" size={1.2} />
              {terminal.waitingSince !== null ? t('home.waiting', { count: terminal.waiting, time: moment(terminal.waitingSince) }) : t('home.offline')}
            </p>
          ) : null}
        </div>
      </ScrollArea>
      {plain === null ? null : <HelpDialog speech={visit} phone={terminal.phone} title={plain.title} words={plain.words} onClose={() => setPlain(null)} />}
    </div>
  );
}

/** The first items that can be done here now, one touch away. */
function QuickItems(): ReactNode {
  const { t, wish } = useVisit();
  const { found } = useItems('');
  const quick = (found?.cards ?? []).filter((card) => card.availability.kind !== 'not-here').slice(0, MOST_QUICK);
  if (quick.length === 0) return null;
  const open = (code: string) => drop(wish((core) => core.openGuide({ code })));
  return (
    <section className="home-quick">
      <h2>{t('home.quick')}</h2>
      <ul>
        {quick.map((card) => (
          <li key={card.code}>
            <button type="button" className="home-quick-item" onClick={() => open(card.code)}>
              <span>{card.name}</span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
