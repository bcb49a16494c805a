/** Who may wish what of the queue. */
import type { QueueWish } from '../../domain/queue/decide.ts';
import { windowsToOpen } from '../../domain/queue/arrangement.ts';
import { type Queue, windowOf } from '../../domain/queue/state.ts';
import type { SaidDeed } from '../../domain/queue/types.ts';
import type { Wisher } from './desk.ts';

/**
 * Decided where the wish is, on the queue that it is decided on.
 * - A machine brings and leases its own numbers, and carries over what was arranged.
 * - A clerk works at the window that is theirs, opens one of those that are assigned to them, and may enter a roll, note, prioritise and send away anywhere.
 * - A manager may do at every window what its clerk may, and arranges.
 * - Nobody in particular, which is a citizen at a screen or a phone, leaves or rates. Staff do not rate themselves.
 */
export function mayWish(queue: Queue, wish: QueueWish, wisher: Omit<Wisher, 'id'>): boolean {
  const { account, machine, manager } = wisher;
  switch (wish.kind) {
    case 'bring':
    case 'lease':
    case 'carry':
      return machine !== null && account === null;
    case 'take':
      return account !== null ? wish.way === 'staff' && wish.holder === null : machine !== null;
    case 'enter-roll':
      return account !== null;
    case 'arrange':
      return account !== null && manager;
    case 'next':
      return account !== null && (manager || isTheirs(queue, wish.window, account));
    case 'do':
      return account === null ? isCitizens(wish.deed) : isStaffs(queue, wish.deed, account, wisher);
  }
}

function isCitizens(deed: SaidDeed): boolean {
  return deed.kind === 'rated' || (deed.kind === 'left' && deed.why === 'holder');
}

function isStaffs(queue: Queue, deed: SaidDeed, account: string, { manager, windows }: Pick<Wisher, 'manager' | 'windows'>): boolean {
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
      return deed.account === account && isTheirs(queue, deed.window, account) && mayOpen(queue, deed.window, account, windows);
    default:
      return manager || isTheirs(queue, deed.window, account);
  }
}

/** A window that nobody has is nobody's: what is wished there is refused by the rules, in words that say more. */
function isTheirs(queue: Queue, window: number, account: string): boolean {
  return [null, account].includes(windowOf(queue, window)?.account ?? null);
}

/** Whoever has it open may open it again, after a pause too: an arrangement takes effect when they close it. One that there is not is refused by the rules. */
function mayOpen(queue: Queue, number: number, account: string, windows: readonly number[]): boolean {
  const window = windowOf(queue, number);
  return window === undefined || window.account === account || windowsToOpen(queue, account, windows).includes(number);
}
