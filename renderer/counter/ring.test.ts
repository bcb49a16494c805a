import { expect, test } from 'vitest';
import { createRing } from './ring.ts';

const [A, B, C] = ['http://10.0.0.1:8470', 'http://10.0.0.2:8470', 'http://10.0.0.3:8470'];

test('one machine after the other, round and round; who has gone on already stays', () => {
  const ring = createRing(B);
  let moves = 0;
  ring.follow(() => (moves += 1));
  ring.learn([`${A}/`, `${B}/`, `${C}/`]);
  ring.goOn(B);
  ring.goOn(B);
  expect([ring.now(), moves]).toEqual([C, 1]);
  ring.goOn(C);
  expect([ring.now(), moves]).toEqual([A, 2]);
});

test('a machine that is reached under a name of its own is one of them', () => {
  const ring = createRing('http://counter.local:8470');
  ring.learn([A, B]);
  expect(ring.all()).toEqual(['http://counter.local:8470', A, B]);
  ring.goOn('http://counter.local:8470');
  expect([ring.now(), ring.after(B)]).toEqual([A, 'http://counter.local:8470']);
});

test('a site of one machine has nobody to go on with', () => {
  const ring = createRing(A);
  ring.learn([A]);
  ring.follow(() => expect.unreachable());
  ring.goOn(A);
  expect(ring.now()).toBe(A);
});
