/** Says the calls of a board aloud, one after the other: ties what is to be said (`domain/queue/announce.ts`) to voices and a loudspeaker. */
import type { BoardView } from '../../../domain/contracts/site.ts';
import { type Announcer, begin, type Call, end, hear, startAnnouncing } from '../../../domain/queue/announce.ts';
import { callSound } from '../../../domain/queue/sound.ts';
import { drop } from '../../../domain/result.ts';
import type { Speaker } from './speaker.ts';
import type { Voices } from './voices.ts';

export type Announcements = {
  /** How things stand now. @param at by the machine's clock */
  told(view: BoardView, at: string): void;
};

/** @param options.speaking told what is being said, and null when nothing is */
export function createAnnouncements(options: { voices: Pick<Voices, 'sentences'>; speaker: Pick<Speaker, 'play' | 'state'>; times: number; speaking(call: Call | null): void }): Announcements {
  const { voices, speaker, times, speaking } = options;
  let announcer: Announcer | null = null;
  let isPlaying = false;

  function goOn(): void {
    // What plays is heard to its end, also when the sound was taken away and given back meanwhile and all begins anew.
    if (announcer === null || isPlaying) return;
    announcer = begin(announcer);
    speaking(announcer.speaking);
    if (announcer.speaking !== null) drop(say(announcer.speaking));
  }

  async function say(call: Call): Promise<void> {
    isPlaying = true;
    await speaker.play(callSound(await voices.sentences(call.code, call.window)));
    isPlaying = false;
    if (announcer !== null) announcer = end(announcer);
    goOn();
  }

  return {
    told(view, at) {
      // Nobody hears what was called while it was silent: with the sound it begins anew.
      if (speaker.state() !== 'ready') announcer = null;
      else announcer = announcer === null ? startAnnouncing(times, view, at) : hear(announcer, view);
      goOn();
    },
  };
}
