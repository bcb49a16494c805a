import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { CaretakerView } from '../../domain/contracts/caretaker.ts';
import type { kioskContract, SessionView, TerminalView } from '../../domain/contracts/kiosk.ts';
import { drop } from '../../domain/result.ts';
import type { Stillness } from './stillness.ts';

export type KioskClient = ContractRouterClient<typeof kioskContract>;

/** What the window knows. While core is away (`connected` is false) the last views and client stay, so that nothing on the screen is lost. */
export type CoreState = { client: KioskClient | null; connected: boolean; session: SessionView | null; terminal: TerminalView | null; caretaker: CaretakerView | null };

/** The window's end of the road to core. A core that was started again sends a new port, and the same view is drawn again. */
export type Core = Stillness & {
  /** As it is shown: news waits while a finger rests on the screen. */
  current(): CoreState;
  subscribe(tell: () => void): () => void;
  connect(port: MessagePort): void;
  close(): void;
};

export function createCore({ whenStill }: Stillness): Core {
  const subscribers = new Set<() => void>();
  let state: CoreState = { client: null, connected: false, session: null, terminal: null, caretaker: null };
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
    if (held === port && state.connected) change({ connected: false });
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
      const client: KioskClient = createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] }));
      // Electron tells a port when its other end is gone; the codec does not end its streams then.
      port.addEventListener('close', () => lost(port));
      port.start();
      // A core that was only just started has a port before it can answer: it is there when its first view is.
      change({ client, connected: false });
      drop(follow(port, () => client.session(), (session) => change({ session, connected: true })));
      drop(follow(port, () => client.terminal(), (terminal) => change({ terminal })));
      drop(follow(port, () => client.caretaker.view(), (caretaker) => change({ caretaker })));
    },
    close() {
      held?.close();
      held = null;
      change({ connected: false });
    },
  };
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
