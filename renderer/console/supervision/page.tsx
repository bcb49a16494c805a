import type { ReactNode } from 'react';
import { useState } from 'react';
import { CardTurn } from '../../../domain/contracts/supervision.ts';
import { may } from '../../../domain/staff/rights.ts';
import { routeText } from '../route.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { BulletinPage, BulletinsPage } from './bulletins.tsx';
import { CardsPage } from './cards.tsx';
import { OutagesPage } from './outages.tsx';
import { type Place, placeOf, placeText } from './place.ts';
import { RulesPage } from './rules.tsx';
import './supervision.css';

/** 监察: cards by whose turn it is, and beside them bulletins, rules and outages. */
export function SupervisionPage({ at }: { at: string }): ReactNode {
  const place = placeOf(at);
  const [counts, setCounts] = useState<Record<string, number> | null>(null);
  return (
    <div className="sup">
      <Sections place={place} counts={counts} />
      {place.part === 'cards' && <CardsPage key={place.turn} place={place} onCounts={setCounts} />}
      {place.part === 'bulletins' && place.serial === null && <BulletinsPage />}
      {place.part === 'bulletins' && place.serial !== null && <BulletinPage year={place.year} serial={place.serial} />}
      {place.part === 'rules' && <RulesPage />}
      {place.part === 'outages' && <OutagesPage />}
    </div>
  );
}

function Sections({ place, counts }: { place: Place; counts: Record<string, number> | null }): ReactNode {
  const { me } = useSession();
  const link = (to: Place, words: string, here: boolean, count: number | null) => (
    <a key={words} href={routeText({ page: 'supervision', at: placeText(to) })} aria-current={here ? 'true' : undefined}>
      <span>{words}</span>
      {count !== null && <span className="stages-count">{count}</span>}
    </a>
  );
  return (
    <nav className="stages" aria-label={t('sup.sections')}>
      <section>
        <h2>{t('sup.cards')}</h2>
        {CardTurn.options.map((turn) => link({ part: 'cards', turn, card: null }, word('turn-of', turn), place.part === 'cards' && place.turn === turn, counts?.[turn] ?? null))}
      </section>
      <section>
        <h2>{t('sup.others')}</h2>
        {(may(me.role, 'supervise') || may(me.role, 'figures')) && link({ part: 'bulletins', year: '', serial: null }, t('sup.bulletins'), place.part === 'bulletins', null)}
        {link({ part: 'rules' }, t('sup.rules'), place.part === 'rules', null)}
        {link({ part: 'outages' }, t('sup.outages'), place.part === 'outages', null)}
      </section>
    </nav>
  );
}
