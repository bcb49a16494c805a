import { expect, test } from 'vitest';
import { MachineId } from '../../../domain/ids.ts';
import type { CoreEvent } from '../log.ts';
import type { DevicesClient, DevicesRoad } from '../devices-road.ts';
import type { Printing } from '../printing.ts';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import { createPapersDesk } from './papers.ts';

/** A desk on a machine whose device host answers as it is told; null: there is none. */
function deskWith(client: Partial<DevicesClient> | null) {
  const log: CoreEvent[] = [];
  const desk = createPapersDesk({
    config: { hallName: '县政务服务中心', site: '镇便民服务中心', machine: MachineId.parse('T330624-0001') }, printing: { all: () => Promise.resolve([]), blanks: { stocks: () => [] } } as unknown as Printing,
    devices: { current: () => (client === null ? null : { client, instance: 'devices-1' }) } as unknown as DevicesRoad, store: { log: {} as never }, clock: testClock(), newId: () => '01J5SESS10N000000000000001',
    log: (event) => log.push(event), changed: () => undefined, exchanges: { isOpen: () => false }, standing: () => Promise.resolve({ program: '0', online: true, waiting: 0, room: 'enough' }),
  });
  return { desk, log };
}

test('a case that was moved is acknowledged at the board, and the log says whether it was', async () => {
  const { desk, log } = deskWith({ acknowledgeTamper: (() => Promise.resolve({ ok: true, value: null })) as never });
  expect(await desk.acknowledgeTamper()).toEqual({ ok: true, value: null });
  expect(log).toEqual([{ event: 'caretaker-papers', deed: 'tamper', outcome: 'done' }]);
});

test.each([
  ['there is no host', null],
  ['the board is away', { acknowledgeTamper: (() => Promise.resolve({ ok: false, error: { kind: 'unavailable' } })) as never }],
  ['the host dies', { acknowledgeTamper: (() => Promise.reject(new Error('the port closed'))) as never }],
])('is told that the device is away when %s', async (_, client) => {
  const { desk } = deskWith(client);
  expect(await desk.acknowledgeTamper()).toEqual({ ok: false, error: { kind: 'device-away' } });
});

test('a slip that nobody could print says so', async () => {
  const { desk } = deskWith(null);
  expect(await desk.printSlip('readiness')).toEqual({ ok: true, value: null });
  await new Promise((resolve) => setImmediate(resolve));
  expect((await desk.view()).slip).toEqual({ what: 'readiness', state: 'not-printed', reason: 'host-starting' });
  desk.forget();
  expect((await desk.view()).slip).toBeNull();
});
