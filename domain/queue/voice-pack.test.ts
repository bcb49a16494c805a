import { describe, expect, test } from 'vitest';
import { callInChinese, callInEnglish } from './numbers.ts';
import { RATE, writeWave } from './sound.ts';
import { checkVoicePack, ENGLISH, MANDARIN, neededKeys, piecesOf, VoicePack, wordsFor } from './voice-pack.ts';

test('the two voices that are made say what a call says', () => {
  for (let window = 1; window <= 99; window += 1) {
    expect(piecesOf(MANDARIN, 'A012', window)).toEqual(callInChinese('A012', window).map(({ key }) => key));
    expect(piecesOf(ENGLISH, 'Z999', window)).toEqual(callInEnglish('Z999', window).map(({ key }) => key));
  }
});

test('there are words for every key that some call needs, and no others', () => {
  expect([...wordsFor('zh-CN').keys()].toSorted()).toEqual(neededKeys(MANDARIN).toSorted());
  expect([...wordsFor('en').keys()].toSorted()).toEqual(neededKeys(ENGLISH).toSorted());
  expect(neededKeys(MANDARIN, ['A'], [1]).toSorted()).toEqual([...'0123456789A', 'at-window', 'please', 'to'].toSorted());
});

test('a language with another order of words is data', () => {
  expect(piecesOf({ call: ['holder-of', '{ticket}', '{window}', 'come-to-it'], windows: 'each' }, 'A001', 12)).toEqual(['holder-of', 'A', '0', '0', '1', 'window-12', 'come-to-it']);
});

const recorded = (milliseconds: number, loud = 8000) => writeWave({ rate: RATE, samples: Int16Array.from({ length: Math.round((milliseconds / 1000) * RATE) }, (_, at) => loud * Math.sin(at / 8)) });
const pack: VoicePack = VoicePack.parse({
  format: 'jinban-voice-1', title: '四川话', language: 'zh-CN', source: '演播员录制', ...MANDARIN, segments: Object.fromEntries(neededKeys(MANDARIN).map((key) => [key, `${key}.wav`])),
});

describe('a pack is checked', () => {
  test('one that is whole has no findings', () => {
    expect(checkVoicePack(pack, () => recorded(300))).toEqual([]);
  });

  test('each fault by its key', () => {
    const { to: _, ...segments } = pack.segments;
    const files: Record<string, Uint8Array | null> = { 'A.wav': null, 'B.wav': recorded(300, 20), 'C.wav': recorded(20), 'D.wav': recorded(5000), 'E.wav': new Uint8Array(9) };
    const findings = checkVoicePack({ ...pack, segments }, (name) => (Object.hasOwn(files, name) ? (files[name] ?? null) : recorded(300)));
    expect(findings.map(({ key, fault }) => `${key} ${fault.kind}`).toSorted()).toEqual(['A no-file', 'B silent', 'C too-short', 'D too-long', 'E no-wave', 'to not-named']);
  });

  test.each([
    ['a file outside of its folder', { ...pack, segments: { A: '../A.wav' } }], ['a call without the window', { ...pack, call: ['please', '{ticket}'] }], ['one that says the ticket twice', { ...pack, call: ['{ticket}', '{ticket}', '{window}'] }],
  ])('%s is none', (_, wrong) => {
    expect(VoicePack.safeParse(wrong).success).toBe(false);
  });
});
