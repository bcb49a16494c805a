import type { ReactNode } from 'react';
import type { PrintView, SessionView, TerminalView } from '../../../domain/contracts/kiosk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { PrintLines } from '../print-lines.tsx';
import { useVisit } from '../visit.tsx';

/** Papers of this visit to go on with. */
export function keptSlips({ prints }: Pick<SessionView, 'prints'>): PrintView[] {
  return prints.filter(({ paper }) => paper === 'kept-slip');
}

/** Whether a slip can be made now of something that is worth it, and this site reads slips: without a scanner nothing is promised. */
function mayCarry(view: SessionView, { devices }: Pick<TerminalView, 'devices'>): boolean {
  return view.slip.worth && !isMade(view) && devices['ticket-printer'].kind === 'online' && devices['code-scanner'].kind === 'online';
}

function isMade(view: Pick<SessionView, 'prints'>): boolean {
  return keptSlips(view).some(({ state }) => state !== 'not-printed');
}

/** 把填好的内容带到窗口: for whoever has filled something in and holds a number, a slip that the clerk scans, so that nothing is typed twice. Once it is made, its paper. @param props.way with its button, where there is no room for it among the ways on */
export function ToWindow({ way }: { way: boolean }): ReactNode {
  const { t, view, terminal } = useVisit();
  if (isMade(view)) return <PrintLines prints={keptSlips(view)} />;
  return mayCarry(view, terminal) ? <Notice tone="info" title={t('to-window.offer')} actions={way ? <ToWindowButton size="normal" /> : undefined}>{t('to-window.words')}</Notice> : null;
}

/** The way there, among the ways on: nobody has to scroll for it, and what was filled in is gone with the visit. */
export function ToWindowButton({ size = 'main' }: { size?: 'main' | 'normal' }): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  if (!mayCarry(view, terminal)) return null;
  return (
    <Button size={size} busy={busy} onPress={() => drop(wish((core) => core.go({ step: 'keep', errand: null })))}>
      {t('to-window.go')}
    </Button>
  );
}
