/**
 * An ID card reader at the level of bytes: the SAM_V protocol as far as a real module answers it, with a card that can be placed and
 * taken away, and faults. One instance is one reader; nothing is random but by its seed.
 */
import type { Clock } from '../../domain/time.ts';
import type { CardHolder } from '../../domain/identity/card-holder.ts';
import { drop, never } from '../../domain/result.ts';
import type { DeviceEnd } from '../../wire/device-end.ts';
import { pace } from '../../wire/pacing.ts';
import type { Pacer } from '../../wire/pacing.ts';
import type { Command } from './codec.ts';
import { decodeCommand, encodeAnswer, encodeBaseInformation, encodeSamId } from './codec.ts';
import { COMMAND_BOUNDS, encodeFrame, FrameReader } from './framing.ts';
import { encodeTextBlock } from './text-block.ts';

export type EmulatorOptions = {
  line: DeviceEnd;
  clock: Clock;
  /** Same seed, same damage. */
  seed?: number;
  samId?: string;
  baudRate?: number;
  /** Milliseconds from a whole command to the first byte of its answer; a card's radio is slower than the module. */
  latency?: Partial<Record<Command['kind'], number>>;
};

/** What may lie on the reader: a card by its holder, the bytes of a text block, or a radio card of another kind. */
export type EmulatedCard = { kind: 'holder'; holder: CardHolder; newAddress?: string } | { kind: 'block'; block: Uint8Array } | { kind: 'other' };

export type ReaderEmulator = {
  place(card: CardHolder | EmulatedCard): void;
  remove(): void;
  /** The next card leaves too soon: it is found and chosen, and gone when its data is asked for. */
  lift(): void;
  /** A card with the same radio that is no identity card, such as a bus card. */
  wrongCard(): void;
  /** Flips one byte in each of the next `count` answers. */
  garble(count?: number): void;
  /** Sends only the first half of each of the next `count` answers. */
  cutOff(count?: number): void;
  /** Takes the next `count` commands and answers none of them. */
  silence(count?: number): void;
  /** Puts so many bytes of noise before the next answer. */
  noise(bytes?: number): void;
  /** Sends at this speed whatever the command said; the set speed again without an argument. */
  slowBytes(baudRate?: number): void;
  /** Answers the next `count` commands with this status and no data. */
  statusNext(code: number, count?: number): void;
  /** Answers every command with this status (60, 66) until told otherwise with null. */
  broken(code: number | null): void;
  /** The cable: the port disappears and comes back. The card stays where it is. */
  unplug(): Promise<void>;
  replug(): Promise<void>;
  /** The reader behind a USB bridge: the port stays, nothing answers. Switching on is a cold start. */
  powerOff(): void;
  powerOn(): void;
  /** Every command understood so far, oldest first. */
  readonly commands: readonly (Command['kind'] | 'unknown' | 'bad-frame')[];
  /** Told whenever a command has come in. */
  onCommand(tell: (command: Command['kind'] | 'unknown' | 'bad-frame') => void): () => void;
  /** Told the status of an answer whenever its last byte has left. */
  onAnswer(tell: (code: number) => void): () => void;
  close(): Promise<void>;
};

const PHOTO_LENGTH = 1024;
const SAM_ID = '05.01-20230101-0000000001-0123456789';
/** Chosen, not measured: a find or select stays well under the 100 ms that hosts wait, a read under the 1.1 s. */
const LATENCY: Record<Command['kind'], number> = {
  reset: 50,
  'sam-status': 5,
  'sam-id': 5,
  'find-card': 20,
  'select-card': 20,
  'read-base': 150,
  'read-new-address': 60,
  'read-management-number': 20,
  'read-base-and-fingerprint': 200,
  'set-baud-rate': 5,
  'set-radio-bytes': 5,
};

