/** 取号 in the real terminal: its window, core, device drivers and its own part of the site's queue, which dies and comes back. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { SiteConfig } from '../../domain/contracts/site-config.ts';
import { siteRules } from '../../domain/queue/test-site.ts';
import { freePort } from '../../wire/free-port.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';

let stage: ElectronStage;
let origin: string;
beforeAll(async () => {
  const [agreementPort, pagePort] = [await freePort(), await freePort()];
  origin = `http://127.0.0.1:${pagePort}`;
  stage = await openElectronStage('tickets', { settings: { queue: SiteConfig.parse({ listen: { host: '127.0.0.1', agreementPort, pagePort }, rules: siteRules(), holderKey: randomBytes(32).toString('base64') }) } });
}, 180_000);
afterAll(() => stage?.close());

const press = (name: string) => stage.window.page.getByRole('button', { name, exact: true }).click();
const tile = () => stage.window.page.locator('.tile', { hasText: zhCN['home.queue'] });

/** From the first screen to a number, by what is on the screen. */
async function takeNumber(): Promise<void> {
  const { page } = stage.window;
  await tile().click();
  await page.getByRole('button', { name: /^社保/ }).click();
  await press(zhCN['ticket.no-card']);
  await page.getByRole('textbox').click();
  for (const digit of '13800001234') await page.locator('.keypad .key', { hasText: new RegExp(`^${digit}$`) }).click();
  await page.locator('.key-done').click();
  await press(zhCN['ticket-phone.next']);
  await press(zhCN['ticket-confirm.take']);
}

test('a citizen without a card takes a number: it is on the screen, on paper and on a phone; with the site’s process killed the tile waits for it, and the same person has the same number', async () => {
  const { page } = stage.window;
  await until('the way to a number', async () => !(await tile().getAttribute('class'))?.includes('tile-off') && await tile().isVisible());
  await takeNumber();
  await page.getByRole('heading', { level: 1, name: zhCN['ticket.title'] }).waitFor();
  expect(await page.locator('.ticket-number strong').textContent()).toBe('A001');
  await page.getByText(zhCN['print.state.printed']).waitFor();
  expect(await page.locator('.ticket-code svg').count()).toBe(1);
  const taken = stage.log.join('').split('\n').find((line) => line.includes('"event":"ticket-taken"')) ?? '';
  const { ticket } = JSON.parse(taken) as { ticket: string };
  // The page that the code leads to, and what it asks.
  expect(await (await fetch(`${origin}/q/${ticket}`)).text()).toContain('/position/assets/');
  await until('the number in the list', async () => ((await (await fetch(`${origin}/site/api/tickets/${ticket}`)).json()) as { position: { code: string } | null }).position?.code === 'A001');
  await press(zhCN['ticket.finish']);
  await press(zhCN['goodbye.end']);

  await stage.window.kill('site');
  await page.locator('.tile-off', { hasText: zhCN['home.off.queue'] }).waitFor();
  await page.locator('.tile-off', { hasText: zhCN['home.off.queue'] }).waitFor({ state: 'detached', timeout: 30_000 });
  await takeNumber();
  await page.getByRole('heading', { level: 1, name: zhCN['ticket.title.held'] }).waitFor();
  expect(await page.locator('.ticket-number strong').textContent()).toBe('A001');
  await press(zhCN['ticket.finish']);
  await press(zhCN['goodbye.end']);
  // What was typed is nowhere.
  expect(stage.log.join('')).not.toContain('13800001234');
}, 120_000);
