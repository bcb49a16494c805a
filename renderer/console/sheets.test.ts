import { expect, test } from 'vitest';
import { Role } from '../../domain/contracts/staff.ts';
import { CaseId } from '../../domain/ids.ts';
import { SHEETS } from './route.ts';
import { allowedRoute, SHEET_LIST, sheetsOf } from './sheets.tsx';

const id = CaseId.parse('01KAT000000000000000000000');

test('every sheet that an address names is there, once', () => {
  expect(SHEET_LIST.map(({ name }) => name).toSorted()).toEqual([...SHEETS].toSorted());
});

test('nobody stands where the role may not look', () => {
  for (const role of Role.options) {
    const own = new Set<string>(sheetsOf(role).map(({ name }) => name));
    for (const page of SHEETS) {
      const { page: found } = allowedRoute({ page, at: '' }, role);
      expect(found === page, `${role} ${page}`).toBe(own.has(page));
    }
  }
  expect(allowedRoute({ page: 'case', id }, 'clerk').page).toBe('case');
  for (const role of ['caretaker', 'administrator'] as const) expect(allowedRoute({ page: 'case', id }, role).page).toBe('machines');
  expect(allowedRoute({ page: 'quarantine', at: '' }, 'clerk').page).toBe('inbox');
});
