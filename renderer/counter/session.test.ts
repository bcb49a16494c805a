import { expect, test } from 'vitest';
import { keepSession, keptSession, type Session } from './session.ts';

/** A tab's storage. */
function store(): Storage {
  const kept = new Map<string, string>();
  return { get length() { return kept.size; }, clear: () => kept.clear(), key: () => null, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}

const session: Session = { token: 't', account: 'wang', name: '王敏', role: 'clerk', at: { kind: 'window', window: 3 } };

test('a reload goes on where it was; signed out, nothing is left', () => {
  const tab = store();
  keepSession(tab, session);
  expect(keptSession(tab)).toEqual(session);
  keepSession(tab, null);
  expect([keptSession(tab), tab.length]).toEqual([null, 0]);
});

test.each(['', '{', 'null', '{"token":1}', JSON.stringify({ ...session, role: 'admin' })])('what another version or another hand left there is nobody: %j', (text) => {
  const tab = store();
  tab.setItem('jinban-counter', text);
  expect(keptSession(tab)).toBeNull();
});
