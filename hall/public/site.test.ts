import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../domain/item/types.ts';
import { openTestDatabase, packItem, startHall, type TestHall } from '../../test/fixtures/hall.ts';
import type { HallDatabase } from '../db/database.ts';

const elder = packItem('elder-card');
const water = packItem('water-permit');
const hostile: Item = { ...packItem('business-registration'), name: '<script>alert(1)</script>登记', summary: '"><img src=x onerror=alert(1)>' };
/** In force since the start of the month; the hall's clock stands on 23 November 2026. */
const newer: Item = { ...water, version: water.version + 1, effectiveFrom: '2026-11-01', promised: { ...water.promised, days: 15 - 1 }, steps: water.steps.map((step) => ({ ...step, days: Math.min(step.days, 4) })) };

describe('the public pages', () => {
  let db: HallDatabase;
  let hall: TestHall;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(hall.url + path, { headers, redirect: 'manual' });
  const textOf = async (path: string) => (await get(path)).text();

  beforeAll(async () => {
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db, { items: [elder, water, newer, hostile] });
  });
  afterAll(async () => {
    await hall.close();
    await db.close();
  });

  test('are there for anybody, with nothing that runs and nothing from elsewhere', async () => {
    for (const path of ['/public/', `/public/items/${elder.code}`, '/public/lists/powers']) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
      expect(answer.headers.get('set-cookie')).toBeNull();
      const page = await answer.text();
      expect(page).toContain('截至2026年11月23日');
      expect(page).not.toMatch(/<script|<[^>]*\s(on\w+|style)=|javascript:/i);
    }
    expect((await get('/public')).headers.get('location')).toBe('/public/');
    expect((await get('/public/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });
  test('texts of an item never become markup', async () => {
    const page = await textOf(`/public/items/${hostile.code}`) + await textOf('/public/?q=%22%3E%3Cscript%3E');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;登记');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
  });
  test('may be kept for a minute, and say so when they are still right', async () => {
    const first = await get('/public/lists/online');
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    const again = await get('/public/lists/online', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
  test('find an item by everyday words and by initials', async () => {
    expect(await textOf('/public/?q=lnz')).toContain(elder.name);
    expect(await textOf('/public/?q=lnz')).not.toContain(water.name);
    expect(await textOf('/public/?q=zzzzzz')).toContain('没有找到');
  });
  test('a guide is that of the version in force, with its reasons and what changed', async () => {
    const page = await textOf(`/public/items/${water.code}`);
    expect(page).toContain(`第${newer.version}版`);
    expect(page).toContain('<th scope="row">承诺办结时限</th><td>15</td><td>14</td>');
    expect(await textOf(`/public/items/${elder.code}`)).toContain(elder.reasons?.[0]?.words);
  });
  test('a list comes as a page and as a file, with what changed since a day', async () => {
    expect(await textOf('/public/lists/powers?since=2026-10-01')).toContain('2026年10月1日以来有变化的1条');
    const file = await get('/public/lists/powers.csv?since=2026-10-01');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="powers-2026-11-23.csv"');
    expect(await file.text()).toMatch(/取水许可（新办，小型取水）,行政许可,.*,是\r\n/);
    // A day that is none is no day.
    expect((await get('/public/lists/powers?since=2026-99-99')).status).toBe(200);
  });
  test('what is not there is said in words; a cancelled item is not there', async () => {
    for (const path of ['/public/items/x', `/public/items/${'1'.repeat(31)}`, '/public/lists/secrets', '/public/lists/powers.exe']) {
      const answer = await get(path);
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 404, 'no-store']);
      expect(await answer.text()).toContain('回到办事指南');
    }
  });
  test('one address that asks without end is told to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => get('/public/style.css')));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    hall.clock.advance(10_000);
    expect((await get('/public/style.css')).status).toBe(200);
  });
});
