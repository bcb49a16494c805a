import type { Speech } from '../text.ts';
import { drop } from '../../../domain/result.ts';
import type { Engine, Speaking } from './engines.ts';
import { languageOf, pieces } from './for-the-ear.ts';
import { enqueue, pieceOver, type QueueState, type SayingKind, SILENCE } from './queue.ts';

/** Steps of speed, as shares of ordinary speech: who lives by hearing listens at twice the speed and more. */
export const PACES = [0.7, 0.85, 1, 1.25, 1.5, 1.9, 2.4] as const;
export const ORDINARY_PACE = 2;
/** Steps of loudness, as shares of what the machine's own volume allows. */
export const VOLUMES = [0.2, 0.4, 0.6, 0.8, 1] as const;
export const ORDINARY_VOLUME = 2;

export type VoiceSettings = { language: Speech['language']; pace: number; volume: number };

/** Core that starts again leaves a piece or two unsaid; more in a row is a machine that cannot speak. */
const MOST_FAILURES = 2;

/** What is told to whoever follows: what is being said now, as text; what was heard to its end; that nothing can be said. */
export type VoiceNews = { kind: 'saying'; text: string } | { kind: 'silence' } | { kind: 'heard'; hear: string } | { kind: 'begun'; saying: SayingKind } | { kind: 'cannot' };

/** Says one thing at a time, by the rules of `queue.ts`. */
export type Voice = {
  /** @param hear names it for the news that it was heard to its end; it must not be interrupted for that */
  say(kind: SayingKind, text: string, hear?: string): void;
  /** Ends what is being said and forgets what waits. */
  hush(): void;
  set(settings: VoiceSettings): void;
  close(): void;
};

export function createVoice(engine: Engine, tell: (news: VoiceNews) => void): Voice {
  let queue: QueueState = SILENCE;
  let settings: VoiceSettings = { language: 'zh-CN', pace: PACES[ORDINARY_PACE], volume: VOLUMES[ORDINARY_VOLUME] };
  let speaking: { piece: string; of: number; said: Speaking } | null = null;
  let begun = 0;
  let ids = 0;
  let failures = 0;

  const order = (piece: string) => ({ text: piece, language: languageOf(piece, settings.language), pace: settings.pace, volume: settings.volume });

  /** Makes what is heard what the queue says. */
  function follow(): void {
    const piece = queue.now?.pieces[0] ?? null;
    const of = queue.now?.id ?? 0;
    if (speaking !== null && (piece !== speaking.piece || of !== speaking.of)) {
      speaking.said.stop();
      speaking = null;
    }
    if (queue.now === null || piece === null) return tell({ kind: 'silence' });
    if (speaking !== null) return;
    if (begun !== of) {
      begun = of;
      tell({ kind: 'begun', saying: queue.now.kind });
    }
    tell({ kind: 'saying', text: piece });
    const said = engine.speak(order(piece));
    speaking = { piece, of, said };
    const next = queue.now.pieces[1] ?? queue.waiting[0]?.pieces[0];
    if (next !== undefined) engine.prepare(order(next));
    drop(said.over.then((how) => {
      if (speaking?.said !== said || how === 'stopped') return;
      speaking = null;
      failures = how === 'failed' ? failures + 1 : 0;
      if (failures > MOST_FAILURES) {
        queue = SILENCE;
        tell({ kind: 'cannot' });
        return tell({ kind: 'silence' });
      }
      // What was not said was not heard.
      if (how === 'failed' && queue.now !== null) queue = { ...queue, now: { ...queue.now, hear: '' } };
      const { state, over } = pieceOver(queue);
      queue = state;
      if (over !== null && over.hear !== '') tell({ kind: 'heard', hear: over.hear });
      follow();
    }));
  }

  return {
    say(kind, text, hear = '') {
      const parts = pieces(text);
      if (parts.length === 0) return;
      queue = enqueue(queue, { id: (ids += 1), kind, pieces: parts, hear });
      follow();
    },
    hush() {
      queue = SILENCE;
      follow();
    },
    set(next) {
      settings = next;
    },
    close() {
      queue = SILENCE;
      speaking?.said.stop();
      speaking = null;
    },
  };
}
