import { expect, test } from 'vitest';
import { createMediaRule } from './media.ts';

test('sound is allowed only between core’s word that a message is written and the end of that, the picture always, anything else never', () => {
  const rule = createMediaRule();
  const now = () => ['video', 'audio', 'unknown', ''].map(rule.allows);
  expect(now()).toEqual([true, false, false, false]);
  for (const other of [null, 'microphone', { kind: 'alive' }, { open: true }, { kind: 'microphone' }, { kind: 'microphone', open: 'yes' }]) {
    rule.hear(other);
    expect(rule.allows('audio')).toBe(false);
  }
  rule.hear({ kind: 'microphone', open: true });
  rule.hear({ kind: 'alive' });
  expect(now()).toEqual([true, true, false, false]);
  rule.hear({ kind: 'microphone', open: false });
  expect(rule.allows('audio')).toBe(false);
  rule.hear({ kind: 'microphone', open: true });
  rule.close();
  expect(rule.allows('audio')).toBe(false);
});
