import type { Page } from 'playwright-core';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import type { County } from './county.ts';
import { choose, photograph, placeCard, sign, SLOW, touchTile } from './hands.ts';

/** What a step works with: the window, the county around it, and where pictures go. */
export type Stage = { page: Page; county: County; shot(name: string): Promise<void>; /** What a citizen takes away in the head or on paper. */ memory: { number: string } };
export type JourneyStep = { name: string; run(stage: Stage): Promise<void> };

/** The card's short way over the reader: it must be seen to leave before another counts. */
const CARD_GONE_MS = 500;

type Texts = typeof zhCN;
function t(key: keyof Texts): string {
  return zhCN[key];
}

function button(page: Page, key: keyof Texts) {
  return page.getByRole('button', { name: t(key), exact: true });
}

async function heading(page: Page, key: keyof Texts): Promise<void> {
  await page.getByRole('heading', { level: 1, name: t(key) }).waitFor(SLOW);
}

async function takeCard({ page, county }: Stage): Promise<void> {
  await county.device('id-card-reader', 'remove');
  await page.waitForTimeout(CARD_GONE_MS);
}

/** Answers one question of the situation. */
async function answer(page: Page, question: string, words: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: question }).waitFor(SLOW);
  await page.locator('.situation-option').filter({ hasText: words }).click();
}

/** 李漹兰, 78, of 沙溪镇, applies for the elder card: from the first touch to the papers. */
export const HAND_IN: readonly JourneyStep[] = [
  { name: 'home', async run({ page, shot }) {
    await heading(page, 'home.title');
    await shot('home');
  } },
  { name: 'items', async run({ page, shot }) {
    await touchTile(page, t('home.apply'));
    await heading(page, 'items.title');
    await page.getByRole('textbox', { name: t('items.search') }).fill('lnr');
    await page.getByRole('button', { name: /^个体工商户/ }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^老年人优待证/ }).waitFor(SLOW);
    await shot('items');
  } },
  { name: 'guide', async run({ page, shot }) {
    await page.getByRole('button', { name: /^老年人优待证/ }).click();
    await button(page, 'guide.start').waitFor();
    await shot('guide');
  } },
  { name: 'situation', async run({ page, shot }) {
    await button(page, 'guide.start').click();
    await page.getByRole('button', { name: new RegExp(`^${t('who.way.self')}`) }).click();
    await answer(page, '您满60周岁了吗？', '满60周岁了');
    await answer(page, '您为什么来办？', '第一次办');
    await page.getByRole('heading', { level: 1, name: '您的户口在新昌县吗？' }).waitFor();
    await shot('situation');
    await answer(page, '您的户口在新昌县吗？', '在新昌县');
    await button(page, 'situation.bring.start').waitFor();
    await shot('what-to-bring');
  } },
  { name: 'identify', async run({ page, shot }) {
    await button(page, 'situation.bring.start').click();
    await page.getByText(t('identify.place')).first().waitFor(SLOW);
    await shot('identify');
  } },
  { name: 'card', async run(stage) {
    await placeCard(stage.page, stage.county, 'elder', t('identify.place'));
    await stage.page.locator('#field-town').waitFor(SLOW);
    await takeCard(stage);
    await stage.shot('form-from-card');
  } },
  { name: 'form', async run({ page, shot }) {
    await choose(page, '#field-town', '沙溪镇');
    // Answered before the card already.
    await page.locator('#field-localHousehold .choice-tile[data-selected]').filter({ hasText: t('yes') }).waitFor();
    await shot('form');
    await page.getByRole('button', { name: /^下一部分/ }).click();
    await page.locator('#field-phone').fill('13800001234');
    await page.locator('#field-emergencyName').fill('李测试');
    await choose(page, '#field-emergencyRelation', '子女');
    await page.locator('#field-emergencyPhone').fill('13900005678');
    await shot('form-contact');
  } },
  { name: 'materials', async run({ page, shot }) {
    // A window that was loaded anew starts at the form's first part again, with everything filled in.
    await button(page, 'form.to-materials').or(page.getByRole('button', { name: /^下一部分/ })).first().waitFor(SLOW);
    if (!(await button(page, 'form.to-materials').isVisible())) await page.getByRole('button', { name: /^下一部分/ }).click();
    await button(page, 'form.to-materials').click();
    await heading(page, 'materials.title');
    await shot('materials');
  } },
  { name: 'capture', async run({ page, shot }) {
    await page.getByRole('button', { name: new RegExp(t('materials.take')) }).first().click();
    await photograph(page, { shoot: t('capture.shoot'), keep: t('capture.keep') }, shot);
    await heading(page, 'materials.title');
    await page.getByRole('button', { name: new RegExp(t('materials.more')) }).first().waitFor(SLOW);
    await shot('materials-done');
  } },
  { name: 'check', async run({ page, shot }) {
    await button(page, 'materials.next').click();
    await heading(page, 'check.title');
    await shot('check-top');
  } },
  { name: 'handed-in', async run({ page, shot, memory }) {
    await heading(page, 'check.title');
    await page.locator('#check-phone').fill('13800001234');
    // The keyboard shuts when the field is left; the page is still again before the finger comes down to sign.
    await page.locator('#check-phone').blur();
    await sign(page);
    await shot('check');
    await button(page, 'check.hand-in').click();
    await heading(page, 'handed-in.title');
    memory.number = await page.locator('.handed-in-number strong').innerText();
    await shot('handed-in-printing');
    await page.getByText(t('print.state.printed')).nth(1).waitFor(SLOW);
    await shot('handed-in');
  } },
  { name: 'goodbye', async run({ page, shot }) {
    await button(page, 'handed-in.finish').click();
    await heading(page, 'goodbye.title');
    await shot('goodbye');
    await button(page, 'goodbye.end').click();
    await heading(page, 'home.title');
  } },
];

/** The same citizen comes back: progress, certificate, rating. */
export const COME_BACK: readonly JourneyStep[] = [
  { name: 'progress', async run(stage) {
    await touchTile(stage.page, t('home.progress'));
    await placeCard(stage.page, stage.county, 'elder', t('identify.place'));
    await heading(stage.page, 'progress.title.progress');
    await takeCard(stage);
    await stage.page.getByText(t('case.can-print')).first().waitFor(SLOW);
    await stage.shot('progress');
  } },
  { name: 'case', async run({ page, shot }) {
    await page.getByRole('button', { name: /老年人优待证/ }).first().click();
    await button(page, 'case.print').waitFor(SLOW);
    await shot('case');
  } },
  { name: 'result', async run({ page, shot }) {
    await button(page, 'case.print').click();
    await heading(page, 'result.title.out');
    await shot('result');
  } },
  { name: 'rate', async run({ page, shot }) {
    await button(page, 'case.rate').click();
    await heading(page, 'rate.title');
    await page.locator('.face-tile').filter({ hasText: t('rate.level.5') }).click();
    await page.getByRole('button', { name: '服务热情效率高' }).click();
    await shot('rate');
    await button(page, 'rate.send').click();
    await heading(page, 'goodbye.title');
    await shot('goodbye-after-rating');
    await button(page, 'goodbye.end').click();
    await heading(page, 'home.title');
  } },
];
