import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Belongings } from '../belongings.tsx';
import { PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './goodbye.css';

/** Nothing may be left behind: the card, the originals under the camera, the papers. */
export function GoodbyeScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const open = view.prints.filter((print) => print.state !== 'taken');
  return (
    <Screen
      centred
      title={t('goodbye.title')}
      lead={t('goodbye.lead')}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.end()))}>
          {t('goodbye.end')}
        </Button>
      }
    >
      <Belongings view={view} t={t} />
      {open.length === 0 ? null : <PrintLines prints={open} />}
      <p className="goodbye-return">{t('goodbye.return')}</p>
      <p className="goodbye-privacy">
        <Icon name="done" size={1.1} />
        {t('goodbye.privacy')}
      </p>
    </Screen>
  );
}
