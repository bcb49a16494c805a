import { expect, test } from 'vitest';
import { readAddress } from './address.ts';

test.each([
  ['', { screen: { kind: 'main' }, voices: ['mandarin'], times: 2, theme: 'dark' }],
  ['?theme=light&voice=mandarin,english&times=1', { screen: { kind: 'main' }, voices: ['mandarin', 'english'], times: 1, theme: 'light' }],
  ['?voice=off', { screen: { kind: 'main' }, voices: null }],
  ['?voice=chime', { screen: { kind: 'main' }, voices: [] }],
  ['?window=12', { screen: { kind: 'window', window: 12 }, voices: null, theme: 'dark' }],
  ['?window=12&voice=sichuan', { voices: ['sichuan'] }],
  ['?rating=3', { screen: { kind: 'rating', window: 3 }, theme: 'light' }],
  ['?window=0&rating=x&theme=pink&times=9&voice=../etc', { screen: { kind: 'main' }, voices: [], times: 2, theme: 'dark' }],
])('%j', (search, expected) => {
  expect(readAddress(search)).toMatchObject(expected);
});
