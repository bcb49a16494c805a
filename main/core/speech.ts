import { type ChildProcess, spawn } from 'node:child_process';
import { err, ok, type Result } from '../../domain/result.ts';

/** What is spoken: at most `MOST_SPOKEN` characters. `pace` 1 is ordinary speech. */
export type Spoken = { text: string; language: 'zh-CN' | 'en'; pace: number };
export type SpeechFailure = { kind: 'no-engine' } | { kind: 'failed' };

/** Turns words into sound by the system's speech engine. Nothing of the words is kept, logged, or told to anything but the engine. */
export type SpeechEngine = {
  /** @returns a WAV file; empty for empty words, when there is an engine. An aborted call ends the engine and fails. */
  speak(spoken: Spoken, signal?: AbortSignal): Promise<Result<Uint8Array<ArrayBuffer>, SpeechFailure>>;
  close(): void;
};

/** The engine's English as it is spoken most. */
const ENGLISH = 'en-us';
/**
 * The engine's two Mandarin voices, the better one first: it reads Latin words within Chinese as English. In eSpeak NG 1.51 (Debian 12, Ubuntu 24.04; mended in 1.52) it reads its own pinyin as English, too, 请 as
 * "king three" (espeak-ng#1236); the second reads Latin words as pinyin, which is the smaller fault.
 */
const MANDARIN = ['cmn', 'cmn-latn-pinyin'] as const;
/** Words a minute at pace 1: a little slower than the engine's own 175, which is made for people who know it. */
const WORDS_A_MINUTE = 160;
/** 600 characters take it a fifth of a second on a slow machine; what takes so long hangs. */
const ANSWER_MS = 10_000;
/** 600 characters at half the pace are 20 MB of 16-bit sound at 22 kHz; more is not what was asked for. */
const MOST_BYTES = 32 * 1024 * 1024;
/** The window speaks one piece and has the next one made. A third call is a window that has gone wrong: the oldest ends. */
const MOST_AT_ONCE = 2;

/**
 * eSpeak NG, as a program of its own (GPL-3.0-or-later, at arm's length: text in, WAV out). The words go over standard input, since arguments can be read by
 * everybody on the machine.
 * @param options.program another one in its place, for tests
 */
export function systemSpeech(options: { program?: string; answerMs?: number } = {}): SpeechEngine {
  const { program = 'espeak-ng', answerMs = ANSWER_MS } = options;
  const running = new Set<ChildProcess>();
  let mandarin: string | null = null;

  /** Told by what it writes of a word in its own signs: `(en)` stands before what it reads as English. Kept once it is known. */
  async function voiceOf(language: Spoken['language'], signal: AbortSignal | undefined): Promise<string> {
    if (language === 'en') return ENGLISH;
    if (mandarin !== null) return mandarin;
    const [better, other] = MANDARIN;
    const signs = await run(['-v', better, '-q', '-x', '--stdin'], '请', signal);
    if (!signs.ok) return better;
    mandarin = signs.value.includes('(en)') ? other : better;
    return mandarin;
  }

  function run(args: readonly string[], text: string, signal: AbortSignal | undefined): Promise<Result<Buffer, SpeechFailure>> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve(err({ kind: 'failed' }));
      if (running.size >= MOST_AT_ONCE) [...running][0]?.kill('SIGKILL');
      // What it says on standard error may quote the words, so it goes nowhere.
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      running.add(child);
      const kill = () => child.kill('SIGKILL');
      const patience = setTimeout(kill, answerMs);
      signal?.addEventListener('abort', kill, { once: true });
      const written: Buffer[] = [];
      let bytes = 0;
      const end = (result: Result<Buffer, SpeechFailure>) => {
        clearTimeout(patience);
        signal?.removeEventListener('abort', kill);
        running.delete(child);
        resolve(result);
      };
      child.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) kill();
        else written.push(chunk);
      });
      child.once('error', () => end(err({ kind: 'no-engine' })));
      child.once('close', (code) => end(code === 0 ? ok(Buffer.concat(written)) : err({ kind: 'failed' })));
      // A program that ends without reading closes the pipe first; its exit code is what counts.
      child.stdin.on('error', () => undefined);
      child.stdin.end(text);
    });
  }

  return {
    async speak({ text, language, pace }, signal) {
      const voice = await voiceOf(language, signal);
      if (text === '') {
        const listed = await run([`--voices=${voice}`], '', signal);
        if (!listed.ok) return listed;
        // A head line, and a line for each voice.
        return listed.value.toString('utf8').trim().split('\n').length > 1 ? ok(new Uint8Array()) : err({ kind: 'no-engine' });
      }
      const made = await run(['-v', voice, '-s', String(Math.round(WORDS_A_MINUTE * pace)), '-b', '1', '-z', '--stdin', '--stdout'], text, signal);
      if (!made.ok) return made;
      const sound = withLengths(made.value);
      return sound === null ? err({ kind: 'failed' }) : ok(sound);
    },
    close() {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

/** Bytes of a WAV file before its samples: RIFF head, `fmt ` chunk of plain PCM, head of the `data` chunk (Multimedia Programming Interface 1.0, RIFF WAVE). */
const HEAD = 44;

/** A program that writes into a pipe cannot go back to fill in how long its sound became. @returns null for what is no such file, or has no sound in it */
export function withLengths(wave: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const name = (at: number) => String.fromCharCode(...wave.subarray(at, at + 4));
  if (wave.length <= HEAD || name(0) !== 'RIFF' || name(8) !== 'WAVE' || name(36) !== 'data') return null;
  const right = Uint8Array.from(wave);
  const view = new DataView(right.buffer);
  view.setUint32(4, right.length - 8, true);
  view.setUint32(40, right.length - HEAD, true);
  return right;
}
