import { useEffect, useState, useSyncExternalStore } from 'react';
import type { BoardView } from '../../../domain/contracts/site.ts';
import type { Call } from '../../../domain/queue/announce.ts';
import { drop } from '../../../domain/result.ts';
import type { BoardLine, BoardRoad } from '../road.ts';
import { createAnnouncements } from './announcements.ts';
import { openSpeaker, type SpeakerState } from './speaker.ts';
import { createVoices, readFrom } from './voices.ts';

/** What could not be fetched is asked for again, milliseconds. */
const AGAIN = 30_000;

/** @property speaking the call that is being said @property lacking voices that are not there */
export type Voice = { state: SpeakerState | 'off'; speaking: Call | null; lacking: readonly string[]; allow(): void };

/** @param names null: this screen is silent */
export function useVoice({ ring }: BoardRoad, { stand, about }: BoardLine<BoardView>, { voices: names, times }: { voices: readonly string[] | null; times: number }): Voice {
  const [speaking, setSpeaking] = useState<Call | null>(null);
  const [lacking, setLacking] = useState<readonly string[]>([]);
  const [parts] = useState(() => {
    if (names === null) return null;
    const [speaker, voices] = [openSpeaker(), createVoices(names, readFrom(ring.all))];
    return { speaker, voices, announcements: createAnnouncements({ speaker, voices, times, speaking: setSpeaking }) };
  });
  const state = useSyncExternalStore((tell) => parts?.speaker.watch(tell) ?? (() => undefined), () => parts?.speaker.state() ?? 'off');
  const word = stand?.word ?? null;
  // As they are arranged now.
  const windows = word?.view.windows.map(({ window }) => window).join(' ') ?? '';

  useEffect(() => {
    if (parts === null || about === null) return undefined;
    const prepare = () => drop(parts.voices.prepare(about.businesses.map(({ prefix }) => prefix), windows.split(' ').filter(Boolean).map(Number)).then(() => setLacking(parts.voices.lacking())));
    prepare();
    const timer = setInterval(prepare, AGAIN);
    return () => clearInterval(timer);
  }, [parts, about, windows]);

  useEffect(() => {
    if (word !== null) parts?.announcements.told(word.view, word.at);
  }, [parts, word, state]);

  return { state, speaking, lacking, allow: () => parts?.speaker.allow() };
}
