import { expect, test } from 'vitest';
import { fakeDevices } from '../../test/fixtures/fake-devices.ts';
import { follow } from './follow.ts';

function listener() {
  const rig = fakeDevices();
  const heard: string[] = [];
  const stop = follow(rig.devices, (client, signal) => client.power(undefined, { signal }), { hear: ({ kind }) => heard.push(kind), gone: () => heard.push('gone') });
  return { ...rig, heard, stop };
}

test('each host that comes is listened to, until it goes', async () => {
  const { start, crash, settle, heard } = listener();
  const first = start();
  first.power.put({ kind: 'mains' });
  await settle();
  crash(first);
  await settle();
  expect(heard).toEqual(['gone', 'mains', 'gone']);
  start().power.put({ kind: 'critical' });
  await settle();
  expect(heard.slice(3)).toEqual(['gone', 'critical']);
});

test('late words and the end of a host that was replaced are not heard', async () => {
  const { start, settle, heard } = listener();
  const first = start();
  await settle();
  const second = start();
  second.power.put({ kind: 'mains' });
  await settle();
  first.power.put({ kind: 'critical' });
  await settle();
  first.power.end();
  await settle();
  expect(heard).toEqual(['gone', 'gone', 'mains']);
});

test('nothing is heard after the end', async () => {
  const { start, settle, heard, stop, listeners } = listener();
  const host = start();
  await settle();
  stop();
  host.power.put({ kind: 'critical' });
  host.power.end();
  await settle();
  start();
  expect(heard).toEqual(['gone']);
  expect(listeners()).toBe(0);
});
