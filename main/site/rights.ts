/** Who may wish what of the queue. */
import type { QueueWish } from '../../domain/queue/decide.ts';
import { type Queue, windowOf } from '../../domain/queue/state.ts';
import type { SaidDeed } from '../../domain/queue/types.ts';
import type { Wisher } from './desk.ts';

/**
 * Decided where the wish is, on the queue that it is decided on.
 * - A machine brings and leases its own numbers.
 * - A clerk works at the window that is theirs, opens one that is closed, and may enter a roll, note, prioritise and send away anywhere.
 * - A manager may do at every window what its clerk may.
 * - Nobody in particular, which is a citizen at a screen or a phone, leaves or rates. Staff do not rate themselves.
 */
export function mayWish(queue: Queue, wish: QueueWish, { account, machine, manager }: Omit<Wisher, 'id'>): boolean {
  switch (wish.kind) {
    case 'bring':
    case 'lease':
      return machine !== null && account === null;
    case 'take':
      return account !== null ? wish.way === 'staff' && wish.holder === null : machine !== null;
    case 'enter-roll':
      return account !== null;
    case 'next':
      return account !== null && (manager || isTheirs(queue, wish.window, account));
    case 'do':
      return account === null ? isCitizens(wish.deed) : isStaffs(queue, wish.deed, account, manager);
  }
}

function isCitizens(deed: SaidDeed): boolean {
  return deed.kind === 'rated' || (deed.kind === 'left' && deed.why === 'holder');
}

function isStaffs(queue: Queue, deed: SaidDeed, account: string, manager: boolean): boolean {
  switch (deed.kind) {
    case 'rated':
      return false;
    case 'prioritised':
    case 'returned':
    case 'noted':
      return true;
    case 'left':
      return deed.why !== 'holder';
    case 'window-opened':
      return deed.account === account && isTheirs(queue, deed.window, account);
    default:
      return manager || isTheirs(queue, deed.window, account);
  }
}

/** A window that nobody has is nobody's: what is wished there is refused by the rules, in words that say more. */
function isTheirs(queue: Queue, window: number, account: string): boolean {
  return [null, account].includes(windowOf(queue, window)?.account ?? null);
}
