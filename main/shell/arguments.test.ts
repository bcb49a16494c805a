import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

test.each([
  [['--config', 'a.yaml'], null],
  [['--config', 'a.yaml', '--move-keys'], { kind: 'move-keys' }],
  [['--rotate-key', '--config', 'a.yaml'], { kind: 'rotate-key' }],
  [['--config', 'a.yaml', '--take-over', 'nothing'], { kind: 'take-over', from: null }],
  [['--no-sandbox', '.', '--take-over', 'share/backup', '--config', 'a.yaml'], { kind: 'take-over', from: resolve('share/backup') }],
])('%j', (argv, act) => {
  expect(readArguments(['electron', ...argv])).toEqual({ config: 'a.yaml', act });
});
