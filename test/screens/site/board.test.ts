/** What hangs over the windows of a site and stands before them, in a real browser before real machines. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundle } from '../../../build/bundle.ts';
import { inProject } from '../../../build/paths.ts';
import { callSound, pieceOf, readWave, type Sound, writeWave } from '../../../domain/queue/sound.ts';
import { siteRules } from '../../../domain/queue/test-site.ts';
import { piecesOf, VoicePack } from '../../../domain/queue/voice-pack.ts';
import { openTestSite, type SiteMachine, type TestSite } from '../../fixtures/site.ts';
import { heardBy, LANDSCAPE, openBoard } from '../../rigs/board-page.ts';
import { launchChromium } from '../look.ts';
import { counters, expectShown, OUT, PORTRAIT, TABLET, withSoundAfterTouch } from './board-rig.ts';

const LONG = '不动产登记、房屋交易与城镇住房保障综合服务（含公积金）';
const business = (key: string, prefix: string, name: string) => ({ key, prefix, name, items: [], usualMinutes: 8 });
const BUSINESSES = [
  business('social-security', 'A', '社会保险'), business('registration', 'B', '企业登记'), business('housing', 'C', LONG), business('medical', 'D', '医疗保障'), business('tax', 'E', '税务'),
  business('residence', 'F', '户籍与居住证'), business('transport', 'G', '交通运输'), business('general', 'H', '综合窗口'),
];
const ALL = BUSINESSES.map(({ key }) => key);
const RULES = siteRules({ businesses: BUSINESSES, windows: Array.from({ length: 14 }, (_, place) => ({ number: place + 1, businesses: ALL })) });

let browser: Browser;
let context: BrowserContext;
let site: TestSite;

beforeAll(async () => {
  await bundle(['board', 'voice']);
  // As a kiosk's browser is started.
  browser = await launchChromium(['--autoplay-policy=no-user-gesture-required']);
}, 180_000);
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await site.close();
});

const machineAt = (place: number): SiteMachine => site.machines[place] as SiteMachine;

/** What the two voices in `dist/` say. */
function sentence(voice: string, code: string, window: number): Sound[] {
  const folder = inProject('dist', 'voice', voice);
  const pack = VoicePack.parse(JSON.parse(readFileSync(path.join(folder, 'pack.json'), 'utf8')));
  return piecesOf(pack, code, window).map((key) => {
    const wave = readWave(readFileSync(path.join(folder, pack.segments[key] ?? '')));
    if (!wave.ok) throw new Error(`${voice} ${key}`);
    return pieceOf(wave.value);
  });
}

