import { createContext, type ReactNode, useContext } from 'react';
import type { SessionView, TerminalView } from '../../domain/contracts/kiosk.ts';
import type { Refused } from '../../domain/contracts/refused.ts';
import type { Result } from '../../domain/result.ts';
import type { KioskClient } from './core.ts';
import type { Settings } from './settings.ts';
import type { Stillness } from './stillness.ts';
import type { Speech } from './text.ts';
import type { VoiceDesk } from './voice/desk.ts';

/** One wish to core, as the contract answers it. */
export type Wish = (client: KioskClient) => Promise<Result<unknown, Refused>>;

/** What every screen stands on: the two views, the words, and the way to wish for something. */
export type Visit = Speech & Stillness & {
  view: SessionView;
  terminal: TerminalView;
  client: KioskClient;
  settings: Settings;
  /** A wish is under way: its button turns, others wait. */
  busy: boolean;
  /** @returns whether core did it; a refusal is shown in plain words above the screen */
  wish(call: Wish): Promise<boolean>;
  /** What the voice has said to its end on this screen, by the names it was said under. */
  heard: ReadonlySet<string>;
  say: VoiceDesk['say'];
  /** Opens the help dialog. */
  help(): void;
};

const VisitContext = createContext<Visit | null>(null);

export function VisitProvider({ value, children }: { value: Visit; children: ReactNode }): ReactNode {
  return <VisitContext value={value}>{children}</VisitContext>;
}

export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (visit === null) throw new Error('a screen outside of a visit');
  return visit;
}
