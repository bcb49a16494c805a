/** LED displays at the level of bytes: one wire, some addresses, firmware as `docs/queue-devices.md` asks for it. State per instance, no randomness. */
import type { Clock } from '../../domain/time.ts';
import type { DeviceEnd } from '../../wire/device-end.ts';
import { encodeLine, LineReader } from '../board/framing.ts';
import { decodeLedCommand, encodeLedAnswer, type LedPicture } from './led-codec.ts';

/** “Fail dark”: so long after the last line for it a display shows nothing, milliseconds. */
export const LED_SILENCE = 60_000;

export type LedEmulator = {
  /** null: dark. */
  shows(address: number): LedPicture | null;
  /** A display that is switched off neither shows nor answers. */
  power(address: number, on: boolean): void;
  /** One bit of the next answer is wrong. */
  corruptNext(): void;
  refuseNext(word: string): void;
  /** Lines that were for one of them. */
  readonly commands: number;
  close(): Promise<void>;
};

export function createLedEmulator({ line, clock, addresses }: { line: DeviceEnd; clock: Clock; addresses: readonly number[] }): LedEmulator {
  const displays = new Map(addresses.map((address) => [address, { isOn: true, picture: null as LedPicture | null, stopDark: () => {} }]));
  const lines = new LineReader();
  let [corrupt, refusal, commands] = [false, null as string | null, 0];

  line.onBytes((chunk) => {
    for (const framed of lines.push(chunk)) {
      const command = framed.kind === 'line' ? decodeLedCommand(framed.body) : null;
      if (command?.ok === true) obey(command.value);
    }
  });

  function obey({ address, sequence, picture }: { address: number; sequence: number; picture: LedPicture }): void {
    const display = displays.get(address);
    if (display?.isOn !== true) return;
    commands += 1;
    const refused = refusal;
    refusal = null;
    if (refused === null) {
      display.picture = picture;
      display.stopDark();
      display.stopDark = clock.after(LED_SILENCE, () => (display.picture = null));
    }
    const bytes = encodeLine(encodeLedAnswer({ address, sequence, refused }));
    if (corrupt) bytes[1] = (bytes[1] ?? 0) ^ 0x01;
    corrupt = false;
    line.send(bytes);
  }

  return {
    shows: (address) => displays.get(address)?.picture ?? null,
    power(address, on) {
      const display = displays.get(address);
      if (display === undefined) throw new RangeError('no such display');
      display.isOn = on;
      display.stopDark();
      display.picture = null;
    },
    corruptNext: () => void (corrupt = true),
    refuseNext: (word) => void (refusal = word),
    get commands() {
      return commands;
    },
    async close() {
      for (const { stopDark } of displays.values()) stopDark();
      await line.close();
    },
  };
}
