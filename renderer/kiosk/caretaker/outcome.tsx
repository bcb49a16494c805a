import type { ReactNode } from 'react';
import type { CourierOutcome } from '../../../domain/contracts/caretaker.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Speech } from '../text.ts';

/** What became of the last deed, and what to do now. */
export function Outcome({ outcome, speech, onSame }: { outcome: CourierOutcome; speech: Speech; onSame(fingerprint: string): void }): ReactNode {
  const { t } = speech;
  switch (outcome.kind) {
    case 'exported':
      return (
        <Notice tone={outcome.left === 0 ? 'good' : 'warn'} live title={t('caretaker.exported')}>
          <p>{outcome.actions + outcome.pages === 0 ? t('caretaker.exported.request') : t('caretaker.exported.words', { actions: outcome.actions, pages: outcome.pages })}</p>
          {outcome.left === 0 ? null : <p>{t('caretaker.exported.left', { left: outcome.left })}</p>}
        </Notice>
      );
    case 'imported':
      return <Imported outcome={outcome} speech={speech} />;
    case 'compare-card':
      return (
        <Card title={t('caretaker.card.title')} icon="lock">
          <p>{t('caretaker.card.words')}</p>
          {outcome.cards.map(({ hall, name, fingerprint }) => (
            <div key={fingerprint} className="caretaker-card">
              <span>
                {name} {hall}
              </span>
              <p className="caretaker-fingerprint number">
                {fingerprint.split(' ').map((group, index) => (
                  <span key={index}>{group}</span>
                ))}
              </p>
              <Button size="main" tone="main" icon={<Icon name="check" />} onPress={() => onSame(fingerprint)}>
                {t('caretaker.card.same')}
              </Button>
            </div>
          ))}
        </Card>
      );
    case 'failed':
      return (
        <Notice tone="fault" live title={t(`caretaker.failed.${outcome.deed}`)}>
          <p>{t(`caretaker.why.${outcome.why}`)}</p>
        </Notice>
      );
  }
}

/** What a parcel may bring, in the order in which people ask for it. */
const BROUGHT = ['acknowledged', 'pages', 'decisions', 'items', 'numbers'] as const;

function Imported({ outcome, speech }: { outcome: Extract<CourierOutcome, { kind: 'imported' }>; speech: Speech }): ReactNode {
  const { t } = speech;
  const { parcels, repeated, refused, keptAside } = outcome;
  const brought = BROUGHT.filter((what) => outcome[what] > 0);
  const title = parcels > 0 ? t('caretaker.imported') : repeated > 0 ? t('caretaker.imported.repeated') : t('caretaker.imported.nothing');
  // Files for other machines are on every stick that goes round.
  const told = refused.filter(({ fault }) => fault !== 'other-receiver' || parcels + repeated === 0);
  return (
    <Notice tone={told.length > 0 || keptAside > 0 ? 'warn' : parcels + repeated > 0 ? 'good' : 'info'} live title={title}>
      {outcome.enrolled ? <p>{t('caretaker.imported.enrolled')}</p> : null}
      {parcels === 0 || brought.length > 0 ? null : <p>{t('caretaker.brought.none')}</p>}
      {brought.length === 0 ? null : (
        <ul>
          {brought.map((what) => (
            <li key={what}>{t(`caretaker.brought.${what}`, { count: outcome[what] })}</li>
          ))}
        </ul>
      )}
      {keptAside === 0 ? null : <p>{t('caretaker.imported.aside', { count: keptAside })}</p>}
      {told.map(({ fault, count }) => (
        <p key={fault}>{t('caretaker.refused', { count, why: speech.word('caretaker.fault.', fault, 'caretaker.fault.other') })}</p>
      ))}
    </Notice>
  );
}
