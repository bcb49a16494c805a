/**
 * A device that is opened to refill paper or to clear a jam is out of service meanwhile, in the words of XFS4IoT (Storage.StartExchange, EndExchange, exchange
 * state). An exchange ends only when the device works again, and has shown it. Core keeps which are active; the device host keeps jobs away.
 */
import { z } from 'zod';
import { DeviceName, DeviceStatus } from './device-status.ts';

/** Devices that a caretaker opens. Board and UPS are a technician's. */
export const ExchangeDevice = DeviceName.exclude(['board', 'ups']);
export type ExchangeDevice = z.infer<typeof ExchangeDevice>;

/** As the device's `out-of-service` status says it. `maintenance-unfinished`: nobody is there any more to end it, as after a power cut. */
export const ExchangeReason = z.enum(['maintenance', 'maintenance-unfinished']);
export type ExchangeReason = z.infer<typeof ExchangeReason>;

/** `ending-jobs`: nothing new begins, and what runs comes to its own end. */
export const ExchangeStart = z.enum(['ending-jobs', 'open']);
export type ExchangeStart = z.infer<typeof ExchangeStart>;

/** Why a device is not back in service. `outcome` of the test print, as in `PrintProgress`. */
const StillOpen = [
  z.strictObject({ kind: z.literal('not-well'), status: DeviceStatus }),
  z.strictObject({ kind: z.literal('no-test'), outcome: z.enum(['not-printed', 'unknown']), reason: z.string() }),
] as const;

/** How the end of an exchange goes; the last word is `ended` or why it is still active. */
export const ExchangeEnd = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('testing') }), z.strictObject({ kind: z.literal('ended') }), ...StillOpen]);
export type ExchangeEnd = z.infer<typeof ExchangeEnd>;

/** An exchange as the caretaker sees it. */
export const ExchangeView = z.strictObject({
  device: ExchangeDevice,
  /** `inaccessible`: it is active, but no device host can tell how the device is. */
  state: z.enum(['active', 'inaccessible']),
  since: z.iso.datetime({ precision: 3 }),
  /** The machine stopped, or was left alone, in the middle of it. */
  interrupted: z.boolean(),
  step: z.enum(['ending-jobs', 'open', 'looking', 'testing']),
  /** The device's own word: `devices` says that it is out of service. */
  status: DeviceStatus,
  /** What came of the last try to end it. `machine-full`: that it ended could not be written down. */
  tried: z.discriminatedUnion('kind', [...StillOpen, z.strictObject({ kind: z.literal('machine-full') })]).nullable(),
});
export type ExchangeView = z.infer<typeof ExchangeView>;
