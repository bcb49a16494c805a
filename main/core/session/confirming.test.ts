import { expect, test } from 'vitest';
import { CONFIRMATION_SINCE } from '../../../domain/contracts/hall.ts';
import { CaseId } from '../../../domain/ids.ts';
import { mayConfirm } from './hand-in.ts';

test('a key may stand for the signature where the hall can read that; a supplement is not signed', async () => {
  const hall = (protocol: number) => ({ hallProtocol: () => Promise.resolve(protocol) });
  const supplementing = CaseId.parse('01J5CASE000000000000000001');
  expect(await mayConfirm(hall(CONFIRMATION_SINCE), { supplementing: null })).toBe(true);
  expect(await mayConfirm(hall(CONFIRMATION_SINCE - 1), { supplementing: null })).toBe(false);
  expect(await mayConfirm(hall(0), { supplementing })).toBe(true);
});
