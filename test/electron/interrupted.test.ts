/** A citizen who is interrupted at every step of the real terminal: asks for help, the line goes and comes back, somebody lays another card on the reader and takes it away. The visit stands where it stood. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HAND_IN } from '../../build/demo/citizen.ts';
import { arrived, signIn } from '../rigs/clerk.ts';
import { askForHelp, leavesStanding, strangersCard } from './interruptions.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';

let stage: ElectronStage;
beforeAll(async () => {
  stage = await openElectronStage('interrupted');
}, 180_000);
afterAll(() => stage?.close());

test('help, a line that goes and comes, and a stranger\'s card change nothing at any step; the case arrives once', async () => {
  const memory = { number: '' };
  for (const [index, step] of HAND_IN.entries()) {
    await step.run({ page: stage.window.page, county: stage.county, memory, shot: () => Promise.resolve() });
    await leavesStanding(stage, step.name, async () => {
      if (index % 2 === 0) stage.county.line.cut();
      else stage.county.line.restore();
      await askForHelp(stage);
      if (step.name !== 'identify') await strangersCard(stage);
    });
  }
  stage.county.line.restore();
  const clerk = await signIn(stage.county.hallUrl, 'wang', 'jinban-demo-wang');
  const { id } = (await arrived(clerk, memory.number)).row;
  expect((await clerk.inbox({ stage: 'all', query: memory.number, after: '', limit: 10 })).rows.map((row) => row.id)).toEqual([id]);
  // Whoever laid a card there was never taken for the citizen.
  expect(stage.log.join('').split('"event":"card-read"').length - 1).toBe(1);
}, 240_000);
