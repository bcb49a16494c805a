/** The voices that a board speaks with: their pieces are fetched once and kept, so that a call is said when the network is gone, too. */
import { type Sound, pieceOf, readWave } from '../../../domain/queue/sound.ts';
import { neededKeys, piecesOf, VOICE_PACK_FILE, VoicePack } from '../../../domain/queue/voice-pack.ts';

export type Voices = {
  /** Fetches what calls of these tickets and windows need. Can be called again for what failed. */
  prepare(prefixes: readonly string[], windows: readonly number[]): Promise<void>;
  /** A sentence for each voice that can say the call, in their order. */
  sentences(code: string, window: number): Promise<Sound[][]>;
  /** Voices that are not there, or are none; known after `prepare`. */
  lacking(): readonly string[];
};

/** @param read a file below `/voice/`; null: it cannot be had now; `absent`: there is none */
export function createVoices(names: readonly string[], read: (path: string) => Promise<Uint8Array | null | 'absent'>): Voices {
  const packs = new Map<string, VoicePack>();
  const absent = new Set<string>();
  const pieces = new Map<string, Sound>();

  async function packOf(name: string): Promise<VoicePack | null> {
    const known = packs.get(name);
    if (known !== undefined || absent.has(name)) return known ?? null;
    const bytes = await read(`${name}/${VOICE_PACK_FILE}`);
    if (bytes === null) return null;
    const pack = bytes === 'absent' ? null : packIn(bytes);
    if (pack === null) absent.add(name);
    else packs.set(name, pack);
    return pack;
  }

  async function pieceAt(name: string, pack: VoicePack, key: string): Promise<Sound | null> {
    const path = `${name}/${pack.segments[key] ?? ''}`;
    const known = pieces.get(path);
    if (known !== undefined) return known;
    const bytes = pack.segments[key] === undefined ? null : await read(path);
    const wave = bytes === null || bytes === 'absent' ? null : readWave(bytes);
    if (wave?.ok !== true) return null;
    const piece = pieceOf(wave.value);
    pieces.set(path, piece);
    return piece;
  }

  return {
    lacking: () => names.filter((name) => absent.has(name)),
    async prepare(prefixes, windows) {
      for (const name of names) {
        const pack = await packOf(name);
        if (pack !== null) await Promise.all(neededKeys(pack, prefixes, windows).map((key) => pieceAt(name, pack, key)));
      }
    },
    async sentences(code, window) {
      const said: Sound[][] = [];
      for (const name of names) {
        const pack = await packOf(name);
        if (pack === null) continue;
        const sentence = await Promise.all(piecesOf(pack, code, window).map((key) => pieceAt(name, pack, key)));
        // Half a number is worse than none.
        if (sentence.every((piece) => piece !== null)) said.push(sentence);
      }
      return said;
    },
  };
}

function packIn(bytes: Uint8Array): VoicePack | null {
  try {
    const pack = VoicePack.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return pack.success ? pack.data : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** Longest for a file, milliseconds: a piece is 20 kB on a local network. */
const PATIENCE = 4000;

/** @param machines origins of the site's machines, that of this page first: each has the same voices */
export function readFrom(machines: () => readonly string[]): (path: string) => Promise<Uint8Array | null | 'absent'> {
  return async (path) => {
    for (const origin of machines()) {
      const answer = await fetch(`${origin}/voice/${path}`, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
      if (answer?.status === 404) return 'absent';
      if (answer?.ok === true) return answer.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => null);
    }
    return null;
  };
}
