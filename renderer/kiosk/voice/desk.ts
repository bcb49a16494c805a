import { drop } from '../../../domain/result.ts';
import type { KioskClient } from '../core.ts';
import type { Settings } from '../settings.ts';
import type { Speech } from '../text.ts';
import { bothEngines } from './engines.ts';
import { createVoice, PACES, VOLUMES, type Voice } from './voice.ts';
import { type Watch, watchPage } from './watch.ts';

/** What the voice works with, as it is at this moment. */
export type VoiceGround = {
  client: KioskClient | null;
  settings: Settings;
  speech: Speech;
  /** Names the screen: what was heard on another one was not heard on this. */
  place: string;
  /** Tells core that somebody listens: what is being read was asked for, and the visit must not end under it. */
  stay(): void;
};

/** Something that screens draw and that changes by itself. */
type Told<Value> = { current(): Value; subscribe(tell: () => void): () => void };

/** The voice as screens and keypad use it. */
export type VoiceDesk = {
  /** What is being said, for the eye; '' while nothing is. */
  caption: Told<string>;
  /** `can`: whether this machine can speak at all, null before it was asked. `heard`: what was heard to its end on this screen, by the names it was said under. */
  standing: Told<{ can: boolean | null; heard: ReadonlySet<string> }>;
  say: Voice['say'];
  hush: Voice['hush'];
  /** Null while the screen is not read aloud. */
  watch(): Watch | null;
  /** @returns nothing changes by it but what the voice works with from now on */
  on(ground: VoiceGround): void;
  /** Asks again whether there is a voice. */
  ask(): void;
  /** Begins to read the page aloud. @returns a way to end it */
  listen(): () => void;
};

const NOTHING: ReadonlySet<string> = new Set();

export function createVoiceDesk(first: VoiceGround): VoiceDesk {
  let ground = first;
  let watch: Watch | null = null;
  const caption = told('');
  const standing = told<{ can: boolean | null; heard: ReadonlySet<string> }>({ can: null, heard: NOTHING });
  const put = (part: Partial<{ can: boolean | null; heard: ReadonlySet<string> }>) => standing.put({ ...standing.current(), ...part });

  const engine = bothEngines(() => ground.client, () => ground.speech.t);
  const voice = createVoice(engine, (news) => {
    switch (news.kind) {
      case 'saying':
        return caption.put(news.text);
      case 'silence':
        return caption.put('');
      case 'cannot':
        return put({ can: false });
      case 'begun':
        return news.saying === 'screen' || news.saying === 'focus' ? ground.stay() : undefined;
      case 'heard':
        return put({ heard: new Set([...standing.current().heard, news.hear]) });
    }
  });

  return {
    caption,
    standing,
    say: voice.say,
    hush: voice.hush,
    watch: () => watch,
    on(next) {
      if (next.place !== ground.place) put({ heard: NOTHING });
      ground = next;
      const { pace, volume } = ground.settings;
      voice.set({ language: ground.speech.language, pace: PACES[pace] ?? 1, volume: VOLUMES[volume] ?? 1 });
    },
    ask() {
      if (ground.client !== null) drop(engine.can(ground.speech.language).then((can) => put({ can })));
    },
    listen() {
      watch = watchPage(document, { words: () => ground.speech, keys: () => ground.settings.keys === 'on', say: voice.say });
      return () => {
        watch?.close();
        watch = null;
        voice.hush();
      };
    },
  };
}

function told<Value>(first: Value): Told<Value> & { put(value: Value): void } {
  const listeners = new Set<() => void>();
  let held = first;
  return {
    current: () => held,
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    put(value) {
      held = value;
      for (const tell of listeners) tell();
    },
  };
}
