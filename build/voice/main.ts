import path from 'node:path';
import { parseArgs } from 'node:util';
import { never } from '../../domain/result.ts';
import type { VoiceFinding } from '../../domain/queue/voice-pack.ts';
import { type SpeechEngine, systemSpeech } from '../../main/core/speech.ts';
import { say, stop } from '../say.ts';
import { makeVoicePack, readVoicePack } from './make.ts';

const HELP = `usage: jinban voice VERB

  make DIR [--language zh-CN|en]   makes a voice for boards in DIR with the system's speech engine (espeak-ng)
  check DIR                        tells what keeps the voice in DIR from saying every call; exit 1 when something does

What is in such a folder: docs/queue-boards.md. A folder in voice-packs/ goes with the next build, and a board takes it by ?voice=NAME.
`;

/** `jinban voice …`: exit 0 done, 1 the voice lacks something, 2 the call is wrong. */
export async function main(args: readonly string[], engine: SpeechEngine = systemSpeech()): Promise<number> {
  const read = readArguments(args);
  const [verb, folder, ...more] = read?.positionals ?? [];
  const language = read?.values.language ?? 'zh-CN';
  if (folder === undefined || more.length > 0 || (language !== 'zh-CN' && language !== 'en')) return usage();
  if (verb === 'make') {
    const made = await makeVoicePack(folder, language, engine);
    engine.close();
    if (!made.ok) stop(made.error.kind === 'no-engine' ? 'there is no speech engine on this machine.' : 'the speech engine failed.', 'Install espeak-ng: apt-get install espeak-ng');
    process.stdout.write(`${path.join(folder, 'pack.json')}\n`);
    say(`${made.value.pieces} pieces. Any of them may be recorded anew by a person: same file, then: ./jinban voice check ${folder}`);
    return 0;
  }
  return verb === 'check' ? check(folder) : usage();
}

function check(folder: string): number {
  const read = readVoicePack(folder);
  if (read.kind === 'no-pack') stop(`that is no voice: ${read.words}.`, 'Make one to begin with: ./jinban voice make DIR');
  process.stdout.write(read.findings.map((finding) => `${finding.key}: ${faultText(finding)}\n`).join(''));
  say(read.findings.length === 0 ? `${read.pack.title}: every call can be said.` : `${read.findings.length} piece(s) are missing or wrong.`);
  return read.findings.length === 0 ? 0 : 1;
}

function faultText({ fault }: VoiceFinding): string {
  switch (fault.kind) {
    case 'not-named': return 'pack.json names no file for it';
    case 'no-file': return 'its file is not there';
    case 'no-wave': return 'its file is no WAV file';
    case 'wrong-format': return `16-bit PCM of one channel at 8000 to 48000 Hz is needed; this is format ${fault.format}, ${fault.bits} bits, ${fault.channels} channel(s), ${fault.rate} Hz`;
    case 'silent': return 'nothing is heard in it';
    case 'too-short': return 'it is shorter than a sound of speech';
    case 'too-long': return 'it is longer than 4 seconds: one piece says one thing';
    default: return never(fault);
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { language: { type: 'string' } } });
  } catch {
    return null;
  }
}

function usage(): number {
  process.stderr.write(HELP);
  return 2;
}
