import type { ReactNode } from 'react';
import type { CaretakerAnswer, CaretakerSlip, PapersView } from '../../../domain/contracts/caretaker.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { KioskClient } from '../core.ts';
import type { Speech } from '../text.ts';

/** What every desk of the caretaker has. */
export type Desk = { papers: PapersView; client: KioskClient; speech: Speech; wish(call: Promise<CaretakerAnswer>): Promise<boolean> };

/** Prints a slip for the caretaker's folder, and says what came of it. */
export function Slip({ what, papers, client, speech, wish }: Desk & { what: CaretakerSlip }): ReactNode {
  const { t, word } = speech;
  const slip = papers.slip?.what === what ? papers.slip : null;
  const why = slip === null || slip.reason === '' ? '' : word('device.reason.', slip.reason, 'device.reason.other');
  return (
    <div className="papers-slip">
      <Button icon={<Icon name="print" />} busy={papers.slip?.state === 'sent' || papers.slip?.state === 'looking'} onPress={() => drop(wish(client.caretaker.printSlip({ what })))}>
        {t(`caretaker.slip.${what}`)}
      </Button>
      {slip === null ? null : (
        <span role="status" className={`papers-slip-${slip.state}`}>
          {t(`caretaker.slip.${slip.state}`, { why })}
        </span>
      )}
    </div>
  );
}
