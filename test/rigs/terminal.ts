import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createDeviceHost, type DeviceHost } from '../../devices/host.ts';
import { until } from '../../build/demo/child.ts';
import { ExchangeReason } from '../../domain/contracts/exchange.ts';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { kioskContract, SessionView, TerminalView } from '../../domain/contracts/kiosk.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { type Core, openCore } from '../../main/core/core.ts';
import { createCoreLog } from '../../main/core/log.ts';
import type { Port } from '../../main/core/port.ts';
import { systemClock } from '../../main/core/system.ts';

export type Kiosk = ContractRouterClient<typeof kioskContract>;

/** Every device that the terminal has works. */
export function everyDeviceOnline({ devices }: TerminalView): boolean {
  return Object.values(devices).every((status) => status.kind === 'online' || status.reason === 'not-configured');
}

/** Every device has said how it is, and works unless somebody was at work on it. */
export function everyDeviceUp({ devices }: TerminalView): boolean {
  return Object.values(devices).every((status) => status.kind === 'online' || status.reason === 'not-configured' || ExchangeReason.safeParse(status.reason).success);
}

/**
 * A terminal as plain Node.js: the real core and the real device host over real MessagePorts, with a kiosk client where the window
 * would be. Only Electron is missing.
 */
export type RigTerminal = {
  core: Core;
  kiosk: Kiosk;
  view(): SessionView;
  terminal(): TerminalView;
  /** Waits until the session's view is as wanted. */
  see(what: string, look: (view: SessionView) => boolean): Promise<SessionView>;
  seeTerminal(what: string, look: (view: TerminalView) => boolean): Promise<TerminalView>;
  /** A second window's port, bare, for what no honest window sends. */
  bareWindow(): MessagePort;
  /** Ends the device host as a crash would, for core's eyes: its port closes. */
  crashDevices(): Promise<void>;
  startDevices(): void;
  /** Every line that core and devices logged. */
  log: string[];
  close(): Promise<void>;
};

/** A kiosk client at core, where the window would be. */
export function kioskAt(core: Pick<Core, 'connectWindow'>): { kiosk: Kiosk; close(): void } {
  const { port1, port2 } = new MessageChannel();
  core.connectWindow(port1 as unknown as Port);
  const kiosk: Kiosk = createORPCClient(new RPCLink({ port: port2, customJsonSerializers: [bytesSerializer] }));
  port2.start();
  return { kiosk, close: () => port2.close() };
}

/**
 * @param clock core's; the devices always run by the machine's own
 * @param freeDisk what core is told of its disk; the disk's own word when left out
 */
export async function startTerminal(config: TerminalConfig, clock: Clock = systemClock, freeDisk?: () => Promise<number>): Promise<RigTerminal> {
  const lines: string[] = [];
  const opened = await openCore({ config, sqlite: null, clock, ...(freeDisk === undefined ? {} : { freeDisk }), log: createCoreLog((line) => lines.push(line), Date.now) });
  if (!opened.ok) throw new Error(`core: ${JSON.stringify(opened.error)}`);
  const core = opened.value;
  let host: DeviceHost | null = null;
  let hosts = 0;
  const bare: MessagePort[] = [];

  function startDevices(): void {
    hosts += 1;
    const { port1, port2 } = new MessageChannel();
    host = createDeviceHost(config.devices, { clock: systemClock, log: (entry) => lines.push(JSON.stringify(entry)) });
    host.connect(port1);
    core.connectDevices(port2 as unknown as Port, `devices-${hosts}`);
  }
  startDevices();

  const { kiosk, close: closeWindow } = kioskAt(core);
  let view: SessionView | null = null;
  let terminal: TerminalView | null = null;
  const ignoreEnd = () => {};
  drop((async () => {
    for await (const next of await kiosk.session()) view = next;
  })().catch(ignoreEnd));
  drop((async () => {
    for await (const next of await kiosk.terminal()) terminal = next;
  })().catch(ignoreEnd));
  await until('the first views', () => view !== null && terminal !== null);

  return {
    core,
    kiosk,
    view: () => view as unknown as SessionView,
    terminal: () => terminal as unknown as TerminalView,
    see: async (what, look) => {
      await until(what, () => look(view as unknown as SessionView)).catch((cause: unknown) => {
        throw new Error(`${String(cause)}; the view is at ${view?.step}, prints ${JSON.stringify(view?.prints)}, card ${JSON.stringify(view?.card)}`);
      });
      return view as unknown as SessionView;
    },
    seeTerminal: async (what, look) => {
      await until(what, () => look(terminal as unknown as TerminalView));
      return terminal as unknown as TerminalView;
    },
    bareWindow() {
      const { port1, port2 } = new MessageChannel();
      core.connectWindow(port1 as unknown as Port);
      port2.start();
      bare.push(port2);
      return port2;
    },
    async crashDevices() {
      await host?.close();
    },
    startDevices,
    log: lines,
    async close() {
      await core.close();
      await host?.close();
      closeWindow();
      for (const port of bare) port.close();
    },
  };
}
