import { expect, test } from 'vitest';
import { figuresOf, NO_TOTALS } from '../../../domain/supervision/figures.ts';
import { csvOf, valueWords } from './figure-words.ts';
import { type Place, placeOf, placeText } from './place.ts';

test('a place and its address are one; nonsense is the first list', () => {
  const places: Place[] = [{ part: 'cards', turn: 'over', card: 'a'.repeat(32) }, { part: 'cards', turn: 'owner', card: null }, { part: 'bulletins', year: '2026', serial: 3 }, { part: 'bulletins', year: '', serial: null }, { part: 'rules' }, { part: 'outages' }];
  for (const place of places) expect(placeOf(placeText(place))).toEqual(place);
  for (const at of ['', 'cards/nobody', 'nowhere', 'cards/owner/xyz']) expect(placeOf(at)).toEqual({ part: 'cards', turn: 'owner', card: null });
});

test('what there was nothing to divide for is a dash', () => {
  expect([valueWords({ name: 'on-time-rate', value: 93.26 }), valueWords({ name: 'visits', value: 1.5 }), valueWords({ name: 'visits', value: null })]).toEqual(['93.3%', '1.5 次', '—']);
});

test('a spreadsheet gets no formula from a name, and every cell its quotes', () => {
  const figures = figuresOf({ ...NO_TOTALS, finished: 4, onTime: 3 }, null);
  const csv = csvOf({ from: '2026-01-01', to: '2026-02-01', asOf: '2026-02-01T00:00:00.000Z', whole: figures, pending: 0, months: [], departments: [{ key: 'x', name: '=HYPERLINK("x")', cases: 4, figures }], items: [], sites: [] });
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  expect(csv).toContain('3,4,75');
});
