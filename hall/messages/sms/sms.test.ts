import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ulid } from '../../../domain/ids.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import { PGLITE, POSTGRES, signInAt, type TestConsole, type TestDatabases } from '../../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../../test/fixtures/served-hall.ts';
import { changeSetting } from '../../settings/settings.ts';
import { registerMessage } from '../register.ts';
import { type SmsEmulator, startSmsEmulator } from './emulator.ts';
import { createHttpGateway, PATIENCE, type SmsGateway } from './gateway.ts';
import { queueSms } from './queue.ts';
import { sweepSms } from './sweep.ts';

const MINUTE = 60_000;
const NOTICE = NOTICES.accepted ?? { template: 'case-accepted', stage: '' };

function suite(databases: TestDatabases) {
  const served = hallOfSuite(databases);
  let emulator: SmsEmulator;
  let gateway: SmsGateway;
  let causes = 0;
  beforeAll(async () => {
    await changeSetting(served.hall.hall.ground, { account: 'sun', name: '', role: 'supervisor', scope: { departments: null, sites: null, items: null } }, 'sms.on', 1);
  }, 180_000);
  beforeEach(async () => {
    await served.db.write((write) => write.deleteFrom('sms').execute());
    await emulator?.close();
    emulator = await startSmsEmulator();
    gateway = createHttpGateway({ url: emulator.url, key: emulator.key, clock: served.hall.clock });
  });
  afterAll(() => emulator.close());
  return {
    served,
    get emulator() {
      return emulator;
    },
    get gateway() {
      return gateway;
    },
    queue: (phone = '13800000000', cause = `test/${(causes += 1)}`) => served.db.write((write) => queueSms(served.hall.hall.ground, write, [{ cause, notice: NOTICE, phone, number: '330624202600000001' }])),
    sweep: () => sweepSms(served.hall.hall.ground, gateway),
    states: async () => (await served.db.read.selectFrom('sms').select(['state', 'cause', 'attempts']).orderBy('id').execute()).map(({ state, cause, attempts }) => `${state} ${cause} ${attempts}`.replace('  ', ' ')),
  };
}

