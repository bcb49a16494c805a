import type { Sound } from '../../../domain/queue/sound.ts';

/** `starting`: it is not known yet. `blocked`: the browser waits for a touch before it lets a page make a sound. */
export type SpeakerState = 'starting' | 'ready' | 'blocked';
export type Speaker = {
  state(): SpeakerState;
  /** Called on every change. */
  watch(tell: () => void): () => void;
  /** Somebody touched the page. */
  allow(): void;
  /** Plays one sound. Ends when it has ended, or hangs in the machine's sound system. */
  play(sound: Sound): Promise<void>;
  close(): void;
};

/** A browser that may play says so within this, milliseconds; a kiosk's is started so that it may (`--autoplay-policy=no-user-gesture-required`). */
const STARTING = 1500;
/** A sound that takes so much longer than it is long hangs. */
const PATIENCE = 3000;

/** The machine's loudspeaker, by WebAudio: what is played is one buffer, so nothing of the page can make a gap in it. */
export function openSpeaker(): Speaker {
  const context = new AudioContext();
  const watchers = new Set<() => void>();
  let known = false;
  const tell = () => {
    for (const watch of [...watchers]) watch();
  };
  const timer = setTimeout(() => {
    known = true;
    tell();
  }, STARTING);
  context.addEventListener('statechange', tell);
  // Refused without a word while nobody has touched the page.
  void context.resume();

  return {
    state: () => (context.state === 'running' ? 'ready' : known ? 'blocked' : 'starting'),
    watch(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    allow: () => void context.resume(),
    play({ rate, samples }) {
      const buffer = context.createBuffer(1, samples.length, rate);
      buffer.copyToChannel(Float32Array.from(samples, (sample) => sample / 32_768), 0);
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(context.destination);
      return new Promise((resolve) => {
        const patience = setTimeout(end, buffer.duration * 1000 + PATIENCE);
        function end(): void {
          clearTimeout(patience);
          source.disconnect();
          resolve();
        }
        source.addEventListener('ended', end);
        source.start();
      });
    },
    close() {
      clearTimeout(timer);
      void context.close();
    },
  };
}
