import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { bytesSerializer } from '../../domain/contracts/bytes.ts';
import { type DeviceName, devicesContract, type DeviceStates, type DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Core } from '../../main/core/core.ts';
import type { Port } from '../../main/core/port.ts';
import { createTold } from '../../main/core/told.ts';

const online: DeviceStatus = { kind: 'online', warnings: [] };
const none: DeviceStatus = { kind: 'offline', reason: 'not-configured' };

/** A device host that only says how its devices are, as a test tells it: for what core makes of that, where no paper has to come out. */
export type PlayedDevices = { set(device: DeviceName, status: DeviceStatus): void; works(device: DeviceName): void; close(): void };

export function playDevices(core: Pick<Core, 'connectDevices'>): PlayedDevices {
  const states = createTold<DeviceStates>({ 'id-card-reader': online, 'code-scanner': none, 'document-scanner': none, 'ticket-printer': online, 'document-printer': online, board: none, ups: none });
  const { port1, port2 } = new MessageChannel();
  const on = implement(devicesContract);
  new RPCHandler({ watch: on.watch.handler(({ signal }) => states.stream(signal)) }, { customJsonSerializers: [bytesSerializer] }).upgrade(port1);
  port1.start();
  core.connectDevices(port2 as unknown as Port, 'played');
  const set = (device: DeviceName, status: DeviceStatus) => states.tell({ ...states.get(), [device]: status });
  return { set, works: (device) => set(device, online), close: () => port1.close() };
}
