import { never } from '../../domain/result.ts';
import type { OpenStoreFailure } from '../../sync/terminal-store/types.ts';
import type { CoreFailure } from './core.ts';
import { keyMend } from './keys/keys.ts';

/** Why core cannot start and what a technician does about it: the log's last words before the shell tries again. */
export function cannotStart(failure: CoreFailure): string {
  switch (failure.kind) {
    case 'bad-pack':
      return 'bad-pack: correct pack in terminal.yaml; jinban doctor --config FILE says what is wrong with it';
    case 'store':
      return `store: ${failure.why}: ${storeMend(failure.why)}`;
    default:
      return `${failure.kind}: ${keyMend(failure)}`;
  }
}

/** Nothing here is ever mended by deleting: what citizens handed in may be in no other place. */
function storeMend(why: OpenStoreFailure['kind']): string {
  switch (why) {
    case 'damaged':
      return 'store.db is damaged and was left as it is: move it aside, never delete it, and take over from a backup; test the disk';
    case 'wrong-key':
    case 'bad-key':
      return 'the keys are not those of this store.db, or its first page is damaged: restore the key file, else move store.db aside and take over from a backup';
    case 'not-permitted':
      return 'the data folder cannot be written: look whether its disk is mounted read-only and whose it is';
    case 'full':
      return 'the disk is full: make space, nothing that was handed in is lost';
    case 'busy':
      return 'another program has store.db open: stop it';
    case 'no-native-module':
      return 'the application is not whole or was made for another system: install it again, the data folder stays';
    case 'newer-file':
      return 'a newer version wrote store.db: install that version again';
    default:
      return never(why);
  }
}
