/** What a clerk may do now, why not, and the wishes that do it. Pure functions of what the counter shows; the machine that decides judges all of it again. */
import type { CounterTicket, CounterView } from '../../domain/contracts/site.ts';
import { parseTicket } from '../../domain/queue/numbers.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import type { Priority, QueueDeed, SaidDeed, SuspendWhy } from '../../domain/queue/types.ts';
import type { Command } from './keys.ts';

/** Why a command cannot be given now; a word of `deny.*` in the texts. */
export type Denied = 'closed' | 'paused' | 'not-paused' | 'in-hand' | 'nothing-in-hand' | 'not-started' | 'started' | 'nobody-aside' | 'nobody-waits' | 'nobody-known' | 'no-case' | 'not-manager';

/** null: it can be given. @param manager whether whoever is signed in is one */
export function denied(command: Command, view: CounterView, manager: boolean): Denied | null {
  const held = view.inHand?.state ?? null;
  const inHand = held === null ? 'nothing-in-hand' : null;
  switch (command) {
    case 'undo':
    case 'help':
    case 'sign-out':
      return null;
    case 'manager':
    case 'arrange':
    case 'save':
      return manager ? null : 'not-manager';
    case 'next':
      return notOpen(view) ?? (held === null ? null : 'in-hand');
    case 'call':
      return notOpen(view) ?? (held === null ? (view.waiting.length + view.aside.length > 0 ? null : 'nobody-known') : 'in-hand');
    case 'recall':
    case 'start':
    case 'missed':
      return inHand ?? (held === 'serving' ? 'started' : null);
    case 'finish':
    case 'finish-next':
      return inHand ?? (held === 'called' ? 'not-started' : command === 'finish-next' ? notOpen(view) : null);
    case 'suspend':
    case 'transfer':
    case 'note':
      return inHand;
    case 'open-case':
      return inHand ?? (view.inHand?.case == null ? 'no-case' : null);
    case 'return':
      return view.aside.length > 0 ? null : 'nobody-aside';
    case 'priority':
      return inHand === null || view.waiting.length + view.aside.length > 0 ? null : 'nobody-known';
    case 'leave':
      return held === 'called' || view.waiting.length + view.aside.length > 0 ? null : 'nobody-known';
    case 'take':
    case 'roll':
      return null;
    case 'serve':
      return view.state === 'closed' ? 'closed' : null;
    case 'pause':
      return notOpen(view);
    case 'resume':
      return view.state === 'paused' ? null : view.state === 'closed' ? 'closed' : 'not-paused';
    case 'close':
      return view.state === 'closed' ? 'closed' : held === null ? null : 'in-hand';
  }
}

function notOpen({ state }: CounterView): Denied | null {
  return state === 'open' ? null : state;
}

/** A said deed as a wish. @param revision of the ticket as it was seen; null: whatever it is now */
function said(deed: SaidDeed, revision: number | null = null): QueueWish {
  return { kind: 'do', deed, revision };
}

type Held = Pick<CounterTicket, 'ticket' | 'revision'>;

/** The commands of one key that need nothing further. `view` must have a ticket in hand, but for 下一位. */
export function wishesOf(command: 'next' | 'recall' | 'start' | 'finish' | 'finish-next' | 'missed', { window, inHand }: CounterView): QueueWish[] {
  const next: QueueWish = { kind: 'next', window };
  if (command === 'next') return [next];
  if (inHand === null) return [];
  const about = (kind: 'recalled' | 'started' | 'finished' | 'missed'): QueueWish => {
    const at = { ticket: inHand.ticket, window };
    return said(kind === 'finished' ? { kind, ...at, items: [] } : { kind, ...at }, inHand.revision);
  };
  switch (command) {
    case 'recall':
      return [about('recalled')];
    case 'start':
      return [about('started')];
    case 'missed':
      return [about('missed')];
    case 'finish':
      return [about('finished')];
    case 'finish-next':
      return [about('finished'), next];
  }
}

export function openingWish(window: number, account: string, businesses: string[]): QueueWish {
  return said({ kind: 'window-opened', window, account, businesses });
}

export function pausingWish(window: number, why: string): QueueWish {
  return said({ kind: 'window-paused', window, why });
}

