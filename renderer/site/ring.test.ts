import { beforeEach, expect, test } from 'vitest';
import { createRing } from './ring.ts';
import { browserKeep } from './test-keep.ts';

const [A, B, C] = ['http://10.0.0.1:8470', 'http://10.0.0.2:8470', 'http://10.0.0.3:8470'];
let keep: ReturnType<typeof browserKeep>;
beforeEach(() => (keep = browserKeep()));

test('one machine after the other, round and round; who has gone on already stays', () => {
  const ring = createRing(B, keep);
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
  const ring = createRing('http://counter.local:8470', keep);
  ring.learn([A, B]);
  expect(ring.all()).toEqual(['http://counter.local:8470', A, B]);
  ring.goOn('http://counter.local:8470');
  expect([ring.now(), ring.after(B)]).toEqual([A, 'http://counter.local:8470']);
});

test('a site of one machine has nobody to go on with', () => {
  const ring = createRing(A, keep);
  ring.learn([A]);
  ring.follow(() => expect.unreachable());
  ring.goOn(A);
  expect(ring.now()).toBe(A);
});

test('the next page of this browser knows the machines before it has asked one, its own first', () => {
  createRing(A, keep).learn([A, B, C]);
  expect(createRing(B, keep).all()).toEqual([A, B, C]);
  expect(createRing(B, keep).now()).toBe(B);
  expect(createRing('http://counter.local:8470', keep).all()).toEqual(['http://counter.local:8470', A, B, C]);
});

test.each(['{', '"http://10.0.0.1"', '[7, "nowhere", "http://10.0.0.2:8470"]'])('what was kept and cannot be read is no address: %s', (text) => {
  keep.setItem('jinban-site-machines', text);
  expect(createRing(A, keep).all().filter((origin) => origin !== B)).toEqual([A]);
});
