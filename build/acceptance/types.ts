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
} as const;
export type Deed = keyof typeof DEEDS;

/** What only a person can see. */
export const QUESTIONS = {
  'one-came-out': 'Did exactly one whole paper come out?',
  'nothing-came-out': 'Did nothing come out at all, not even a piece?',
  'came-by-itself': 'Did anything come out by itself?',
  'more-than-the-piece': 'Did anything come out by itself, besides the piece of the paper that was broken off?',
} as const;
export type Question = keyof typeof QUESTIONS;

export type Person = {
  /** Resolves when the person has done it, or false when it cannot be done on this device. For a `be-ready-…`: when the person is ready. */
  do(deed: Deed): Promise<boolean>;
  answer(question: Question): Promise<boolean>;
};

/** One check with what was seen. `skipped`: it cannot be done on this device. */
export type Finding = { check: string; result: 'passed' | 'failed' | 'skipped'; seen: string; seconds: number };

/** What every service of a device has. */
export type Watched = { watch(tell: (status: DeviceStatus) => void): () => void };