export function closingWish(window: number): QueueWish {
  return said({ kind: 'window-closed', window });
}

export function suspendingWish(window: number, { ticket, revision }: Held, why: SuspendWhy): QueueWish {
  return said({ kind: 'suspended', ticket, window, why }, revision);
}

/**
 * To another business or window. To this very window it goes on at once, as one visit with two businesses: the ticket is transferred in its place, called by name and begun, so that each business has
 * its own time of service and the person keeps one number.
 * @param to a window, or null for whichever serves the business
 */
export function transferWishes(window: number, { ticket, revision }: Held, { business, to, keepsPlace }: { business: string; to: number | null; keepsPlace: boolean }): QueueWish[] {
  if (to !== window) return [said({ kind: 'transferred', ticket, window, business, to, keepsPlace }, revision)];
  return [said({ kind: 'transferred', ticket, window, business, to, keepsPlace: true }, revision), said({ kind: 'called', ticket, window }), said({ kind: 'started', ticket, window })];
}

/** A ticket by name. One that is suspended comes back in its place first. */
export function callWishes(window: number, { ticket, revision, state }: Held & Pick<CounterTicket, 'state'>): QueueWish[] {
  return state === 'suspended' ? [said({ kind: 'returned', ticket }, revision), said({ kind: 'called', ticket, window })] : [said({ kind: 'called', ticket, window }, revision)];
}

export function returningWish({ ticket, revision }: Held): QueueWish {
  return said({ kind: 'returned', ticket }, revision);
}

export function leavingWish({ ticket, revision }: Held): QueueWish {
  return said({ kind: 'left', ticket, why: 'staff' }, revision);
}

/** Notes do not change where a ticket stands: one may be written to whatever it is by then. */
export function noteWish({ ticket }: Held, words: string): QueueWish {
  return said({ kind: 'noted', ticket, words });
}

export function priorityWish({ ticket, revision }: Held, priority: Priority | null, reason: string): QueueWish {
  return said({ kind: 'prioritised', ticket, priority, reason }, revision);
}

export function takingWish(business: string, priority: Priority | null): QueueWish {
  return { kind: 'take', business, way: 'staff', holder: null, priority, appointment: null, case: null };
}

export function servedWish(window: number, business: string, minutes: number): QueueWish {
  return said({ kind: 'served', window, business, items: [], minutes });
}

/** The tickets that a clerk may name: those that the counter shows. */
export function known(view: CounterView): CounterTicket[] {
  return [...view.aside, ...view.waiting];
}

/** Which of these somebody means who types `a1`, or `1` where one line has a 1: all that fit, the whole number before its beginning. Nothing typed: all. */
export function meant(tickets: readonly CounterTicket[], typed: string): CounterTicket[] {
  if (typed.trim() === '') return [...tickets];
  const parsed = parseTicket(typed);
  const plain = typed.normalize('NFKC').toUpperCase().replaceAll(/\s/g, '');
  const fits = (code: string) => parsed !== null && Number(code.slice(1)) === parsed.number && (parsed.prefix === null || code.startsWith(parsed.prefix));
  return [...tickets.filter(({ code }) => fits(code)), ...tickets.filter(({ code }) => !fits(code) && code.startsWith(plain))];
}

/** Whether what the counter shows already has what was granted: keys are taken again only then, so that none acts on what was before. */
export function shows(view: CounterView, deed: QueueDeed): boolean {
  switch (deed.kind) {
    case 'called':
      return view.inHand?.ticket === deed.ticket;
    case 'started':
      return view.inHand?.ticket !== deed.ticket || view.inHand.state === 'serving';
    case 'finished':
    case 'missed':
    case 'suspended':
    case 'transferred':
      return view.inHand?.ticket !== deed.ticket;
    case 'returned':
    case 'left':
      return view.aside.every(({ ticket }) => ticket !== deed.ticket);
    case 'window-opened':
      return view.window !== deed.window || view.state === 'open';
    case 'window-paused':
      return view.window !== deed.window || view.state !== 'open';
    case 'window-closed':
      return view.window !== deed.window || view.state === 'closed';
    default:
      return true;
  }
}