describe('the main board', () => {
  test('a morning: nobody, one, twelve at once, and each is said in its turn and whole', { timeout: 120_000 }, async () => {
    site = await openTestSite({ rules: RULES });
    const machine = machineAt(0);
    const desk = counters(() => machine, await site.signIn('wang.li'));
    const page = await openBoard(context, `${machine.origin}/board/?times=1`);
    await page.getByText('窗口还没有开始办理').waitFor();
    await expectShown(page, 'board-closed');

    for (let window = 1; window <= 14; window += 1) await desk.open(window, ALL);
    await page.getByText('现在没有叫号').waitFor();
    await expectShown(page, 'board-empty');

    for (const key of ['social-security', 'social-security', 'registration', 'housing', 'medical', 'tax', 'residence', 'transport', 'general', 'social-security', 'social-security', 'tax', 'tax', 'residence', 'housing']) await desk.take(key);
    const first = await desk.next(3);
    await page.locator('.call-newest').getByText(first.code).waitFor();
    await expectShown(page, 'board-one');
    await page.setViewportSize(PORTRAIT);
    await expectShown(page, 'board-one-portrait');
    await page.setViewportSize(LANDSCAPE);
    await expect.poll(async () => (await heardBy(page)).length).toBe(1);

    const [second, third] = [await desk.next(12), await desk.next(1)];
    await expect.poll(() => page.locator('.call').count()).toBe(3);
    await expectShown(page, 'board-three');
    // Called again before it was said: said once.
    await desk.again(1, third.ticket);
    await page.getByText('再次呼叫').waitFor();

    await expect.poll(async () => (await heardBy(page)).length, { timeout: 60_000 }).toBe(3);
    const heard = await heardBy(page);
    const expected = [[first.code, 3], [second.code, 12], [third.code, 1]] as const;
    for (const [at, [code, window]] of expected.entries()) {
      const { samples, rate } = callSound([sentence('mandarin', code, window)]);
      expect(heard[at]?.rate).toBe(rate);
      expect(heard[at]?.samples.length).toBe(samples.length);
      expect(heard[at]?.samples, `${code} is said at its turn`).toEqual([...samples]);
      const seconds = samples.length / rate;
      expect(seconds).toBeGreaterThan(3.5);
      expect(seconds).toBeLessThan(6);
      const before = heard[at - 1];
      if (before !== undefined) expect((heard[at]?.at ?? 0) - before.at, 'none is cut off').toBeGreaterThan((before.samples.length / before.rate) * 1000 - 100);
      if (OUT !== undefined) {
        mkdirSync(OUT, { recursive: true });
        writeFileSync(path.join(OUT, `call-${code}.wav`), writeWave({ rate, samples: Int16Array.from(heard[at]?.samples ?? []) }));
      }
    }

    for (const [window, { ticket }] of [[3, first], [12, second], [1, third]] as const) await desk.start(window, ticket);
    await page.getByText('正在办理').waitFor();
    await expectShown(page, 'board-serving');
    for (const window of [2, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14]) await desk.next(window);
    await expect.poll(() => page.locator('.call').count()).toBe(11);
    await expectShown(page, 'board-many');
    await page.setViewportSize(PORTRAIT);
    await expectShown(page, 'board-many-portrait');
    const light = await openBoard(context, `${machine.origin}/board/?theme=light&voice=off`);
    await light.locator('.call-newest').waitFor();
    await expectShown(light, 'board-many-light');
    expect(await heardBy(light)).toEqual([]);
    // No name of anybody who works here, and no word of who holds a number.
    expect(await page.locator('body').textContent()).not.toMatch(/王|wang/);
  });

  test('it goes on with the next machine when its own dies, says when they do not agree, and since when nothing is heard', { timeout: 120_000 }, async () => {
    site = await openTestSite({ machines: 3, rules: RULES });
    const token = await site.signIn('wang.li');
    let at = 1;
    const desk = counters(() => machineAt(at), token);
    await desk.open(1, ALL);
    await desk.open(2, ALL);
    await desk.take('tax');
    await desk.take('housing');
    const first = await desk.next(1);
    const page = await openBoard(context, `${machineAt(0).origin}/board/?voice=off`);
    await page.locator('.call-newest').getByText(first.code).waitFor();

    await machineAt(0).stop();
    const second = await desk.next(2);
    await page.locator('.call-newest').getByText(second.code).waitFor({ timeout: 20_000 });
    expect(await page.locator('.banner').count()).toBe(0);

    await machineAt(1).stop();
    at = 2;
    await page.getByText('暂停叫号，请听工作人员安排').waitFor({ timeout: 20_000 });
    await expectShown(page, 'board-paused');
    await page.setViewportSize(PORTRAIT);
    await expectShown(page, 'board-paused-portrait');
    await page.setViewportSize(LANDSCAPE);

    await machineAt(2).stop();
    await page.getByText(/^\d\d:\d\d 以后没有收到叫号消息/).waitFor({ timeout: 20_000 });
    // What was known stays, greyed.
    expect(await page.locator('.call').count()).toBe(2);
    await expectShown(page, 'board-offline');
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    await expectShown(page, 'board-offline-light');

    await machineAt(1).start();
    await machineAt(2).start();
    await expect.poll(() => page.locator('.banner').count(), { timeout: 30_000 }).toBe(0);
  });

  test('a browser that wants a touch first is given a button for it, and then speaks', { timeout: 60_000 }, async () => {
    site = await openTestSite({ rules: RULES });
    const machine = machineAt(0);
    const desk = counters(() => machine, await site.signIn('wang.li'));
    await desk.open(1, ALL);
    await desk.take('social-security');
    await desk.take('social-security');
    await withSoundAfterTouch(context);
    const page = await openBoard(context, `${machine.origin}/board/?voice=mandarin,tibetan,english&times=1`);
    const first = await desk.next(1);
    await page.locator('.call-newest').getByText(first.code).waitFor();
    const button = page.getByRole('button', { name: '开声音' });
    await button.waitFor();
    await page.getByText('没有语音“tibetan”').waitFor();
    await expectShown(page, 'board-sound');
    expect(await heardBy(page)).toEqual([]);
    await desk.start(1, first.ticket);
    await desk.finish(1, first.ticket);
    await expect.poll(() => page.locator('.call').count()).toBe(0);
    await button.click();
    await expect.poll(() => button.count()).toBe(0);
    const second = await desk.next(1);
    await expect.poll(async () => (await heardBy(page)).map(({ samples }) => samples)).toEqual([[...callSound([sentence('mandarin', second.code, 1), sentence('english', second.code, 1)]).samples]]);
  });
});

