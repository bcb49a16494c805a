/** The power fails under a citizen at the real terminal: every process dies at once, of its disk there is what had been written, and the machine boots anew. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { COME_BACK, HAND_IN, type JourneyStep } from '../../build/demo/citizen.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { FULL_RUNS } from '../faults/rig/seed.ts';
import { configOf } from '../rigs/citizen.ts';
import { arrived, type Clerk, grant, signIn } from '../rigs/clerk.ts';
import { mayCutPower, mountPowerDisk, type PowerDisk } from '../rigs/power-disk.ts';
import { bootingInto } from '../rigs/reboot.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';
import { nothingLeft } from './visit.ts';

/** With less than a gigabyte free no scan is taken. */
const DISK_MB = 4096;
/** What only this person has. */
const PERSON = [PRESETS.elder.name, PRESETS.elder.number, '13800001234', '13900005678'];
/** Steps after which nothing is handed in yet. In the ordinary run the power fails after one of them. */
const BEFORE = HAND_IN.map(({ name }) => name).slice(0, HAND_IN.findIndex(({ name }) => name === 'handed-in'));
const CUTS = FULL_RUNS === null ? ['capture'] : BEFORE;

let stage: ElectronStage;
let disk: PowerDisk;
let clerk: Clerk;
beforeAll(async () => {
  if (!mayCutPower) return;
  stage = await openElectronStage('power-cut', {
    prepare(county) {
      disk = mountPowerDisk(configOf(county).data, DISK_MB);
    },
    program: bootingInto,
  });
  clerk = await signIn(stage.county.hallUrl, 'wang', 'jinban-demo-wang');
}, 180_000);
afterAll(async () => {
  await stage?.window.close().catch(() => 'dead already');
  disk?.unmount();
  await stage?.close();
});

const memory = { number: '' };
async function walk(journey: readonly JourneyStep[], to: string): Promise<void> {
  for (const step of journey.slice(0, journey.findIndex(({ name }) => name === to) + 1)) {
    await step.run({ page: stage.window.page, county: stage.county, memory, shot: () => Promise.resolve() }).catch((cause: unknown) => {
      throw new Error(`at the step ${step.name}: ${String(cause)}\n${stage.log.slice(-12).join('')}`);
    });
  }
}

/** The power fails and comes back: the next person finds the machine as it is by itself, and its devices ready. */
async function powerFails(): Promise<void> {
  const { app } = stage.window;
  const ended = app.waitForEvent('close');
  await disk.fail(app.process().pid ?? 0);
  await ended;
  const said = stage.log.join('').length;
  await stage.open();
  await stage.window.page.getByRole('heading', { level: 1, name: zhCN['home.title'] }).waitFor({ timeout: 30_000 });
  const since = () => stage.log.join('').slice(said);
  await until('core there, without a visit', () => since().includes('"resumed":false'));
  await nothingLeft(stage, PERSON);
  for (const device of ['id-card-reader', 'ticket-printer', 'document-printer']) await until(`${device} on line`, () => since().includes(`"device":"${device}","status":{"kind":"online"`));
}

const casesOf = async (number: string) => (await clerk.inbox({ stage: 'all', query: number, after: '', limit: 10 })).rows.filter((row) => row.number === number).map(({ id }) => id);
const papers = () => ({ tickets: readdirSync(stage.county.tickets).length, documents: readdirSync(stage.county.documents).length });

describe.skipIf(!mayCutPower)('the power fails (needs the right to mount disks)', () => {
  test.each(CUTS)('after the step %s: nothing is handed in, nothing is left of who stood there, and the next one finds the machine ready', async (name) => {
    const before = (await clerk.inbox({ stage: 'all', query: '', after: '', limit: 50 })).rows.length;
    await walk(HAND_IN, name);
    await powerFails();
    expect(papers()).toEqual({ tickets: 0, documents: 0 });
    expect((await clerk.inbox({ stage: 'all', query: '', after: '', limit: 50 })).rows).toHaveLength(before);
  }, 180_000);

  test('in the moment of handing in, with the line cut: what the screen had said is kept, it travels once, and its papers come out no second time', async () => {
    await walk(HAND_IN, 'check');
    stage.county.line.cut();
    const { page } = stage.window;
    const number = page.locator('.handed-in-number strong');
    // As soon as the number stands there, while slip and receipt are on their way.
    const said = new Promise<string>((resolve) => void number.innerText({ timeout: 60_000 }).then(resolve, () => resolve('')));
    const pressed = walk(HAND_IN.slice(HAND_IN.findIndex((step) => step.name === 'handed-in')), 'handed-in').catch(() => 'the power failed');
    memory.number = await said;
    expect(memory.number).not.toBe('');
    const out = papers();
    await powerFails();
    await pressed;
    stage.county.line.restore();
    const { row } = await arrived(clerk, memory.number);
    expect(await casesOf(memory.number)).toEqual([row.id]);
    // A paper whose end nobody saw is not sent again by itself.
    const later = papers();
    expect([later.tickets - out.tickets, later.documents - out.documents].every((more) => more <= 1)).toBe(true);
    await grant(clerk, row.id);
  }, 240_000);

  test('when the certificate is out: the hall hears of it once, and it comes out no second time', async () => {
    const before = papers();
    await walk(COME_BACK, 'result');
    await powerFails();
    const [id] = await casesOf(memory.number);
    const printed = async () => {
      const opened = id === undefined ? null : await clerk.open({ id });
      return opened?.ok === true ? opened.value.actions.filter(({ payload }) => payload.kind === 'result-printed').length : 0;
    };
    await until('the hall knows that it is out', async () => (await printed()) > 0);
    expect(await printed()).toBe(1);
    expect(papers().documents - before.documents).toBe(1);
  }, 240_000);
});
