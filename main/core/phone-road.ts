import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import type { phoneContract } from '../../domain/contracts/phone.ts';
import type { Port } from './port.ts';

export type PhoneClient = ContractRouterClient<typeof phoneContract>;

/** Core's end of the road to the phone host, which may die at any time: a new port then comes from the shell. */
export type PhoneRoad = { connect(port: Port): void; current(): PhoneClient | null; close(): void };

export function createPhoneRoad(): PhoneRoad {
  let now: { client: PhoneClient; port: Port } | null = null;
  return {
    connect(port) {
      now?.port.close();
      now = { client: createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] })), port };
      port.on('close', () => {
        if (now?.port === port) now = null;
      });
      port.start();
    },
    current: () => now?.client ?? null,
    close() {
      now?.port.close();
      now = null;
    },
  };
}
