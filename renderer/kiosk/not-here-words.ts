import type { Speech } from './text.ts';

/** A reason may name a device and its state; the citizen is told of the device. */
const DEVICE_STATE = /\.(blocked|offline|out-of-service)$/;

/** Why an item cannot be done here now. @param reason of `Availability` */
export function notHereWords(reason: string, word: Speech['word']): string {
  return word('available.reason.', reason.replace(DEVICE_STATE, ''), 'available.reason.other');
}
