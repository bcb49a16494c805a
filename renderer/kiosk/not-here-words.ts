import type { Speech } from './text.ts';

/** A reason may name a device and its state; the citizen is told of the device. */
const DEVICE_STATE = /\.(blocked|offline|out-of-service)$/;

/** Why an item cannot be done here now, as `Availability` says it. What the county says in its own words is said in these. */
export function notHereWords({ reason, words }: { reason: string; words?: string }, word: Speech['word']): string {
  if (words !== undefined) return words;
  return word('available.reason.', reason.replace(DEVICE_STATE, ''), 'available.reason.other');
}
