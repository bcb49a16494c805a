import { describe, expect, test } from 'vitest';
import { PrintId, ulid } from '../ids.ts';
import { type Lit, lightsFor, withLightsOf } from './lights.ts';

const NOON = Date.UTC(2026, 5, 8, 4);
const visit: Lit = { session: '01J5SESS10N000000000000001', card: { kind: 'not-asked' }, prints: [] };
const print = (paper: Lit['prints'][number]['paper'], state: Lit['prints'][number]['state']) => ({ print: PrintId.parse(ulid(0, new Uint8Array(10))), paper, state, reason: '' });
const lit = (view: Lit) => Object.fromEntries(Object.entries(lightsFor(view, NOON).lights).filter(([, pattern]) => pattern !== 'off'));

describe('the lights of a kiosk', () => {
  test.each<[string, Lit, object]>([
    ['nobody is here', { ...visit, session: null, card: { kind: 'place-card' } }, {}],
    ['a card is wanted', { ...visit, card: { kind: 'place-card' } }, { card: 'slow-blink' }],
    ['it is to be placed again', { ...visit, card: { kind: 'place-again' } }, { card: 'slow-blink' }],
    ['it is being read', { ...visit, card: { kind: 'reading' } }, { card: 'on' }],
    ['papers are being printed', { ...visit, prints: [print('hand-in-slip', 'sent'), print('hand-in-receipt', 'reserved')] }, { ticket: 'on', document: 'on' }],
    ['they are there to be taken', { ...visit, prints: [print('hand-in-slip', 'printed'), print('certificate', 'printed')] }, { ticket: 'quick-blink', document: 'quick-blink' }],
    ['nobody knows of one', { ...visit, prints: [print('hand-in-slip', 'printed'), print('hand-in-receipt', 'unknown')] }, { ticket: 'quick-blink', help: 'slow-blink' }],
    ['the reader is away', { ...visit, card: { kind: 'unavailable', reason: 'unplugged' } }, { help: 'slow-blink' }],
  ])('%s', (_, view, lights) => {
    expect(lit(view)).toEqual(lights);
  });

  test.each([['19:59', 11.98, 'day'], ['20:00', 12, 'night'], ['05:59', 21.98, 'night'], ['06:00', 22, 'day']])('at %s in China it is %s', (_, utcHour, brightness) => {
    expect(lightsFor(visit, Date.UTC(2026, 5, 8) + utcHour * 3_600_000).brightness).toBe(brightness);
  });

  test('a board without a light is not asked for it', () => {
    const wish = lightsFor({ ...visit, card: { kind: 'place-card' }, prints: [print('hand-in-slip', 'sent')] }, NOON);
    expect(withLightsOf(wish, ['card']).lights).toEqual({ card: 'slow-blink', scanner: 'off', ticket: 'off', document: 'off', help: 'off' });
  });
});
