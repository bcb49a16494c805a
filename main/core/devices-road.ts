import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { DeviceStates, devicesContract } from '../../domain/contracts/devices.ts';
import { DEVICES_STARTING } from '../../domain/contracts/kiosk-start.ts';
import type { ExchangeDevice, ExchangeReason } from '../../domain/contracts/exchange.ts';
import { drop } from '../../domain/result.ts';
import { createTold, type Told } from './told.ts';
import type { Port } from './port.ts';

export type DevicesClient = ContractRouterClient<typeof devicesContract>;
/** Devices that somebody works at. */
export type InExchange = ReadonlyMap<ExchangeDevice, ExchangeReason>;

/** Core's end of the road to the device host. The host may die at any time; a new port then comes from the shell. */
export type DevicesRoad = {
  /** @param instance names this life of the host: what an earlier one was asked, a later one knows nothing of */
  connect(port: Port, instance: string): void;
  /** null while there is no host, or none yet that keeps jobs away from what somebody works at. */
  current(): { client: DevicesClient; instance: string } | null;
  /** What can be counted on: a device that somebody works at is out of service. */
  states: Told<DeviceStates>;
  /** The devices' own words. */
  words: Told<DeviceStates>;
  /** Tells when a host is there again. */
  onConnected(tell: () => void): () => void;
  close(): void;
};

export function createDevicesRoad(inExchange: Told<InExchange>): DevicesRoad {
  const words = createTold<DeviceStates>(DEVICES_STARTING);
  const states = createTold<DeviceStates>(DEVICES_STARTING);
  const connected = new Set<() => void>();
  type Connection = { client: DevicesClient; instance: string; port: Port };
  let latest: Connection | null = null;
  let now: Connection | null = null;

  const tellStates = () => states.tell(withExchanges(words.get(), inExchange.get()));
  words.watch(tellStates);
  inExchange.watch(tellStates);

  async function follow(mine: Connection): Promise<void> {
    try {
      for (const [device, reason] of inExchange.get()) for await (const _closed of await mine.client.startExchange({ device, reason })) break;
      if (latest !== mine) return;
      now = mine;
      for (const tell of connected) tell();
      for await (const value of await mine.client.watch()) {
        if (now !== mine) return;
        words.tell(value);
      }
    } catch {
      // The port closed: the host is gone, and the shell is starting another.
    }
    if (now !== mine) return;
    now = null;
    words.tell(DEVICES_STARTING);
  }

  return {
    connect(port, instance) {
      latest?.port.close();
      const client: DevicesClient = createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] }));
      port.start();
      latest = { client, instance, port };
      drop(follow(latest));
    },
    current: () => now,
    states,
    words,
    onConnected(tell) {
      connected.add(tell);
      return () => connected.delete(tell);
    },
    close() {
      latest?.port.close();
      latest = null;
      now = null;
    },
  };
}

/** What a machine does not have stays so. */
export function withExchanges(states: DeviceStates, inExchange: InExchange): DeviceStates {
  const kept = [...inExchange].filter(([device]) => !isMissing(states, device));
  return { ...states, ...Object.fromEntries(kept.map(([device, reason]) => [device, { kind: 'out-of-service', reason }])) };
}

/** Whether the settings say that this machine has no such device. */
export function isMissing(states: DeviceStates, device: ExchangeDevice): boolean {
  const status = states[device];
  return status.kind === 'offline' && status.reason === 'not-configured';
}