export function createReaderEmulator(options: EmulatorOptions): ReaderEmulator {
  const { line, clock, samId = SAM_ID, baudRate = 115_200 } = options;
  const latency = { ...LATENCY, ...options.latency };
  const random = seeded(options.seed ?? 1);
  const frames = new FrameReader(COMMAND_BOUNDS);
  const commands: ReaderEmulator['commands'][number][] = [];
  const tellers = new Set<(command: ReaderEmulator['commands'][number]) => void>();
  const answerTellers = new Set<(code: number) => void>();
  const pending = new Set<() => void>();
  let pacer = newPacer(baudRate);
  let lineSpeed = baudRate;
  let card: EmulatedCard | null = null;
  /** A card that was read is not found again before it has left the field: documented by reader vendors. */
  let stage: 'fresh' | 'found' | 'selected' | 'read' = 'fresh';
  let powered = true;
  let brokenCode: number | null = null;
  const faults = { lift: false, garble: 0, cutOff: 0, silence: 0, noise: 0, status: { code: 0, count: 0 } };

  function newPacer(speed: number): Pacer {
    return pace({ baudRate: speed, clock, send: (bytes) => line.send(bytes) });
  }

  const stopBytes = line.onBytes((chunk) => {
    if (!powered) return;
    for (const framed of frames.push(chunk)) {
      if (framed.kind === 'frame') take(framed.body);
      else {
        note('bad-frame');
        answer({ code: framed.why === 'bad-checksum' ? 0x10 : 0x11 }, 0);
      }
    }
  });

  function note(command: ReaderEmulator['commands'][number]): void {
    commands.push(command);
    for (const tell of [...tellers]) tell(command);
  }

  function take(body: Uint8Array): void {
    const command = decodeCommand(body);
    note(command.kind);
    if (faults.silence > 0) {
      faults.silence -= 1;
      return;
    }
    if (command.kind === 'unknown') return answer({ code: 0x21 }, 0);
    if (brokenCode !== null) return answer({ code: brokenCode }, latency[command.kind]);
    if (faults.status.count > 0) {
      faults.status.count -= 1;
      return answer({ code: faults.status.code }, latency[command.kind]);
    }
    // The field is looked at when the answer is due: a card may come or go in between.
    after(latency[command.kind], () => answer(obey(command), 0));
  }

  function obey(command: Command): { code: number; data?: Uint8Array } {
    switch (command.kind) {
      case 'reset':
        stage = 'fresh';
        return { code: 0x90 };
      case 'sam-status':
      case 'set-radio-bytes':
        return { code: 0x90 };
      case 'set-baud-rate':
        // The answer still goes out at the old speed.
        lineSpeed = command.baudRate;
        after(0, () => pacer.setBaudRate(lineSpeed));
        return { code: 0x90 };
      case 'sam-id':
        return { code: 0x90, data: encodeSamId(samId) };
      case 'find-card':
        if (card === null || stage === 'read') return { code: 0x80 };
        stage = 'found';
        return { code: 0x9f, data: new Uint8Array(4) };
      case 'select-card':
        if (card === null || stage === 'fresh' || stage === 'read') return { code: 0x81 };
        if (card.kind === 'other') return { code: 0x40 };
        stage = 'selected';
        return { code: 0x90, data: new Uint8Array(8) };
      case 'read-base':
      case 'read-base-and-fingerprint': {
        if (faults.lift) takeAway();
        faults.lift = false;
        if (card === null || card.kind === 'other' || stage !== 'selected') return { code: 0x41 };
        stage = 'read';
        const text = card.kind === 'block' ? card.block : encodeTextBlock(card.holder);
        const fingerprint = command.kind === 'read-base' ? null : new Uint8Array(0);
        return { code: 0x90, data: encodeBaseInformation({ text, photo: new Uint8Array(PHOTO_LENGTH), fingerprint }) };
      }
      case 'read-new-address': {
        if (card === null || card.kind === 'other' || stage === 'fresh' || stage === 'found') return { code: 0x41 };
        const address = card.kind === 'holder' ? card.newAddress : undefined;
        return address === undefined ? { code: 0x91 } : { code: 0x90, data: Buffer.from(address.padEnd(35), 'utf16le') };
      }
      case 'read-management-number':
        return card === null || stage === 'fresh' || stage === 'found' ? { code: 0x41 } : { code: 0x90, data: new Uint8Array(28) };
      default:
        return never(command);
    }
  }

  function takeAway(): void {
    card = null;
    stage = 'fresh';
  }

  function answer({ code, data = new Uint8Array(0) }: { code: number; data?: Uint8Array }, wait: number): void {
    if (wait > 0) return after(wait, () => answer({ code, data }, 0));
    let bytes = encodeFrame(encodeAnswer({ status: { code, card: 0 }, data }));
    if (faults.garble > 0) {
      faults.garble -= 1;
      const at = 7 + Math.floor(random() * (bytes.length - 7));
      bytes[at] = bytes[at]! ^ (1 + Math.floor(random() * 255));
    }
    if (faults.cutOff > 0) {
      faults.cutOff -= 1;
      bytes = bytes.subarray(0, Math.ceil(bytes.length / 2));
    }
    if (faults.noise > 0) {
      const noise = Uint8Array.from({ length: faults.noise }, () => Math.floor(random() * 256));
      faults.noise = 0;
      drop(pacer.send(noise));
    }
    drop(
      pacer.send(bytes).then(() => {
        for (const tell of [...answerTellers]) tell(code);
      }),
    );
  }

  function after(milliseconds: number, call: () => void): void {
    const cancel = clock.after(milliseconds, () => {
      pending.delete(cancel);
      call();
    });
    pending.add(cancel);
  }

  /** Whatever was under way is lost, as when the current fails. */
  function quench(): void {
    for (const cancel of pending) cancel();
    pending.clear();
    pacer.stop();
    pacer = newPacer(lineSpeed);
    frames.reset();
  }

  return {
    place(next) {
      card = 'kind' in next ? next : { kind: 'holder', holder: next };
      stage = 'fresh';
    },
    remove: takeAway,
    lift: () => void (faults.lift = true),
    wrongCard() {
      card = { kind: 'other' };
      stage = 'fresh';
    },
    garble: (count = 1) => void (faults.garble = count),
    cutOff: (count = 1) => void (faults.cutOff = count),
    silence: (count = 1) => void (faults.silence = count),
    noise: (bytes = 64) => void (faults.noise = bytes),
    slowBytes: (speed) => pacer.setBaudRate(speed ?? lineSpeed),
    statusNext: (code, count = 1) => void (faults.status = { code, count }),
    broken: (code) => void (brokenCode = code),
    async unplug() {
      quench();
      await line.unplug();
    },
    async replug() {
      stage = 'fresh';
      await line.replug();
    },
    powerOff() {
      powered = false;
      quench();
    },
    powerOn() {
      powered = true;
      stage = 'fresh';
    },
    get commands() {
      return commands;
    },
    onCommand(tell) {
      tellers.add(tell);
      return () => tellers.delete(tell);
    },
    onAnswer(tell) {
      answerTellers.add(tell);
      return () => answerTellers.delete(tell);
    },
    async close() {
      stopBytes();
      quench();
      await line.close();
    },
  };
}

/** mulberry32: small, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
