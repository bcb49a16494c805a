/** Machines of a site on real ports, and counters that speak to them over HTTP. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { HEARTBEAT_MS } from '../../domain/contracts/site.ts';
import { ulid } from '../../domain/ids.ts';
import { holderOf, saying, taking } from '../../domain/queue/test-site.ts';
import { TicketId } from '../../domain/queue/types.ts';
import { openTestSite, SITE_MANAGER, SITE_PIN, type SiteMachine, type TestSite } from '../../test/fixtures/site.ts';

const sites: TestSite[] = [];
let serial = 0;
const newId = () => {
  serial += 1;
  return ulid(Date.now() + serial, crypto.getRandomValues(new Uint8Array(10)));
};
async function open(options: Parameters<typeof openTestSite>[0] = {}): Promise<TestSite> {
  const site = await openTestSite(options);
  sites.push(site);
  return site;
}
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

function first(site: TestSite): SiteMachine {
  const [machine] = site.machines;
  if (machine === undefined) throw new Error('a site has a machine');
  return machine;
}
const wanted = (business: string, holder: string | null = null) => ({ ticket: TicketId.parse(newId()), business, holder, priority: null, appointment: null, case: null, way: 'card' as const });
const leads = (machine: SiteMachine) => machine.site().days.agreement().leader === machine.machine;
async function leaderOf(site: TestSite): Promise<SiteMachine> {
  await expect.poll(() => site.machines.some(leads)).toBe(true);
  return site.machines.find(leads) as SiteMachine;
}

describe('one machine alone', () => {
  test('a clerk signs in, opens a window, calls whoever took a ticket at the machine, serves and is rated', async () => {
    const site = await open();
    const machine = first(site);
    const token = await site.signIn('wang.li');
    const counter = machine.client(token);
    const opened = await counter.wish({ id: newId(), wish: saying({ kind: 'window-opened', window: 1, account: 'wang.li', businesses: ['social-security'] }) });
    expect(opened).toMatchObject({ ok: true, value: { code: null } });
    const paper = await machine.site().tickets.take(wanted('social-security', holderOf(1)));
    if (!paper.ok) return expect.unreachable(paper.error.kind);
    expect(paper.value).toMatchObject({ code: 'A001', business: '社保', alone: false, wait: { ahead: 0 }, position: `${machine.origin}/q/${paper.value.ticket}` });
    const id = newId();
    await expect.poll(() => counter.wish({ id, wish: { kind: 'next', window: 1 } })).toMatchObject({ ok: true, value: { code: 'A001', entry: { account: 'wang.li', deed: { kind: 'called', window: 1 } } } });
    const { ticket } = paper.value;
    expect((await machine.client().position({ ticket })).position).toMatchObject({ code: 'A001', state: 'called', window: 1 });
    for (const deed of [{ kind: 'started' as const, ticket, window: 1 }, { kind: 'finished' as const, ticket, window: 1, items: [] }]) expect((await counter.wish({ id: newId(), wish: saying(deed) })).ok).toBe(true);
    const rating = { window: 1, ticket, level: 5, tags: ['501'] };
    expect([await machine.client().rate({ ...rating, id: newId() }), await machine.client().rate({ ...rating, id: newId() })]).toEqual([{ ok: true, value: null }, { ok: false, error: { kind: 'rated-before' } }]);
  });

  test('a board is told of a call within moments, and something every few seconds when nothing happens', async () => {
    const site = await open();
    const machine = first(site);
    const counter = machine.client(await site.signIn('wang.li'));
    await counter.wish({ id: newId(), wish: saying({ kind: 'window-opened', window: 1, account: 'wang.li', businesses: ['social-security'] }) });
    const board = await machine.client().board();
    const told: number[] = [];
    const views = board[Symbol.asyncIterator]();
    expect((await views.next()).value).toMatchObject({ view: { calls: [] }, agreement: { kind: 'agreed', leader: machine.machine } });
    await counter.wish({ id: newId(), wish: taking('social-security', { way: 'staff' }) });
    await counter.wish({ id: newId(), wish: { kind: 'next', window: 1 } });
    for (let calls = 0; calls === 0;) {
      const next = await views.next();
      if (next.done === true) return expect.unreachable();
      calls = next.value.view.calls.length;
      told.push(Date.parse(next.value.at));
    }
    const last = await views.next();
    if (last.done === true) return expect.unreachable();
    expect(Date.parse(last.value.at) - (told.at(-1) ?? 0)).toBeGreaterThanOrEqual(HEARTBEAT_MS - 100);
    await views.return?.(undefined);
  });

  test('tickets: one of a business for one holder; the same one when it is asked for again; none when it is closed', async () => {
    const site = await open({ change: (config) => (config.hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '23:59' }]) });
    const { tickets } = first(site).site();
    const asked = wanted('housing', holderOf(7));
    const [one, again, second] = [await tickets.take(asked), await tickets.take(asked), await tickets.take(wanted('housing', holderOf(7)))];
    expect(again).toEqual(one);
    expect(second).toMatchObject({ ok: false, error: { kind: 'holds-one', paper: { code: 'C001' } } });
    expect(await tickets.take(wanted('gardening'))).toEqual({ ok: false, error: { kind: 'unknown-business' } });
    const closed = await open({ change: (config) => (config.hours = [{ days: [1], from: '00:00', until: '00:00' }]) });
    expect(await first(closed).site().tickets.take(wanted('housing'))).toEqual({ ok: false, error: { kind: 'closed' } });
  });

  test('who may what: nothing without a token, each clerk their own window, figures for the manager alone', async () => {
    const site = await open();
    const machine = first(site);
    const [wang, chen, lin] = await Promise.all(['wang.li', 'chen.jie', SITE_MANAGER].map((account) => site.signIn(account)));
    const refused = (call: Promise<unknown>) => call.then(() => 200, (cause: { status?: number }) => cause.status);
    const next = { id: newId(), wish: { kind: 'next' as const, window: 1 } };
    expect(await Promise.all([refused(machine.client().wish(next)), refused(machine.client('a.b').wish(next)), refused(machine.client(`${wang?.split('.')[0]}.AAAA`).wish(next)), refused(machine.client(wang).figures({ day: '2026-11-27' })), refused(machine.client(wang).forecast())])).toEqual([401, 401, 401, 403, 403]);
    const opening = (account: string) => ({ id: newId(), wish: saying({ kind: 'window-opened', window: 1, account, businesses: ['social-security'] }) });
    const notAllowed = { ok: false, error: { kind: 'not-allowed' } };
    expect(await machine.client(wang).wish(opening('chen.jie'))).toEqual(notAllowed);
    expect((await machine.client(wang).wish(opening('wang.li'))).ok).toBe(true);
    expect(await machine.client(chen).wish({ ...next, id: newId() })).toEqual(notAllowed);
    expect(await machine.client(chen).wish({ id: newId(), wish: saying({ kind: 'window-closed', window: 1 }) })).toEqual(notAllowed);
    // Staff take no numbers of a machine's, hold nobody's ticket, and do not rate themselves.
    expect(await machine.client(wang).wish({ id: newId(), wish: { kind: 'lease', business: 'housing' } })).toEqual(notAllowed);
    expect(await machine.client(wang).wish({ id: newId(), wish: taking('housing', { holder: holderOf(3), way: 'staff' }) })).toEqual(notAllowed);
    expect(await machine.client(lin).wish({ id: newId(), wish: saying({ kind: 'window-closed', window: 1 }) })).toMatchObject({ ok: true });
    expect(await machine.client(lin).forecast()).toMatchObject({ days: 0, businesses: [{ business: 'social-security', hours: [] }, {}, {}] });
    expect(await machine.client(lin).figures({ day: first(site).site().days.day() })).toMatchObject({ ok: true, value: { whole: { taken: 0 } } });
  });

  test('five wrong PINs lock an account, and accounts that there are not lock each other', async () => {
    const site = await open();
    const { signIn } = first(site).client();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await signIn({ account: 'wang.li', pin: `00000${attempt}` })).toMatchObject({ error: { kind: 'wrong' } });
    expect(await signIn({ account: 'wang.li', pin: SITE_PIN })).toMatchObject({ error: { kind: 'too-many' } });
    expect(await signIn({ account: 'chen.jie', pin: SITE_PIN })).toMatchObject({ ok: true });
    expect(JSON.stringify(first(site).events)).not.toContain(SITE_PIN);
  });
});

test('a machine whose file is gone while its keys are there does not start: it may have voted today', async () => {
  const site = await open();
  const machine = first(site);
  await machine.stop();
  for (const name of ['site.db', 'site.db-wal', 'site.db-shm']) rmSync(join(machine.data, name), { force: true });
  await expect(machine.start()).rejects.toThrow('file-lost');
});

describe('three machines', () => {
  test('any of them takes a wish; one that dies is missed for seconds, its numbers go on and nobody is called twice', async () => {
    const site = await open({ machines: 3 });
    const leader = await leaderOf(site);
    const others = site.machines.filter((machine) => machine !== leader);
    const token = await site.signIn('wang.li');
    const [other] = others;
    if (other === undefined) return expect.unreachable();
    // The token of one machine holds on each, and a follower brings the wish to whoever leads.
    expect(await other.client(token).wish({ id: newId(), wish: saying({ kind: 'window-opened', window: 1, account: 'wang.li', businesses: ['social-security'] }) })).toMatchObject({ ok: true });
    const before = await Promise.all(site.machines.map((machine) => machine.site().tickets.take(wanted('social-security'))));
    const codes = before.map((paper) => (paper.ok ? paper.value.code : paper.error.kind));
    expect(new Set(codes).size).toBe(3);
    await expect.poll(() => leader.site().days.queue.get().lines['social-security']?.length).toBe(3);
    await leader.stop();
    const dead = performance.now();
    const called: string[] = [];
    for (let calls = 0; calls < 3; calls += 1) {
      const id = newId();
      const next = () => other.client(token).wish({ id, wish: { kind: 'next', window: 1 } });
      await expect.poll(async () => (await next()).ok).toBe(true);
      const answer = await next();
      if (!answer.ok || answer.value.entry.deed.kind !== 'called') return expect.unreachable();
      if (calls === 0) expect(performance.now() - dead).toBeLessThan(60_000);
      const { ticket } = answer.value.entry.deed;
      called.push(ticket);
      for (const deed of [{ kind: 'started' as const, ticket, window: 1 }, { kind: 'finished' as const, ticket, window: 1, items: [] }]) expect((await other.client(token).wish({ id: newId(), wish: saying(deed) })).ok).toBe(true);
    }
    expect(new Set(called)).toEqual(new Set(before.flatMap((paper) => (paper.ok ? [paper.value.ticket] : []))));
    const after = await other.site().tickets.take(wanted('social-security'));
    expect(after.ok && !codes.includes(after.value.code)).toBe(true);
  }, 90_000);

  test('a machine that hears nobody goes on giving numbers, calls nobody, and its tickets are in the queue when it is heard again, once', async () => {
    const site = await open({ machines: 3 });
    const leader = await leaderOf(site);
    await expect.poll(() => Object.values(leader.site().days.queue.get().numbers).every(({ leases }) => leases.length >= 3)).toBe(true);
    const others = site.machines.filter((machine) => machine !== leader);
    await Promise.all(others.map((machine) => machine.stop()));
    await expect.poll(() => leader.site().days.agreement().kind).toBe('alone');
    const token = await site.signIn('wang.li').catch(() => leader.client().signIn({ account: 'wang.li', pin: SITE_PIN }).then((answer) => (answer.ok ? answer.value.token : '')));
    const alone = await leader.site().tickets.take(wanted('housing', holderOf(9)));
    expect(alone).toMatchObject({ ok: true, value: { alone: true } });
    expect(await leader.client(token).wish({ id: newId(), wish: { kind: 'next', window: 9 } })).toMatchObject({ ok: false, error: { kind: 'not-leading' } });
    // The power goes, too.
    await leader.stop();
    for (const machine of site.machines) await machine.start();
    await expect.poll(() => others[0]?.site().days.queue.get().lines['housing']?.map(({ ticket }) => ticket), { timeout: 30_000 }).toEqual([alone.ok ? alone.value.ticket : '']);
  }, 90_000);
});
