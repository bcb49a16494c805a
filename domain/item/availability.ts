import type { CertificateTemplate } from '../action/payload.ts';
import type { DeviceStates } from '../contracts/devices.ts';
import type { ExchangeReason } from '../contracts/exchange.ts';
import type { Availability as AvailabilitySchema } from '../contracts/kiosk.ts';
import type { z } from 'zod';
import type { Item } from './types.ts';

export type Availability = z.infer<typeof AvailabilitySchema>;
type Device = Item['devices']['required'][number];

/** What the machine knows about itself besides the device host's states. */
export type KioskFacts = {
  /** The window has a camera stream; the camera hangs on the window, not on the device host. */
  camera: boolean;
  online: boolean;
  room: RoomStanding;
  /** Whether there is paper for a certificate of this kind: always, where it needs no numbered blank. */
  hasBlank(template: CertificateTemplate): boolean;
  /** Why the county does not offer the item here now, in its own words; null: it does. */
  offShelf: string | null;
};

/** What there is room for on the machine's disk. `no-scans`: hand-ins without new scans are taken; `full`: nothing new is begun. */
export type RoomStanding = 'enough' | 'no-scans' | 'full';

/** Why there is no room for an item: none for its scans, or none at all. */
export type RoomReason = 'storage.no-scans' | 'storage.full';

/** Why an item is not offered, as a keyword: `suspended`, `off-shelf`, `missing.camera`, or a device with its state, such as `document-printer.blocked`. */
export type UnavailableReason = 'suspended' | 'off-shelf' | RoomReason | 'missing.camera' | `${Exclude<Device, 'camera'>}.${'blocked' | 'offline' | 'out-of-service' | 'maintenance'}`;

/**
 * Whether an item can be done on this machine now (features F3). Nothing that is offered may fail later for a reason known here.
 * The result comes later when its certificate cannot be printed here now, or when a line to the hall is needed for an on-the-spot answer.
 */
export function availability(item: Item, devices: DeviceStates, kiosk: KioskFacts): Availability {
  if (item.state !== 'active') return { kind: 'not-here', reason: 'suspended' };
  if (kiosk.offShelf !== null) return { kind: 'not-here', reason: 'off-shelf', words: kiosk.offShelf };
  const noRoom = whyNoRoom(item.materials.some(({ required }) => required), kiosk.room);
  if (noRoom !== null) return { kind: 'not-here', reason: noRoom };
  for (const device of item.devices.required) {
    const reason = whyNot(device, item, devices, kiosk);
    if (reason !== null) return { kind: 'not-here', reason };
  }
  const { template } = item.result;
  const printsHere = template === null || !item.devices.optional.includes('document-printer') || whyNot('document-printer', item, devices, kiosk) === null;
  const answersNow = item.handling === 'promised' || kiosk.online;
  return printsHere && answersNow ? { kind: 'works' } : { kind: 'works-result-later' };
}

/** @param scans whether it cannot be done without new scans */
export function whyNoRoom(scans: boolean, room: RoomStanding): RoomReason | null {
  if (room === 'full') return 'storage.full';
  return room === 'no-scans' && scans ? 'storage.no-scans' : null;
}

function whyNot(device: Device, { result: { template } }: Item, devices: DeviceStates, kiosk: KioskFacts): UnavailableReason | null {
  if (device === 'camera') return kiosk.camera ? null : 'missing.camera';
  const status = devices[device];
  if (device === 'document-printer' && status.kind === 'online' && template !== null && !kiosk.hasBlank(template)) return 'document-printer.blocked';
  if (status.kind === 'online') return null;
  // Somebody is there and sees to it: a citizen may wait. Where nobody is, nobody is told to.
  return status.reason === ('maintenance' satisfies ExchangeReason) ? `${device}.maintenance` : `${device}.${status.kind}`;
}