describe('texts', () => {
  const one = suite(PGLITE);
  const { served, queue, sweep, states } = one;

  test('one happening makes one text, to mobile numbers only, and its number lies sealed', async () => {
    await queue('138 0000 0000', 'same');
    await queue('13800000000', 'same');
    await queue('057586030000');
    await queue('');
    const rows = await served.db.read.selectFrom('sms').selectAll().execute();
    expect(rows).toMatchObject([{ state: 'queued', parts: 1, words: '【新昌县政务服务中心】您的申请 330624202600000001 现为“已受理”。可在自助终端“查进度”查看。' }]);
    expect(JSON.stringify(rows)).not.toContain('13800000000');
    expect(await sweep()).toBe(1);
    expect(one.emulator.delivered).toMatchObject([{ phone: '13800000000' }]);
    expect(await states()).toEqual(['sent 1']);
    one.emulator.report();
    served.hall.clock.advance(MINUTE);
    await sweep();
    expect(await states()).toEqual(['delivered 1']);
    expect(await sweep()).toBe(0);
  });

  test('after a time-out it is asked about, never sent blindly; a text that was lost goes out then', async () => {
    await queue();
    await queue();
    one.emulator.next({ kind: 'slow' }, { kind: 'lose' });
    const sweeping = sweep();
    while (one.emulator.requests < 2) await new Promise((resolve) => setImmediate(resolve));
    served.hall.clock.advance(PATIENCE);
    await sweeping;
    expect(await states()).toEqual(['unknown no-answer 1', 'unknown no-answer 1']);
    expect(one.emulator.delivered).toHaveLength(1);
    served.hall.clock.advance(MINUTE);
    await sweep();
    expect((await states()).toSorted()).toEqual(['queued never-had 1', 'sent 1']);
    served.hall.clock.advance(MINUTE);
    await sweep();
    expect((await states()).toSorted()).toEqual(['sent 1', 'sent 2']);
    expect(one.emulator.delivered).toHaveLength(2);
  });

  test('what is refused for good is dead, what is busy is tried again, a failed report too; a proxy is no gateway, and a request that comes twice is one text', async () => {
    await queue();
    one.emulator.next({ kind: 'refuse', code: 'bad-phone', status: 400 });
    await sweep();
    expect(await states()).toEqual(['dead bad-phone 1']);
    await served.db.write((write) => write.deleteFrom('sms').execute());
    await queue();
    one.emulator.next({ kind: 'refuse', code: 'busy', status: 503 }, { kind: 'proxy-error', status: 502 }, { kind: 'fail-report', code: 'phone-off' }, { kind: 'twice' });
    await sweep();
    expect(await states()).toEqual(['queued busy 1']);
    served.hall.clock.advance(MINUTE);
    await sweep();
    expect(await states()).toEqual(['unknown no-answer 2']);
    for (let minutes = 0; minutes < 40; minutes += 1) {
      one.emulator.report();
      served.hall.clock.advance(MINUTE);
      await sweep();
    }
    expect(await states()).toEqual(['delivered 4']);
    expect(one.emulator.delivered).toHaveLength(1);
  });

  test('nobody is woken at night, and what grew old is not sent', async () => {
    const night = Date.parse('2026-11-24T21:00:00+08:00') - served.hall.clock.now();
    await queue();
    served.hall.clock.advance(night);
    expect(await sweep()).toBe(0);
    await queue();
    served.hall.clock.advance(11 * 60 * MINUTE);
    expect(await sweep()).toBe(2);
    await queue();
    served.hall.clock.advance(4 * 24 * 60 * MINUTE);
    expect(await sweepSms(served.hall.hall.ground, null)).toBe(1);
    expect(await states()).toContain('dead too-old 0');
  });

  test('a server that died over a text leaves it to be asked about', async () => {
    await queue();
    const now = () => new Date(served.hall.clock.now()).toISOString();
    await served.db.write((write) => write.updateTable('sms').set({ sending: true, leased_until: now() }).execute());
    served.hall.clock.advance(1);
    await sweep();
    expect(await states()).toEqual(['queued never-had 1']);
    expect(one.emulator.delivered).toHaveLength(0);
  });

  test('the console: what waits, what it costs, templates, and a dead text tried anew', async () => {
    const sun: TestConsole = await signInAt(served.hall, 'sun', 'supervisor');
    const wang = await signInAt(served.hall, 'wang', 'clerk');
    expect((await wang.call('GET', '/sms?show=all')).status).toBe(403);
    await queue();
    await queue();
    one.emulator.next({ kind: 'refuse', code: 'bad-phone', status: 400 });
    await sweep();
    const { body } = await sun.call('GET', '/sms?show=all');
    expect(body).toMatchObject({ counts: { dead: 1, sent: 1 }, months: [], price: 45 });
    // The first moment of a month in China belongs to it, and the last one before it does not.
    await queue();
    await queue();
    const [first, last] = await served.db.read.selectFrom('sms').select('id').where('state', '=', 'queued').execute();
    const say = (id: string | undefined, made_at: string) => served.db.write((write) => write.updateTable('sms').set({ state: 'delivered', next_at: null, parts: 2, made_at }).where('id', '=', id ?? '').execute());
    await say(first?.id, '2026-09-30T16:00:00.000Z');
    await say(last?.id, '2026-09-30T15:59:59.999Z');
    expect((await sun.call('GET', '/sms?show=costs')).body).toMatchObject({ rows: [], months: [{ month: '2026-11', texts: 1, parts: 1 }, { month: '2026-10', texts: 1, parts: 2 }, { month: '2026-09', texts: 1, parts: 2 }] });
    expect(body.rows.map(({ phone }: { phone: string }) => phone)).toEqual(['138****0000', '138****0000']);
    const [dead] = (await sun.call('GET', '/sms?show=trouble')).body.rows;
    const [sent] = body.rows.filter(({ state }: { state: string }) => state === 'sent');
    expect((await sun.call('POST', `/sms/${sent.id}/retry`, {})).body).toEqual({ ok: false, error: { kind: 'not-dead' } });
    expect((await sun.call('POST', `/sms/${dead.id}/retry`, {})).body.ok).toBe(true);
    await sweep();
    expect(one.emulator.delivered).toHaveLength(2);
    expect((await sun.call('PUT', '/sms-templates/case-accepted', { words: '{name}' })).body).toEqual({ ok: false, error: { kind: 'unknown-slot', slot: 'name' } });
    expect((await sun.call('PUT', '/sms-templates/case-accepted', { words: '您的 {number}：{stage}' })).body.ok).toBe(true);
    const templates = (await sun.call('GET', '/sms-templates')).body as { name: string; example: string }[];
    expect(templates[0]).toMatchObject({ name: 'case-accepted', own: true, example: '您的 330624202600000000：已受理', parts: 1 });
    // Each is shown with a stage that it is sent for.
    expect(templates.filter(({ example }) => /“”|（）|在 ，|是 ，|，。/.test(example)).map(({ name }) => name)).toEqual([]);
  });

  test('a case that is refused is told; a hand-in is not', async () => {
    const terminal = await served.freshTerminal();
    const id = served.freshCase();
    await terminal.intake([served.handIn(terminal, id)]);
    expect(await states()).toEqual([]);
    const wang = await signInAt(served.hall, 'wang', 'clerk');
    expect((await wang.call('POST', `/cases/${id}/refuse`, { reason: '不属于本机关' })).body.ok).toBe(true);
    const [row] = await served.db.read.selectFrom('sms').selectAll().execute();
    expect(row).toMatchObject({ template: 'case-refused' });
    expect(row?.words).not.toContain('本机关');
  });
});

describe('messages and texts on PostgreSQL', () => {
  const two = suite(POSTGRES);
  test('two servers at once send each text once', async () => {
    for (let count = 0; count < 30; count += 1) await two.queue();
    while ((await Promise.all([two.sweep(), two.sweep()])).some((changed) => changed > 0));
    // The gateway would hide a second try, so what it was asked counts: each text once, and nothing about a text that is in the other's hand.
    expect([two.emulator.delivered.length, two.emulator.requests]).toEqual([30, 30]);
    expect(new Set(two.emulator.delivered.map(({ id }) => id)).size).toBe(30);
  });
  test('a message that two servers are sent at once is registered once, and its kind and year have no gap', async () => {
    const { ground } = two.served.hall.hall;
    const message = (serial: number) => ({ id: ulid(Date.UTC(2026, 10, 23), new Uint8Array(10).fill(serial)), kind: 'consult' as const, channel: 'web' as const, site: '', subject: { kind: 'none' as const }, person: null, words: '几点开门？', audio: null });
    const registered = await Promise.all([1, 1, 1, 2, 2].map((serial) => two.served.db.write((write) => registerMessage(ground, write, message(serial), null))));
    expect(new Set(registered.map(({ number }) => number))).toEqual(new Set(['ZX3306242026000001', 'ZX3306242026000002']));
    expect(await two.served.db.read.selectFrom('message_event').select('message').execute()).toHaveLength(2);
  });
});
