/** The doctor at a real site: machines that run, one that is off, one whose clock is wrong, one with other settings. */
import { afterEach, expect, test } from 'vitest';
import { siteRules } from '../../domain/queue/test-site.ts';
import { openTestSite, type TestSite } from '../../test/fixtures/site.ts';
import { systemClock } from '../../wire/clock.ts';
import type { Check } from './check.ts';
import { checkSite } from './site.ts';

const SITE = '七星街道便民服务中心';
let site: TestSite | null = null;
afterEach(async () => {
  await site?.close();
  site = null;
});

const said = (checks: readonly Check[], name: string) => checks.filter((check) => check.name.startsWith(name)).map(({ state, found }) => `${state}: ${found}`);

async function openThree(): Promise<TestSite & { machine: TestSite['machines'][number]['machine'] }> {
  const opened = await openTestSite({ machines: 3 });
  site = opened;
  return { ...opened, machine: opened.machines[0]!.machine };
}

test('three that run: each answers, in its time, and hears the others', async () => {
  const { machines, config, machine } = await openThree();
  const checks = await checkSite({ machine, site: SITE, queue: config });
  expect(checks.filter(({ state }) => state !== 'fine').map(({ name }) => name)).toEqual(['pages of the site']);
  expect(said(checks, 'machines of the site')).toEqual(['fine: 3, of which 3 vote']);
  expect(said(checks, 'majority')).toEqual(['fine: 3 of 3 that vote answer']);
  expect(checks.filter(({ name }) => name.endsWith('agreement'))).toHaveLength(2);
  expect(said(checks, machines[0]!.machine)).toEqual([`fine: ${machines[0]!.origin} answers`]);
});

test('one that is off is a warning, two are a lack', async () => {
  const { machines, config, machine } = await openThree();
  await machines[2]!.stop();
  const one = await checkSite({ machine, site: SITE, queue: config });
  expect(said(one, machines[2]!.machine)[0]).toMatch(/^warning: .* does not answer$/);
  expect(said(one, 'majority')).toEqual(['fine: 2 of 3 that vote answer']);
  await machines[1]!.stop();
  expect(said(await checkSite({ machine, site: SITE, queue: config }), 'majority')).toEqual(['lacking: 1 of 3 that vote answer']);
});

test('a clock that is seconds off is said, one that is minutes off is a lack, whichever way', async () => {
  const { config, machine } = await openThree();
  const at = async (off: number) => said(await checkSite({ machine, site: SITE, queue: config, clock: { now: () => systemClock.now() + off } }), config.members[1]!.machine)[0];
  expect(await at(1000)).toMatch(/^fine/);
  expect(await at(5000)).toMatch(/^warning: its clock is (4\.9|5\.0) s behind$/);
  expect(await at(-90_000)).toMatch(/^lacking: its clock is (89\.9|90\.0) s ahead$/);
});

test('settings that are not those of the others are named', async () => {
  const { config, machine, machines } = await openThree();
  const [first, second, ...rest] = siteRules().businesses;
  if (first === undefined || second === undefined) throw new Error('the test site has two businesses');
  const other = { ...config, rules: { ...config.rules, businesses: [{ ...first, name: '别的业务' }, second, ...rest] } };
  expect(said(await checkSite({ machine, site: SITE, queue: other }), machines[1]!.machine)[0]).toBe('warning: it counts other businesses today');
  expect(said(await checkSite({ machine, site: '别的中心', queue: config }), machines[1]!.machine)[0]).toBe(`lacking: it is of ${SITE}`);
  const [one, two, three] = config.members;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three are members');
  const crossed = { ...config, members: [one, { ...two, page: three.page }, three] };
  expect(said(await checkSite({ machine, site: SITE, queue: crossed }), two.machine)[0]).toBe(`lacking: ${three.machine} answers at ${three.page}`);
});

test('how many vote, and a device that is not plugged in', async () => {
  const { config, machine } = await openThree();
  const voting = async (voters: number) => said(await checkSite({ machine, site: SITE, queue: { ...config, members: config.members.map((member, index) => ({ ...member, votes: index < voters })) } }), 'machines of the site');
  expect(await voting(2)).toEqual(['warning: 3, of which 2 vote']);
  expect(await voting(1)).toEqual(['warning: 3, of which 1 vote']);
  const stranger = await checkSite({ machine: 'T330624-0999' as typeof machine, site: SITE, queue: config });
  expect(said(stranger, 'machines of the site')).toEqual(['lacking: T330624-0999 is not among queue.members']);
  const wired = await checkSite({ machine, site: SITE, queue: { ...config, members: [], leds: [{ window: 3, address: 3, wire: { path: '/dev/jinban-no-led', baudRate: 9600 } }] } });
  expect(said(wired, 'LED 3')).toEqual(['lacking: there is no /dev/jinban-no-led']);
  expect(said(wired, 'machines of the site')).toEqual(['warning: this one alone']);
});
