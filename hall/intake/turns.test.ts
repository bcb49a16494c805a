import { expect, test } from 'vitest';
import { MachineId } from '../../domain/ids.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { createTurns } from './turns.ts';

const machine = MachineId.parse('T330624-0001');
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a batch that came early is taken as soon as the one before it is, and not before', async () => {
  const turns = createTurns(testClock());
  let head = 0;
  const take = (after: number, last: number) => turns.run(machine, async () => {
    if (head < after) return 'early';
    head = last;
    return last;
  });
  const order: number[] = [];
  const early = [take(20, 30), take(10, 20)].map((taken) => taken.then((last) => order.push(Number(last))));
  await settled();
  expect(order).toEqual([]);
  await take(0, 10);
  await Promise.all(early);
  expect(order).toEqual([20, 30]);
});

test('one whose predecessor another server takes looks by itself; one whose predecessor never comes is given back', async () => {
  const clock = testClock();
  const turns = createTurns(clock);
  let here = false;
  const elsewhere = turns.run(machine, async () => (here ? 'taken' : 'early'));
  const never = turns.run(MachineId.parse('T330624-0002'), async () => 'early' as const);
  await settled();
  here = true;
  for (let looks = 0; looks < 12; looks += 1) {
    await clock.pass(1000);
  }
  expect(await elsewhere).toBe('taken');
  expect(await never).toBe('early');
  expect(clock.waiting).toBe(0);
});

test('a failure is its own batch\'s, and those that wait go on', async () => {
  const turns = createTurns(testClock());
  let fails = true;
  const waiting = turns.run(machine, async () => (fails ? 'early' : 'taken'));
  await expect(turns.run(machine, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  fails = false;
  await turns.run(machine, async () => 'taken');
  expect(await waiting).toBe('taken');
});
