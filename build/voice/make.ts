/** Voices of boards, made by the system's speech engine. */
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pieceOf, readWave, writeWave } from '../../domain/queue/sound.ts';
import { checkVoicePack, ENGLISH, MANDARIN, VOICE_PACK_FILE, VoicePack, type VoiceFinding, wordsFor } from '../../domain/queue/voice-pack.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SpeechEngine, SpeechFailure } from '../../main/core/speech.ts';

export type MadeLanguage = 'zh-CN' | 'en';

const SOURCE = 'Made by eSpeak NG; its licence (GPL-3.0-or-later) is that of the program, not of what it says.';
const MADE = {
  'zh-CN': { title: '普通话（合成）', ...MANDARIN },
  en: { title: 'English (synthetic)', ...ENGLISH },
} as const satisfies Record<MadeLanguage, Pick<VoicePack, 'title' | 'call' | 'windows'>>;
/** What each language is called as a folder in `dist/voice/`. */
const FOLDERS = { 'zh-CN': 'mandarin', en: 'english' } as const satisfies Record<MadeLanguage, string>;

/** The engine draws out a word that stands alone; at this pace the pieces together are as slow as speech that is meant to be heard across a hall: 请 A 零 零 一 到 二 号窗口办理 takes 3.4 seconds. */
const PACE = 1.2;

/** Writes a whole pack into a folder, silence cut off and all pieces equally loud. */
export async function makeVoicePack(folder: string, language: MadeLanguage, engine: SpeechEngine): Promise<Result<{ pieces: number }, SpeechFailure>> {
  const words = wordsFor(language);
  const segments: Record<string, string> = {};
  await mkdir(folder, { recursive: true });
  for (const [key, text] of words) {
    const spoken = await engine.speak({ text, language, pace: PACE });
    if (!spoken.ok) return spoken;
    const wave = readWave(spoken.value);
    if (!wave.ok) return err({ kind: 'failed' });
    segments[key] = `${key}.wav`;
    await writeFile(path.join(folder, `${key}.wav`), writeWave(pieceOf(wave.value)));
  }
  const { title, call, windows } = MADE[language];
  const pack: VoicePack = { format: 'jinban-voice-1', title, language, source: SOURCE, call: [...call], windows, segments };
  await writeFile(path.join(folder, VOICE_PACK_FILE), `${JSON.stringify(pack, null, 2)}\n`);
  return ok({ pieces: words.size });
}

export type PackReading = { kind: 'no-pack'; words: string } | { kind: 'read'; pack: VoicePack; findings: VoiceFinding[] };

/** Reads a folder and says what keeps it from saying every call. */
export function readVoicePack(folder: string): PackReading {
  const file = path.join(folder, VOICE_PACK_FILE);
  if (!existsSync(file)) return { kind: 'no-pack', words: `${file} does not exist` };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) return { kind: 'no-pack', words: `${file} is no JSON: ${cause.message}` };
    throw cause;
  }
  const pack = VoicePack.safeParse(json);
  if (!pack.success) return { kind: 'no-pack', words: pack.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') };
  const findings = checkVoicePack(pack.data, (name) => (existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name)) : null));
  return { kind: 'read', pack: pack.data, findings };
}

/**
 * What a board's page finds under `/voice/`: the packs of people as they are, and the two that the engine makes.
 * @param recorded folder of packs, a folder each; need not be there
 * @returns `no-engine`: only the packs of people are in it. @throws for a pack of people that cannot say every call: a county that recorded one wants to know before its first morning
 */
export async function bundleVoices(output: string, recorded: string, engine: SpeechEngine): Promise<Result<null, SpeechFailure>> {
  await mkdir(output, { recursive: true });
  const entries = await readdir(recorded, { withFileTypes: true }).catch(() => []);
  const names: string[] = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names) {
    const read = readVoicePack(path.join(recorded, name));
    if (read.kind === 'no-pack') throw new Error(`voice-packs/${name}: ${read.words}`);
    if (read.findings.length > 0) throw new Error(`voice-packs/${name} cannot say every call: ./jinban voice check voice-packs/${name}`);
    await mkdir(path.join(output, name));
    for (const file of [VOICE_PACK_FILE, ...new Set(Object.values(read.pack.segments))]) await cp(path.join(recorded, name, file), path.join(output, name, file));
  }
  for (const language of ['zh-CN', 'en'] as const) {
    // A recording of the same name goes before the engine's.
    if (names.includes(FOLDERS[language])) continue;
    const made = await makeVoicePack(path.join(output, FOLDERS[language]), language, engine);
    if (!made.ok) return made;
  }
  return ok(null);
}
