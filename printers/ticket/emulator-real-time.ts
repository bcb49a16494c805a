import type { Command } from './codec.ts';
import { encode } from './codec.ts';

type RealTime = Extract<Command, { type: 'report-now' | 'clear-buffer' }>;

const SEQUENCES: { bytes: Uint8Array; command: RealTime }[] = (
  [
    { type: 'report-now', value: 1 },
    { type: 'report-now', value: 2 },
    { type: 'report-now', value: 3 },
    { type: 'report-now', value: 4 },
    { type: 'clear-buffer' },
  ] as const
).map((command) => ({ bytes: encode([command]), command }));

/**
 * Picks real-time commands out of the stream as it arrives, wherever they stand, as printers do; the rest is handed on in order.
 * Bytes that may be the beginning of one are held back until the next byte tells.
 */
export function realTimeFilter(): (chunk: Uint8Array) => ({ kind: 'bytes'; bytes: number[] } | { kind: 'command'; command: RealTime })[] {
  let held: number[] = [];
  return (chunk) => {
    const found: ReturnType<ReturnType<typeof realTimeFilter>> = [];
    const plain = (byte: number): void => {
      const last = found.at(-1);
      if (last?.kind === 'bytes') last.bytes.push(byte);
      else found.push({ kind: 'bytes', bytes: [byte] });
    };
    for (const byte of chunk) {
      held.push(byte);
      while (held.length > 0) {
        const candidates = SEQUENCES.filter(({ bytes }) => held.every((value, index) => bytes[index] === value));
        const whole = candidates.find(({ bytes }) => bytes.length === held.length);
        if (whole !== undefined) {
          found.push({ kind: 'command', command: whole.command });
          held = [];
        }
        if (candidates.length > 0) break;
        plain(held.shift() ?? 0);
      }
    }
    return found;
  };
}
