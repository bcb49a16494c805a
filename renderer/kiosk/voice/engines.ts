import { drop } from '../../../domain/result.ts';
import type { KioskClient } from '../core.ts';
import type { Speech } from '../text.ts';
import { forTheEar } from './for-the-ear.ts';

export type Order = { text: string; language: 'zh-CN' | 'en'; pace: number; volume: number };
/** `stopped` by ourselves; `failed`: there is no voice, or it did not speak. */
export type Said = 'ended' | 'stopped' | 'failed';
export type Speaking = { over: Promise<Said>; stop(): void };
export type Engine = {
  speak(order: Order): Speaking;
  /** This comes next, most likely. */
  prepare(order: Order): void;
  /** Whether there is a voice for the language. */
  can(language: Order['language']): Promise<boolean>;
};

/**
 * The window's own voices where the machine has one for the language, and core's engine otherwise. Voices that speak over the network are not used: what is
 * said names people.
 */
export function bothEngines(client: () => KioskClient | null, t: () => Speech['t']): Engine {
  const own = webSpeech();
  const core = coreSpeech(client);
  const heard = (order: Order): Order => ({ ...order, text: forTheEar(order.text, t()) });
  const engineFor = (language: Order['language']) => (own.has(language) ? own : core);
  return {
    speak(order) {
      const spoken = heard(order);
      // Nothing but signs has no sound.
      return /[\p{L}\p{N}]/u.test(spoken.text) ? engineFor(order.language).speak(spoken) : { over: Promise.resolve('ended'), stop: () => undefined };
    },
    prepare: (order) => engineFor(order.language).prepare(heard(order)),
    can: (language) => engineFor(language).can(language),
  };
}

/** Voices of the operating system that Chromium reaches by itself (Web Speech API): those of Windows, mostly. */
function webSpeech(): Engine & { has(language: Order['language']): boolean } {
  const synthesis = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : null;
  const voiceFor = (language: Order['language']) => synthesis?.getVoices().find((voice) => voice.localService && voice.lang.replace('_', '-').startsWith(language === 'en' ? 'en' : 'zh-CN')) ?? null;
  // The first question only starts the search for voices.
  voiceFor('zh-CN');
  return {
    has: (language) => voiceFor(language) !== null,
    can: (language) => Promise.resolve(voiceFor(language) !== null),
    prepare: () => undefined,
    speak({ text, language, pace, volume }) {
      const utterance = new SpeechSynthesisUtterance(text);
      Object.assign(utterance, { voice: voiceFor(language), lang: language, rate: pace, volume });
      let stop: () => void = () => undefined;
      const over = new Promise<Said>((resolve) => {
        utterance.addEventListener('end', () => resolve('ended'));
        utterance.addEventListener('error', () => resolve('failed'));
        stop = () => {
          resolve('stopped');
          synthesis?.cancel();
        };
      });
      synthesis?.speak(utterance);
      return { over, stop: () => stop() };
    },
  };
}

/** A sound that takes so much longer than it is long hangs in the machine's sound system. */
const PATIENCE_MS = 3000;
/** Bytes of a second of core's sound: 16-bit, one channel, 22 050 Hz. */
const BYTES_A_SECOND = 44_100;

type Made = { key: string; sound: Promise<Uint8Array | null>; leave: AbortController };

/** Core makes a WAV file of the words, and the window plays it. */
function coreSpeech(client: () => KioskClient | null): Engine {
  let next: Made | null = null;

  function make({ text, language, pace }: Order): Made {
    const leave = new AbortController();
    const core = client();
    const asked = core === null ? Promise.resolve(null) : core.speak({ text, language, pace }, { signal: leave.signal }).then((answer) => (answer.ok ? answer.value : null), () => null);
    return { key: keyOf({ text, language, pace }), sound: asked, leave };
  }

  return {
    async can(language) {
      const answer = await client()?.speak({ text: '', language, pace: 1 }).catch(() => null);
      return answer?.ok === true;
    },
    prepare(order) {
      if (next?.key === keyOf(order)) return;
      next?.leave.abort();
      next = make(order);
    },
    speak(order) {
      const made = next?.key === keyOf(order) ? next : make(order);
      if (made === next) next = null;
      let stop: () => void = () => undefined;
      const stopped = new Promise<Said>((resolve) => {
        stop = () => {
          resolve('stopped');
          made.leave.abort();
        };
      });
      const spoken = made.sound.then((sound) => (sound === null ? 'failed' : play(sound, order.volume, stopped)));
      return { over: Promise.race([stopped, spoken]), stop: () => stop() };
    },
  };
}

function keyOf({ text, language, pace }: Pick<Order, 'text' | 'language' | 'pace'>): string {
  return `${language} ${pace} ${text}`;
}

async function play(sound: Uint8Array, volume: number, stopped: Promise<Said>): Promise<Said> {
  const address = URL.createObjectURL(new Blob([Uint8Array.from(sound)], { type: 'audio/wav' }));
  const audio = new Audio(address);
  audio.volume = volume;
  let patience: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<Said>((resolve) => {
    audio.addEventListener('ended', () => resolve('ended'));
    audio.addEventListener('error', () => resolve('failed'));
    drop(audio.play().catch(() => resolve('failed')));
    patience = setTimeout(() => resolve('failed'), (sound.length / BYTES_A_SECOND) * 1000 + PATIENCE_MS);
  });
  try {
    return await Promise.race([over, stopped]);
  } finally {
    clearTimeout(patience);
    audio.pause();
    URL.revokeObjectURL(address);
  }
}
