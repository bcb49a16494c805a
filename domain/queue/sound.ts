/** Sounds of a board as samples: 16-bit, one channel. Pure: pieces in, one sound out, so that a page plays a call without gaps and a test hears what was played. */
import { err, ok, type Result } from '../result.ts';

/** @property rate samples a second */
export type Sound = { rate: number; samples: Int16Array<ArrayBuffer> };

/** Samples a second of everything that is composed, as eSpeak NG makes them: speech has nothing above 11 kHz that a hall's loudspeaker would bring. */
export const RATE = 22_050;

/** `no-wave`: no RIFF WAVE file, or a cut one. `wrong-format`: not 16-bit PCM of one channel at 8 000 to 48 000 samples a second. */
export type WaveFault = { kind: 'no-wave' } | { kind: 'wrong-format'; format: number; channels: number; bits: number; rate: number };

const PCM = 1;
const HEAD = 44;

/** Multimedia Programming Interface and Data Specifications 1.0, “Waveform Audio File Format”: chunks with a name and a length each, in any order after the first twelve bytes, padded to even lengths. */
export function readWave(bytes: Uint8Array): Result<Sound, WaveFault> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < HEAD || name(0) !== 'RIFF' || name(8) !== 'WAVE') return err({ kind: 'no-wave' });
  let rate: number | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [chunk, length] = [name(at), view.getUint32(at + 4, true)];
    const start = at + 8;
    if (chunk === 'fmt ' && length >= 16 && start + 16 <= bytes.length) {
      const format = { format: view.getUint16(start, true), channels: view.getUint16(start + 2, true), rate: view.getUint32(start + 4, true), bits: view.getUint16(start + 14, true) };
      if (format.format !== PCM || format.channels !== 1 || format.bits !== 16 || format.rate < 8000 || format.rate > 48_000) return err({ kind: 'wrong-format', ...format });
      ({ rate } = format);
    }
    if (chunk === 'data') {
      if (rate === null || start + length > bytes.length) return err({ kind: 'no-wave' });
      const samples = new Int16Array(length >> 1);
      for (const [index] of samples.entries()) samples[index] = view.getInt16(start + index * 2, true);
      return ok({ rate, samples });
    }
    at = start + length + (length & 1);
  }
  return err({ kind: 'no-wave' });
}

/** The inverse. */
export function writeWave({ rate, samples }: Sound): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(HEAD + samples.length * 2));
  const write = (at: number, text: string) => [...text].forEach((sign, index) => view.setUint8(at + index, sign.charCodeAt(0)));
  write(0, 'RIFF');
  view.setUint32(4, HEAD - 8 + samples.length * 2, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) view.setInt16(HEAD + index * 2, sample, true);
  return new Uint8Array(view.buffer);
}

/** Milliseconds. */
export function lengthOf({ rate, samples }: Sound): number {
  return (samples.length / rate) * 1000;
}

/** What is softer than this share of the loudest sample is silence at the ends: the hiss of a microphone lies below, an f or s that begins a word above. */
const SILENT = 0.02;
/** Kept before and behind what is heard, milliseconds: a word that is cut off at its first wave clicks. */
const MARGIN = 8;
/** The loudest sample of each piece, of 32 767: pieces that were spoken on different days are equally loud, and there is room above. */
const LOUDEST = 24_000;

/** A recording as a piece of a call: without the silence at its ends, as loud as the others, at the common rate. Empty when nothing is heard in it. */
export function pieceOf(recording: Sound): Sound {
  const { rate, samples } = atRate(recording, RATE);
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const isHeard = (sample: number) => Math.abs(sample) > peak * SILENT;
  const first = samples.findIndex(isHeard);
  // A loudest sample of this is the noise of an empty room, which would be made as loud as a voice.
  if (first === -1 || peak < 100) return { rate, samples: new Int16Array(0) };
  const margin = Math.round((MARGIN / 1000) * rate);
  const [start, over] = [Math.max(0, first - margin), Math.min(samples.length, samples.findLastIndex(isHeard) + 1 + margin)];
  const fade = Math.min(margin, (over - start) >> 1);
  return { rate, samples: samples.slice(start, over).map((sample, at) => (sample * LOUDEST / peak) * Math.min(1, (at + 1) / fade, (over - start - at) / fade)) };
}

/** The same at another rate, between samples along a straight line. */
function atRate({ rate, samples }: Sound, wanted: number): Sound {
  if (rate === wanted) return { rate, samples };
  const step = rate / wanted;
  const other = new Int16Array(Math.floor(samples.length / step));
  for (const [index] of other.entries()) {
    const at = Math.floor(index * step);
    const [here = 0, next = here] = [samples[at], samples[at + 1]];
    other[index] = here + (next - here) * (index * step - at);
  }
  return { rate: wanted, samples: other };
}

/** Between two pieces of one sentence, milliseconds: figures that are read out stand apart by about this. */
export const BETWEEN_PIECES = 30;
/** Behind the chime, and between two languages. */
export const BETWEEN_SENTENCES = 250;

/**
 * A call as one sound: the chime, then each sentence, whose pieces follow each other.
 * @param sentences of pieces that `pieceOf` made; none: the chime alone
 */
export function callSound(sentences: readonly (readonly Sound[])[]): Sound {
  const parts: Int16Array[] = [CHIME.samples];
  const pause = (milliseconds: number) => new Int16Array(samplesIn(milliseconds));
  for (const pieces of sentences) for (const [at, { samples }] of pieces.entries()) parts.push(pause(at === 0 ? BETWEEN_SENTENCES : BETWEEN_PIECES), samples);
  const whole = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return { rate: RATE, samples: whole };
}

export function samplesIn(milliseconds: number): number {
  return Math.round((milliseconds / 1000) * RATE);
}

/** 叮咚: a major third downwards, each tone struck and left to fade. */
const CHIME: Sound = chime([{ hertz: 659.3, from: 0 }, { hertz: 523.3, from: 380 }], 1100);

function chime(tones: readonly { hertz: number; from: number }[], milliseconds: number): Sound {
  const samples = new Int16Array(samplesIn(milliseconds));
  for (const [index] of samples.entries()) {
    let sum = 0;
    for (const { hertz, from } of tones) {
      const seconds = index / RATE - from / 1000;
      // Five milliseconds to be struck, a third of a second until a third is left; the octave makes it a bell and no whistle.
      if (seconds >= 0) sum += Math.min(1, seconds / 0.005) * Math.exp(-seconds * 3.4) * (Math.sin(2 * Math.PI * hertz * seconds) + 0.25 * Math.sin(4 * Math.PI * hertz * seconds));
    }
    // Its end is no click.
    samples[index] = sum * 9000 * Math.min(1, (samples.length - index) / samplesIn(60));
  }
  return { rate: RATE, samples };
}
