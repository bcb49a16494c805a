import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BETWEEN_PIECES, BETWEEN_SENTENCES, callSound, lengthOf, pieceOf, RATE, readWave, samplesIn, type Sound, writeWave } from './sound.ts';

/** A tone with silence around it, milliseconds. */
function tone(rate: number, before: number, long: number, behind: number, loud = 10_000): Sound {
  const at = (milliseconds: number) => Math.round((milliseconds / 1000) * rate);
  const samples = new Int16Array(at(before) + at(long) + at(behind));
  for (let index = 0; index < at(long); index += 1) samples[at(before) + index] = loud * Math.sin((2 * Math.PI * 440 * index) / rate);
  return { rate, samples };
}

describe('a WAV file', () => {
  test('is read and written, bit for bit', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 200 }), fc.constantFrom(8000, 11_025, 22_050, 44_100, 48_000), (samples, rate) => {
      const sound = { rate, samples: Int16Array.from(samples) };
      expect(readWave(writeWave(sound))).toEqual({ ok: true, value: sound });
    }));
  });

  test('golden bytes', () => {
    expect(Buffer.from(writeWave({ rate: 11_025, samples: Int16Array.of(1, -2) })).toString('hex')).toBe('524946462800000057415645666d74201000000001000100112b00002256000002001000646174610400000001'.concat('00feff'));
  });

  test('chunks that nobody asked for are passed over, as programs that record write them', () => {
    const plain = writeWave({ rate: 22_050, samples: Int16Array.of(5, 6, 7) });
    const list = Uint8Array.from([...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0]);
    expect(readWave(Uint8Array.from([...plain.subarray(0, 36), ...list, ...plain.subarray(36)]))).toEqual({ ok: true, value: { rate: 22_050, samples: Int16Array.of(5, 6, 7) } });
  });

  test('stereo, another depth, another coding, a cut one and no such file are told', () => {
    const changed = (at: number, value: number) => writeWave({ rate: 22_050, samples: Int16Array.of(1, 2) }).map((byte, index) => (index === at ? value : byte));
    expect(readWave(changed(22, 2))).toMatchObject({ error: { kind: 'wrong-format', channels: 2 } });
    expect(readWave(changed(34, 8))).toMatchObject({ error: { kind: 'wrong-format', bits: 8 } });
    expect(readWave(changed(20, 3))).toMatchObject({ error: { kind: 'wrong-format', format: 3 } });
    expect(readWave(writeWave({ rate: 96_000, samples: Int16Array.of(1) }))).toMatchObject({ error: { kind: 'wrong-format', rate: 96_000 } });
    expect(readWave(changed(40, 200))).toEqual({ ok: false, error: { kind: 'no-wave' } });
    expect(readWave(changed(0, 0))).toEqual({ ok: false, error: { kind: 'no-wave' } });
    expect(readWave(new Uint8Array(3))).toEqual({ ok: false, error: { kind: 'no-wave' } });
  });

  test('whatever the bytes, reading ends', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, headed) => {
      const head = writeWave({ rate: 22_050, samples: new Int16Array(0) }).subarray(0, 36);
      expect(typeof readWave(headed ? Uint8Array.from([...head, ...bytes]) : bytes).ok).toBe('boolean');
    }));
  });
});

describe('a recording as a piece', () => {
  test.each([22_050, 11_025, 48_000])('the silence at its ends goes, at %i Hz', (rate) => {
    const piece = pieceOf(tone(rate, 400, 300, 700));
    expect(piece.rate).toBe(RATE);
    expect(lengthOf(piece)).toBeGreaterThan(300);
    expect(lengthOf(piece)).toBeLessThan(330);
  });

  test('soft ones and loud ones are equally loud', () => {
    const loudest = ({ samples }: Sound) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(Math.abs(loudest(pieceOf(tone(RATE, 0, 200, 0, 900))) - loudest(pieceOf(tone(RATE, 0, 200, 0, 32_000))))).toBeLessThan(100);
  });

  test('one in which nothing is heard is empty', () => {
    expect(pieceOf(tone(RATE, 100, 100, 100, 40)).samples.length).toBe(0);
    expect(pieceOf({ rate: RATE, samples: new Int16Array(0) }).samples.length).toBe(0);
  });

  test('it neither begins nor ends with a click', () => {
    const { samples } = pieceOf(tone(RATE, 0, 200, 0));
    expect(Math.abs(samples[0] ?? 0)).toBeLessThan(500);
    expect(Math.abs(samples.at(-1) ?? 0)).toBeLessThan(500);
  });
});

test('a call is the chime, then its pieces in order with nothing lost, as long as they add up to', () => {
  const marked = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 40 }).map((samples): Sound => ({ rate: RATE, samples: Int16Array.from(samples) }));
  const chime = callSound([]).samples.length;
  fc.assert(fc.property(fc.array(fc.array(marked, { minLength: 1, maxLength: 8 }), { maxLength: 3 }), (sentences) => {
    const { samples } = callSound(sentences);
    let at = chime;
    for (const pieces of sentences) for (const [place, piece] of pieces.entries()) {
      at += samplesIn(place === 0 ? BETWEEN_SENTENCES : BETWEEN_PIECES);
      expect([...samples.subarray(at, at + piece.samples.length)]).toEqual([...piece.samples]);
      at += piece.samples.length;
    }
    expect(samples.length).toBe(at);
  }));
});
