import type { ReactNode } from 'react';
import type { BoardView } from '../../domain/contracts/site.ts';
import type { BoardAddress } from './address.ts';
import { Foot, Said, TroubleBanner, troubleOf, useAge, useMachineTime } from './parts.tsx';
import { type BoardRoad, useBoardLine } from './road.ts';
import { useVoice } from './voice/use-voice.ts';
import { atWindow, type Words, WORDS } from './words.ts';
import './window-display.css';

/** What hangs over one window: whether it is that window's turn, and whose. */
export function WindowDisplay({ road, address, window: number }: { road: BoardRoad; address: BoardAddress; window: number }): ReactNode {
  const line = useBoardLine(road);
  const voice = useVoice(road, line, address);
  const time = useMachineTime(line);
  const trouble = troubleOf(line);
  useAge(trouble);
  const view = line.stand?.word?.view ?? null;
  const window = view?.windows.find((one) => one.window === number);
  const shown = window === undefined ? null : stateOf(window, view?.calls ?? []);
  return (
    <div className="board window" data-state={shown?.state ?? 'none'}>
      <header className="head">
        <h1 className="window-number"><Said words={atWindow(number)} /></h1>
        <p className="time number">{time.slice(0, 5)}</p>
      </header>
      <TroubleBanner trouble={trouble} />
      <main className="window-main">
        {shown === null ? (
          <p className="window-words"><Said words={view === null ? WORDS.connecting : WORDS.unknownWindow} /></p>
        ) : (
          <>
            <p className="window-words"><Said words={shown.words} /></p>
            {shown.code !== null && <p className="window-code number">{shown.code}</p>}
          </>
        )}
      </main>
      {window !== undefined && window.state !== 'closed' && <p className="window-businesses">{window.businesses.map((name) => <span key={name}>{name}</span>)}</p>}
      <Foot line={line} voice={voice} />
    </div>
  );
}

type Shown = { state: 'called' | 'serving' | 'open' | 'paused' | 'closed'; words: Words; code: string | null };

function stateOf({ window, state, code }: BoardView['windows'][number], calls: BoardView['calls']): Shown {
  if (code !== null) return calls.some((call) => call.window === window && call.code === code) ? { state: 'called', words: WORDS.called, code } : { state: 'serving', words: WORDS.atWork, code };
  if (state === 'open') return { state, words: WORDS.open, code: null };
  return state === 'paused' ? { state, words: WORDS.resting, code: null } : { state, words: WORDS.closed, code: null };
}
