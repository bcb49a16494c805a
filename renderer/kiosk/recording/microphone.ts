import { LARGEST_RECORDING } from '../../../domain/contracts/letters.ts';
import { LONGEST_RECORDING } from '../../../domain/contracts/messages.ts';

/** Speech, with the first harmonics that make it easy to understand: three minutes are some 540 KB. */
const BITS_A_SECOND = 24_000;
const TYPE = 'audio/webm;codecs=opus';

/** A recording that is being made. */
export type Taking = {
  /** How long it is, and how loud it is now, from 0 to 1. */
  now(): { seconds: number; level: number };
  /** Ends it; null when nothing was taken that could be kept. The microphone is off then. */
  finish(): Promise<{ audio: Uint8Array<ArrayBuffer>; seconds: number } | null>;
  /** Lets go of everything. */
  cancel(): void;
};

/** Switches the microphone on; null when there is none, or the shell does not let this window hear it now. */
export async function openMicrophone(): Promise<Taking | null> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true, echoCancellation: true } });
  } catch {
    return null;
  }
  const recorder = new MediaRecorder(stream, { mimeType: TYPE, audioBitsPerSecond: BITS_A_SECOND });
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const meter = new AudioContext();
  const analyser = meter.createAnalyser();
  analyser.fftSize = 1024;
  meter.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  recorder.start(1000);

  function off(): void {
    for (const track of stream.getTracks()) track.stop();
    meter.close().catch(() => undefined);
  }

  return {
    now() {
      analyser.getFloatTimeDomainData(wave);
      return { seconds: seconds(), level: loudness(wave) };
    },
    async finish() {
      const length = Math.min(LONGEST_RECORDING, Math.max(1, Math.round(seconds())));
      const ended = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve(), { once: true }));
      if (recorder.state !== 'inactive') {
        recorder.stop();
        await ended;
      }
      off();
      const audio = new Uint8Array(await new Blob(pieces).arrayBuffer());
      return audio.length === 0 || audio.length > LARGEST_RECORDING ? null : { audio, seconds: length };
    },
    cancel() {
      if (recorder.state !== 'inactive') recorder.stop();
      off();
    },
  };
}

/** Quietest sound that moves the meter, decibels below full scale: a room with nobody in it. */
const FLOOR = -60;

/** How loud a piece of a wave is, from 0 to 1: its root mean square on a scale of decibels, as ears hear. */
export function loudness(wave: Readonly<Float32Array>): number {
  const mean = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
  if (!(mean > 0)) return 0;
  return Math.min(1, Math.max(0, 1 - (10 * Math.log10(mean)) / FLOOR));
}
