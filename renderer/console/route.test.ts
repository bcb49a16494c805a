import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseId } from '../../domain/ids.ts';
import { StageName } from '../../domain/contracts/cases.ts';
import { Role } from '../../domain/contracts/staff.ts';
import { allowedRoute, LONGEST_QUERY, parseRoute, type Route, routeText } from './route.ts';

const id = CaseId.parse('01KAT000000000000000000000');
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constant('inbox' as const), stage: fc.constantFrom(...StageName.options, 'open' as const, 'all' as const), query: fc.string({ maxLength: LONGEST_QUERY, unit: 'binary' }).filter((text) => text.isWellFormed() && text.length <= LONGEST_QUERY) }),
  fc.constant({ page: 'case' as const, id }),
  fc.constantFrom({ page: 'machines' as const }, { page: 'quarantine' as const }, { page: 'numbers' as const }),
);

describe('addresses', () => {
  test('a place is found again by its address', () => {
    fc.assert(fc.property(routes, (route) => {
      expect(parseRoute(routeText(route))).toEqual(route);
    }));
  });
  test('an address that makes no sense is the inbox', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(['inbox', 'machines', 'quarantine', 'numbers']).toContain(parseRoute(`#${text}`).page);
    }));
    expect(parseRoute('#/cases/not-an-id')).toEqual({ page: 'inbox', stage: 'open', query: '' });
  });
  test('nobody stands where the role may not look', () => {
    const found = Object.fromEntries(Role.options.map((role) => [role, (['case', 'machines', 'quarantine', 'numbers'] as const).map((page) => allowedRoute(page === 'case' ? { page, id } : { page }, role).page)]));
    expect(found).toEqual({
      clerk: ['case', 'inbox', 'inbox', 'inbox'], department: ['case', 'inbox', 'inbox', 'inbox'], supervisor: ['case', 'inbox', 'inbox', 'inbox'],
      caretaker: ['machines', 'machines', 'machines', 'machines'], administrator: ['machines', 'machines', 'quarantine', 'numbers'], auditor: ['case', 'machines', 'quarantine', 'numbers'],
    });
  });
});
