import type { ReactNode } from 'react';
import type { PrintView } from '../../domain/contracts/kiosk.ts';
import { drop, never } from '../../domain/result.ts';
import { Button } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { useVisit } from './visit.tsx';
import './print-lines.css';

/**
 * Each paper of this visit in exact words. "Printed" stands here only when the printer said so; a paper that nobody knows about is asked
 * for, never printed again by itself.
 * @param props.still without ways to print again or to answer
 */
export function PrintLines({ prints, still = false }: { prints: readonly PrintView[]; still?: boolean }): ReactNode {
  return (
    <ul className="prints">
      {prints.map((print) => (
        <PrintLine key={print.print} print={print} still={still} />
      ))}
    </ul>
  );
}

/** Whether there is a paper to rely on, or soon: anything else is to be kept in the head. */
export function isOnPaper(prints: readonly PrintView[]): boolean {
  return prints.some(({ state }) => state === 'reserved' || state === 'sent' || state === 'printed' || state === 'taken');
}

type Look = { tone: 'now' | 'good' | 'fault' | 'warn'; icon: IconName };

function lookOf(state: PrintView['state']): Look {
  switch (state) {
    case 'reserved':
    case 'sent':
      return { tone: 'now', icon: 'print' };
    case 'looking':
      return { tone: 'warn', icon: 'search' };
    case 'printed':
    case 'taken':
      return { tone: 'good', icon: 'done' };
    case 'not-printed':
      return { tone: 'fault', icon: 'failed' };
    case 'unknown':
      return { tone: 'warn', icon: 'help' };
    default:
      return never(state);
  }
}

function PrintLine({ print, still }: { print: PrintView; still: boolean }): ReactNode {
  const { t, word, wish, busy } = useVisit();
  const look = lookOf(print.state);
  const reason = print.reason === '' ? '' : word('device.reason.', print.reason, 'device.reason.other');
  return (
    <li className={`print print-${look.tone}`}>
      <span className="print-icon">
        <Icon name={look.icon} size={1.5} />
      </span>
      <div className="print-words" role="status">
        <strong>{t(`print.paper.${print.paper}`)}</strong>
        <span>
          {print.state === 'looking' ? word('print.state.looking.', print.reason, 'print.state.looking.connection-lost') : t(`print.state.${print.state}`)}
          {print.state === 'not-printed' && reason !== '' ? reason : ''}
        </span>
      </div>
      {print.state === 'not-printed' && !still ? (
        <div className="print-actions">
          <Button icon={<Icon name="retry" />} busy={busy} onPress={() => drop(wish((core) => core.printAgain({ print: print.print })))}>
            {t('print.again')}
          </Button>
        </div>
      ) : null}
      {print.state === 'unknown' && !still ? (
        <div className="print-actions">
          <Button icon={<Icon name="check" />} busy={busy} onPress={() => drop(wish((core) => core.closeUnknown({ print: print.print, cameOut: true })))}>
            {t('print.came-out')}
          </Button>
          <Button busy={busy} onPress={() => drop(wish((core) => core.closeUnknown({ print: print.print, cameOut: false })))}>
            {t('print.did-not')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
