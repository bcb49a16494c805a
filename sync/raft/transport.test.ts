import { request } from 'node:http';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { MachineId } from '../../domain/ids.ts';
import { shiftClock } from '../../test/rigs/clock.ts';
import { type Group, groupHash, type Member } from './group.ts';
import { openSiteTransport, type SiteTransport } from './transport.ts';
import type { Message, RaftEvent, RaftTransport } from './types.ts';

const HOST = '127.0.0.1';
const ASK: Message = { kind: 'request-vote', preVote: false, term: 3, lastLogIndex: 2, lastLogTerm: 1 };

type Site = { machine: MachineId; key: { privateKey: string; publicKey: string }; site: SiteTransport; events: RaftEvent[]; heard: { from: MachineId; message: Message }[]; road: RaftTransport & { leave(): void } };
type Recorded = { headers: Record<string, string>; body: string; failed: boolean };
const open: SiteTransport[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((site) => site.close()));
});

/** Machines that hear each other. @param recorded what was sent, as it went over the line */
async function sites(count: number, recorded: Recorded[] = []): Promise<{ all: Site[]; group: Group }> {
  const opened = await Promise.all(Array.from({ length: count }, async (_, place) => {
    const machine = MachineId.parse(`T330624-000${place + 1}`);
    const key = generateSigningKey();
    const events: RaftEvent[] = [];
    const site = await openSiteTransport({
      host: HOST, port: 0, signer: createSigner(machine, key.privateKey), verifier, clock: shiftClock(), random: (bytes) => randomBytes(bytes), log: (event) => events.push(event),
      fetch(url, init) {
        const sent: Recorded = { headers: (init?.headers ?? {}) as Record<string, string>, body: typeof init?.body === 'string' ? init.body : '', failed: false };
        recorded.push(sent);
        return fetch(url, init).catch((cause: unknown) => {
          sent.failed = true;
          throw cause;
        });
      },
    });
    if (!site.ok) throw new Error(site.error.code);
    open.push(site.value);
    return { machine, key, site: site.value, events, heard: [] as Site['heard'] };
  }));
  const group: Group = { list: '2026-11-27', members: opened.map(({ machine, key, site }): Member => ({ machine, address: `http://${HOST}:${site.port}`, publicKey: key.publicKey })) };
  const all = opened.map((each) => {
    const road = each.site.join(group);
    road.onMessage((from, message) => each.heard.push({ from, message }));
    return { ...each, road };
  });
  return { all, group };
}

