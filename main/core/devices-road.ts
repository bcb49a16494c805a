import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { DeviceStates, devicesContract } from '../../domain/contracts/devices.ts';
import { drop } from '../../domain/result.ts';
import { createTold, type Told } from './told.ts';
import type { Port } from './port.ts';

export type DevicesClient = ContractRouterClient<typeof devicesContract>;

/** While no device host answers, every device is off-line with this reason. */
const STARTING = { kind: 'offline', reason: 'host-starting' } as const;
const NO_HOST: DeviceStates = { 'id-card-reader': STARTING, 'code-scanner': STARTING, 'document-scanner': STARTING, 'ticket-printer': STARTING, 'document-printer': STARTING, board: STARTING, ups: STARTING };

/** Core's end of the road to the device host. The host may die at any time; a new port then comes from the shell. */
export type DevicesRoad = {
  /** @param instance names this life of the host: what an earlier one was asked, a later one knows nothing of */
  connect(port: Port, instance: string): void;
  /** null while there is no host. */
  current(): { client: DevicesClient; instance: string } | null;
  states: Told<DeviceStates>;
  /** Tells when a host is there again. */
  onConnected(tell: () => void): () => void;
  close(): void;
};

export function createDevicesRoad(): DevicesRoad {
  const states = createTold<DeviceStates>(NO_HOST);
  const connected = new Set<() => void>();
  let now: { client: DevicesClient; instance: string; port: Port } | null = null;

  async function follow(mine: NonNullable<typeof now>): Promise<void> {
    try {
      for await (const value of await mine.client.watch()) {
        if (now !== mine) return;
        states.tell(value);
      }
    } catch {
      // The port closed: the host is gone, and the shell is starting another.
    }
    if (now !== mine) return;
    now = null;
    states.tell(NO_HOST);
  }

  return {
    connect(port, instance) {
      now?.port.close();
      const client: DevicesClient = createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] }));
      port.start();
      const mine = { client, instance, port };
      now = mine;
      drop(follow(mine));
      for (const tell of connected) tell();
    },
    current: () => now,
    states,
    onConnected(tell) {
      connected.add(tell);
      return () => connected.delete(tell);
    },
    close() {
      now?.port.close();
      now = null;
    },
  };
}
