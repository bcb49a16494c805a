import { type ClientLink, createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { CaretakerView } from '../../domain/contracts/caretaker.ts';
import type { kioskContract, SessionView, TerminalView } from '../../domain/contracts/kiosk.ts';
import type { Front } from '../../domain/contracts/front.ts';
import { NOBODY, terminalStarting } from '../../domain/contracts/kiosk-start.ts';
import { drop } from '../../domain/result.ts';
import type { Stillness } from './stillness.ts';

export type KioskClient = ContractRouterClient<typeof kioskContract>;

/**
 * What the window knows. While core is away (`connected` is false) the last views and client stay, so that nothing on the screen is lost.
 * @property starting nothing was heard of core yet, and the first screen stands already: what is wished for on it waits for core
 */
export type CoreState = { client: KioskClient | null; connected: boolean; starting: boolean; session: SessionView | null; terminal: TerminalView | null; caretaker: CaretakerView | null };

/** The window's end of the road to core. A core that was started again sends a new port, and the same view is drawn again. */
export type Core = Stillness & {
  /** As it is shown: news waits while a finger rests on the screen. */
  current(): CoreState;
  subscribe(tell: () => void): () => void;
  connect(port: MessagePort): void;
  close(): void;
};

/** @param front of a machine that was only just switched on; null: the window waits for core before it shows anything @param now as its first screen says it */
export function createCore({ whenStill }: Stillness, front: Front | null = null, now = new Date()): Core {
  const subscribers = new Set<() => void>();
  const first = waitingLink();
  let state: CoreState = { client: null, connected: false, starting: false, session: null, terminal: null, caretaker: null };
  if (front !== null) {
    state = { ...state, client: createORPCClient(first.link), starting: true, session: NOBODY, terminal: terminalStarting(front, now.toISOString()) };
  }
  let shown = state;
  let held: MessagePort | null = null;

  function change(next: Partial<CoreState>): void {
    state = { ...state, ...next };
    whenStill(() => {
      if (shown === state) return;
      shown = state;
      for (const tell of subscribers) tell();
    });
  }

  function lost(port: MessagePort): void {
    if (held !== port || !(state.connected || state.starting)) return;
    first.reject(new Error('core went away before it was there'));
    change({ connected: false, starting: false });
  }

  /** Follows one stream for as long as `port` is the one in use; its end means that core is away. */
  async function follow<View>(port: MessagePort, open: () => Promise<AsyncIterable<View>>, take: (view: View) => void): Promise<void> {
    try {
      for await (const view of await open()) {
        if (held !== port) return;
        take(view);
      }
    } catch {
      // The port closed or core refused: the shell sends another port when core is back.
    }
    lost(port);
  }

  return {
    whenStill,
    current: () => shown,
    subscribe(tell) {
      subscribers.add(tell);
      return () => subscribers.delete(tell);
    },
    connect(port) {
      held?.close();
      held = port;
      const link = new RPCLink({ port, customJsonSerializers: [bytesSerializer] });
      const client: KioskClient = createORPCClient(link);
      // Electron tells a port when its other end is gone; the codec does not end its streams then.
      port.addEventListener('close', () => lost(port));
      port.start();
      // A core that was only just started has a port before it can answer: it is there when its first view is.
      change(state.starting ? { connected: false } : { client, connected: false });
      drop(follow(port, () => client.session(), (session) => {
        // A visit that was going on belongs to whoever stands there: what was touched before it was seen is not meant for it.
        if (session.session === null) first.resolve(link);
        else first.reject(new Error('a visit is going on'));
        change({ session, client, connected: true, starting: false });
      }));
      drop(follow(port, () => client.terminal(), (terminal) => change({ terminal })));
      drop(follow(port, () => client.caretaker.view(), (caretaker) => change({ caretaker })));
    },
    close() {
      held?.close();
      held = null;
      change({ connected: false, starting: false });
    },
  };
}

type Link = ClientLink<Record<never, never>>;

/** A road on which whatever is wished for waits until it is known where it leads. */
function waitingLink(): { link: Link; resolve(to: Link): void; reject(why: Error): void } {
  let resolve: (to: Link) => void = () => {};
  let reject: (why: Error) => void = () => {};
  const known = new Promise<Link>((...settle) => {
    [resolve, reject] = settle;
  });
  // Nobody may have wished for anything.
  known.catch(() => undefined);
  return { link: { call: async (...wish) => (await known).call(...wish) }, resolve, reject };
}

/** The message by which the preload hands a port over. */
const CORE_PORT = 'jinban:core-port';

/** Takes ports from our own preload only: same window, same origin. @returns a way to stop */
export function acceptPorts(core: Core): () => void {
  const take = (event: MessageEvent) => {
    if (event.source !== window || event.origin !== window.location.origin || event.data !== CORE_PORT) return;
    const [port] = event.ports;
    if (port !== undefined) core.connect(port);
  };
  window.addEventListener('message', take);
  return () => window.removeEventListener('message', take);
}
