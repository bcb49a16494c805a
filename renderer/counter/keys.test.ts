import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsOf, digitOf, hintOf, keyName, KEYS, type Pressed } from './keys.ts';
import { t } from './texts.ts';

const plain: Pressed = { code: '', ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false };

test('docs/counter.md has every key', () => {
  const rows = KEYS.map(({ command, codes }) => `| ${codes.map((code) => `\`${keyName(code)}\``).join(' ')} | ${t(`command.${command}`)} | ${command} |`);
  expect(readFileSync(path.join(import.meta.dirname, '../../docs/counter.md'), 'utf8')).toContain(['| key | 中文 | command |', '|---|---|---|', ...rows].join('\n'));
});

describe('the key map', () => {
  test('no key means two things, but for the one that pauses and resumes', () => {
    const codes = KEYS.filter(({ command }) => command !== 'resume').flatMap((row) => row.codes);
    expect(new Set(codes).size).toBe(codes.length);
    expect(commandsOf({ ...plain, code: 'KeyP' }, true)).toEqual(['pause', 'resume']);
  });
  test('goes by where a key lies, whatever the input method makes of it', () => {
    expect(commandsOf({ ...plain, code: 'KeyN' }, true)).toEqual(['next']);
    expect([hintOf('next'), keyName('Slash'), keyName('F10')]).toEqual(['N', '?', 'F10']);
  });
  test.each(['ctrlKey', 'metaKey', 'altKey', 'repeat', 'isComposing'] as const)('%s: does nothing', (what) => {
    expect(commandsOf({ ...plain, code: 'KeyN', [what]: true }, true)).toEqual([]);
  });
  test('with single letters off, function keys still act', () => {
    expect([commandsOf({ ...plain, code: 'KeyN' }, false), commandsOf({ ...plain, code: 'Slash' }, false), commandsOf({ ...plain, code: 'F2' }, false)]).toEqual([[], [], ['next']]);
  });
  test('digits of both parts of the keyboard choose, held down only once', () => {
    expect(['Digit1', 'Numpad3', 'Digit0', 'KeyA'].map((code) => digitOf({ ...plain, code }))).toEqual([0, 2, null, null]);
    expect(digitOf({ ...plain, code: 'Digit1', repeat: true })).toBeNull();
  });
});
