import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandOf, hintOf, isCharacter, isConfirmation, keyName, KEYS, type Pressed, type Scope } from './keys.ts';
import { word } from './texts.ts';

const plain: Pressed = { key: '', ctrlKey: false, metaKey: false, altKey: false, isComposing: false };

/** The key table of a screen, as `docs/console.md` has it. */
function tableOf(scope: Scope): string {
  const rows = KEYS.filter((row) => row.scope === scope).map(({ command, keys }) => `| ${keys.filter((key) => key !== '？').map((key) => `\`${keyName(key)}\``).join(' ')} | ${word('key', command)} | ${command} |`);
  return ['| key | 中文 | command |', '|---|---|---|', ...rows].join('\n');
}

test.each(['everywhere', 'inbox', 'case', 'more', 'window', 'scan'] as const)('docs/console.md has the keys of %s', (scope) => {
  expect(readFileSync(path.join(import.meta.dirname, '../../docs/console.md'), 'utf8')).toContain(tableOf(scope));
});

describe('the key map', () => {
  test.each([['inbox', ['everywhere', 'inbox']], ['case', ['everywhere', 'case', 'scan']], ['cards', ['everywhere', 'desk', 'cards']]] as const)('%s: no key means two things', (_page, scopes) => {
    const keys = KEYS.filter(({ scope }) => (scopes as readonly Scope[]).includes(scope)).flatMap((row) => row.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
  test('every command has words for the help', () => {
    expect(KEYS.filter(({ command }) => word('key', command) === command)).toEqual([]);
  });
  test('a letter means the same in both cases, and nothing outside its screen', () => {
    expect([commandOf({ ...plain, key: 'a' }, ['case']), commandOf({ ...plain, key: 'A' }, ['case']), commandOf({ ...plain, key: 'a' }, ['inbox'])]).toEqual(['accept', 'accept', null]);
  });
  test.each(['ctrlKey', 'metaKey', 'altKey', 'isComposing'] as const)('%s keeps a key to the browser', (modifier) => {
    expect(commandOf({ ...plain, key: 'a', [modifier]: true }, ['case'])).toBeNull();
  });
  test('caps show what is pressed', () => {
    expect([hintOf('accept'), hintOf('leave'), hintOf('turn-left')]).toEqual(['A', 'Esc', '[']);
  });
  test('arrows, Esc and function keys are no characters: they work with single keys off', () => {
    expect([...new Set(KEYS.flatMap(({ keys }) => keys))].filter((key) => !isCharacter(key)).toSorted()).toEqual(['arrowdown', 'arrowup', 'escape', 'f2', 'f8', 'f9', 'pagedown', 'pageup']);
  });
  test('only a fresh Ctrl+Enter confirms', () => {
    const pressed = { key: 'Enter', ctrlKey: true, metaKey: false, repeat: false };
    expect([isConfirmation(pressed), isConfirmation({ ...pressed, repeat: true }), isConfirmation({ ...pressed, ctrlKey: false })]).toEqual([true, false, false]);
  });
});
