import { expect, test } from 'vitest';
import { fakeDevices } from '../../test/fixtures/fake-devices.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { followPresence } from './presence.ts';

function machine() {
  const rig = fakeDevices();
  const clock = testClock();
  const presence = followPresence({ devices: rig.devices, clock });
  const host = rig.start();
  const say = async (near: boolean) => {
    host.board.put({ kind: 'presence', near });
    await rig.settle();
  };
  return { ...rig, clock, presence, host, say };
}

test('somebody who was seen has left when the sensor sees nobody any more, and is back when it does', async () => {
  const { clock, presence, say } = machine();
  await say(true);
  expect(presence.left.get()).toBeNull();
  clock.advance(5000);
  await say(false);
  const left = clock.now();
  clock.advance(5000);
  await say(false);
  expect(presence.left.get()).toBe(left);
  await say(true);
  expect(presence.left.get()).toBeNull();
});

test('a sensor that never saw anybody says nothing, nor do the other parts of the board', async () => {
  const { presence, say, host, settle } = machine();
  await say(false);
  host.board.put({ kind: 'door', open: true });
  host.board.put({ kind: 'tampered' });
  await settle();
  expect(presence.left.get()).toBeNull();
});

test('a board or a host that is away knows nothing, nor does it when it is back before it has seen anybody', async () => {
  const { presence, say, host, settle, crash, start } = machine();
  await say(true);
  await say(false);
  host.board.put({ kind: 'lost' });
  await settle();
  expect(presence.left.get()).toBeNull();
  await say(false);
  expect(presence.left.get()).toBeNull();
  await say(true);
  await say(false);
  crash(host);
  await settle();
  expect(presence.left.get()).toBeNull();
  start().board.put({ kind: 'presence', near: false });
  await settle();
  expect(presence.left.get()).toBeNull();
});
