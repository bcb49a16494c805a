import type { ReactNode } from 'react';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { drop } from '../../domain/result.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { useVisit } from './visit.tsx';

/** Whether there is something to go on with another day: core says of what is filled in whether a slip could carry it. Before another item's guide it could not. It takes the card to lock it. */
export function mayKeep({ person, slip, step }: Pick<SessionView, 'person' | 'slip' | 'step'>): boolean {
  return slip.worth && person !== null && person.card !== 'typed' && step !== 'keep';
}

/** The way to go home with what is filled in, on every step of filling in. */
export function KeepLater(): ReactNode {
  const { t, view, wish } = useVisit();
  if (!mayKeep(view)) return null;
  return (
    <Button tone="quiet" icon={<Icon name="clock" />} onPress={() => drop(wish((core) => core.go({ step: 'keep', errand: null })))}>
      {t('keep.later')}
    </Button>
  );
}
