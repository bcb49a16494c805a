/** A citizen who is interrupted at every step of the real terminal: asks for help, the line goes and comes back, somebody lays another card on the reader and takes it away. The visit stands where it stood. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { HAND_IN } from '../../build/demo/citizen.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { signIn } from '../rigs/clerk.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';

let stage: ElectronStage;
beforeAll(async () => {
  stage = await openElectronStage('interrupted');
}, 180_000);
afterAll(() => stage?.close());

/** What the screen shows of the visit: its title and everything that was filled in. */
function standing(): Promise<{ title: string; values: string[] }> {
  return stage.window.page.evaluate(() => ({
    title: document.querySelector('.app-step h1')?.textContent ?? '',
    values: [...document.querySelectorAll<HTMLInputElement>('.app-step input, .app-step textarea')].map(({ value }) => value),
  }));
}

async function askForHelp(): Promise<void> {
  const { page } = stage.window;
  await page.getByRole('button', { name: zhCN['toolbar.help'], exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await page.getByRole('button', { name: zhCN['help.close'], exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Another's card, for as long as the reader needs to see it. Where a card is asked for it would be the citizen's own. */
async function strangersCard(): Promise<void> {
  await stage.county.device('id-card-reader', 'place zhang');
  await stage.window.page.waitForTimeout(600);
  await stage.county.device('id-card-reader', 'remove');
}

test('help, a line that goes and comes, and a stranger\'s card change nothing at any step; the case arrives once', async () => {
  const memory = { number: '' };
  for (const [index, step] of HAND_IN.entries()) {
    await step.run({ page: stage.window.page, county: stage.county, memory, shot: () => Promise.resolve() });
    const before = await standing();
    if (index % 2 === 0) stage.county.line.cut();
    else stage.county.line.restore();
    await askForHelp();
    if (step.name !== 'identify') await strangersCard();
    expect(await standing(), step.name).toEqual(before);
  }
  stage.county.line.restore();
  const clerk = await signIn(stage.county.hallUrl, 'wang', 'jinban-demo-wang');
  await until('the case at the hall', async () => (await clerk.inbox({ stage: 'all', query: memory.number, after: '', limit: 10 })).rows.length === 1);
  // Whoever laid a card there was never taken for the citizen.
  expect(stage.log.join('').split('"event":"card-read"').length - 1).toBe(1);
}, 240_000);
