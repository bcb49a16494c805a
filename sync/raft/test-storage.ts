import type { MachineId } from '../../domain/ids.ts';
import type { Change, Entry, Persistent, RaftStorage } from './types.ts';

/** Where the power fails in the course of a save: nothing of it is on the disk, or all of it and nobody was told. */
export class PowerCut extends Error {}

/** A disk that outlives its machine. What `save` was given counts once it has returned; what a cut takes is gone. */
export type TestStorage = RaftStorage & {
  readonly disk: Persistent;
  /** Called before each save; answers whether the power fails then. */
  fails: () => 'no' | 'before' | 'after';
  /** Puts another list there, as a hand in the file would. */
  put(saved: Persistent): void;
};

export function testStorage(): TestStorage {
  let disk: { currentTerm: number; votedFor: MachineId | null; log: readonly Entry[] } = { currentTerm: 0, votedFor: null, log: [] };
  const storage: TestStorage = {
    get disk() {
      return disk;
    },
    fails: () => 'no',
    put(saved) {
      disk = saved;
    },
    load: () => disk,
    save({ currentTerm, votedFor, entries }: Change) {
      const fails = storage.fails();
      if (fails === 'before') throw new PowerCut();
      disk = { currentTerm, votedFor, log: entries === null ? disk.log : [...disk.log.slice(0, entries.from - 1), ...entries.added] };
      if (fails === 'after') throw new PowerCut();
    },
  };
  return storage;
}
