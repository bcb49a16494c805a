import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseId } from '../../domain/ids.ts';
import { ListName, ListOrder, LONGEST_QUERY } from '../../domain/contracts/cases.ts';
import { INBOX, parseRoute, type Route, routeText, SHEETS } from './route.ts';
import { searchesBelongTo } from './searches.ts';

const id = CaseId.parse('01KAT000000000000000000000');
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constant('inbox' as const), stage: fc.constantFrom(...ListName.options, 'tasks' as const), order: fc.constantFrom(...ListOrder.options), query: fc.string({ maxLength: LONGEST_QUERY, unit: 'binary' }).filter((text) => text.isWellFormed() && text.length <= LONGEST_QUERY) }),
  fc.constant({ page: 'case' as const, id }),
  fc.record({ page: fc.constantFrom(...SHEETS), at: fc.constantFrom('', 'one/two', 'one?two=3') }),
);

describe('addresses', () => {
  test('a place is found again by its address', () => {
    fc.assert(fc.property(routes, (route) => {
      expect(parseRoute(routeText(route))).toEqual(route);
    }));
  });
  test('what was searched for does not stand in the address, and nobody else finds it', () => {
    searchesBelongTo('wang');
    const address = routeText({ ...INBOX, query: '王守田 330624194710120018' });
    expect(address).toMatch(/^#\/inbox\?stage=open&search=\d+$/);
    expect(routeText(parseRoute(address))).toBe(address);
    searchesBelongTo('wang');
    expect(routeText(parseRoute(address))).toBe(address);
    searchesBelongTo('zhou');
    expect(parseRoute(address)).toEqual(INBOX);
  });
  test('an address that makes no sense is the inbox', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(['inbox', ...SHEETS]).toContain(parseRoute(`#${text}`).page);
    }));
    expect(parseRoute('#/cases/not-an-id')).toEqual(INBOX);
  });
});
