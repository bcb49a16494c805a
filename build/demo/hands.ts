/** What a citizen does with the hands at the window and at the card reader, in whatever language and for whatever item. */
import type { Page } from 'playwright-core';
import type { County } from './county.ts';

/** Print states and hand-ins go over serial lines and a printer that takes its time. */
export const SLOW = { timeout: 60_000 };
/** How long a person's finger stays down. */
const FINGER_MS = 250;

/** These words and no others. */
export function exactly(words: string): RegExp {
  return new RegExp(`^\\s*${words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** A finger rests on a tile for longer than core takes to answer the touch. A tile whose device is still being looked for says so and leads nowhere. */
export async function touchTile(page: Page, words: string): Promise<void> {
  await page.locator('.tile:not(.tile-off)').filter({ hasText: words }).first().click({ ...SLOW, delay: FINGER_MS });
}

/** Touches one of several tiles and waits until it shows as chosen: the choice goes to core and back. @param field the question's own element */
export async function choose(page: Page, field: string, words: string): Promise<void> {
  await page.locator(`${field} .choice-tile`).filter({ hasText: exactly(words) }).click();
  await page.locator(`${field} .choice-tile[data-selected]`).filter({ hasText: exactly(words) }).waitFor();
}

/** @param words by which the screen asks for it */
export async function placeCard(page: Page, county: Pick<County, 'device'>, card: string, words: string | RegExp): Promise<void> {
  await page.getByText(words).first().waitFor(SLOW);
  await county.device('id-card-reader', `place ${card}`);
}

/** What lies under the camera, from the live picture to the page that is kept. */
export async function photograph(page: Page, words: { shoot: string; keep: string }, shot: (name: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true });
  await press(words.shoot).waitFor(SLOW);
  await page.waitForFunction(() => document.querySelector('video')?.videoWidth !== 0);
  await shot('camera');
  await press(words.shoot).click(SLOW);
  await press(words.keep).waitFor(SLOW);
  await shot('camera-check');
  await press(words.keep).click();
}

/** A name drawn with the finger. */
export async function sign(page: Page): Promise<void> {
  const pad = page.locator('canvas.signature-field');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('there is no signature field');
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  for (const stroke of [[[0.15, 0.35], [0.3, 0.3], [0.42, 0.34]], [[0.29, 0.15], [0.28, 0.5], [0.15, 0.8]], [[0.3, 0.4], [0.45, 0.75]], [[0.55, 0.3], [0.85, 0.25]], [[0.7, 0.15], [0.68, 0.85]], [[0.58, 0.55], [0.82, 0.52]]] as const) {
    const [first, ...rest] = stroke;
    await page.mouse.move(...at(first[0], first[1]));
    await page.mouse.down();
    for (const [x, y] of rest) await page.mouse.move(...at(x, y), { steps: 8 });
    await page.mouse.up();
  }
}
