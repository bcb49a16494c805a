import { expect, test } from 'vitest';
import type { LightsWish } from '../../domain/contracts/board.ts';
import { DeviceName, type DeviceStates, type DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Lit } from '../../domain/board/lights.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { DevicesClient, DevicesRoad } from './devices-road.ts';
import { keepLights } from './lights.ts';
import { createTold } from './told.ts';

const nobody: Lit = { session: null, card: { kind: 'not-asked' }, prints: [] };
const wantsCard: Lit = { session: '01J5SESS10N000000000000001', card: { kind: 'place-card' }, prints: [] };

function machine() {
  const wishes: LightsWish[] = [];
  const board = (status: DeviceStatus) => Object.fromEntries(DeviceName.options.map((name) => [name, name === 'board' ? status : { kind: 'online', warnings: [] }])) as DeviceStates;
  const states = createTold<DeviceStates>(board({ kind: 'offline', reason: 'unplugged' }));
  const client = {
    boardCapabilities: async () => ({ capabilities: { model: 'm', firmware: '1', lights: ['card', 'help'], dimming: false, parts: [] } }),
    setLights: async (wish: LightsWish) => {
      wishes.push(wish);
      return { ok: true, value: null };
    },
  } as unknown as DevicesClient;
  const views = createTold<Lit>(nobody);
  const devices = { states, current: () => ({ client, instance: 'devices-1' }) } satisfies Pick<DevicesRoad, 'states' | 'current'>;
  const stop = keepLights({ views, devices, clock: testClock() });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { wishes, states, views, stop, settle, plug: () => states.tell(board({ kind: 'online', warnings: [] })), pull: () => states.tell(board({ kind: 'offline', reason: 'unplugged' })) };
}

test('a board is told what the visit needs, once for each change, and anew when it comes back', async () => {
  const rig = machine();
  rig.views.tell(wantsCard);
  await rig.settle();
  expect(rig.wishes).toEqual([]);
  rig.plug();
  await rig.settle();
  rig.views.tell({ ...wantsCard });
  await rig.settle();
  expect(rig.wishes.map(({ lights }) => lights.card)).toEqual(['slow-blink']);
  rig.views.tell(nobody);
  await rig.settle();
  expect(rig.wishes.map(({ lights }) => lights.card)).toEqual(['slow-blink', 'off']);
  rig.pull();
  await rig.settle();
  rig.plug();
  await rig.settle();
  expect(rig.wishes).toHaveLength(3);
  rig.stop();
  rig.views.tell(wantsCard);
  await rig.settle();
  expect(rig.wishes).toHaveLength(3);
});
