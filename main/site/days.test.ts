/** A site of one machine, with its real file and a real port, from one day to the next. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { generateWrappingKey } from '../../crypto/seal.ts';
import { MachineId } from '../../domain/ids.ts';
import { idOf, siteRules, taking } from '../../domain/queue/test-site.ts';
import type { Arrangement } from '../../domain/queue/types.ts';
import type { Member } from '../../sync/raft/group.ts';
import { openSiteFile, type SiteFile } from '../../sync/raft/storage.ts';
import { openSiteTransport, type SiteTransport } from '../../sync/raft/transport.ts';
import { testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { openSiteDays, type SiteDays } from './days.ts';

/** Half past eight in the evening in Xinchang. */
const EVENING = Date.parse('2026-11-27T12:30:00.000Z');
const HOUR = 3_600_000;
const ME = MachineId.parse('T330624-0001');
const keys = generateSigningKey();
const signer = createSigner(ME, keys.privateKey);
const sealKeys = generateWrappingKey();
const alone: Member[] = [{ machine: ME, address: 'http://127.0.0.1:7411', publicKey: keys.publicKey, sealKey: sealKeys.publicKey, votes: true }];

let folder: string;
let clock: TestClock;
let file: SiteFile;
let transport: SiteTransport;
let wishes = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-site-'));
  clock = testClock(EVENING);
  const opened = openSiteFile({ path: join(folder, 'site.db'), key: new Uint8Array(32).fill(7), nativeBinding: null });
  const listening = await openSiteTransport({ host: '127.0.0.1', port: 0, signer, sealKeys, verifier, clock, random: (count) => randomBytes(count), log: () => undefined });
  if (!opened.ok || !listening.ok) throw new Error('the site cannot be opened');
  file = opened.value;
  transport = listening.value;
});
afterEach(async () => {
  await transport.close();
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

let logged: unknown[] = [];

function open(members = alone, rules = siteRules()): SiteDays {
  logged = [];
  const days = openSiteDays({ members, rules, file, transport, signer, clock, random: Math.random, log: (event) => logged.push(event) });
  clock.advance(1);
  return days;
}

/** The number that somebody takes. */
async function take(days: SiteDays): Promise<number> {
  wishes += 1;
  const wish = days.wish(taking('social-security', { way: 'staff' }), { id: idOf(wishes), machine: null, account: 'wang', manager: false, windows: [] });
  await clock.pass(50);
  const taken = await wish;
  if (!taken.ok || taken.value.deed.kind !== 'issued') throw new Error(JSON.stringify(taken));
  return taken.value.deed.issue.number;
}

test('numbers go on after a start, and begin anew with the day; yesterday stays in the file for a month', async () => {
  let days = open();
  expect([await take(days), await take(days)]).toEqual([1, 2]);
  days.close();
  days.close();
  days = open();
  expect([days.day(), await take(days)]).toEqual(['2026-11-27', 3]);
  clock.advance(4 * HOUR);
  clock.advance(1);
  expect([days.day(), await take(days), await take(days)]).toEqual(['2026-11-28', 1, 2]);
  expect(file.lists()).toEqual(['2026-11-27', '2026-11-28']);
  days.close();
  // It was off for a month.
  clock = testClock(EVENING + 32 * 24 * HOUR);
  days = open();
  expect([days.day(), file.lists(), await take(days)]).toEqual(['2026-12-29', ['2026-12-29'], 1]);
  days.close();
});

test('a day goes on with the machines and rules that it began with; the next one has those of the settings', async () => {
  let days = open();
  await take(days);
  days.close();
  const other: Member = { machine: MachineId.parse('T330624-0002'), address: 'http://127.0.0.1:7412', publicKey: generateSigningKey().publicKey, sealKey: generateWrappingKey().publicKey, votes: true };
  days = open([...alone, other], { ...siteRules(), ordinaryEvery: 9 });
  // Of two machines one alone could give no number.
  expect([days.queue.get().rules.ordinaryEvery, await take(days)]).toEqual([siteRules().ordinaryEvery, 2]);
  clock.advance(4 * HOUR);
  clock.advance(1);
  expect([days.queue.get().rules.ordinaryEvery, days.agreement()]).toEqual([9, { kind: 'alone', leader: null }]);
  days.close();
});

test('what was agreed on can be read afterwards, and no more than that', async () => {
  let days = open();
  for (let number = 1; number <= 3; number += 1) await take(days);
  days.close();
  const { storage } = file.list({ list: '2026-11-27', members: alone, rules: '' });
  const last = storage.load().log.at(-1)?.index ?? 0;
  // One more that this machine has and does not know to be agreed on.
  storage.save({ currentTerm: 9, votedFor: null, entries: { from: last + 1, added: [{ index: last + 1, term: 9, proposal: { id: 'later', value: {}, last: false } }] } });
  clock = testClock(EVENING + 20 * 24 * HOUR);
  days = open();
  expect(days.entries('2026-11-27')?.entries.map(({ deed }) => (deed.kind === 'issued' ? deed.issue.number : null))).toEqual([1, 2, 3]);
  expect([days.entries('2026-11-27')?.over, days.entries('2026-12-17'), days.entries('2026-11-20')]).toMatchObject([true, { entries: [], over: false }, null]);
  days.close();
});

const ARRANGED: Arrangement = { windows: [{ number: 1, businesses: ['social-security', 'housing'] }, { number: 7, businesses: ['housing'] }], hours: [], assigned: [{ account: 'wang', windows: [7] }], alarms: { waitMinutes: 20, waiting: 12 } };

async function arrange(days: SiteDays, after: number, arrangement: Arrangement | null): Promise<void> {
  wishes += 1;
  const wish = days.wish({ kind: 'arrange', after, arrangement }, { id: idOf(wishes), machine: null, account: 'lin', manager: true, windows: [] });
  await clock.pass(50);
  expect(await wish).toMatchObject({ ok: true });
}
/** To some hours after the next midnight. */
async function midnight(hours = 4): Promise<void> {
  await clock.pass(hours * HOUR);
  await clock.pass(5000);
}

test('what was arranged holds on the next day, and the one after, under the version that it had; gone back to the settings, that holds too', async () => {
  const days = open();
  await arrange(days, 0, { ...ARRANGED, hours: [{ days: [1], from: '08:30', until: '12:00' }] });
  await arrange(days, 1, ARRANGED);
  for (const [day, hours] of [['2026-11-28', 4], ['2026-11-29', 24]] as const) {
    await midnight(hours);
    expect([days.day(), days.queue.get().arranged]).toMatchObject([day, { version: 2, arrangement: ARRANGED, account: null }]);
    expect(days.queue.get().windows.map(({ number }) => number)).toEqual([1, 7]);
  }
  await arrange(days, 2, null);
  await midnight(24);
  expect(days.queue.get()).toMatchObject({ arranged: { version: 3, arrangement: null }, rules: { windows: siteRules().windows } });
  expect(days.entries('2026-11-30')?.entries.filter(({ deed }) => deed.kind === 'arranged')).toMatchObject([{ machine: ME, account: null }]);
  days.close();
});

test('a machine that was off for months still has it: the list that it stands in is kept until another one has it', async () => {
  let days = open();
  await arrange(days, 0, ARRANGED);
  days.close();
  clock = testClock(EVENING + 70 * 24 * HOUR);
  days = open();
  expect(file.lists()).toEqual(['2026-11-27', '2027-02-05']);
  // It dies before anything is agreed on, and is started once more.
  days.close();
  days = open();
  await clock.pass(5000);
  expect(days.queue.get().arranged).toMatchObject({ version: 1, arrangement: ARRANGED });
  await midnight();
  expect([days.queue.get().arranged.version, file.lists()]).toEqual([1, ['2027-02-05', '2027-02-06']]);
  days.close();
});

test('on a day whose settings have a business less the arrangement goes on without it, and the log says so', async () => {
  let days = open();
  await arrange(days, 0, ARRANGED);
  await midnight();
  expect(logged).toContainEqual({ event: 'site-arrangement-carried', version: 1, whole: true });
  days.close();
  const fewer = siteRules({ businesses: siteRules().businesses.filter(({ key }) => key !== 'housing') });
  days = open(alone, fewer);
  await midnight(24);
  expect(days.queue.get().arranged).toMatchObject({ version: 1, arrangement: { ...ARRANGED, windows: [{ number: 1, businesses: ['social-security'] }], assigned: [] } });
  expect(logged).toContainEqual({ event: 'site-arrangement-carried', version: 1, whole: false });
  days.close();
});
