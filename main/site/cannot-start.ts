import { keyMend } from '../core/keys/keys.ts';
import type { SiteFailure } from './site.ts';

/** Why a machine cannot take part in its site and what a technician does about it. */
export function cannotStart(failure: SiteFailure): string {
  switch (failure.kind) {
    case 'file':
      return `file: ${failure.why}: site.db cannot be opened: move the whole folder aside, run jinban site key, and put the new line into queue.members on every machine`;
    case 'file-lost':
      return 'file-lost: the keys are there and site.db is not: this machine may have voted in today\'s list and would vote again: move its whole folder aside, run jinban site key, and put the new line into queue.members on every machine';
    case 'cannot-listen':
      return `cannot-listen: ${failure.code}: is listen.host this machine's own address, and ${failure.what === 'agreement' ? 'agreementPort' : 'pagePort'} free?`;
    case 'tls':
      return `tls: ${failure.code}: the certificate or its key cannot be read: look at queue.tls in the settings`;
    case 'not-a-member':
      return 'not-a-member: put into queue.members what jinban site key prints on this machine, the same on every machine of the site';
    case 'wrong-keys':
      return 'wrong-keys: queue.members names this machine with other keys than its folder has: put in what jinban site key prints on it, on every machine of the site';
    default:
      return `${failure.kind}: ${keyMend(failure)}`;
  }
}
