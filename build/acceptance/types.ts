/** The acceptance of a device: a person does what is asked, the kit watches what the driver says of it. */
import type { DeviceStatus } from '../../domain/contracts/devices.ts';

/** What the person at the device is asked to do. */
export const DEEDS = {
  'switch-off': 'Switch the device off.',
  'switch-on': 'Switch the device on, and wait until it is ready.',
  'pull-cable': 'Pull the data cable out of the device.',
  'plug-cable': 'Plug the data cable in again.',
  'take-paper': 'Take all the paper out.',
  'put-paper': 'Put paper in, and close everything.',
  'open-cover': 'Open the cover.',
  'close-cover': 'Close the cover.',
  'be-ready-to-pull-cable': 'Be ready: as soon as the device begins to print, pull the data cable out.',
  'be-ready-to-open-cover': 'Be ready: as soon as the device begins to print, open the cover.',
  'place-card': 'Place the card, flat.',
  'lift-card': 'Lift the card off.',
  'place-bank-card': 'Place a bank card or another card that is no identity card.',
  'show-code': 'Show the code to the scanner, and take it away.',
  'show-code-unasked': 'Nobody asks for a code now. Show one all the same, and take it away.',
  'load-one-sheet': 'Lay one printed sheet into the feeder.',
  'load-five-sheets': 'Lay five printed sheets into the feeder.',
  'empty-feeder': 'Take all the sheets out of the feeder.',
  'load-two-as-one': 'Tack two sheets together at their front edge, and lay them into the feeder as one.',
  'clear-feeder': 'Take the sheets out of the feeder and its path, and close everything.',
  'place-page-on-glass': 'Lay one printed page on the glass, and close the lid.',
  'load-five-and-be-ready-to-pull': 'Lay five printed sheets into the feeder, and be ready: as soon as the first is drawn in, pull the data cable out.',
  'step-near': 'Step before the machine.',
  'step-away': 'Step away from the machine, out of the reach of its sensor.',
  'open-door': 'Open the service door.',
  'close-door': 'Close the service door.',
  'plug-headset': 'Plug a headset in.',
  'unplug-headset': 'Pull the headset out.',
  'press-key': 'Press one key of the keypad, and let it go.',
  'move-case': 'Move the case as a thief would, or trip its tamper switch.',
  'pull-mains': 'Pull the mains plug of the UPS.',
  'restore-mains': 'Put the mains plug of the UPS back.',
  'pull-ups-cable': 'Pull the cable between UPS and computer.',
  'plug-ups-cable': 'Plug the cable between UPS and computer in again.',
} as const;
export type Deed = keyof typeof DEEDS;

/** What only a person can see. */
export const QUESTIONS = {
  'one-came-out': 'Did exactly one whole paper come out?',
  'nothing-came-out': 'Did nothing come out at all, not even a piece?',
  'came-by-itself': 'Did anything come out by itself?',
  'more-than-the-piece': 'Did anything come out by itself, besides the piece of the paper that was broken off?',
  'light-is-on': 'Is this light on, and no other?',
  'lights-are-off': 'Are all lights off?',
  'stayed-on': 'Did the computer and its screen stay on all the time?',
} as const;
export type Question = keyof typeof QUESTIONS;

export type Person = {
  /** Resolves when the person has done it, or false when it cannot be done on this device. For a `be-ready-…`: when the person is ready. */
  do(deed: Deed): Promise<boolean>;
  /** @param about what the question is about, where one question is put of several */
  answer(question: Question, about?: string): Promise<boolean>;
};

/** One check with what was seen. `skipped`: it cannot be done on this device. */
export type Finding = { check: string; result: 'passed' | 'failed' | 'skipped'; seen: string; seconds: number };

/** What every service of a device has. */
export type Watched = { watch(tell: (status: DeviceStatus) => void): () => void };
