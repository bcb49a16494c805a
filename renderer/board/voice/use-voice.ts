import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { BoardView } from '../../../domain/contracts/site.ts';
import { type Call, viewOf } from '../../../domain/queue/announce.ts';
import { drop } from '../../../domain/result.ts';
import type { BoardAddress } from '../address.ts';
import type { BoardLine, BoardRoad } from '../road.ts';
import { createAnnouncements } from './announcements.ts';
import { openSpeaker, type SpeakerState } from './speaker.ts';
import { createVoices, readFrom } from './voices.ts';

/** What could not be fetched is asked for again, milliseconds. */
const AGAIN = 30_000;

/** @property speaking the call that is being said @property lacking voices that are not there */
export type Voice = { state: SpeakerState | 'off'; speaking: Call | null; lacking: readonly string[]; allow(): void };

/** @param address of the screen: over a window only that window's calls are said; without voices it is silent */
export function useVoice({ ring }: BoardRoad, { stand, about }: BoardLine<BoardView>, { screen, voices: names, times }: BoardAddress): Voice {
  const [speaking, setSpeaking] = useState<Call | null>(null);
  const [lacking, setLacking] = useState<readonly string[]>([]);
  const [parts] = useState(() => {
    if (names === null) return null;
    const [speaker, voices] = [openSpeaker(), createVoices(names, readFrom(ring.all))];
    return { speaker, voices, announcements: createAnnouncements({ speaker, voices, times, speaking: setSpeaking }) };
  });
  const state = useSyncExternalStore((tell) => parts?.speaker.watch(tell) ?? (() => undefined), () => parts?.speaker.state() ?? 'off');
  const word = stand?.word ?? null;
  const only = screen.kind === 'main' ? null : screen.window;
  const view = useMemo(() => (word === null || only === null ? word?.view : viewOf(only, word.view)), [word, only]);
  // As they are arranged now.
  const windows = view?.windows.map(({ window }) => window).join(' ') ?? '';

  useEffect(() => {
    if (parts === null || about === null) return undefined;
    const prepare = () => drop(parts.voices.prepare(about.businesses.map(({ prefix }) => prefix), windows.split(' ').filter(Boolean).map(Number)).then(() => setLacking(parts.voices.lacking())));
    prepare();
    const timer = setInterval(prepare, AGAIN);
    return () => clearInterval(timer);
  }, [parts, about, windows]);

  useEffect(() => {
    if (word !== null && view !== undefined) parts?.announcements.told(view, word.at);
  }, [parts, word, view, state]);

  return { state, speaking, lacking, allow: () => parts?.speaker.allow() };
}
