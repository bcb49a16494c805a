import { type ReactNode, useEffect, useState } from 'react';
import type { BoardView } from '../../domain/contracts/site.ts';
import { type Call, keyOf } from '../../domain/queue/announce.ts';
import { Icon } from '../ui/icons.tsx';
import type { BoardAddress } from './address.ts';
import { useSeconds } from './clock.ts';
import { Foot, Said, TroubleBanner, troubleOf, useAge, useMachineTime } from './parts.tsx';
import { type BoardRoad, useBoardLine } from './road.ts';
import { useVoice, type Voice } from './voice/use-voice.ts';
import { atWindow, more, WORDS } from './words.ts';
import './main-board.css';

/** A call is new for so long, milliseconds: time to look up, find it and read it twice. */
const FRESH = 15_000;
/** Calls that find room. Up to `FEW` beside the newest leave it two lines; from `MOST_WIDE` on they stand in two columns. */
const FEW = 2;
const MOST_WIDE = 5;
const MOST = 11;
/** Lines and windows on one page of the column beside; the next ones come after a while. */
const MOST_LINES = 6;
const MOST_SERVING = 12;
const PAGE = 9000;

export function MainBoard({ road, address }: { road: BoardRoad; address: BoardAddress }): ReactNode {
  const line = useBoardLine(road);
  const voice = useVoice(road, line, address);
  const time = useMachineTime(line);
  const trouble = troubleOf(line);
  useAge(trouble);
  const view = line.stand?.word?.view ?? null;
  return (
    <div className="board">
      <header className="head">
        <p className="hall">{line.about?.hallName ?? ''}</p>
        <h1><Said words={WORDS.title} /></h1>
        <p className="time number">{time.slice(0, 5)}</p>
      </header>
      <TroubleBanner trouble={trouble} />
      {view === null ? (
        <main className="main main-empty">{trouble?.kind === 'connecting' && <p className="empty"><Said words={WORDS.connecting} /></p>}</main>
      ) : (
        <main className="main">
          <Calls view={view} voice={voice} />
          <aside className="beside">
            <Lines lines={view.lines} />
            <Serving windows={view.windows} calls={view.calls} />
          </aside>
        </main>
      )}
      <Foot line={line} voice={voice} />
    </div>
  );
}

function Calls({ view, voice: { speaking, state: sound } }: { view: BoardView; voice: Voice }): ReactNode {
  const { calls, windows } = view;
  const fresh = useFresh(calls);
  const [newest, ...others] = calls;
  if (newest === undefined) {
    const isOpen = windows.some(({ state }) => state !== 'closed');
    return (
      <section className="calls calls-none">
        <p className="empty"><Said words={isOpen ? WORDS.none : WORDS.notOpen} /></p>
        <p className="empty-lead"><Said words={!isOpen ? WORDS.notOpenLead : sound === 'off' ? WORDS.noneSilent : WORDS.noneLead} /></p>
      </section>
    );
  }
  const shown = others.slice(0, MOST - 1);
  return (
    <section className={`calls ${shown.length >= MOST_WIDE ? 'calls-many' : shown.length <= FEW ? 'calls-few' : ''}`}>
      <ol>
        {[newest, ...shown].map((call, at) => (
          <li key={mark(call)} className={`call ${at === 0 ? 'call-newest' : ''}`} data-fresh={fresh.has(mark(call))} data-speaking={speaking !== null && keyOf(speaking) === keyOf(call)}>
            <span className="call-code number">{call.code}</span>
            <Icon name="forward" size={0.7} />
            <Said words={atWindow(call.window)} className="call-window" />
            {call.times > 1 && <Said words={WORDS.again} className="call-again" />}
          </li>
        ))}
      </ol>
      {others.length > shown.length && <p className="more"><Said words={more(others.length - shown.length)} /></p>}
    </section>
  );
}

function Lines({ lines }: { lines: BoardView['lines'] }): ReactNode {
  const { shown, pages, page } = usePage(lines, MOST_LINES);
  return (
    <section className="lines">
      <h2><Said words={WORDS.waiting} /><Pages pages={pages} page={page} /></h2>
      <ul>
        {shown.map(({ name, waiting }) => (
          <li key={name}>
            <span className="line-name">{name}</span>
            <span className="line-waiting"><span className="number">{waiting}</span>{WORDS.people.zh}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who is at a window: somebody who comes late sees that his number was called. */
function Serving({ windows, calls }: Pick<BoardView, 'windows' | 'calls'>): ReactNode {
  const serving = windows.flatMap(({ window, code }) => (code === null || calls.some((call) => call.code === code && call.window === window) ? [] : [{ window, code }]));
  const { shown, pages, page } = usePage(serving, MOST_SERVING);
  if (serving.length === 0) return null;
  return (
    <section className="serving">
      <h2><Said words={WORDS.serving} /><Pages pages={pages} page={page} /></h2>
      <ul>
        {shown.map(({ window, code }) => (
          <li key={window}>
            <span className="number">{code}</span>
            <span className="serving-window">{atWindow(window).zh}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Pages({ pages, page }: { pages: number; page: number }): ReactNode {
  return pages > 1 ? <span className="pages number">{page + 1}/{pages}</span> : null;
}

/** A part of a list that is too long for the screen, the next one after a while. */
function usePage<Item>(items: readonly Item[], most: number): { shown: readonly Item[]; pages: number; page: number } {
  const [turn, setTurn] = useState(0);
  const pages = Math.max(1, Math.ceil(items.length / most));
  useEffect(() => {
    if (pages === 1) return undefined;
    const timer = setInterval(() => setTurn((now) => now + 1), PAGE);
    return () => clearInterval(timer);
  }, [pages]);
  const page = turn % pages;
  // As many on one as on the other, so that what stands below does not jump.
  const each = Math.ceil(items.length / pages);
  return { shown: items.slice(page * each, (page + 1) * each), pages, page };
}

/** A call, and each call again of it. */
function mark(call: Call): string {
  return `${keyOf(call)} ${call.times}`;
}

/** Calls that this board was told of within `FRESH`; those that hung there when it came up are none. */
function useFresh(calls: readonly Call[]): ReadonlySet<string> {
  const now = useSeconds();
  const marks = calls.map(mark);
  const [seen, setSeen] = useState(() => ({ marks: marks.join('|'), at: new Map(marks.map((one) => [one, -FRESH])) }));
  if (seen.marks !== marks.join('|')) setSeen({ marks: marks.join('|'), at: new Map(marks.map((one) => [one, seen.at.get(one) ?? now])) });
  return new Set(marks.filter((one) => now - (seen.at.get(one) ?? now) < FRESH));
}
