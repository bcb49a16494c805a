import { expect, test } from 'vitest';
import { folderSource } from './scan-source.ts';

test('a new scan is taken once, when it rests; what lay there before and what is no scan is left', async () => {
  const files = new Map<string, string>([['old.jpg', 'x']]);
  const folder = { async *values() {
    for (const [name, text] of files) yield { kind: 'file', name, getFile: () => Promise.resolve(new File([text], name)) };
  } };
  const taken: string[] = [];
  const stop = new AbortController();
  const turns = [() => files.set('b.jpg', 'half').set('a.png', 'a').set('note.txt', 'x'), () => files.set('b.jpg', 'whole'), () => undefined, () => undefined, () => stop.abort()];
  await folderSource(folder, async () => {
    turns.shift()?.();
  }).follow((file) => taken.push(file.name), stop.signal);
  expect(taken).toEqual(['a.png', 'b.jpg']);
});
