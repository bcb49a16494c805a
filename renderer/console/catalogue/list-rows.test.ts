import { expect, test } from 'vitest';
import type { CatalogueRow } from '../../../domain/contracts/catalogue.ts';
import { matching, NO_FILTER, stateCounts } from './list-rows.ts';

const row = (change: Partial<CatalogueRow>): CatalogueRow => ({ code: '11330624002600018R4332001001001', name: '老年人优待证办理', type: '20', body: '新昌县民政局', creditCode: '11330624002600018R', version: 1, state: 'active', effectiveFrom: '2026-01-01', effectiveTo: null, next: null, draft: null, ...change });
const rows = [row({}), row({ code: 'W', name: '取水许可', type: '01', body: '新昌县水利局', creditCode: 'X', state: 'suspended' }), row({ code: 'Z', name: '老年食堂', state: 'cancelled', draft: { id: 'D', state: 'draft', kind: 'changed' } })];
const words = (type: string) => (type === '01' ? '行政许可' : '公共服务');
const found = (change: Partial<typeof NO_FILTER>) => matching(rows, { ...NO_FILTER, ...change }, words).map(({ name }) => name);

test('items are found by every word of a query, in name, code, body or kind', () => {
  expect(found({ query: '老年 民政' })).toEqual(['老年人优待证办理', '老年食堂']);
  expect([found({ query: '行政许可' }), found({ query: ' 2600018r ' }), found({ query: '没有' })]).toEqual([['取水许可'], ['老年人优待证办理', '老年食堂'], []]);
});

test('filters narrow further, and the counts of the states are those of the rest of the filter', () => {
  expect([found({ type: '01' }), found({ body: '新昌县民政局', state: 'active' }), found({ state: 'drafted' })]).toEqual([['取水许可'], ['老年人优待证办理'], ['老年食堂']]);
  expect(stateCounts(rows, { ...NO_FILTER, query: '老年', state: 'active' }, words)).toEqual({ all: 2, active: 1, suspended: 0, cancelled: 1, drafted: 1 });
});
