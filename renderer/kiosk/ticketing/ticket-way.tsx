import type { ReactNode } from 'react';
import type { SessionView, TerminalView } from '../../../domain/contracts/kiosk.ts';
import type { TicketDesk } from '../../../domain/contracts/site.ts';
import { businessOf } from '../../../domain/queue/business.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useVisit } from '../visit.tsx';
import { waitWords } from './ticket-words.ts';

/** The line of an item's counter, where numbers are given now. */
export function lineFor(terminal: Pick<TerminalView, 'tickets'>, item: string): TicketDesk['lines'][number] | null {
  const desk = terminal.tickets?.desk ?? null;
  return desk === null || !desk.open ? null : businessOf(desk.lines, item);
}

/** The item that whoever goes to a counter goes there for; null: no number is given for it, or one is held already. */
export function itemForCounter(view: SessionView, terminal: Pick<TerminalView, 'tickets'>): string | null {
  const code = view.item?.code ?? null;
  return code === null || view.ticket?.paper != null || lineFor(terminal, code) === null ? null : code;
}

/** 取号，到窗口办: for whoever cannot do it here, or has to go to a counter besides. */
export function TicketWay({ item, tone = 'plain' }: { item: string; tone?: 'main' | 'plain' }): ReactNode {
  const { t, terminal, wish, busy } = useVisit();
  const line = lineFor(terminal, item);
  if (line === null) return null;
  return (
    <span className="ticket-way">
      <Button tone={tone} busy={busy} icon={<Icon name="queue" />} onPress={() => drop(wish((core) => core.ticket.begin({ item })))}>
        {t('ticket.way')}
      </Button>
      <span>{t('ticket.way.words', { business: line.name, wait: waitWords(line.wait, t) })}</span>
    </span>
  );
}
