import { expect, test } from 'vitest';
import { HandSignature } from './payload.ts';
import { handedIn } from '../../test/fixtures/actions.ts';

test('a signature is drawn or confirmed, never both and never neither; what was drawn reads as it always did', () => {
  const { signature: drawn } = handedIn();
  const { image, ...bare } = drawn;
  expect(HandSignature.parse(drawn)).toEqual(drawn);
  expect(HandSignature.parse({ ...bare, confirmed: 'keypad' })).toEqual({ ...bare, confirmed: 'keypad' });
  for (const wrong of [bare, { ...drawn, confirmed: 'keypad' }, { ...bare, confirmed: 'said' }, { ...bare, image, confirmed: undefined }]) expect(HandSignature.safeParse(wrong).success).toBe(false);
});
