import type { ParcelFault, StickFault } from '../domain/contracts/courier.ts';
import type { RefusedFiles } from './find.ts';

/** What is wrong with a stick and how to mend it, in one sentence for whoever holds it. */
export function stickWords(fault: StickFault, stick: string): string {
  switch (fault) {
    case 'no-stick':
    case 'stick-gone':
      return `${stick} cannot be read or written any more: put the stick in again and repeat; nothing is lost.`;
    case 'write-protected':
      return `${stick} does not let anything be written: move the stick's switch, or take another stick.`;
    case 'stick-full':
      return `${stick} has no room left: remove what is on the stick, or take a larger one.`;
  }
}

const FAULTS: Record<ParcelFault, string> = {
  'foreign-file': 'is no parcel; it may stay where it is',
  'other-receiver': 'is for another hall or machine',
  'newer-format': 'was made by a newer program: upgrade this one, then import again',
  'damaged': 'is cut off or changed: make the export again',
  'parts-missing': 'lacks a part: put all its files on one stick, or make the export again',
  'unknown-sender': 'comes from a machine or hall that is not known here',
  'bad-signature': 'is not signed by whom it says: keep the stick and ask county IT',
  'older': 'is older than what was taken; the newer one held all of it',
  'forked': 'does not continue what was taken: the sender was copied or put back; ask county IT',
  'wrong-code': 'brings an enrolment code that is wrong, used or over: make a new one with --add-machine',
  'already-enrolled': 'comes from a machine whose number another one has: give it a new number',
  'retired': 'comes from a machine that was retired',
};

/**
 * One line for each reason, with how many files or parcels it stopped.
 * @param found something else was: then files for others are no news, for they are on every stick that goes round
 */
export function refusedWords(refused: RefusedFiles, found: boolean): string[] {
  return [...refused].filter(([fault]) => !found || fault !== 'other-receiver').map(([fault, count]) => `${count} refused: ${FAULTS[fault]}.`);
}
