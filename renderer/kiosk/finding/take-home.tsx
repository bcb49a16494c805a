import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { PrintLines } from '../print-lines.tsx';
import { useVisit } from '../visit.tsx';
import './take-home.css';

const PRINTERS = { 'materials-slip': 'ticket-printer', guide: 'document-printer' } as const;
type Paper = keyof typeof PRINTERS;

/** What to bring, or the whole guide, on paper, without a card: for whoever must first gather it. */
export function TakeHome({ papers }: { papers: readonly Paper[] }): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  return (
    <section className="take-home">
      <div className="take-home-words">
        <h2>{t('take.title')}</h2>
        <p>{t('take.words')}</p>
      </div>
      <div className="take-home-papers">
        {papers.map((paper) => {
          const off = terminal.devices[PRINTERS[paper]].kind !== 'online';
          // A paper that is there, or may be, is not printed a second time; one that did not come out offers that itself.
          const done = view.prints.some((print) => print.paper === paper);
          return (
            <div key={paper}>
              <Button size="main" busy={busy} isDisabled={off || done} icon={<Icon name="print" />} onPress={() => drop(wish((core) => core.printGuide({ paper })))}>
                {t(`take.${paper}`)}
              </Button>
              {off ? <p className="take-home-off">{t(`take.off.${paper}`)}</p> : null}
            </div>
          );
        })}
      </div>
      <PrintLines prints={view.prints.filter(({ paper }) => papers.some((one) => one === paper))} />
    </section>
  );
}
