import { expect, test } from 'vitest';
import { ulid } from '../../domain/ids.ts';
import { randomBytes } from 'node:crypto';
import { addMachine } from '../../hall/identity/machines.ts';
import { systemClock } from '../../main/core/system.ts';
import { bringToHall } from '../../main/site/hall.ts';
import { siteKeys } from '../../main/site/site.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import type { SiteEvent } from '../../main/site/log.ts';
import { openTestDatabase, startHall } from '../fixtures/hall.ts';
import { openTestSite } from '../fixtures/site.ts';

const LONG = 120_000;

test('three machines agree on a morning, two of them bring it to the hall, and the hall has what each of them has', async () => {
  const db = await openTestDatabase({ kind: 'pglite', folder: null });
  const hall = await startHall(db);
  const site = await openTestSite({ machines: 3 });
  const token = await site.signIn('wang.li');
  const client = site.machines[0]?.client(token);
  if (client === undefined) throw new Error('the site has a machine');
  const wish = async (wished: Parameters<typeof client.wish>[0]['wish']) => {
    const id = ulid(Date.now(), randomBytes(10));
    // While the machines still choose who leads, the same wish comes again.
    return expect.poll(async () => (await client.wish({ id, wish: wished })).ok, { timeout: 20_000 }).toBe(true);
  };
  await wish({ kind: 'do', deed: { kind: 'window-opened', window: 3, account: 'wang.li', businesses: ['social-security'] }, revision: null });
  for (let count = 0; count < 5; count += 1) await wish({ kind: 'take', business: 'social-security', way: 'staff', holder: null, priority: null, appointment: null, case: null });
  await wish({ kind: 'next', window: 3 });

  const events: SiteEvent[] = [];
  const bring = async (index: number) => {
    const machine = site.machines[index];
    if (machine === undefined) throw new Error('no such machine');
    const [code, keys] = [await addMachine(hall.hall.ground, machine.machine), await siteKeys({ data: machine.data, keepers: localKeepers, keeper: 'file', nativeBinding: null })];
    if (!code.ok || !keys.ok) throw new Error('the hub cannot enrol');
    return bringToHall({ hall: hall.url, machine: machine.machine, site: '县政务服务中心', enrolmentCode: code.value, signing: keys.value.signing, days: machine.site().days, clock: systemClock, log: (event) => events.push(event) });
  };
  const own = () => site.machines[0]?.site().days.entries(site.machines[0].site().days.day())?.entries ?? [];
  const first = await bring(0);
  await first.now();
  const rows = () => db.read.selectFrom('site_entry').select(['place', 'body', 'machine']).orderBy('place').execute();
  const before = await rows();
  expect(before.length).toBeGreaterThanOrEqual(7);
  await wish({ kind: 'take', business: 'social-security', way: 'staff', holder: null, priority: null, appointment: null, case: null });
  await expect.poll(() => site.machines[1]?.site().days.entries(site.machines[1].site().days.day())?.entries.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(before.length);
  // The second has what the first did not bring any more.
  const second = await bring(1);
  await second.now();
  const after = await rows();
  expect(after.length).toBeGreaterThan(before.length);
  // Machines are lent numbers meanwhile: the list may be longer by now, and begins as the hall has it.
  await expect.poll(() => own().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(after.length);
  expect(after.map(({ body }) => JSON.parse(body) as unknown)).toEqual(own().slice(0, after.length));
  expect(after.map(({ machine }) => machine)).toEqual(after.map(({ place }) => site.machines[place <= before.length ? 0 : 1]?.machine));
  expect(events.filter(({ event }) => event.startsWith('site-day'))).toEqual([]);
  await Promise.all([first.stop(), second.stop()]);
  await site.close();
  await hall.close();
  await db.close();
}, LONG);
