import { expect, test } from 'vitest';
import { fakeDevices } from '../../test/fixtures/fake-devices.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { followPower } from './power.ts';

function machine() {
  const rig = fakeDevices();
  const clock = testClock();
  const power = followPower({ devices: rig.devices, clock });
  const told: string[] = [];
  power.kinds.watch((kind) => told.push(kind));
  return { ...rig, clock, power, told };
}

test('without a UPS, and until one has spoken, a machine is on the mains', async () => {
  const { start, settle, power, told } = machine();
  start().power.end();
  await settle();
  expect([told, power.endsSince(), power.backAt()]).toEqual([['mains'], null, 0]);
});

test('each change is told once, and when the end began and was over is kept', async () => {
  const { start, settle, clock, power, told } = machine();
  const { power: ups } = start();
  const say = async (...words: Parameters<typeof ups.put>) => {
    ups.put(...words);
    await settle();
    clock.advance(1000);
  };
  await say({ kind: 'mains' });
  await say({ kind: 'battery', runtimeSeconds: 900 });
  await say({ kind: 'battery', runtimeSeconds: 600 });
  expect([power.endsSince(), power.backAt()]).toEqual([null, 0]);
  const began = clock.now();
  await say({ kind: 'critical' });
  await say({ kind: 'critical' });
  expect(power.endsSince()).toBe(began);
  const back = clock.now();
  await say({ kind: 'battery', runtimeSeconds: 500 });
  await say({ kind: 'mains' });
  expect([power.endsSince(), power.backAt()]).toEqual([null, back]);
  expect(told).toEqual(['mains', 'battery', 'critical', 'battery', 'mains']);
});

test('what a host said that died stays so until the next one knows better', async () => {
  const { start, crash, settle, power } = machine();
  const host = start();
  host.power.put({ kind: 'critical' });
  await settle();
  const began = power.endsSince();
  crash(host);
  await settle();
  const { power: ups } = start();
  await settle();
  expect([power.kinds.get(), power.endsSince()]).toEqual(['critical', began]);
  ups.put({ kind: 'mains' });
  await settle();
  expect([power.kinds.get(), power.endsSince()]).toEqual(['mains', null]);
});
