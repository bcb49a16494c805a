import { expect, test } from 'vitest';
import { StageName } from '../../../domain/contracts/cases.ts';
import { deedsOf } from './action-bar.tsx';

test('each stage offers what the law allows at it', () => {
  expect(Object.fromEntries(StageName.options.map((stage) => [stage, deedsOf({ stage, claimedBy: 'me' }, 'me', true)]))).toEqual({
    'handed-in': ['refuse', 'correct', 'accept'], 'correction-asked': ['refuse'], supplemented: ['refuse', 'accept'], accepted: ['finish'], decided: ['finish'], finished: [], refused: [], withdrawn: [],
  });
});

test('a case can be claimed by whom it is free for; a colleague and a reader have no deed', () => {
  expect(deedsOf({ stage: 'accepted', claimedBy: null }, 'me', true)).toEqual(['claim', 'finish']);
  expect(deedsOf({ stage: 'accepted', claimedBy: 'other' }, 'me', true)).toEqual([]);
  expect(deedsOf({ stage: 'accepted', claimedBy: null }, 'me', false)).toEqual([]);
});
