import type { ReactNode } from 'react';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { useVisit } from '../visit.tsx';

/** Who applies, for whom and with whom, on the page that is signed. */
export function Parties(): ReactNode {
  const { t, view } = useVisit();
  const { person, who } = view;
  if (person === null) return null;
  const way = who?.way ?? 'self';
  const number = (value: string) => <span className="number">{value}</span>;
  const own = [{ label: t('check.name'), value: person.name }, { label: t('check.number'), value: number(person.number) }];
  const company = who === null ? [] : [{ label: t('who.company'), value: who.values.company }, { label: t('who.creditCode'), value: number(who.values.creditCode) }];
  const principal = who?.principal ?? { name: who?.values.name ?? '', number: who?.values.number ?? '' };
  const applicant = way === 'self' || view.supplementing !== null ? own : way === 'representative' || way === 'legal-agent' ? [...company, { label: t('check.representative'), value: way === 'representative' ? person.name : who?.values.representative ?? '' }] : [{ label: t('check.name'), value: principal.name }, { label: t('check.number'), value: number(principal.number) }];
  const acts = way !== 'self' && way !== 'representative' && view.supplementing === null;
  return (
    <Card icon="person" title={t('check.person')}>
      <Facts
        rows={[
          ...applicant,
          ...(acts ? [{ label: t('check.here'), value: `${person.name} · ${t(`who.way.${way}`)}` }] : []),
          ...(who === null || who.most === 0 || who.together.length === 0 ? [] : [{ label: t('check.together'), value: who.together.map(({ name }) => name).join('、') }]),
        ]}
      />
      {isTyped(view.who) && view.supplementing === null ? <Notice tone="warn" title={t('check.typed')} /> : null}
    </Card>
  );
}

/** Whether somebody's identity was typed, so that a window has to see the original. */
export function isTyped(who: ReturnType<typeof useVisit>['view']['who']): boolean {
  return who !== null && (who.typed || (who.way !== null && who.way !== 'self' && who.principal === null));
}
