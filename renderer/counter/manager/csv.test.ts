import { expect, test } from 'vitest';
import { figuresOf } from '../../../domain/queue/figures.ts';
import { saying, siteRules, tellDay } from '../../../domain/queue/test-site.ts';
import { figuresCsv, minutesOf, rowsOf } from './csv.ts';

function morning() {
  const day = tellDay();
  day.open(1);
  day.open(10);
  const first = day.take('social-security');
  day.take('housing', { way: 'staff' });
  day.next(1);
  day.must(saying({ kind: 'started', ticket: first, window: 1 }));
  day.wait(6);
  day.must(saying({ kind: 'finished', ticket: first, window: 1, items: [] }));
  day.next(10);
  return figuresOf(siteRules(), day.entries);
}

const names = (part: string, key: string) => (part === 'businesses' ? (key === 'housing' ? '=HYPERLINK("http://x.invalid")' : '社保，"医保"') : part === 'accounts' ? `@${key}` : key);

test('begins with the byte order mark, has a line a part, and every line as many cells as the head', () => {
  const text = figuresCsv('2026-11-23', morning(), names);
  expect(text.startsWith('\ufeff日期,分类,名称,取号,')).toBe(true);
  const lines = text.split('\r\n').slice(0, -1);
  const cells = (line: string) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(',').length;
  expect(new Set(lines.map(cells))).toEqual(new Set([24]));
  expect(lines.map((line) => line.split(',').slice(0, 2).join())).toEqual(['\ufeff日期,分类', '2026-11-23,合计', '2026-11-23,业务', '2026-11-23,业务', '2026-11-23,窗口', '2026-11-23,窗口', '2026-11-23,人员', '2026-11-23,人员', '2026-11-23,钟点']);
});

test('no cell is a formula, whatever somebody is called', () => {
  const text = figuresCsv('2026-11-23', morning(), names);
  expect(text).toContain(`"'=HYPERLINK(""http://x.invalid"")"`);
  expect(text).toContain(`,'@clerk-1,`);
  expect(text.split(/[,\r\n]+/).filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
});

test('windows stand in the order of their numbers', () => {
  expect(rowsOf(morning(), 'windows', names).map(({ key }) => key)).toEqual(['1', '10']);
});

test('times are minutes with one decimal, and nothing where nothing was measured', () => {
  expect([minutesOf(450_000), minutesOf(undefined)]).toEqual(['7.5', '']);
  const whole = figuresCsv('2026-11-23', morning(), names).split('\r\n')[1]?.split(',');
  expect(whole?.slice(-3)).toEqual(['7.0', '7.0', '7.0']);
});