test('over a window: whether it is open, whose turn it is, and who is there', { timeout: 60_000 }, async () => {
  site = await openTestSite({ rules: RULES });
  const machine = machineAt(0);
  const desk = counters(() => machine, await site.signIn('wang.li'));
  const page = await openBoard(context, `${machine.origin}/board/?window=7`);
  await page.getByText('未开放').waitFor();
  await expectShown(page, 'window-closed');
  await desk.open(7, ['social-security', 'housing', 'tax', 'residence']);
  await page.getByText('请等候叫号').waitFor();
  await expectShown(page, 'window-open');
  await desk.take('social-security');
  const { ticket } = await desk.next(7);
  await page.getByText('请到本窗口办理').waitFor();
  await expectShown(page, 'window-called');
  await page.setViewportSize(PORTRAIT);
  await expectShown(page, 'window-called-portrait');
  await page.setViewportSize(LANDSCAPE);
  await desk.start(7, ticket);
  await page.getByText('正在办理').waitFor();
  await expectShown(page, 'window-serving');
  await desk.finish(7, ticket);
  await desk.wish({ kind: 'do', deed: { kind: 'window-paused', window: 7, why: '喝水' }, revision: null });
  await page.getByText('暂停办理').waitFor();
  await expectShown(page, 'window-paused');
  // Why is nobody's business.
  expect(await page.locator('body').textContent()).not.toContain('喝水');
  expect(await heardBy(page)).toEqual([]);
  const none = await openBoard(context, `${machine.origin}/board/?window=77`);
  await none.getByText('没有这个窗口').waitFor();
});

test('over a window: it says its own calls and nobody else’s', { timeout: 60_000 }, async () => {
  site = await openTestSite({ rules: RULES });
  const machine = machineAt(0);
  const desk = counters(() => machine, await site.signIn('wang.li'));
  for (const window of [6, 7, 8]) await desk.open(window, ALL);
  for (let count = 0; count < 3; count += 1) await desk.take('social-security');
  const page = await openBoard(context, `${machine.origin}/board/?window=7&voice=mandarin&times=1`);
  await page.getByText('请等候叫号').waitFor();
  await desk.next(6);
  const own = await desk.next(7);
  await desk.next(8);
  // The first of the three was another window's, and would have been said before this one.
  await expect.poll(async () => (await heardBy(page)).map(({ samples }) => samples)).toEqual([[...callSound([sentence('mandarin', own.code, 7)]).samples]]);
});

test('before a window: whoever was served may rate, and is thanked', { timeout: 60_000 }, async () => {
  site = await openTestSite({ rules: RULES });
  const machine = machineAt(0);
  const desk = counters(() => machine, await site.signIn('wang.li'));
  await desk.open(7, ALL);
  await desk.take('social-security');
  const page = await openBoard(context, `${machine.origin}/board/?rating=7`, TABLET);
  await page.getByText('办完以后，请在这里评价').waitFor();
  await expectShown(page, 'rating-idle');
  const { ticket } = await desk.next(7);
  await desk.start(7, ticket);
  await desk.finish(7, ticket);
  await page.getByText('您对这次办理满意吗').waitFor();
  await expectShown(page, 'rating-asked');
  await page.getByText('非常不满意').click();
  await page.getByText('哪里不好').waitFor();
  await page.getByRole('button', { name: '多头跑窗口和部门' }).click();
  await expectShown(page, 'rating-poor');
  await page.setViewportSize({ width: 800, height: 1280 });
  await expectShown(page, 'rating-poor-portrait');
  await page.setViewportSize(TABLET);
  await page.getByRole('button', { name: /提交评价/ }).click();
  await page.getByText('谢谢您的评价').waitFor();
  await expectShown(page, 'rating-thanks');
  const { days } = machine.site();
  expect([...(days.entries(days.day())?.entries ?? [])].map(({ deed }) => deed).filter(({ kind }) => kind === 'rated')).toEqual([{ kind: 'rated', ticket, window: 7, level: 1, tags: ['113'] }]);
  await page.getByText('办完以后，请在这里评价').waitFor({ timeout: 15_000 });
});
