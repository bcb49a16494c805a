import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { callSound, lengthOf, pieceOf, RATE, readWave, type Sound } from '../../domain/queue/sound.ts';
import { piecesOf, VoicePack } from '../../domain/queue/voice-pack.ts';
import { systemSpeech } from '../../main/core/speech.ts';
import { bundleVoices, makeVoicePack, readVoicePack } from './make.ts';
import { main } from './main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'jinban-voice-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...parts: string[]) => path.join(folder, ...parts);

function sentence(name: string, code: string, window: number): Sound[] {
  const pack = VoicePack.parse(JSON.parse(readFileSync(at(name, 'pack.json'), 'utf8')));
  return piecesOf(pack, code, window).map((key) => {
    const wave = readWave(readFileSync(at(name, pack.segments[key] ?? '')));
    if (!wave.ok) throw new Error(key);
    return pieceOf(wave.value);
  });
}

/** The longest silence within a sound, milliseconds. */
function longestSilence({ samples }: Sound): number {
  let [longest, since] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) > 500) since = index;
    else longest = Math.max(longest, index - since);
  }
  return (longest / RATE) * 1000;
}

describe('a voice made by the engine of this machine', () => {
  test('says every call, and a call of ten pieces sounds like a sentence', async () => {
    const engine = systemSpeech();
    expect(await makeVoicePack(at('mandarin'), 'zh-CN', engine)).toMatchObject({ ok: true });
    expect(readVoicePack(at('mandarin'))).toMatchObject({ kind: 'read', findings: [] });
    const chime = lengthOf(callSound([]));
    for (const [code, window] of [['A001', 2], ['H709', 47]] as const) {
      const said = sentence('mandarin', code, window);
      const whole = lengthOf(callSound([said]));
      // About four syllables a second: neither rattled off nor spelled with pauses.
      const syllables = said.length + 4;
      expect((whole - chime) / syllables, `${code} ${whole}`).toBeGreaterThan(200);
      expect((whole - chime) / syllables, `${code} ${whole}`).toBeLessThan(330);
      const { samples } = callSound([said]);
      expect(longestSilence({ rate: RATE, samples: samples.slice(Math.round(((chime + 260) / 1000) * RATE)) })).toBeLessThan(160);
    }
  });

  test('is checked by the tool, which names what is missing', async () => {
    const written: string[] = [];
    const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const told = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    try {
      expect(await main(['check', at('mandarin')])).toBe(0);
      rmSync(at('mandarin', 'please.wav'));
      writeFileSync(at('mandarin', '7.wav'), 'no sound');
      expect(await main(['check', at('mandarin')])).toBe(1);
      expect(await main(['make'])).toBe(2);
      expect(await main(['make', at('other'), '--language', 'fr'])).toBe(2);
    } finally {
      out.mockRestore();
      told.mockRestore();
    }
    expect(written.join('').trim().split('\n').toSorted()).toEqual(['7: its file is no WAV file', 'please: its file is not there']);
  });
});

describe('what boards find', () => {
  const silent = systemSpeech({ program: at('not-there') });

  test('on a machine without an engine: what people recorded', async () => {
    expect(await bundleVoices(at('none'), at('no-such-folder'), silent)).toEqual({ ok: false, error: { kind: 'no-engine' } });
    expect(readdirSync(at('none')).flatMap((name) => readdirSync(at('none', name)))).toEqual([]);
  });

  test('a recording that cannot say every call stops the build', async () => {
    const recorded = at('recorded');
    cpSync(at('mandarin'), path.join(recorded, 'mandarin'), { recursive: true });
    await expect(bundleVoices(at('broken'), recorded, silent)).rejects.toThrow(/voice-packs\/mandarin cannot say every call/);
  });
});
