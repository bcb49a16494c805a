import { expect, test } from 'vitest';
import type { BoardView } from '../../../domain/contracts/site.ts';
import { MANDARIN, neededKeys, piecesOf, type VoicePack } from '../../../domain/queue/voice-pack.ts';
import { callSound, RATE, type Sound, writeWave } from '../../../domain/queue/sound.ts';
import { createAnnouncements } from './announcements.ts';
import type { SpeakerState } from './speaker.ts';
import { createVoices } from './voices.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 1, 0, second)).toISOString();
const view = (...calls: [code: string, window: number, second: number][]): BoardView => ({ calls: calls.map(([code, window, second]) => ({ code, window, at: at(second), times: 1 })).toReversed(), windows: [], lines: [] });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Each piece of the pack is a tone of another length. */
const KEYS = neededKeys(MANDARIN);
const pack: VoicePack = { format: 'jinban-voice-1', title: '普通话', language: 'zh-CN', source: 'x', call: [...MANDARIN.call], windows: 'tens', segments: Object.fromEntries(KEYS.map((key) => [key, `${key}.wav`])) };
const files = new Map<string, Uint8Array>([
  ['mandarin/pack.json', new TextEncoder().encode(JSON.stringify(pack))],
  ...KEYS.map((key, place): [string, Uint8Array] => [`mandarin/${key}.wav`, writeWave({ rate: RATE, samples: Int16Array.from({ length: 2000 + place * 50 }, (_, index) => 9000 * Math.sin(index / 9)) })]),
]);

function rig() {
  let state: SpeakerState = 'ready';
  const played: Sound[] = [];
  const said: (string | null)[] = [];
  const ends: (() => void)[] = [];
  const asked: string[] = [];
  const voices = createVoices(['mandarin', 'tibetan'], async (path) => {
    asked.push(path);
    return files.get(path) ?? 'absent';
  });
  const speaker = { state: () => state, play: (sound: Sound) => new Promise<void>((resolve) => void (played.push(sound), ends.push(resolve))) };
  const announcements = createAnnouncements({ voices, speaker, times: 1, speaking: (call) => said.push(call?.code ?? null) });
  return {
    voices, announcements, played, said, asked,
    become: (next: SpeakerState) => void (state = next),
    async over() {
      ends.shift()?.();
      await settle();
    },
  };
}

test('calls are said one after the other, each as one sound of its pieces in order', async () => {
  const { announcements, played, said, over, voices } = rig();
  announcements.told(view(), at(0));
  announcements.told(view(['A012', 3, 1], ['B120', 12, 2]), at(2));
  await settle();
  expect(played.length).toBe(1);
  await over();
  expect(played.length).toBe(2);
  await over();
  expect(said.filter((code) => code !== null)).toEqual(['A012', 'B120']);
  expect(said.at(-1)).toBeNull();
  const [sentence = []] = await voices.sentences('B120', 12);
  expect(sentence.length).toBe(piecesOf(MANDARIN, 'B120', 12).length);
  expect(played[1]).toEqual(callSound([sentence]));
});

test('a voice that is not there is told, asked for once, and the others speak', async () => {
  const { voices, asked } = rig();
  await voices.prepare(['A'], [1, 2]);
  await voices.prepare(['A'], [1, 2]);
  expect(voices.lacking()).toEqual(['tibetan']);
  expect(asked.filter((path) => path === 'tibetan/pack.json').length).toBe(1);
  expect(new Set(asked).size).toBe(asked.length);
  expect((await voices.sentences('A001', 2)).length).toBe(1);
});

test('half a number is not said: the chime alone', async () => {
  const { voices } = rig();
  expect(await voices.sentences('A00?', 2)).toEqual([]);
});

test('what was called while it was silent is not said afterwards', async () => {
  const { announcements, played, become, over } = rig();
  become('blocked');
  announcements.told(view(['A001', 1, 0]), at(1));
  announcements.told(view(['A001', 1, 0], ['A002', 2, 20]), at(30));
  become('ready');
  announcements.told(view(['A001', 1, 0], ['A002', 2, 20], ['A003', 3, 39]), at(40));
  await settle();
  await over();
  expect(played.length).toBe(1);
  // The sound is taken away and given back while it speaks: nothing is said over it, and what was half heard is said once more.
  announcements.told(view(['A004', 1, 60]), at(60));
  await settle();
  become('blocked');
  announcements.told(view(['A004', 1, 60]), at(61));
  become('ready');
  announcements.told(view(['A004', 1, 60]), at(62));
  await settle();
  expect(played.length).toBe(2);
  await over();
  expect(played.length).toBe(3);
  await over();
  expect(played.length).toBe(3);
});
