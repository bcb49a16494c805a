import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import { quarantineContract } from '../../domain/contracts/quarantine.ts';
import { decode } from './decode.ts';

/** Serves core on the port that the preload hands over: same window, same origin, once. */
const handler = new RPCHandler(implement(quarantineContract).router({
  decode: implement(quarantineContract.decode).handler(({ input }) => decode({ type: input.type, bytes: new Uint8Array(input.bytes) })),
}), { customJsonSerializers: [bytesSerializer] });

window.addEventListener('message', ({ source, origin, data, ports: [port] }) => {
  if (source !== window || origin !== window.location.origin || data !== 'jinban:core-port' || port === undefined) return;
  handler.upgrade(port);
  port.start();
});
