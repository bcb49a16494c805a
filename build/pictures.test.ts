import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEMO_PICTURES } from './demo/pictures.ts';
import { inProject } from './paths.ts';
import { CONSOLE_PICTURES, CONSOLE_PICTURES_FOLDER, PICTURES_FOLDER, SITE_PICTURES } from './pictures.ts';

/** What all pictures together may take of the repository, bytes. */
const MOST = 6_000_000;

test('every picture of the console is here, is shown in its document, and all are small; what coverage leads to is there', () => {
  const names = Object.keys(CONSOLE_PICTURES).toSorted();
  const files = readdirSync(inProject(CONSOLE_PICTURES_FOLDER));
  expect(files.map((file) => file.replace(/\.png$/, '')).toSorted()).toEqual(names);
  const shown = (document: string) => [...readFileSync(inProject('docs', document), 'utf8').matchAll(/\(pictures\/console\/([a-z-]+)\.png\)/g)].map(([, name]) => name ?? '');
  expect(shown('console.md').toSorted()).toEqual(names);
  expect(shown('coverage.md').filter((name) => !names.includes(name))).toEqual([]);
  expect(files.reduce((sum, file) => sum + statSync(inProject(CONSOLE_PICTURES_FOLDER, file)).size, 0)).toBeLessThan(MOST);
});

test('every other picture is made by the tests or the demo, and is shown somewhere', () => {
  const files = readdirSync(inProject(PICTURES_FOLDER)).filter((file) => file.endsWith('.png')).map((file) => file.replace(/\.png$/, ''));
  expect(files.toSorted()).toEqual([...Object.keys(SITE_PICTURES), ...DEMO_PICTURES].toSorted());
  const papers = ['README.md', 'README.zh-CN.md', ...readdirSync(inProject('docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)].map((file) => readFileSync(inProject(file), 'utf8')).join('\n');
  expect(files.filter((file) => !papers.includes(`pictures/${file}.png`))).toEqual([]);
});