/** As anybody on the network can. @returns the status */
function post(port: number, { path = '/raft', method = 'POST', headers = {}, body = '' }: { path?: string; method?: string; headers?: Record<string, string>; body?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request({ host: HOST, port, path, method, headers: { ...headers, ...(headers['content-length'] === undefined ? { 'content-length': Buffer.byteLength(body) } : {}) } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

describe('messages between the machines of a site', () => {
  test('arrive in order at whom they are for, from whom they say', async () => {
    const { all: [one, two, three] } = await sites(3);
    if (one === undefined || two === undefined || three === undefined) return expect.unreachable();
    for (let term = 1; term <= 5; term += 1) one.road.send(two.machine, { ...ASK, term });
    await expect.poll(() => two.heard.map(({ from, message }) => [from, message.term])).toEqual([1, 2, 3, 4, 5].map((term) => [one.machine, term]));
    expect([three.heard, two.events]).toEqual([[], []]);
  });
  test('of several lists of one machine go to their own; who has left one hears nothing of it', async () => {
    const { all: [one, two], group } = await sites(2);
    if (one === undefined || two === undefined) return expect.unreachable();
    const tomorrow = { ...group, list: '2026-11-28' };
    const [from, to] = [one.site.join(tomorrow), two.site.join(tomorrow)];
    expect(() => one.site.join(tomorrow)).toThrow('joined again');
    const heard: Message[] = [];
    to.onMessage((_, message) => heard.push(message));
    two.road.leave();
    from.send(two.machine, { ...ASK, term: 7 });
    one.road.send(two.machine, ASK);
    await expect.poll(() => [heard.length, two.events.length]).toEqual([1, 1]);
    expect([two.heard, two.events]).toEqual([[], [{ event: 'raft-message-refused', why: 'unknown-group', count: 1 }]]);
  });
  test('are lost without a word when nobody is there, and arrive again when somebody is', async () => {
    const recorded: Recorded[] = [];
    const { all: [one, two], group } = await sites(2, recorded);
    if (one === undefined || two === undefined) return expect.unreachable();
    await two.site.close();
    for (let term = 1; term <= 30; term += 1) one.road.send(two.machine, { ...ASK, term });
    await expect.poll(() => recorded[0]?.failed).toBe(true);
    const back = await openSiteTransport({ host: HOST, port: two.site.port, signer: createSigner(two.machine, two.key.privateKey), verifier, clock: shiftClock(), random: (bytes) => randomBytes(bytes), log: () => undefined });
    if (!back.ok) return expect.unreachable(back.error.code);
    open.push(back.value);
    const heard: Message[] = [];
    back.value.join(group).onMessage((_, message) => heard.push(message));
    await expect.poll(() => {
      one.road.send(two.machine, { ...ASK, term: 99 });
      return heard.some(({ term }) => term === 99);
    }).toBe(true);
    // What waited behind the one that was lost had become old, and was not sent.
    expect(recorded.filter(({ body }) => !body.includes('"term":99')).length).toBe(1);
  });
  test('a port that is taken is said', async () => {
    const { all: [one] } = await sites(1);
    if (one === undefined) return expect.unreachable();
    const second = await openSiteTransport({ host: HOST, port: one.site.port, signer: createSigner(one.machine, one.key.privateKey), verifier, clock: shiftClock(), random: (bytes) => randomBytes(bytes), log: () => undefined });
    expect(second).toEqual({ ok: false, error: { kind: 'cannot-listen', code: 'EADDRINUSE' } });
  });
});

describe('a stranger on the network', () => {
  test('is refused whatever it sends, and the log says so without a word of it, once', async () => {
    const recorded: Recorded[] = [];
    const { all: [one, two, three], group } = await sites(3, recorded);
    if (one === undefined || two === undefined || three === undefined) return expect.unreachable();
    one.road.send(two.machine, ASK);
    await expect.poll(() => two.heard.length).toBe(1);
    const [good] = recorded;
    if (good === undefined) return expect.unreachable();
    const { headers, body } = good;
    const stranger = createSigner(one.machine, generateSigningKey().privateKey);
    const signed = (text: string, by = stranger, to = two.machine) => by.sign(by.sha256(['jinban-raft-1', groupHash(group, by), one.machine, to, text].join('\n')));
    const member = createSigner(one.machine, one.key.privateKey);
    const unreadable = '{"session":"","message":{}}';
    const attempts: [string, number, Parameters<typeof post>[1]][] = [
      ['unknown-group', 404, { method: 'GET' }],
      ['unknown-group', 404, { path: '/', headers, body }],
      ['unknown-group', 404, { headers: { ...headers, 'jinban-group': 'b'.repeat(64) }, body }],
      ['unknown-sender', 404, { headers: { ...headers, 'jinban-from': 'T330624-0009' }, body }],
      ['unknown-sender', 404, { headers: { ...headers, 'jinban-from': two.machine }, body }],
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-from': three.machine }, body }],
      ['wrong-signature', 404, { headers, body: body.replace('"term":3', '"term":4') }],
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-signature': signed(body) }, body }],
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-signature': 'AAAA' }, body }],
      // Meant for another machine.
      ['wrong-signature', 404, { headers: { ...headers, 'jinban-signature': signed(body, member, three.machine) }, body }],
      ['replayed', 404, { headers, body }],
      ['too-large', 413, { headers: { ...headers, 'content-length': String(64 * 1024 * 1024) } }],
      ['unreadable', 404, { headers: { ...headers, 'jinban-signature': signed(unreadable, member) }, body: unreadable }],
    ];
    for (const [, status, attempt] of attempts) expect(await post(two.site.port, attempt)).toBe(status);
    expect(two.heard.length).toBe(1);
    expect(two.events).toEqual([...new Set(attempts.map(([why]) => why))].map((why) => ({ event: 'raft-message-refused', why, count: 1 })));
    // And the members go on.
    one.road.send(two.machine, { ...ASK, term: 5 });
    await expect.poll(() => two.heard.at(-1)?.message.term).toBe(5);
  });
});
