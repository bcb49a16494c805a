import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inProject } from '../../build/paths.ts';

test('docs/dependencies.md names each package once, and no other', async () => {
  const manifest = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const text = await readFile(inProject('docs', 'dependencies.md'), 'utf8');
  const [listed = ''] = text.split('## Fetched only where needed');
  const firstCells = listed.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|')[1] ?? '');
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  expect(named.toSorted()).toEqual(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).toSorted());
});

test('every version is exact', async () => {
  const manifest = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});
