/** For the tests of the device host: its caller on the other side of a port, a printer in the test's hand, and papers. */
import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../domain/contracts/bytes.ts';
import type { DeviceStatus, devicesContract, PrintProgress } from '../domain/contracts/devices.ts';
import type { PaperDocument, Ticket } from '../domain/documents/types.ts';
import type { PrintId } from '../domain/ids.ts';
import { createWatched } from '../wire/watched.ts';
import { createStream } from './stream.ts';
import type { Stream } from './stream.ts';

export type Client = ContractRouterClient<typeof devicesContract>;

/** The caller at the other end of the host's port. */
export function clientOn(port: MessagePort): Client {
  const client: Client = createORPCClient(new RPCLink({ port, customJsonSerializers: [bytesSerializer] }));
  port.start();
  return client;
}

export const TICKET: Ticket = {
  kind: 'hand-in-slip', hall: '新昌县政务服务中心', site: '羽林街道便民服务中心', item: '老年人优待证办理', number: '330624-0001', provisional: false,
  person: '张＊＊', at: '2026-01-05T01:00:00.000Z', materials: 1, token: 'ABCDEFGH', phone: '0575-00000000', online: false,
};

export const DOCUMENT: Extract<PaperDocument, { kind: 'hand-in-receipt' }> = {
  kind: 'hand-in-receipt', hall: '新昌县政务服务中心', site: '羽林街道便民服务中心', machine: 'T330624-0001', item: '老年人优待证办理', itemCode: '000000', number: '330624-0001',
  provisional: false, person: '张＊＊', maskedNumber: '3****************8', at: '2026-01-05T01:00:00.000Z', materials: [{ name: '身份证', pages: 2 }], promisedDays: 1,
  statutoryDays: 5, dayUnit: 'working', token: 'ABCDEFGH', actionHash: '0'.repeat(64), phone: '0575-00000000', complaintPhone: '12345',
};

export type HandLedPrinter = ReturnType<typeof handLedPrinter>;

/** A ticket printer whose jobs the test leads by hand. */
export function handLedPrinter(first: DeviceStatus) {
  const jobs = new Map<string, Stream<PrintProgress>>();
  const status = createWatched(first);
  const device = {
    jobs,
    ended: [] as string[],
    tell: status.become,
    bits: () => null,
    status: status.now,
    watch: status.watch,
    print({ print }: { print: PrintId }, signal = new AbortController().signal) {
      const stream = createStream<PrintProgress>(signal, () => device.ended.push(print));
      jobs.set(print, stream);
      return stream;
    },
    look: async () => {},
    cancel: (prints: readonly PrintId[]) => prints.filter((print) => jobs.has(print)),
    close: async () => {},
  };
  return device;
}
