import { statfs } from 'node:fs/promises';
import type { RoomStanding } from '../../domain/item/availability.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';

const MB = 1024 * 1024;

/**
 * With less room than this, new scans are refused. What lies between here and `LEAST_FOR_HAND_INS` is the reserve for hand-ins: one
 * without new scans needs under 1 MB even with a large signature and its copy in the write-ahead log, so it holds for some 400 of
 * them, more than a week without a line at a busy machine.
 */
export const LEAST_FOR_SCANS = 512 * MB;

/**
 * With less room than this, nobody is let begin. It is for those who have begun, so that nobody is refused at the end: their drafts,
 * signatures and papers, the write-ahead log (16 MB, and more while a long read goes on), and the operating system's own logs.
 */
export const LEAST_FOR_HAND_INS = 128 * MB;

/**
 * Most sealed bytes on one machine. A busy one takes 40 cases of five pages a day, 140 MB: four weeks without a line. Beyond that the
 * line needs a person, and a hall that gets more at once would be busy for days.
 */
export const MOST_HELD = 4096 * MB;

/** A scan is written twice: into the write-ahead log and from there into the file. */
const COPIES = 2;
/** What one case's scans usually come to. Who begins a case with this much room is not refused in the middle of it. */
const USUAL_CASE = 16 * MB;

/** How much room is left on this machine, and for what. */
export type Room = {
  /** What may be begun now. */
  standing(): Promise<RoomStanding>;
  /** Whether a scan of so many bytes leaves the reserve whole. */
  takesScan(bytes: number): Promise<boolean>;
};

/** @param freeDisk bytes that this user may still write on the disk of the store */
export function createRoom({ store, freeDisk }: { store: Pick<TerminalStore, 'blobs' | 'reusable'>; freeDisk(): Promise<number> }): Room {
  // Pages that purged cases left in the file are room too: the file never shrinks, and without them a machine would stay full for ever.
  const room = async () => (await freeDisk()) + (await store.reusable());
  const takesScan = async (bytes: number) => (await room()) - bytes * COPIES >= LEAST_FOR_SCANS && (await store.blobs.held()) + bytes <= MOST_HELD;
  return {
    takesScan,
    async standing() {
      if ((await room()) < LEAST_FOR_HAND_INS) return 'full';
      return (await takesScan(USUAL_CASE)) ? 'enough' : 'no-scans';
    },
  };
}

/** Bytes that an ordinary user may still write on the disk that holds this folder. */
export async function freeDiskOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
