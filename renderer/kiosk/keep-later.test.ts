import { expect, test } from 'vitest';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { mayKeep } from './keep-later.tsx';

const slip: SessionView['slip'] = { kind: 'not-asked', wait: 0, lost: [], worth: true };
const person = { name: '李样本', shortNumber: '3306**********002X', card: 'valid' } as unknown as SessionView['person'];

test.each([
  ['a form that is begun', {}, true],
  ['nothing that a slip could carry: nothing filled in, or another item looked at', { slip: { ...slip, worth: false } }, false],
  ['nobody who showed a card', { person: null }, false],
  ['a number that was typed: no card locks the slip', { person: { ...(person as object), card: 'typed' } as unknown as SessionView['person'] }, false],
  ['the slip’s own screen', { step: 'keep' as const }, false],
])('%s', (_what, part, may) => expect(mayKeep({ slip, person, step: 'form', ...part })).toBe(may));
