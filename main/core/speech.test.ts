import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { type SpeechEngine, systemSpeech, withLengths } from './speech.ts';

const folder = mkdtempSync(join(tmpdir(), 'jinban-speech-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An engine that is a script; what stands in `$NOTE` is where it writes. */
function played(name: string, script: string, answerMs?: number): { engine: SpeechEngine; note: string } {
  const program = join(folder, name);
  const note = `${program}.note`;
  writeFileSync(program, `#!/bin/sh\nNOTE='${note}'\n${script}\n`);
  chmodSync(program, 0o700);
  const engine = systemSpeech({ program, ...(answerMs === undefined ? {} : { answerMs }) });
  onTestFinished(() => engine.close());
  return { engine, note };
}
const said = (text: string) => ({ text, language: 'zh-CN' as const, pace: 1 });

describe("words become sound by the system's engine", () => {
  test('the first screen has a voice in Chinese and in English, and a faster one is shorter', async () => {
    const engine = systemSpeech();
    const [chinese, faster, english] = await Promise.all([engine.speak(said('今天要办什么？')), engine.speak({ ...said('今天要办什么？'), pace: 2 }), systemSpeech().speak({ text: 'What would you like to do?', language: 'en', pace: 1 })]);
    for (const spoken of [chinese, faster, english]) expect(spoken).toMatchObject({ ok: true });
    if (!chinese.ok || !faster.ok) throw new Error('no sound');
    const view = new DataView(chinese.value.buffer);
    expect(view.getUint32(40, true)).toBe(chinese.value.length - 44);
    // Half a second of 16-bit sound at 22 kHz at the very least.
    expect(chinese.value.length).toBeGreaterThan(22_050);
    expect(faster.value.length).toBeLessThan(chinese.value.length * 0.7);
    expect(await engine.speak(said(''))).toEqual({ ok: true, value: new Uint8Array() });
  });

  test('Chinese is spoken by the voice that reads it: not by one that reads its pinyin as English', async () => {
    const signs = (english: boolean) => `case "$*" in *-x*) echo "${english ? '(en)kI55NTr' : 'tS;h'}"; exit 0;; esac; echo "$2" > "$NOTE"; exit 1`;
    for (const [english, voice] of [[true, 'cmn-latn-pinyin'], [false, 'cmn']] as const) {
      const { engine, note } = played(`mandarin-${voice}`, signs(english));
      await engine.speak(said('您好'));
      expect(readFileSync(note, 'utf8').trim()).toBe(voice);
    }
  });

  test('the words are in no argument', async () => {
    const { engine, note } = played('args', 'echo "$@" > "$NOTE"; cat >> "$NOTE"');
    expect(await engine.speak(said('王小禾'))).toEqual({ ok: false, error: { kind: 'failed' } });
    const [first, ...rest] = readFileSync(note, 'utf8').split('\n');
    expect(first).not.toContain('王小禾');
    expect(rest.join('')).toBe('王小禾');
  });

  test('a machine without the engine says so; one that hangs, or is stopped, is ended', async () => {
    expect(await systemSpeech({ program: join(folder, 'not-there') }).speak(said(''))).toEqual({ ok: false, error: { kind: 'no-engine' } });
    const { engine } = played('hangs', 'exec sleep 600', 200);
    expect(await engine.speak(said('您好'))).toEqual({ ok: false, error: { kind: 'failed' } });
    const stop = new AbortController();
    const { engine: patient } = played('patient', 'exec sleep 600');
    const going = patient.speak(said('您好'), stop.signal);
    stop.abort();
    expect(await going).toEqual({ ok: false, error: { kind: 'failed' } });
  });

  test('what is no sound is not passed on as one', () => {
    expect(withLengths(new Uint8Array())).toBeNull();
    expect(withLengths(new Uint8Array(100))).toBeNull();
  });
});
