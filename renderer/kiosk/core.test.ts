import { os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, test, vi } from 'vitest';
import type { Front } from '../../domain/contracts/front.ts';
import { NOBODY } from '../../domain/contracts/kiosk-start.ts';
import { createCore } from './core.ts';

const FRONT: Front = { site: '沃洲镇便民服务中心', hall: '新昌县政务服务中心', machine: 'T330624-0007', phone: '0575-86000000', complaintPhone: '0575-86000001', tickets: true };
const still = { whenStill: (call: () => void) => call() };

/** Core as far as the window's start goes. @param session of whoever is here @param silent it never says */
function aCore(session: string | null, { silent = false } = {}): { port: MessagePort; heard: string[]; dies(): void } {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  const never = new Promise<never>(() => {});
  new RPCHandler({
    session: os.handler(async function* tell() {
      yield silent ? await never : { ...NOBODY, session };
      await never;
    }),
    terminal: os.handler(async function* tell() {
      yield await never;
    }),
    caretaker: { view: os.handler(async function* tell() {
      yield { kind: 'none' };
      await never;
    }) },
    touch: os.handler(() => {
      heard.push('touch');
      return { ok: true };
    }),
    go: os.handler(({ input }) => {
      heard.push(`go ${(input as { step: string }).step}`);
      return { ok: true };
    }),
  }).upgrade(port1);
  port1.start();
  return { port: port2, heard, dies: () => port1.close() };
}

test('before core is there the first screen stands, with what is written on the machine and its devices starting; what is wished for waits, and is done in its order', async () => {
  const core = createCore(still, FRONT);
  const { client, connected, starting, session, terminal } = core.current();
  expect({ connected, starting, session }).toEqual({ connected: false, starting: true, session: NOBODY });
  expect(terminal).toMatchObject({ site: FRONT.site, machine: FRONT.machine, line: 'offline', devices: { 'id-card-reader': { kind: 'offline', reason: 'host-starting' } }, tickets: { desk: null } });
  const touched = client?.touch();
  const went = client?.go({ step: 'items', errand: 'apply' });
  const there = aCore(null);
  core.connect(there.port);
  expect(await Promise.all([touched, went])).toEqual([{ ok: true }, { ok: true }]);
  expect(there.heard).toEqual(['touch', 'go items']);
  expect(core.current()).toMatchObject({ connected: true, starting: false });
  core.close();
});

test('a visit that was going on is nobody else’s: what was touched before it was seen is dropped', async () => {
  const core = createCore(still, FRONT);
  const went = core.current().client?.go({ step: 'items', errand: 'apply' });
  const there = aCore('01J5SESS0000000000000000A1');
  core.connect(there.port);
  await expect(went).rejects.toThrow('a visit is going on');
  expect(core.current().session?.session).toBe('01J5SESS0000000000000000A1');
  expect(there.heard).toEqual([]);
  core.close();
});

test('core that goes away before it was there: nothing waits any longer, and the next core is heard', async () => {
  const core = createCore(still, FRONT);
  const went = core.current().client?.go({ step: 'items', errand: 'apply' });
  const first = aCore(null, { silent: true });
  core.connect(first.port);
  first.dies();
  await expect(went).rejects.toThrow('went away');
  await vi.waitFor(() => expect(core.current()).toMatchObject({ connected: false, starting: false }));
  const second = aCore(null);
  core.connect(second.port);
  await vi.waitFor(() => expect(core.current().connected).toBe(true));
  await core.current().client?.go({ step: 'items', errand: 'apply' });
  expect(second.heard).toEqual(['go items']);
  core.close();
});

test('a later load of the page knows nothing of the machine and waits', () => {
  expect(createCore(still).current()).toEqual({ client: null, connected: false, starting: false, session: null, terminal: null, caretaker: null });
});
