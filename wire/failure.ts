import { never } from '../domain/result.ts';
import type { WireFailure } from './types.ts';

/** What the end of a wire is to a command that was under way: a wire that we closed ourselves has cancelled it. */
export function commandFailure(failure: WireFailure): { kind: 'unplugged' | 'not-permitted' | 'timeout' | 'cancelled' } {
  switch (failure.kind) {
    case 'unplugged':
    case 'not-permitted':
    case 'timeout':
      return { kind: failure.kind };
    case 'closed':
      return { kind: 'cancelled' };
    default:
      return never(failure);
  }
}
